//! Structs, and the enums over a base type and what derives from it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{AnyEnum, Field, Struct};

use super::attributes::{cfg, deprecated, docs};
use super::constructors::constructor;
use super::values::{self, ident, named};

/// A struct with everything that belongs to it.
pub(super) fn structure(item: &Struct) -> TokenStream {
    let attributes = docs(&item.docs);
    let deprecated = deprecated(item.deprecated.as_ref());
    let name = ident(&item.ident);
    let fields = item.fields.iter().map(|field| self::field(item, field));
    let constructor = constructor(item);
    let object = object(item);
    let any = item.any.as_ref().map(any_enum);
    quote! {
        #attributes
        #deprecated
        pub struct #name {
            #(#fields)*
            /// What else the JSON object holds.
            pub leftover: runtime::Leftover,
        }
        #object
        #constructor
        #any
    }
}

fn field(item: &Struct, field: &Field) -> TokenStream {
    let docs = docs(&field.docs);
    let cfg = cfg(&field.when, &item.when);
    let deprecated = deprecated(field.deprecated.as_ref());
    let name = ident(&field.ident);
    let ty = values::field(&field.ty);
    quote! {
        #docs
        #cfg
        #deprecated
        pub #name: #ty,
    }
}

/// The table of the properties: all that the runtime needs to know of a struct.
fn object(item: &Struct) -> TokenStream {
    let name = ident(&item.ident);
    let type_name = item
        .name
        .as_ref()
        .map(|name| name.full())
        .unwrap_or_default();
    let rows = item.fields.iter().map(|field| {
        let cfg = cfg(&field.when, &item.when);
        let deprecated = deprecated(field.deprecated.as_ref());
        let field_name = ident(&field.ident);
        let kind = values::kind(&field.ty);
        let property = &field.wire;
        let constant = ident(&field.constant);
        let value = values::value(&field.ty);
        quote! { #cfg #deprecated #field_name: #kind = #property, #constant: #value; }
    });
    quote! {
        runtime::object! {
            #name = #type_name;
            #(#rows)*
        }
    }
}

fn any_enum(any: &AnyEnum) -> TokenStream {
    let any_docs = docs(&any.docs);
    let name = ident(&any.ident);
    let variants = any.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.ident);
        let object = named(&variant.ident);
        quote! { #docs #name(Box<#object>), }
    });
    let rows = any.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        let object = named(&variant.ident);
        let type_name = &variant.name;
        quote! { #name: #object = #type_name; }
    });
    quote! {
        #any_docs
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
        runtime::polymorphic! {
            #name;
            #(#rows)*
        }
    }
}
