//! Constructors: functions that take what the documentation requires.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{Element, Field, Primitive, Struct, Value};

use super::inserts::Inserts;
use super::values::{self, ident};

/// So many arguments clippy takes.
const MANY: usize = 7;

/// The function that makes a value of what is required; none if nothing is.
pub(super) fn constructor(
    item: &Struct,
    condition: &TokenStream,
    inserts: &Inserts<'_>,
) -> TokenStream {
    let required: Vec<&Field> = item
        .fields
        .iter()
        .filter(|field| field.is_required)
        .collect();
    if required.is_empty() {
        return TokenStream::new();
    }
    let links = required
        .iter()
        .map(|field| format!("[`{0}`](Self::{0})", field.ident));
    let doc = inserts.sentence(format!(
        "A value with what the documentation requires when one is created: {}. All else is absent.",
        links.collect::<Vec<_>>().join(", ")
    ));
    let many = (required.len() > MANY).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the documentation requires as many")] }
    });
    let name = ident(&item.ident);
    let arguments = required.iter().map(|field| argument(field));
    let values = required.iter().map(|field| value(field));
    quote! {
        #condition
        impl #name {
            #doc
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* ..Self::default() }
            }
        }
    }
}

fn argument(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    let ty = values::value(&field.ty);
    if converts(&field.ty) {
        quote! { #name: impl Into<#ty> }
    } else {
        quote! { #name: #ty }
    }
}

fn value(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    let value = match &field.ty {
        ty if converts(ty) => quote! { #name.into() },
        Value::One(Element::Struct(_) | Element::AnyEntity) => {
            quote! { runtime::Boxed::new(#name) }
        }
        Value::One(
            Element::Primitive(_)
            | Element::Enum(_)
            | Element::Flags(_)
            | Element::Any(_)
            | Element::Json,
        )
        | Value::Many(_) => quote! { #name },
    };
    quote! { #name: Some(#value) }
}

/// Whether more than one type of value is worth taking: `&str` for a string, a derived type for its base.
fn converts(ty: &Value) -> bool {
    matches!(
        ty,
        Value::One(Element::Primitive(Primitive::String) | Element::Any(_) | Element::Flags(_))
    )
}
