//! In: definitions with their bases, kinds, keys and properties. Out: the structured types of the model.

use crate::facts::ResourceFacts;
use crate::model::{ApiVersion, Docs, Property, StructuredKind, StructuredType, StructuredTypeId};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::normalise::descriptions;
use crate::resolve::symbols::definitions::StructuredDefinition;
use crate::resolve::types::rows::TypeRows;
use crate::source::Location;

/// What the passes found out about one type.
pub(crate) struct Findings<'a> {
    pub(crate) id: StructuredTypeId,
    pub(crate) kind: StructuredKind,
    pub(crate) own_key: Option<String>,
    pub(crate) rows: &'a TypeRows<'a>,
    pub(crate) properties: Vec<Property>,
    pub(crate) is_root: bool,
}

/// Puts a structured type together.
pub(crate) fn build(
    definition: &StructuredDefinition,
    bases: &Bases,
    findings: Findings,
    version: ApiVersion,
) -> StructuredType {
    let parts = &definition.parts;
    let base = bases.of(findings.id);
    let has_id = findings
        .properties
        .iter()
        .any(|property| property.name == "id");
    let key = match findings.own_key {
        Some(key) => vec![key],
        None if findings.is_root => vec!["id".to_owned()],
        None if findings.kind == StructuredKind::Entity && base.is_none() && has_id => {
            vec!["id".to_owned()]
        }
        None => Vec::new(),
    };
    StructuredType {
        name: definition.name.clone(),
        kind: findings.kind,
        base,
        is_abstract: findings.is_root || parts.iter().any(|part| says_abstract(part.facts)),
        is_open: findings.rows.has_free_keys || parts.iter().any(|part| says_open(part.facts)),
        key,
        properties: findings.properties,
        docs: docs(definition),
        pages: descriptions::page_links(parts.iter().map(|part| part.page), version),
        origin: parts.first().map(|part| origin(part.facts)),
        workload: descriptions::workload(parts.iter().map(|part| part.page)),
    }
}

fn says_abstract(facts: &ResourceFacts) -> bool {
    let annotated = facts
        .annotation
        .as_ref()
        .and_then(|annotation| annotation.is_abstract);
    annotated == Some(true) || facts.is_abstract.is_some()
}

/// Whether an annotation or a sentence says that any property may stand in the type.
pub(crate) fn says_open(facts: &ResourceFacts) -> bool {
    let annotated = facts
        .annotation
        .as_ref()
        .and_then(|annotation| annotation.open_type);
    annotated == Some(true) || facts.is_open.is_some()
}

/// The heading that defines a type; it is what a reader looks for.
fn origin(facts: &ResourceFacts) -> Location {
    facts.name.at
}

fn docs(definition: &StructuredDefinition) -> Docs {
    if definition.parts.is_empty() {
        let description = match &definition.path {
            Some(path) => format!("What stands at `/{}`.", path.value),
            None => "What all entity types inherit from.".to_owned(),
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
            .map(|summary| descriptions::description(&summary.value, false))
            .unwrap_or_default(),
        deprecated: deprecated.map(|reason| reason.value.clone()),
    }
}
