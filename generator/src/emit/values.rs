//! Types of fields, arguments and answers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::rust::{self, Element, Primitive, Value};

/// An identifier as a token.
pub(super) fn ident(ident: &rust::Ident) -> Ident {
    Ident::new(ident.as_str(), Span::call_site())
}

/// A generated type, by the module that names them all.
pub(super) fn named(name: &rust::Ident) -> TokenStream {
    let name = ident(name);
    quote! { types::#name }
}

/// The type of one value, in no box.
pub(super) fn element(element: &Element) -> TokenStream {
    match element {
        Element::Primitive(primitive) => self::primitive(*primitive),
        Element::Enum(name) | Element::Struct(name) | Element::Any(name) => named(name),
        Element::Flags(name) => {
            let name = named(name);
            quote! { runtime::Flags<#name> }
        }
        Element::AnyEntity => quote! { runtime::AnyEntity },
        Element::Json => quote! { runtime::Value },
    }
}

/// The type of a value, in no box and no option.
pub(super) fn value(value: &Value) -> TokenStream {
    match value {
        Value::One(one) => element(one),
        Value::Many(each) => {
            let each = element(each);
            quote! { Vec<#each> }
        }
    }
}

/// The type of a field.
pub(super) fn field(ty: &Value) -> TokenStream {
    let inner = value(ty);
    match ty {
        Value::One(Element::Struct(_) | Element::AnyEntity) => quote! { Option<Box<#inner>> },
        Value::One(
            Element::Primitive(_)
            | Element::Enum(_)
            | Element::Flags(_)
            | Element::Any(_)
            | Element::Json,
        )
        | Value::Many(_) => quote! { Option<#inner> },
    }
}

/// The variant of the runtime's `Slot` and `Member` that takes a field.
pub(super) fn kind(ty: &Value) -> Ident {
    let name = match ty {
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
            | Primitive::Binary => "Leaf",
        },
        Value::One(Element::Enum(_) | Element::Flags(_)) => "Leaf",
        Value::One(Element::Struct(_) | Element::AnyEntity) => "Object",
        Value::One(Element::Any(_)) => "Any",
        Value::One(Element::Json) => "Untyped",
        Value::Many(Element::Json) => "Untypeds",
        Value::Many(Element::Primitive(_) | Element::Enum(_) | Element::Flags(_)) => "Leaves",
        Value::Many(Element::Struct(_) | Element::Any(_) | Element::AnyEntity) => "Objects",
    };
    Ident::new(name, Span::call_site())
}

/// A primitive type.
pub(super) fn primitive(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::String => quote! { String },
        Primitive::Boolean => quote! { bool },
        Primitive::Byte => quote! { u8 },
        Primitive::Int16 => quote! { i16 },
        Primitive::Int32 => quote! { i32 },
        Primitive::Int64 => quote! { i64 },
        Primitive::Single => quote! { f32 },
        Primitive::Double => quote! { f64 },
        Primitive::Decimal => quote! { runtime::Decimal },
        Primitive::DateTimeOffset => quote! { runtime::DateTimeOffset },
        Primitive::Date => quote! { runtime::Date },
        Primitive::TimeOfDay => quote! { runtime::TimeOfDay },
        Primitive::Duration => quote! { runtime::Duration },
        Primitive::Guid => quote! { runtime::Guid },
        Primitive::Binary => quote! { runtime::Binary },
    }
}
