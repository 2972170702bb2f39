//! Types of fields, arguments and answers.

use proc_macro2::{Ident, Literal, Span, TokenStream};

use crate::rust::{self, Element, Primitive, Value};

/// An identifier as a token.
pub(super) fn ident(ident: &rust::Ident) -> Ident {
    Ident::new(ident.as_str(), Span::call_site())
}

/// Text as a literal.
pub(super) fn literal(text: &str) -> String {
    let is_plain = |letter: u8| matches!(letter, b' '..=b'~') && letter != b'"' && letter != b'\\';
    if text.bytes().all(is_plain) {
        format!("\"{text}\"")
    } else {
        Literal::string(text).to_string()
    }
}

/// The type of one value, in no box.
pub(super) fn element(element: &Element) -> TokenStream {
    tokens(&element_text(element))
}

fn element_text(element: &Element) -> String {
    match element {
        Element::Primitive(primitive) => primitive.rust_path().to_owned(),
        Element::Enum(name) | Element::Struct(name) | Element::Any(name) => {
            format!("types::{name}")
        }
        Element::Flags(name) => format!("runtime::Flags<types::{name}>"),
        Element::AnyEntity => "runtime::AnyEntity".to_owned(),
        Element::Json => "runtime::Value".to_owned(),
    }
}

/// The type of a value, in no box and no option.
pub(super) fn value(value: &Value) -> TokenStream {
    tokens(&value_text(value))
}

/// The same as text.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::One(one) => element_text(one),
        Value::Many(each) => format!("Vec<{}>", element_text(each)),
    }
}

/// The text of a type as tokens.
fn tokens(text: &str) -> TokenStream {
    text.parse().expect("the text of a type is Rust")
}

/// The type of a field.
pub(super) fn field(ty: &Value) -> String {
    let inner = value_text(ty);
    match ty {
        Value::One(Element::Struct(_) | Element::AnyEntity) => {
            format!("Option<runtime::Boxed<{inner}>>")
        }
        Value::One(
            Element::Primitive(_)
            | Element::Enum(_)
            | Element::Flags(_)
            | Element::Any(_)
            | Element::Json,
        )
        | Value::Many(_) => format!("Option<{inner}>"),
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

/// A primitive type.
pub(super) fn primitive(primitive: Primitive) -> TokenStream {
    tokens(primitive.rust_path())
}
