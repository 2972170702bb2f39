//! Decides which structured types are entity types.

use crate::facts::SegmentFact;
use crate::model::{HttpMethod, StructuredKind, StructuredTypeId, Type};
use crate::resolve::inheritance::stated_bases::StatedBases;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::symbols::definitions::{Definitions, StructuredDefinition};
use crate::resolve::types::rows::{RowSource, TypeRows};

/// The evidence for and against an entity type.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// The annotation names a key.
    has_key: bool,
    has_id: bool,
    has_methods: bool,
    /// Some page reads or changes an instance at a path that ends with a key, or lists instances.
    is_served: bool,
    /// Some page reads or changes it at a path that ends with a name.
    is_read: bool,
    /// The number of relationship rows with this type.
    relationships: u32,
    /// The number of property rows with this type.
    properties: u32,
    /// The type has a path.
    has_path: bool,
}

/// Decides the kinds of all structured types, by id.
pub(crate) fn decide_kinds(
    definitions: &Definitions,
    root: Option<StructuredTypeId>,
    bases: &StatedBases,
    rows: &[TypeRows],
    operations: &[OperationPage],
) -> Vec<StructuredKind> {
    let mut evidence: Vec<Evidence> = definitions
        .structured
        .iter()
        .zip(rows)
        .map(|(definition, rows)| evidence_on_own_pages(definition, rows))
        .collect();
    count_references(&mut evidence, rows);
    add_evidence_from_operations(&mut evidence, operations);
    let mut is_entity: Vec<bool> = evidence
        .iter()
        .map(|evidence| evidence.is_sufficient())
        .collect();
    if let Some(root) = root {
        is_entity[root.0 as usize] = true;
    }
    spread_along_bases(&mut is_entity, bases);
    is_entity
        .into_iter()
        .map(|is_entity| match is_entity {
            true => StructuredKind::Entity,
            false => StructuredKind::Complex,
        })
        .collect()
}

fn evidence_on_own_pages(definition: &StructuredDefinition, rows: &TypeRows) -> Evidence {
    Evidence {
        has_key: definition.parts.iter().any(|part| {
            let annotation = part.facts.annotation.as_ref();
            annotation.is_some_and(|annotation| annotation.key_property.is_some())
        }),
        has_id: rows.rows.iter().any(|row| row.name == "id"),
        has_methods: definition
            .parts
            .iter()
            .any(|part| !part.facts.methods.is_empty()),
        has_path: definition.path.is_some(),
        ..Evidence::default()
    }
}

fn count_references(evidence: &mut [Evidence], rows: &[TypeRows]) {
    for row in rows.iter().flat_map(|rows| &rows.rows) {
        let Type::Structured(id) = row.ty.ty else {
            continue;
        };
        let evidence = &mut evidence[id.0 as usize];
        match row.source {
            RowSource::Relationship => evidence.relationships += 1,
            RowSource::Property => evidence.properties += 1,
            RowSource::JsonRepresentation => {}
        }
    }
}

fn add_evidence_from_operations(evidence: &mut [Evidence], operations: &[OperationPage]) {
    for operation in operations.iter().filter(|operation| !operation.is_call()) {
        let Some(content) = &operation.content else {
            continue;
        };
        let Type::Structured(id) = content.ty else {
            continue;
        };
        let evidence = &mut evidence[id.0 as usize];
        for line in &operation.facts.request_lines {
            if !matches!(line.method, HttpMethod::Get | HttpMethod::Patch) {
                continue;
            }
            match line.segments.last() {
                Some(SegmentFact::Key(_) | SegmentFact::AlternateKey(_)) => {
                    evidence.is_served = true;
                }
                Some(SegmentFact::Name(_)) => {
                    evidence.is_read = true;
                    evidence.is_served |= content.collection;
                }
                _ => {}
            }
        }
    }
}

impl Evidence {
    /// Whether the evidence is sufficient for an entity type.
    fn is_sufficient(self) -> bool {
        let is_property_type = self.properties > 0;
        let is_linked = self.relationships > 0;
        let has_operations = self.has_methods || self.is_served;
        // The annotation of some complex types names a key by mistake, but nothing else treats them as entity types.
        (self.has_key && (is_linked || has_operations || (self.has_id && !is_property_type)))
            || (self.has_id && has_operations)
            || (self.has_methods && self.is_read && !is_property_type)
            || (is_linked && !is_property_type)
            || self.has_path
    }
}

/// Makes entity types of all types that inherit from an entity type, and of all that an entity type inherits from.
fn spread_along_bases(is_entity: &mut [bool], bases: &StatedBases) {
    for place in 0..is_entity.len() {
        if is_entity[place] {
            for ancestor in bases.chain(StructuredTypeId(place as u32)) {
                is_entity[ancestor.0 as usize] = true;
            }
        }
    }
    for place in 0..is_entity.len() {
        let mut chain = bases.chain(StructuredTypeId(place as u32));
        if chain.any(|ancestor| is_entity[ancestor.0 as usize]) {
            is_entity[place] = true;
        }
    }
}
