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
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let deprecated = deprecated(variant.deprecated.as_ref());
        let name = ident(&variant.ident);
        quote! { #docs #deprecated #name, }
    });
    let rows = item.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        let member = &variant.wire;
        let number = variant.value.map(number);
        let number = number.map(|number| quote! { , #number });
        quote! { #name = #member #number; }
    });
    let is_numbered = item.variants.iter().any(|variant| variant.value.is_some());
    let numbers = is_numbered.then(|| quote! { with numbers });
    quote! {
        #item_docs
        #item_deprecated
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the documentation does not list.
            Unlisted(Box<str>),
        }
        runtime::open_enum! {
            #name #numbers;
            #(#rows)*
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
