//! The steps from a model to the items of a crate.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::{Api, ApiVersion, EnumId, Model, PageLink, StructuredTypeId};
use crate::report::Report;
use crate::source::{FileId, Sources};

use super::builders::builders;
use super::call_chains::CallChains;
use super::docs::{self, Docs};
use super::enums;
use super::exercises::exercises;
use super::features;
use super::items::{Area, Builder, Crate, Enum, Module, Part, Struct, Version, When};
use super::names::{self, Ident};
use super::samples::{add_to_docs, request_samples};
use super::structs;
use super::type_names::{Place, TypeNames, name_types};

/// The estimated number of lines above which the request builders of a module are split by the first segment of their paths.
const SPLIT_ABOVE: usize = 800;

/// Lowers a model to the items of the output crate with a given name.
pub fn lower(model: &Model, sources: &Sources, crate_name: &str) -> (Crate, Report) {
    let versions: Vec<(Version, Report)> = model
        .apis
        .par_iter()
        .map(|api| lower_version(api, sources, crate_name))
        .collect();
    let mut report = Report::new();
    let versions = versions.into_iter().map(|(version, problems)| {
        report.append(problems);
        version
    });
    let versions = versions.collect();
    let name = crate_name.to_owned();
    (Crate { name, versions }, report)
}

fn lower_version(api: &Api, sources: &Sources, crate_name: &str) -> (Version, Report) {
    let mut report = Report::new();
    let mut type_names = name_types(api, sources, &mut report);
    let builders = builders(api, &mut type_names, &mut report);
    let mut modules = place_types(api, &type_names, &mut report);
    let mut client = None;
    for placed in builders {
        let draft = modules.entry(placed.place).or_default();
        draft.structs.extend(placed.parameters);
        if client.is_none() {
            client = Some(placed.builder);
            continue;
        }
        let root = placed.builder.root.clone();
        let root_files = draft.builder_files.entry(root).or_default();
        for id in placed.operations {
            root_files.extend(files(&api.operation(id).pages));
        }
        draft.builders.push(placed.builder);
    }
    let mut client = client.expect("the tree of paths has a root");
    modules.retain(|_, draft| !draft.is_empty());
    let deprecated = deprecated(&modules);
    let mut areas = areas(modules, sources);
    let ident = version_ident(api.version);
    let features = features::assign_features(&ident, &mut client, &mut areas);
    let call_chains = CallChains::new(&client, &areas);
    let prelude = format!("use {crate_name}::{{runtime, {ident}::{{Client, types}}}};");
    let (exercises, samples) = rayon::join(
        || exercises(api, &call_chains, sources),
        || request_samples(api, &prelude, &call_chains, &areas),
    );
    add_to_docs(samples, &mut client, &mut areas);
    let version = Version {
        version: api.version,
        ident,
        exercises,
        client,
        deprecated,
        areas,
        features,
    };
    (version, report)
}

/// Lowers all types, and puts each into its module.
fn place_types(api: &Api, type_names: &TypeNames, report: &mut Report) -> BTreeMap<Place, Draft> {
    let mut modules: BTreeMap<Place, Draft> = BTreeMap::new();
    let ids = (0..api.structured_types.len()).into_par_iter();
    let structs: Vec<(StructuredTypeId, Struct, Report)> = ids
        .map(|index| {
            let mut report = Report::new();
            let id = StructuredTypeId(to_id(index));
            (
                id,
                structs::structure(api, type_names, id, &mut report),
                report,
            )
        })
        .collect();
    for (id, item, problems) in structs {
        let draft = modules
            .entry(type_names.struct_place(id).clone())
            .or_default();
        draft.files.extend(files(&api.structured_type(id).pages));
        draft.structs.push(item);
        report.append(problems);
    }
    for id in (0..api.enums.len()).map(to_id).map(EnumId) {
        let draft = modules
            .entry(type_names.enum_place(id).clone())
            .or_default();
        draft.files.extend(files(&api.enum_type(id).pages));
        let item = enums::enumeration(api, type_names, id, report);
        draft.enums.push(item);
    }
    modules
}

