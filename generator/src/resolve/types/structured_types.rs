//! Assembles the structured types: drafts from rows, and the types of the model from drafts.

use crate::model::{ApiVersion, Docs, StructuredKind, StructuredType};
use crate::report::Report;
use crate::resolve::inheritance::final_bases::FinalBases;
use crate::resolve::normalise::descriptions::description;
use crate::resolve::pages::{collect_callouts, first_workload, page_links};
use crate::resolve::symbols::definitions::{Definitions, StructuredDefinition};
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::resolve::types::draft::{TypeDraft, TypeDrafts};
use crate::resolve::types::keys::key_properties;
use crate::resolve::types::properties::PropertyBuilder;
use crate::resolve::types::rows::TypeRows;

/// Drafts all structured types, with the properties that tables and JSON representations show.
pub(crate) fn draft_types(
    definitions: &Definitions,
    symbols: &SymbolTable,
    bases: &FinalBases,
    kinds: &[StructuredKind],
    rows: &[TypeRows],
    report: &mut Report,
) -> TypeDrafts {
    let root = symbols.root_entity();
    let builder = PropertyBuilder {
        symbols,
        bases,
        kinds,
        root,
    };
    let properties = builder.build(rows, report);
    let types = definitions.structured_with_ids().zip(properties);
    let drafts = types.map(|((id, definition), properties)| TypeDraft {
        name: definition.name.clone(),
        kind: kinds[id.0 as usize],
        base: bases.base(id),
        is_root: root == Some(id),
        properties,
    });
    TypeDrafts(drafts.collect())
}

/// Completes the drafts to types of the model.
pub(crate) fn finish_types(
    drafts: TypeDrafts,
    definitions: &Definitions,
    rows: &[TypeRows],
    declared_keys: Vec<Option<String>>,
    version: ApiVersion,
) -> Vec<StructuredType> {
    let drafts = drafts.0.into_iter().zip(declared_keys);
    let sources = definitions.structured.iter().zip(rows);
    drafts
        .zip(sources)
        .map(|((draft, key), (definition, rows))| {
            finish_type(draft, key, definition, rows, version)
        })
        .collect()
}

fn finish_type(
    draft: TypeDraft,
    declared_key: Option<String>,
    definition: &StructuredDefinition,
    rows: &TypeRows,
    version: ApiVersion,
) -> StructuredType {
    let parts = &definition.parts;
    StructuredType {
        key: key_properties(&draft, declared_key),
        name: draft.name,
        kind: draft.kind,
        base: draft.base,
        is_abstract: draft.is_root || parts.iter().any(|part| part.is_abstract()),
        is_open: rows.has_data_keys || parts.iter().any(|part| part.is_open()),
        properties: draft.properties,
        callouts: collect_callouts(parts.iter().map(|part| part.page)),
        docs: docs(definition),
        pages: page_links(parts.iter().map(|part| part.page), version),
        origin: parts.first().map(|part| part.facts.name.at),
        workload: first_workload(parts.iter().map(|part| part.page)),
    }
}

fn docs(definition: &StructuredDefinition) -> Docs {
    if definition.parts.is_empty() {
        let description = match &definition.path {
            Some(path) => format!("The resource at `/{}`.", path.value),
            None => "The base type of all entity types.".to_owned(),
        };
        return Docs {
            description,
            deprecated: None,
        };
    }
    let summary = definition
        .parts
        .iter()
        .find_map(|part| part.page.facts.summary.as_ref());
    let deprecated = definition
        .parts
        .iter()
        .find_map(|part| part.facts.deprecated.as_ref());
    Docs {
        description: summary
            .map(|summary| description(&summary.value, false))
            .unwrap_or_default(),
        deprecated: deprecated.map(|reason| reason.value.clone()),
    }
}
