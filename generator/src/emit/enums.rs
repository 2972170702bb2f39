//! Enums that keep the values they do not know.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::rust::Enum;

use super::attributes::{deprecated, docs};
use super::values::ident;

/// An enum with everything that belongs to it.
pub(super) fn enumeration(item: &Enum) -> TokenStream {
    let item_docs = docs(&item.docs);
    let item_deprecated = deprecated(item.deprecated.as_ref());
    let name = ident(&item.ident);
    let variants: Vec<_> = item
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let wires = item.variants.iter().map(|variant| &variant.wire);
    let attributes = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let deprecated = deprecated(variant.deprecated.as_ref());
        quote! { #docs #deprecated }
    });
    let value = value(item);
    quote! {
        #item_docs
        #item_deprecated
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#attributes #variants,)*
            /// A value that the documentation does not list.
            Unlisted(Box<str>),
        }
        impl runtime::OpenEnum for #name {
            const MEMBERS: &'static [Self] = &[#(Self::#variants),*];
            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #wires,)*
                    Self::Unlisted(name) => name,
                }
            }
            fn unlisted(name: &str) -> Self { Self::Unlisted(name.into()) }
            #value
        }
        runtime::open_enum!(#name);
    }
}

/// The numbers, where the pages state any.
fn value(item: &Enum) -> TokenStream {
    let stated: Vec<_> = item
        .variants
        .iter()
        .filter_map(|variant| Some((ident(&variant.ident), number(variant.value?))))
        .collect();
    if stated.is_empty() {
        return TokenStream::new();
    }
    let arms = stated
        .iter()
        .map(|(variant, value)| quote! { Self::#variant => Some(#value), });
    let rest = if stated.len() == item.variants.len() {
        quote! { Self::Unlisted(_) }
    } else {
        quote! { _ }
    };
    quote! {
        fn value(&self) -> Option<i64> {
            match self {
                #(#arms)*
                #rest => None,
            }
        }
    }
}

/// A number as tokens: a sign is one of its own.
fn number(value: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}
