//! Doc comments and `deprecated` attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::Docs;

/// The doc comment of an item.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| spaced(line));
    quote! { #(#[doc = #lines])* }
}

/// The doc comment of a module, from inside.
pub(super) fn inner_docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| spaced(line));
    quote! { #(#![doc = #lines])* }
}

/// The attribute of an item that should not be used any more.
pub(super) fn deprecated(reason: Option<&String>) -> TokenStream {
    match reason {
        Some(reason) => quote! { #[deprecated = #reason] },
        None => TokenStream::new(),
    }
}

/// What a file says that still has to deal with deprecated items.
pub(super) fn allow_deprecated(needed: bool) -> TokenStream {
    if !needed {
        return TokenStream::new();
    }
    quote! { #![allow(deprecated, reason = "what is deprecated is still read and written")] }
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
