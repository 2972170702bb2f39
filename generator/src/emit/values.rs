//! Types and literals as text.

use crate::rust::{Element, Primitive, Value};

/// The attribute of a file that reads and writes deprecated items.
pub(super) const ALLOW_DEPRECATED: &str =
    "#![allow(deprecated, reason = \"deprecated items are still serialized and deserialized\")]";

/// Text as a string literal.
pub(super) fn literal(text: &str) -> String {
    let is_plain = |letter: u8| matches!(letter, b' '..=b'~') && letter != b'"' && letter != b'\\';
    if text.bytes().all(is_plain) {
        format!("\"{text}\"")
    } else {
        format!("{text:?}")
    }
}

/// The type of one value.
pub(super) fn element(element: &Element) -> String {
    match element {
        Element::Primitive(primitive) => primitive.rust_path().to_owned(),
        Element::Enum(name) | Element::Struct(name) | Element::Any(name) => {
            ["types::", name.as_str()].concat()
        }
        Element::Flags(name) => ["runtime::Flags<types::", name.as_str(), ">"].concat(),
        Element::AnyEntity => "runtime::AnyEntity".to_owned(),
        Element::Json => "runtime::Value".to_owned(),
    }
}

/// The type of a value, neither boxed nor optional: `Vec<types::User>`.
pub fn value(value: &Value) -> String {
    match value {
        Value::One(one) => element(one),
        Value::Many(each) => ["Vec<", &element(each), ">"].concat(),
    }
}

/// Whether a field holds its value in a `Boxed`.
pub(super) fn is_boxed(ty: &Value) -> bool {
    match ty {
        Value::One(Element::Struct(_) | Element::AnyEntity) => true,
        Value::One(
            Element::Primitive(_)
            | Element::Enum(_)
            | Element::Flags(_)
            | Element::Any(_)
            | Element::Json,
        )
        | Value::Many(_) => false,
    }
}

/// The variant of the runtime's `SlotMut` and `SlotRef` that takes a field.
pub(super) fn kind(ty: &Value) -> &'static str {
    match ty {
        Value::One(Element::Primitive(primitive)) => match primitive {
            Primitive::String => "String",
            Primitive::Boolean => "Boolean",
            Primitive::Int32 => "Int32",
            Primitive::Int64 => "Int64",
            Primitive::Double => "Double",
            Primitive::Byte
            | Primitive::Int16
            | Primitive::Single
            | Primitive::Decimal
            | Primitive::DateTimeOffset
            | Primitive::Date
            | Primitive::TimeOfDay
            | Primitive::Duration
            | Primitive::Guid
            | Primitive::Binary => "Primitive",
        },
        Value::One(Element::Enum(_) | Element::Flags(_)) => "Primitive",
        Value::One(Element::Struct(_) | Element::AnyEntity) => "Object",
        Value::One(Element::Any(_)) => "Polymorphic",
        Value::One(Element::Json) => "Untyped",
        Value::Many(Element::Json) => "UntypedCollection",
        Value::Many(Element::Primitive(_) | Element::Enum(_) | Element::Flags(_)) => {
            "PrimitiveCollection"
        }
        Value::Many(Element::Struct(_) | Element::Any(_) | Element::AnyEntity) => {
            "ObjectCollection"
        }
    }
}
