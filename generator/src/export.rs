//! Writes the model in formats of other tools: CSDL, OpenAPI and JSON.

mod csdl;
mod model_json;
mod openapi;
#[cfg(test)]
mod tests;

pub use csdl::to_csdl;
pub use model_json::to_json;
pub use openapi::to_openapi;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Api, Primitive, Type, TypeRef};

/// Serializes an exported document as indented JSON that ends in a line break. Control characters are escaped even where JSON
/// allows them, because YAML does not, and many tools read OpenAPI as YAML.
pub fn to_json_text(document: &Value) -> String {
    // Outside of strings, JSON text consists of ASCII.
    let is_escaped = |character: char| {
        matches!(
            character,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    let mut text = String::new();
    for character in format!("{document:#}\n").chars() {
        if is_escaped(character) {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

/// Names that are taken, each with the number that was last added to it.
#[derive(Default)]
struct TakenNames(BTreeMap<String, u32>);

impl TakenNames {
    /// Takes a name, with a number at its end if it was taken before.
    fn take(&mut self, name: String) -> String {
        let Some(last) = self.0.get(&name) else {
            self.0.insert(name.clone(), 1);
            return name;
        };
        let mut number = *last;
        let unique = loop {
            number += 1;
            let candidate = format!("{name}{number}");
            if !self.0.contains_key(&candidate) {
                break candidate;
            }
        };
        self.0.insert(name, number);
        self.0.insert(unique.clone(), 1);
        unique
    }
}

/// Returns the OData name of a primitive type.
fn edm(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "Edm.String",
        Primitive::Boolean => "Edm.Boolean",
        Primitive::Byte => "Edm.Byte",
        Primitive::Int16 => "Edm.Int16",
        Primitive::Int32 => "Edm.Int32",
        Primitive::Int64 => "Edm.Int64",
        Primitive::Single => "Edm.Single",
        Primitive::Double => "Edm.Double",
        Primitive::Decimal => "Edm.Decimal",
        Primitive::DateTimeOffset => "Edm.DateTimeOffset",
        Primitive::Date => "Edm.Date",
        Primitive::TimeOfDay => "Edm.TimeOfDay",
        Primitive::Duration => "Edm.Duration",
        Primitive::Guid => "Edm.Guid",
        Primitive::Binary => "Edm.Binary",
        Primitive::Stream => "Edm.Stream",
        Primitive::Untyped => "Edm.Untyped",
    }
}

/// Returns the full name of a type; `Edm.Untyped` for an undefined type.
fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => edm(*primitive).to_owned(),
        Type::Enum(id) => api.enum_type(*id).name.full(),
        Type::Structured(id) => api.structured_type(*id).name.full(),
        Type::Undefined(_) => edm(Primitive::Untyped).to_owned(),
    }
}

/// Returns the full name of a type, in `Collection()` for a collection.
fn type_ref(api: &Api, ty: &TypeRef) -> String {
    let name = type_name(api, &ty.ty);
    if ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}
