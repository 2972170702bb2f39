//! The visible list of steps from a model to a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, ApiVersion, EnumId, Model, PageLink, StructuredTypeId};
use crate::report::Report;
use crate::source::{FileId, Sources};

use super::builders::builders;
use super::docs::{self, Docs};
use super::enums;
use super::exercises::exercises;
use super::features;
use super::items::{Area, Builder, Crate, Enum, Module, Part, Struct, Version, When};
use super::names::{self, Ident};
use super::registry::{Place, register};
use super::samples::{request_samples, show};
use super::structs;
use super::ways::Ways;

/// A file of builders that is longer is divided, if their paths start with more than one segment.
const LONG: usize = 800;

/// Decides what the output looks like.
pub fn lower(model: &Model, sources: &Sources) -> (Crate, Report) {
    let mut report = Report::new();
    let versions = model
        .apis
        .iter()
        .map(|api| version(api, sources, &mut report))
        .collect();
    (Crate { versions }, report)
}

fn version(api: &Api, sources: &Sources, report: &mut Report) -> Version {
    let mut registry = register(api, sources, report);
    let builders = builders(api, &mut registry, report);
    let mut modules: BTreeMap<Place, Draft> = BTreeMap::new();
    for id in (0..api.structured_types.len())
        .map(to_id)
        .map(StructuredTypeId)
    {
        let draft = modules
            .entry(registry.struct_place(id).clone())
            .or_default();
        draft.files.extend(files(&api.structured_type(id).pages));
        draft
            .structs
            .push(structs::structure(api, &registry, id, report));
    }
    for id in (0..api.enums.len()).map(to_id).map(EnumId) {
        let draft = modules.entry(registry.enum_place(id).clone()).or_default();
        draft.files.extend(files(&api.enum_type(id).pages));
        draft
            .enums
            .push(enums::enumeration(api, &registry, id, report));
    }
    let mut placed = builders.into_iter();
    let client = placed.next().expect("the tree of paths has a root");
    if !client.parameters.is_empty() {
        let draft = modules.entry(client.place).or_default();
        draft.structs.extend(client.parameters);
    }
    for placed in placed {
        let draft = modules.entry(placed.place).or_default();
        draft.structs.extend(placed.parameters);
        let root = placed.builder.root.clone();
        let own = draft.builder_files.entry(root).or_default();
        for id in placed.operations {
            own.extend(files(&api.operation(id).pages));
        }
        draft.builders.push(placed.builder);
    }
    let deprecated = deprecated(&modules);
    let mut areas = areas(modules, sources);
    let mut client = client.builder;
    let ident = version_ident(api.version);
    let features = features::settle(&ident, &mut client, &mut areas);
    let ways = Ways::new(&client, &areas);
    let exercises = exercises(api, &ways, sources);
    let samples = request_samples(api, &ident, &ways, &areas);
    show(samples, &mut client, &mut areas);
    Version {
        version: api.version,
        ident,
        exercises,
        client,
        deprecated,
        areas,
        features,
    }
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
                    "Types and requests of the area {}.",
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
                "[`{ident}`]: {}{}.",
                docs::code(&name.full()),
                and_requests(&draft)
            )
        }
        (_, Some(Enum { name, ident, .. })) => {
            format!("[`{ident}`]: {}.", docs::code(&name.full()))
        }
        (Some(_) | None, None) => "Requests that lead to no type of their own.".to_owned(),
    };
    let paths = |files: BTreeSet<FileId>| {
        files
            .into_iter()
            .map(|file| docs::plain(&sources.get(file).path))
            .collect()
    };
    let (mut parts, mut builder_files) = (Vec::new(), BTreeSet::new());
    let is_divided = draft.builder_files.len() > 1 && lines(&draft.builders) > LONG;
    for (ident, files) in draft.builder_files {
        if is_divided {
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

/// About how long the file of some builders is.
fn lines(builders: &[Builder]) -> usize {
    let lines = builders
        .iter()
        .map(|builder| 8 + 8 * builder.accessors.len() + 40 * builder.methods.len());
    lines.sum()
}

fn and_requests(draft: &Draft) -> &'static str {
    if draft.builders.is_empty() {
        ""
    } else {
        ", and the requests that lead to it"
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
