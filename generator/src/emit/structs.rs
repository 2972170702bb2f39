//! Structs, and the enums over a base type and what derives from it.

use proc_macro2::{Literal, TokenStream};
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
    let constants = constants(item);
    let constructor = constructor(item);
    let object = object(item);
    let any = item.any.as_ref().map(|any| any_enum(item, any));
    quote! {
        #attributes
        #deprecated
        #[derive(Default)]
        pub struct #name {
            #(#fields)*
            /// What else the JSON object holds.
            pub leftover: runtime::Leftover,
        }
        #constants
        #constructor
        #object
        runtime::object!(#name);
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

fn constants(item: &Struct) -> TokenStream {
    if item.fields.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&item.ident);
    let constants = item.fields.iter().map(|field| {
        let doc = format!(" The property of [`{0}`](Self::{0}).", field.ident);
        let cfg = cfg(&field.when, &item.when);
        let deprecated = deprecated(field.deprecated.as_ref());
        let constant = ident(&field.constant);
        let ty = values::value(&field.ty);
        let wire = &field.wire;
        quote! {
            #[doc = #doc]
            #cfg
            #deprecated
            pub const #constant: runtime::Property<Self, #ty> = runtime::Property::new(#wire);
        }
    });
    quote! { impl #name { #(#constants)* } }
}

fn object(item: &Struct) -> TokenStream {
    let name = ident(&item.ident);
    let type_name = item
        .name
        .as_ref()
        .map(|name| name.full())
        .unwrap_or_default();
    let wires = item.fields.iter().map(|field| &field.wire);
    let arms = |access: TokenStream, side: TokenStream| {
        let arms = item.fields.iter().enumerate().map(move |(index, field)| {
            let index = Literal::usize_unsuffixed(index);
            let kind = values::kind(&field.ty);
            let name = ident(&field.ident);
            let cfg = cfg(&field.when, &item.when);
            quote! { #cfg #index => runtime::#side::#kind(#access self.#name), }
        });
        quote! { #(#arms)* }
    };
    let slots = arms(quote! { &mut }, quote! { Slot });
    let members = arms(quote! { & }, quote! { Member });
    // Without fields no index means anything.
    let (index, slot, member) = if item.fields.is_empty() {
        (
            quote! { _ },
            quote! { runtime::Slot::Missing },
            quote! { runtime::Member::Missing },
        )
    } else {
        (
            quote! { index },
            quote! { match index { #slots _ => runtime::Slot::Missing, } },
            quote! { match index { #members _ => runtime::Member::Missing, } },
        )
    };
    quote! {
        impl runtime::Object for #name {
            fn shape(&self) -> &'static runtime::Shape {
                static SHAPE: runtime::Shape = runtime::Shape::new(#type_name, &[#(#wires),*]);
                &SHAPE
            }
            fn slot(&mut self, #index: usize) -> runtime::Slot<'_> { #slot }
            fn member(&self, #index: usize) -> runtime::Member<'_> { #member }
            fn leftover(&self) -> &runtime::Leftover { &self.leftover }
            fn leftover_mut(&mut self) -> &mut runtime::Leftover { &mut self.leftover }
        }
    }
}

fn any_enum(base: &Struct, any: &AnyEnum) -> TokenStream {
    let any_docs = docs(&any.docs);
    let name = ident(&any.ident);
    let base = named(&base.ident);
    let variants: Vec<_> = any
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let structs: Vec<_> = any
        .variants
        .iter()
        .map(|variant| named(&variant.ident))
        .collect();
    let variant_docs = any.variants.iter().map(|variant| docs(&variant.docs));
    let type_names = any.variants.iter().map(|variant| &variant.name);
    // The base is what every index without a variant of its own gives.
    let indices = (1..any.variants.len()).map(Literal::usize_unsuffixed);
    let first = &variants[0];
    let derived = &variants[1..];
    quote! {
        #any_docs
        pub enum #name {
            #(#variant_docs #variants(Box<#structs>),)*
        }
        impl runtime::Polymorphic for #name {
            const TYPES: &'static [&'static str] = &[#(#type_names),*];
            fn variant(index: usize) -> Self {
                match index {
                    #(#indices => Self::#derived(Box::default()),)*
                    _ => Self::#first(Box::default()),
                }
            }
            fn object(&self) -> &dyn runtime::Object {
                match self { #(Self::#variants(object) => &**object,)* }
            }
            fn object_mut(&mut self) -> &mut dyn runtime::Object {
                match self { #(Self::#variants(object) => &mut **object,)* }
            }
        }
        runtime::polymorphic!(#name, #base, #(#variants = #structs),*);
    }
}
