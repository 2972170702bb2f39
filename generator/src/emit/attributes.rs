//! Attributes of items: as tokens, and as text in front of a row.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{Docs, When};

use super::values::literal;

/// The attribute of an item that should not be used any more.
pub(super) fn deprecated(reason: Option<&String>) -> TokenStream {
    match reason {
        Some(reason) => quote! { #[deprecated = #reason] },
        None => TokenStream::new(),
    }
}

/// The condition of an item whose features are not those of what it stands in.
pub(super) fn cfg(when: &When, within: &When) -> TokenStream {
    if when == within {
        return TokenStream::new();
    }
    match when.features.as_slice() {
        [] => TokenStream::new(),
        [one] => quote! { #[cfg(feature = #one)] },
        any => quote! { #[cfg(any(#(feature = #any),*))] },
    }
}

/// The doc comment of a row.
pub(super) fn docs_of_row(docs: &Docs, row: &mut String) {
    for line in docs.lines() {
        row.push_str(if line.is_empty() { "///" } else { "/// " });
        row.push_str(line);
        row.push('\n');
    }
}

/// The attributes of a row, each on a line of its own.
pub(super) fn of_row(when: &When, within: &When, reason: Option<&String>, row: &mut String) {
    if when != within {
        let features: Vec<String> = when
            .features
            .iter()
            .map(|name| format!("feature = {}", literal(name)))
            .collect();
        match features.as_slice() {
            [] => {}
            [one] => row.push_str(&format!("#[cfg({one})]\n")),
            any => row.push_str(&format!("#[cfg(any({}))]\n", any.join(", "))),
        }
    }
    if let Some(reason) = reason {
        row.push_str(&format!("#[deprecated = {}]\n", literal(reason)));
    }
}

/// What a file says that still has to deal with deprecated items.
pub(super) fn allow_deprecated(needed: bool) -> TokenStream {
    if !needed {
        return TokenStream::new();
    }
    quote! { #![allow(deprecated, reason = "what is deprecated is still read and written")] }
}
