//! In: definitions, bases, rows and api pages. Out: which structured types are entities; entities without a base inherit
//! from the root entity type.

use crate::facts::SegmentFact;
use crate::model::{HttpMethod, StructuredKind, StructuredTypeId, Type};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::symbols::definitions::{Definitions, StructuredDefinition};
use crate::resolve::symbols::symbol_table::{Definition, Index};
use crate::resolve::types::rows::{RowSource, TypeRows};

/// What speaks for and against a type being an entity.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// The annotation names a key, or a row says that it is one.
    has_key: bool,
    has_id: bool,
    has_methods: bool,
    /// Some page reads or changes an instance at a path that ends in a key, or lists instances.
    is_served: bool,
    /// Some page reads or changes it at a path that ends in a name.
    is_read: bool,
    /// How many relationship rows have the type.
    relationships: u32,
    /// How many property rows have it.
    properties: u32,
    /// No page defines it, but it stands in paths.
    is_in_paths: bool,
}

/// Decides the kinds of all structured types, by id.
pub(crate) fn decide(
    definitions: &Definitions,
    index: &Index,
    bases: &Bases,
    rows: &[TypeRows],
    operations: &[OperationPage],
) -> Vec<StructuredKind> {
    let mut evidence: Vec<Evidence> = definitions
        .structured
        .iter()
        .zip(rows)
        .map(|(definition, rows)| own_evidence(definition, rows))
        .collect();
    count_references(&mut evidence, rows);
    note_served(&mut evidence, operations);
    let root = root_entity(index);
    let mut is_entity: Vec<bool> = evidence.iter().map(|evidence| evidence.tells()).collect();
    if let Some(root) = root {
        is_entity[root.0 as usize] = true;
    }
    spread(&mut is_entity, bases);
    is_entity
        .into_iter()
        .map(|is_entity| match is_entity {
            true => StructuredKind::Entity,
            false => StructuredKind::Complex,
        })
        .collect()
}

/// The id of `microsoft.graph.entity`.
pub(crate) fn root_entity(index: &Index) -> Option<StructuredTypeId> {
    match index.by_full_name("microsoft.graph.entity") {
        Some(Definition::Structured(id)) => Some(id),
        _ => None,
    }
}

/// Lets entities without a base inherit from the root entity type, unless they declare a key of their own.
pub(crate) fn add_root(
    bases: &Bases,
    kinds: &[StructuredKind],
    keys: &[Option<String>],
    index: &Index,
) -> Bases {
    let Some(root) = root_entity(index) else {
        return bases.clone();
    };
    let added = bases.0.iter().enumerate().map(|(place, base)| {
        let id = StructuredTypeId(place as u32);
        let is_rootless = base.is_none() && id != root && keys[place].is_none();
        if is_rootless && kinds[place] == StructuredKind::Entity {
            Some(root)
        } else {
            *base
        }
    });
    Bases(added.collect())
}

/// The key of each type that is not the inherited `id`.
pub(crate) fn own_keys(definitions: &Definitions, rows: &[TypeRows]) -> Vec<Option<String>> {
    let keys = definitions
        .structured
        .iter()
        .zip(rows)
        .map(|(definition, rows)| {
            let stated = definition.parts.iter().find_map(|part| {
                part.facts
                    .annotation
                    .as_ref()
                    .and_then(|annotation| annotation.key_property.as_deref())
            })?;
            let row = rows.rows.iter().find(|row| row.name == stated)?;
            let is_plain = matches!(row.ty.ty, Type::Primitive(_)) && !row.ty.collection;
            (is_plain && !stated.eq_ignore_ascii_case("id")).then(|| stated.to_owned())
        });
    keys.collect()
}

fn own_evidence(definition: &StructuredDefinition, rows: &TypeRows) -> Evidence {
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
        is_in_paths: definition.path.is_some(),
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
            RowSource::Representation => {}
        }
    }
}

fn note_served(evidence: &mut [Evidence], operations: &[OperationPage]) {
    for operation in operations {
        let Some(content) = &operation.content else {
            continue;
        };
        let Type::Structured(id) = content.ty else {
            continue;
        };
        if operation.facts.says_function || operation.facts.says_action {
            continue;
        }
        for line in &operation.facts.request_lines {
            if !matches!(line.method, HttpMethod::Get | HttpMethod::Patch) {
                continue;
            }
            let evidence = &mut evidence[id.0 as usize];
            match line.segments.last() {
                Some(SegmentFact::Key(_) | SegmentFact::AlternateKey { .. }) => {
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
    /// Whether it is enough for an entity.
    fn tells(self) -> bool {
        let is_inside = self.properties > 0;
        let is_linked = self.relationships > 0;
        let is_called = self.has_methods || self.is_served;
        // Annotations of plain values name a key by mistake, but nothing else treats those as entities.
        (self.has_key && (is_linked || is_called || (self.has_id && !is_inside)))
            || (self.has_id && is_called)
            || (self.has_methods && self.is_read && !is_inside)
            || (is_linked && !is_inside)
            || self.is_in_paths
    }
}

/// What inherits from an entity is one, and so is what an entity inherits from.
fn spread(is_entity: &mut [bool], bases: &Bases) {
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
