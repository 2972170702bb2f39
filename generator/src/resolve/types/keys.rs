//! Decides the key of each entity type.

use crate::model::{StructuredKind, Type};
use crate::resolve::symbols::definitions::{Definitions, StructuredDefinition};
use crate::resolve::types::draft::TypeDraft;
use crate::resolve::types::rows::TypeRows;

/// Returns the key that each type declares, by id; `None` where it is the inherited `id`.
pub(crate) fn declared_keys(definitions: &Definitions, rows: &[TypeRows]) -> Vec<Option<String>> {
    let types = definitions.structured.iter().zip(rows);
    types
        .map(|(definition, rows)| declared_key(definition, rows))
        .collect()
}

/// Returns the key property of the annotation, if a row lists it with a primitive type.
fn declared_key(definition: &StructuredDefinition, rows: &TypeRows) -> Option<String> {
    let stated = definition.parts.iter().find_map(|part| {
        let annotation = part.facts.annotation.as_ref();
        annotation.and_then(|annotation| annotation.key_property.as_deref())
    })?;
    let row = rows.rows.iter().find(|row| row.name == stated)?;
    let is_primitive = matches!(row.ty.ty, Type::Primitive(_)) && !row.ty.collection;
    (is_primitive && !stated.eq_ignore_ascii_case("id")).then(|| stated.to_owned())
}

/// Returns the key properties of a type in the model: the declared key, else `id` if the type itself defines it.
pub(crate) fn key_properties(draft: &TypeDraft, declared: Option<String>) -> Vec<String> {
    if let Some(key) = declared {
        return vec![key];
    }
    let has_id = draft
        .properties
        .iter()
        .any(|property| property.name == "id");
    let defines_id =
        draft.is_root || (draft.kind == StructuredKind::Entity && draft.base.is_none() && has_id);
    match defines_id {
        true => vec!["id".to_owned()],
        false => Vec::new(),
    }
}
