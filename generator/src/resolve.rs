//! Links the facts of all pages to the model: one API for each version, and a problem for every judgement on the way.
//!
//! `resolve_version` lists the passes in order. Each folder names what its passes decide; a pass uses only folders above its own
//! in the list of modules.

mod names;
mod pages;
mod normalise;
mod symbols;
mod inheritance;
mod type_phrases;
mod response_types;
mod operation_pages;
mod permission_names;
mod types;
mod paths;
mod operations;
mod examples;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use normalise::corrections::Corrections;

use rayon::prelude::*;

use crate::facts::PageFacts;
use crate::model::{Api, ApiVersion, Model};
use crate::report::{Code, Report};
use crate::source::Sources;
use examples::assign::assign_examples;
use examples::operations_from_examples::add_operations_from_examples;
use examples::requests::collect_requests;
use inheritance::final_bases::FinalBases;
use inheritance::stated_bases::StatedBases;
use normalise::corrections::PathTypeNames;
use normalise::keys_in_parentheses::separate_keys;
use normalise::path_spellings::unify_path_spellings;
use operation_pages::resolve_operation_pages;
use operations::build::build_operations;
use pages::{Page, page_start, pages_of_version};
use paths::callables::Callables;
use paths::navigation::{PathSymbols, add_navigation_from_paths, link_types_from_paths};
use paths::root_inference::TypeInference;
use paths::roots::Roots;
use permission_names::report_misspelled_permissions;
use response_types::ResponseTypes;
use symbols::collect::collect_definitions;
use symbols::types_from_paths::types_by_path;
use type_phrases::TypeResolver;
use types::enums::build_enums;
use types::keys::declared_keys;
use types::kinds::decide_kinds;
use types::rows::resolve_rows;
use types::structured_types::{draft_types, finish_types};

/// Links the facts of all pages.
pub fn resolve(
    facts: &[PageFacts],
    sources: &Sources,
    corrections: &Corrections,
) -> (Model, Report) {
    let mut report = Report::new();
    let mut facts = corrections.apply(facts, sources, &mut report);
    separate_keys(&mut facts);
    unify_path_spellings(&mut facts, &mut report);
    let facts: Vec<&PageFacts> = facts.iter().map(Cow::as_ref).collect();
    report_unknown_versions(&facts, &mut report);
    let apis: Vec<(Api, Report)> = ApiVersion::ALL
        .into_par_iter()
        .filter_map(|version| {
            let pages = pages_of_version(&facts, version, sources);
            if pages.is_empty() {
                return None;
            }
            let path_type_names = corrections.path_type_names(version);
            let mut report = Report::new();
            let api = resolve_version(&pages, version, &path_type_names, &mut report);
            Some((api, report))
        })
        .collect();
    let mut model = Model::default();
    for (api, problems) in apis {
        model.apis.push(api);
        report.append(problems);
    }
    report.sort();
    (model, report)
}

/// Runs the passes over the pages of one version.
fn resolve_version(
    pages: &[Page],
    version: ApiVersion,
    path_type_names: &PathTypeNames,
    report: &mut Report,
) -> Api {
    // Which types and enums exist.
    let (definitions, symbols) = collect_definitions(pages, path_type_names, report);

    // What the pages state: base types, the types on operation pages, the rows of types.
    let stated_bases = StatedBases::resolve(&definitions, &symbols, report);
    let stated_types = TypeResolver {
        symbols: &symbols,
        bases: &stated_bases,
    };
    let response_types = ResponseTypes {
        types: &stated_types,
        definitions: &definitions,
    };
    let operation_pages = resolve_operation_pages(pages, &response_types, report);
    let rows = resolve_rows(&definitions, &stated_types, report);

    // Kinds, keys and properties of structured types; enums.
    let root = symbols.root_entity();
    let kinds = decide_kinds(&definitions, root, &stated_bases, &rows, &operation_pages);
    let declared_keys = declared_keys(&definitions, &rows);
    let bases = FinalBases::new(&stated_bases, &kinds, &declared_keys, root);
    let mut types = draft_types(&definitions, &symbols, &bases, &kinds, &rows, report);
    let enums = build_enums(&definitions, &types, version, report);

    // What paths add: types of roots, actions and functions, navigation properties.
    link_types_from_paths(&mut types, &definitions);
    let callables = Callables::find(&operation_pages, &types);
    let inference = TypeInference::new(&types);
    let types_by_path = types_by_path(&definitions);
    let roots = Roots::find(
        &operation_pages,
        &symbols,
        &types,
        &inference,
        &types_by_path,
    );
    let path_symbols = PathSymbols {
        types: &TypeResolver {
            symbols: &symbols,
            bases: &bases,
        },
        bases: &bases,
        callables: &callables,
        roots: &roots,
    };
    let properties = add_navigation_from_paths(
        &mut types,
        &operation_pages,
        path_symbols,
        &inference,
        report,
    );
    let structured_types = finish_types(types, &definitions, &rows, declared_keys, version);

    // Operations and their examples.
    let walker = path_symbols.walker(&properties);
    report_misspelled_permissions(&operation_pages, report);
    let mut built = build_operations(&operation_pages, &walker, version, report);
    let requests = collect_requests(&operation_pages, version, report);
    add_operations_from_examples(
        &mut built,
        &requests,
        &operation_pages,
        &walker,
        version,
        report,
    );
    assign_examples(&mut built, requests, operation_pages.len(), report);
    let mut operations: Vec<_> = built.into_iter().map(|built| built.operation).collect();
    operations.sort_by_cached_key(|operation| (operation.path.normalised(), operation.method));

    Api {
        version,
        structured_types,
        enums,
        operations,
        roots: roots.into_list(),
    }
}

fn report_unknown_versions(facts: &[&PageFacts], report: &mut Report) {
    for page in facts.iter().filter(|page| page.version.is_none()) {
        let has_facts =
            !page.resources.is_empty() || !page.enums.is_empty() || page.operation.is_some();
        if has_facts {
            report.push(
                Code::UnknownVersion,
                page_start(page),
                0,
                "neither the folder nor an example states the version of this page",
                "the page is ignored",
            );
        }
    }
}
