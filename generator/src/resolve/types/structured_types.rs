//! Assembles the structured types: drafts from rows, and the types of the model from drafts.

use std::collections::BTreeMap;

use crate::model::{
    ApiVersion, Docs, Property, RedescribedProperty, StructuredKind, StructuredType, Type,
};
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
    let redescribed: Vec<Vec<RedescribedProperty>> = drafts
        .iter()
        .zip(rows)
        .map(|((_, draft), rows)| redescribed_properties(draft, rows, &drafts))
        .collect();
    let drafts = drafts.0.into_iter().zip(declared_keys).zip(redescribed);
    let sources = definitions.structured.iter().zip(rows);
    drafts
        .zip(sources)
        .map(
            |(((draft, key), redescribed), (definition, rows))| StructuredType {
                redescribed,
                ..finish_type(draft, key, definition, rows, version)
            },
        )
        .collect()
}

/// Returns the rows of inherited properties whose description differs from that of the base type.
fn redescribed_properties(
    draft: &TypeDraft,
    rows: &TypeRows,
    drafts: &TypeDrafts,
) -> Vec<RedescribedProperty> {
    let Some(base) = draft.base else {
        return Vec::new();
    };
    // The limit ends the chain even if a base type inherits from itself.
    let chain = std::iter::successors(Some(base), |id| drafts.get(*id).base).take(drafts.0.len());
    let mut inherited: BTreeMap<String, &Property> = BTreeMap::new();
    for property in chain.flat_map(|id| &drafts.get(id).properties) {
        let name = property.name.to_lowercase();
        inherited.entry(name).or_insert(property);
    }
    for property in &draft.properties {
        inherited.remove(&property.name.to_lowercase());
    }
    let described = rows.rows.iter().filter_map(|row| {
        let fact = row.fact?;
        // The first row of a name counts.
        let property = inherited.remove(&row.name.to_lowercase())?;
        let is_enum = matches!(property.ty.ty, Type::Enum(_));
        let description = description(&fact.description.value, is_enum);
        let differs = !description.is_empty() && description != property.docs.description;
        differs.then(|| RedescribedProperty {
            name: property.name.clone(),
            description,
            usage: fact.usage.clone(),
            origin: row.origin,
        })
    });
    described.collect()
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
        redescribed: Vec::new(),
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
