//! A state of the documentation with the indexes that the pages of the site need.

use std::collections::BTreeMap;

use generator::Analysis;
use generator::lint::Finding;
use generator::model::{
    Api, Areas, Body, EnumId, HttpMethod, OperationId, QualifiedName, ResponseContent,
    StructuredTypeId, Type, TypeRef,
};
use generator::report::Code;
use generator::rust::{self, Crate};
use generator::source::{FileId, Sources};
use rayon::prelude::*;

use crate::numbers::Numbers;
use crate::permissions::{Permission, index_permissions};
use crate::routes::Route;

/// A state of the documentation, as the site shows it.
#[derive(Debug)]
pub struct State {
    /// The name of the state, such as the revision or the folder.
    pub(crate) label: String,
    pub(crate) sources: Sources,
    pub(crate) analysis: Analysis,
    /// The findings of the linter, in the order of places.
    pub(crate) findings: Vec<Finding>,
    pub(crate) library: Crate,
    /// The indexes of each API of the model, in the same order.
    pub(crate) versions: Vec<VersionIndex>,
    /// What each page defines and describes.
    pub(crate) items_by_page: BTreeMap<FileId, Vec<Item>>,
}

/// An item of the model: the index of its API, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    Structured(usize, StructuredTypeId),
    Enum(usize, EnumId),
    Operation(usize, OperationId),
}

impl Item {
    /// Returns the page of the item.
    pub(crate) fn route(self) -> Route {
        match self {
            Self::Structured(version, id) => Route::Structured(version, id, 0),
            Self::Enum(version, id) => Route::Enum(version, id, 0),
            Self::Operation(version, id) => Route::Operation(version, id),
        }
    }
}

/// What refers to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// A property of a type, by its index.
    Property(StructuredTypeId, usize),
    /// The request body of an operation.
    Body(OperationId),
    /// The response of an operation.
    Response(OperationId),
}

/// The indexes of one version.
#[derive(Debug)]
pub(crate) struct VersionIndex {
    pub(crate) areas: Areas,
    /// The names of all areas, sorted.
    pub(crate) area_names: Vec<String>,
    /// The uses of each structured type.
    pub(crate) uses_of_structured: Vec<Vec<Use>>,
    /// The uses of each enum type.
    pub(crate) uses_of_enums: Vec<Vec<Use>>,
    /// The types that inherit directly from each structured type.
    pub(crate) derived: Vec<Vec<StructuredTypeId>>,
    /// The code that sends each operation.
    pub(crate) calls: Vec<Call>,
    /// The operations by method and normalised path.
    pub(crate) operations: BTreeMap<(HttpMethod, String), OperationId>,
    /// All permissions, sorted by name.
    pub(crate) permissions: Vec<Permission>,
    /// The generated struct of each structured type: the indexes of its area, module and struct.
    pub(crate) structs: Vec<Option<[usize; 3]>>,
    /// The generated enum of each enum type, likewise.
    pub(crate) enums: Vec<Option<[usize; 3]>>,
}

/// The Rust code that sends a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// The call of the method with the names of its arguments.
    pub(crate) expression: String,
    /// The documented example as code; empty if it cannot be expressed.
    pub(crate) sample: String,
}

impl State {
    /// Builds the indexes of analyzed pages. `label` names the state on the site. The site shows the problems of the rules that the
    /// linter applies by default.
    pub fn new(label: impl Into<String>, sources: Sources, analysis: Analysis) -> Self {
        Self::with_rules(label, sources, analysis, |code| !code.is_optional())
    }

    /// Like [`State::new`], but the site shows the problems of the rules for which `is_shown` returns true.
    pub fn with_rules(
        label: impl Into<String>,
        sources: Sources,
        analysis: Analysis,
        is_shown: impl Fn(Code) -> bool + Sync,
    ) -> Self {
        let lint = || {
            let mut findings = analysis.lint(&sources);
            findings.retain(|finding| is_shown(finding.problem.code));
            findings
        };
        let lower = || rust::lower(&analysis.model, &sources, rust::CRATE_NAME).0;
        let (findings, library) = rayon::join(lint, lower);
        let apis = &analysis.model.apis;
        let versions = apis
            .par_iter()
            .zip(&library.versions)
            .map(|(api, version)| VersionIndex::new(api, version, &sources))
            .collect();
        Self {
            label: label.into(),
            items_by_page: items_by_page(apis),
            versions,
            findings,
            library,
            sources,
            analysis,
        }
    }

    pub(crate) fn api(&self, version: usize) -> &Api {
        &self.analysis.model.apis[version]
    }

    pub(crate) fn numbers(&self) -> Numbers {
        Numbers::new(self.label.as_str(), &self.sources, &self.analysis)
    }

    /// Returns the name of the area of an item.
    pub(crate) fn area_of(&self, item: Item) -> &str {
        match item {
            Item::Structured(version, id) => {
                &self.versions[version].areas.structured_types[id.0 as usize]
            }
            Item::Enum(version, id) => &self.versions[version].areas.enums[id.0 as usize],
            Item::Operation(version, id) => &self.versions[version].areas.operations[id.0 as usize],
        }
    }

    /// Returns the same type or operation in other versions.
    pub(crate) fn in_other_versions(&self, item: Item) -> Vec<Item> {
        let (Item::Structured(own, _) | Item::Enum(own, _) | Item::Operation(own, _)) = item;
        let others = (0..self.versions.len()).filter(|other| *other != own);
        let find = |other: usize| match item {
            Item::Structured(version, id) => {
                let name = &self.api(version).structured_type(id).name;
                self.find_type(other, name)
            }
            Item::Enum(version, id) => self.find_type(other, &self.api(version).enum_type(id).name),
            Item::Operation(version, id) => {
                let operation = self.api(version).operation(id);
                let request = (operation.method, operation.path.normalised());
                let id = self.versions[other].operations.get(&request)?;
                Some(Item::Operation(other, *id))
            }
        };
        others.filter_map(find).collect()
    }