/// A module while it is filled.
#[derive(Default)]
struct Draft {
    structs: Vec<Struct>,
    enums: Vec<Enum>,
    builders: Vec<Builder>,
    files: BTreeSet<FileId>,
    /// The pages of the builders, by the first segments of their paths.
    builder_files: BTreeMap<Ident, BTreeSet<FileId>>,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.structs.is_empty() && self.enums.is_empty() && self.builders.is_empty()
    }
}

fn deprecated(modules: &BTreeMap<Place, Draft>) -> Vec<Ident> {
    let structs = modules.values().flat_map(|draft| &draft.structs);
    let enums = modules.values().flat_map(|draft| &draft.enums);
    let structs = structs
        .filter(|item| item.deprecated.is_some())
        .map(|item| item.ident.clone());
    structs
        .chain(
            enums
                .filter(|item| item.deprecated.is_some())
                .map(|item| item.ident.clone()),
        )
        .collect()
}

fn areas(modules: BTreeMap<Place, Draft>, sources: &Sources) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for ((area, ident), draft) in modules {
        let module = module(ident, draft, sources);
        match areas.last_mut() {
            Some(last) if last.ident == area => last.modules.push(module),
            Some(_) | None => {
                let words = area.as_str().replace('_', " ");
                let docs = Docs::starting(format!(
                    "Types and request builders of the area {}.",
                    docs::code(&words)
                ));
                areas.push(Area {
                    ident: area,
                    docs,
                    modules: vec![module],
                    when: When::default(),
                });
            }
        }
    }
    areas
}

fn module(ident: Ident, draft: Draft, sources: &Sources) -> Module {
    let subject = match (draft.structs.first(), draft.enums.first()) {
        (
            Some(Struct {
                name: Some(name),
                ident,
                ..
            }),
            _,
        ) => {
            format!(
                "[`{ident}`] ({}){}.",
                docs::code(&name.full()),
                and_requests(&draft)
            )
        }
        (_, Some(Enum { name, ident, .. })) => {
            format!("[`{ident}`] ({}).", docs::code(&name.full()))
        }
        (Some(_) | None, None) => "Request builders of paths without a documented type.".to_owned(),
    };
    let paths = |files: BTreeSet<FileId>| {
        files
            .into_iter()
            .map(|file| docs::plain(&sources.get(file).path))
            .collect()
    };
    let (mut parts, mut builder_files) = (Vec::new(), BTreeSet::new());
    let is_split = draft.builder_files.len() > 1 && estimate_lines(&draft.builders) > SPLIT_ABOVE;
    for (ident, files) in draft.builder_files {
        if is_split {
            let pages = paths(files);
            parts.push(Part { ident, pages });
        } else {
            builder_files.extend(files);
        }
    }
    Module {
        ident,
        docs: Docs::starting(subject),
        pages: paths(draft.files),
        structs: draft.structs,
        enums: draft.enums,
        builders: draft.builders,
        builder_pages: paths(builder_files),
        parts,
        when: When::default(),
        requests_when: When::default(),
    }
}

/// Estimates the number of lines of the file of some builders.
fn estimate_lines(builders: &[Builder]) -> usize {
    let lines = builders
        .iter()
        .map(|builder| 8 + 8 * builder.accessors.len() + 40 * builder.methods.len());
    lines.sum()
}

fn and_requests(draft: &Draft) -> &'static str {
    if draft.builders.is_empty() {
        ""
    } else {
        " and its request builders"
    }
}

fn files(pages: &[PageLink]) -> impl Iterator<Item = FileId> + '_ {
    pages.iter().map(|page| page.file)
}

fn to_id(index: usize) -> u32 {
    u32::try_from(index).expect("there are fewer types than u32 counts")
}

fn version_ident(version: ApiVersion) -> Ident {
    names::module(match version {
        ApiVersion::V1_0 => "v1_0",
        ApiVersion::Beta => "beta",
    })
}
