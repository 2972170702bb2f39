//! In: the facts of all pages. Out: the model, one API per version, and a problem for every judgement on the way.
//!
//! Each pass below takes what those before it found. No link leaves a version.

mod names;
mod pages;
mod normalise;
mod symbols;
mod inheritance;
mod type_phrases;
mod operation_pages;
mod types;
mod paths;
mod operations;
mod examples;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use normalise::corrections::Corrections;

use crate::facts::PageFacts;
use crate::model::{Api, ApiVersion, Model, Operation, StructuredType, StructuredTypeId};
use crate::report::{Code, Report};
use crate::source::{Location, Sources};
use examples::operations_from_examples::{self, ShownLine};
use inheritance::stated_bases::{self, Bases};
use normalise::path_spellings;
use operation_pages::OperationPage;
use pages::Page;
use paths::callables::Callables;
use paths::navigation;
use paths::property_index::Members;
use paths::root_inference::Containers;
use paths::roots::Roots;
use paths::walk::Walker;
use symbols::collect;
use symbols::definitions::Definitions;
use symbols::symbol_table::{self, Index};
use symbols::types_from_paths::{self, NamedPaths};
use type_phrases::Scope;
use types::{enums, kinds, properties, rows, structured};

/// Fits all pages together.
pub fn resolve(
    facts: &[PageFacts],
    sources: &Sources,
    corrections: &Corrections,
) -> (Model, Report) {
    let mut report = Report::new();
    let mut corrected = corrections.apply(facts, sources, &mut report);
    path_spellings::unite(&mut corrected, &mut report);
    let corrected: Vec<&PageFacts> = corrected.iter().map(Cow::as_ref).collect();
    report_unknown_versions(&corrected, &mut report);
    let mut model = Model::default();
    for version in ApiVersion::ALL {
        let pages = pages::of_version(&corrected, version, sources);
        if !pages.is_empty() {
            let named_paths = corrections.named_paths(version);
            let api = resolve_api(&pages, version, &named_paths, &mut report);
            model.apis.push(api);
        }
    }
    report.sort();
    (model, report)
}

/// The passes over one version.
fn resolve_api(
    pages: &[Page],
    version: ApiVersion,
    named_paths: &NamedPaths,
    report: &mut Report,
) -> Api {
    let (definitions, index) = define(pages, named_paths, report);
    let stated_bases = stated_bases::find(&definitions, &index, report);
    let scope = Scope {
        index: &index,
        bases: &stated_bases,
    };
    let operation_pages = operation_pages::read(pages, &scope, report);
    let (mut types, bases) =
        structured_types(&definitions, &scope, &operation_pages, version, report);
    types_from_paths::connect(&mut types, &definitions.structured);
    let enums = enums::build(&definitions, version, report);

    let scope = Scope {
        index: &index,
        bases: &bases,
    };
    let callables = Callables::find(&operation_pages, &types);
    let containers = Containers::new(&types);
    let unpaged = types_from_paths::by_path(&definitions.structured);
    let roots = Roots::find(&operation_pages, &index, &types, &containers, &unpaged);
    let mut members = Members::new(&types, &bases);
    navigation::add_from_paths(
        &mut types,
        &mut members,
        &operation_pages,
        &scope,
        (&callables, &roots, &containers),
        report,
    );

    let walker = Walker {
        scope: &scope,
        members: &members,
        callables: &callables,
        roots: &roots,
    };
    let operations = operations_of(&operation_pages, &walker, version, report);
    Api {
        version,
        structured_types: types,
        enums,
        operations,
        roots: roots.list(),
    }
}

/// Builds the operations, with those that only examples show, in the order of paths.
fn operations_of(
    operation_pages: &[OperationPage],
    walker: &Walker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<Operation> {
    let mut built = operations::build::build(operation_pages, walker, version, report);
    operations::build::report_spellings(&built, operation_pages, report);
    let requests = examples::assign::requests(operation_pages, version, report);
    let unmatched = examples::assign::unmatched(&requests, &built, operation_pages.len());
    let shown: Vec<ShownLine> = unmatched
        .into_iter()
        .filter_map(|request| {
            operations_from_examples::line(request, &operation_pages[request.page], walker)
        })
        .collect();
    let built_shown =
        operations::build::build_shown(&shown, operation_pages, walker, version, report);
    built.extend(built_shown);
    examples::assign::assign(&mut built, requests, operation_pages.len(), report);
    let mut operations: Vec<_> = built.into_iter().map(|(operation, _)| operation).collect();
    operations.sort_by_cached_key(|operation| (operation.path.normalised(), operation.method));
    operations
}

/// Gathers and indexes all definitions.
fn define<'a>(
    pages: &'a [Page<'a>],
    named_paths: &NamedPaths,
    report: &mut Report,
) -> (Definitions<'a>, Index) {
    let mut definitions = collect::gather(pages, named_paths, report);
    let mut index = Index::new(&definitions);
    if symbol_table::add_listed_enums(&mut definitions, pages, &index, report) {
        index = Index::new(&definitions);
    }
    (definitions, index)
}

/// Builds the structured types; gives them back with their final bases.
fn structured_types(
    definitions: &Definitions,
    scope: &Scope,
    operation_pages: &[OperationPage],
    version: ApiVersion,
    report: &mut Report,
) -> (Vec<StructuredType>, Bases) {
    let index = scope.index;
    let rows = rows::read(definitions, scope, report);
    let kinds = kinds::decide(definitions, index, scope.bases, &rows, operation_pages);
    let mut own_keys = kinds::own_keys(definitions, &rows);
    let bases = kinds::add_root(scope.bases, &kinds, &own_keys, index);
    let root = kinds::root_entity(index);
    let settling = properties::Settling {
        index,
        bases: &bases,
        kinds: &kinds,
        root,
    };
    let properties = settling.settle(&rows, report);
    let types = properties
        .into_iter()
        .enumerate()
        .map(|(place, properties)| {
            let id = StructuredTypeId(place as u32);
            let findings = structured::Findings {
                id,
                kind: kinds[place],
                own_key: own_keys[place].take(),
                rows: &rows[place],
                properties,
                is_root: root == Some(id),
            };
            structured::build(&definitions.structured[place], &bases, findings, version)
        });
    let types = types.collect();
    (types, bases)
}

fn report_unknown_versions(facts: &[&PageFacts], report: &mut Report) {
    for page in facts.iter().filter(|page| page.version.is_none()) {
        let says_something =
            !page.resources.is_empty() || !page.enums.is_empty() || page.operation.is_some();
        if says_something {
            let at = Location {
                file: page.file,
                line: 1,
                column: 1,
            };
            report.push(
                Code::UnknownVersion,
                at,
                0,
                "neither the folder nor an example tells the version",
                "the page was left out",
            );
        }
    }
}