    /// Returns the type with a qualified name.
    pub(crate) fn find_type(&self, version: usize, name: &QualifiedName) -> Option<Item> {
        let api = self.api(version);
        if let Some(id) = api.find_structured_type(name) {
            return Some(Item::Structured(version, id));
        }
        let index = api.enums.binary_search_by(|ty| ty.name.cmp(name)).ok()?;
        Some(Item::Enum(version, EnumId(index as u32)))
    }

    /// Returns the findings on a file.
    pub(crate) fn findings_of(&self, file: FileId) -> &[Finding] {
        let place = |end: bool| {
            self.findings.partition_point(|finding| {
                let other = finding.problem.at.file;
                other < file || (end && other == file)
            })
        };
        &self.findings[place(false)..place(true)]
    }
}

fn items_by_page(apis: &[Api]) -> BTreeMap<FileId, Vec<Item>> {
    let mut items: BTreeMap<FileId, Vec<Item>> = BTreeMap::new();
    for (version, api) in apis.iter().enumerate() {
        let structured = api.structured_types.iter().enumerate().map(|(index, ty)| {
            let id = StructuredTypeId(index as u32);
            (&ty.pages, Item::Structured(version, id))
        });
        let enums = api.enums.iter().enumerate().map(|(index, ty)| {
            let id = EnumId(index as u32);
            (&ty.pages, Item::Enum(version, id))
        });
        let operations = api.operations.iter().enumerate().map(|(index, operation)| {
            let id = OperationId(index as u32);
            (&operation.pages, Item::Operation(version, id))
        });
        for (pages, item) in structured.chain(enums).chain(operations) {
            for page in pages {
                items.entry(page.file).or_default().push(item);
            }
        }
    }
    items
}

fn operations_by_request(api: &Api) -> BTreeMap<(HttpMethod, String), OperationId> {
    let operations = api.operations.iter().zip(0..);
    operations
        .map(|(operation, id)| {
            (
                (operation.method, operation.path.normalised()),
                OperationId(id),
            )
        })
        .collect()
}

impl VersionIndex {
    fn new(api: &Api, version: &rust::Version, sources: &Sources) -> Self {
        let areas = rust::areas_of(api, sources);
        let all = [&areas.structured_types, &areas.enums, &areas.operations];
        let mut area_names: Vec<String> = all.into_iter().flatten().cloned().collect();
        area_names.sort();
        area_names.dedup();
        let mut calls = vec![Call::default(); api.operations.len()];
        for (id, call) in version.method_calls() {
            let sample: Vec<&str> = call.method.docs.code_lines().collect();
            calls[id.0 as usize] = Call {
                expression: call.expression,
                sample: sample.join("\n"),
            };
        }
        let mut index = Self {
            areas,
            area_names,
            uses_of_structured: vec![Vec::new(); api.structured_types.len()],
            uses_of_enums: vec![Vec::new(); api.enums.len()],
            derived: vec![Vec::new(); api.structured_types.len()],
            calls,
            operations: operations_by_request(api),
            permissions: index_permissions(api),
            structs: vec![None; api.structured_types.len()],
            enums: vec![None; api.enums.len()],
        };
        index.add_uses(api);
        index.add_items(api, version);
        index
    }

    fn add_uses(&mut self, api: &Api) {
        for (place, ty) in api.structured_types.iter().enumerate() {
            let id = StructuredTypeId(place as u32);
            if let Some(base) = ty.base {
                self.derived[base.0 as usize].push(id);
            }
            for (property, row) in ty.properties.iter().enumerate() {
                self.add_use(&row.ty, Use::Property(id, property));
            }
        }
        for (place, operation) in api.operations.iter().enumerate() {
            let id = OperationId(place as u32);
            match &operation.body {
                Body::Value(ty) | Body::Reference(Some(ty)) => self.add_use(ty, Use::Body(id)),
                Body::Parameters(parameters) => {
                    for parameter in parameters {
                        self.add_use(&parameter.ty, Use::Body(id));
                    }
                }
                Body::None | Body::Reference(None) | Body::Stream | Body::Undefined => {}
            }
            if let ResponseContent::Value(ty) = &operation.response {
                self.add_use(ty, Use::Response(id));
            }
        }
    }

    fn add_use(&mut self, ty: &TypeRef, place: Use) {
        let uses = match ty.ty {
            Type::Structured(id) => &mut self.uses_of_structured[id.0 as usize],
            Type::Enum(id) => &mut self.uses_of_enums[id.0 as usize],
            Type::Primitive(_) | Type::Undefined(_) => return,
        };
        if uses.last() != Some(&place) {
            uses.push(place);
        }
    }

    fn add_items(&mut self, api: &Api, version: &rust::Version) {
        for (area, of_area) in version.areas.iter().enumerate() {
            for (module, of_module) in of_area.modules.iter().enumerate() {
                for (place, item) in of_module.structs.iter().enumerate() {
                    let name = item.name.as_ref();
                    if let Some(id) = name.and_then(|name| api.find_structured_type(name)) {
                        self.structs[id.0 as usize] = Some([area, module, place]);
                    }
                }
                for (place, item) in of_module.enums.iter().enumerate() {
                    let id = api.enums.binary_search_by(|ty| ty.name.cmp(&item.name));
                    if let Ok(id) = id {
                        self.enums[id] = Some([area, module, place]);
                    }
                }
            }
        }
    }
}
