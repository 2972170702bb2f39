//! Enums that keep the values they do not know.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{Enum, When};

use super::attributes::{cfg, deprecated, docs_of_row, of_row};
use super::inserts::Inserts;
use super::values::{ident, literal};

/// An enum with everything that belongs to it, in a module that is there with some features.
pub(super) fn enumeration<'a>(item: &'a Enum, within: &When, inserts: &Inserts<'a>) -> TokenStream {
    let condition = cfg(&item.when, within);
    let item_docs = inserts.docs(&item.docs);
    let item_deprecated = deprecated(item.deprecated.as_ref());
    let name = ident(&item.ident);
    let variants = inserts.rows(variants(item));
    let rows = inserts.rows(rows(item));
    quote! {
        #condition
        #item_docs
        #item_deprecated
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #variants,
            /// A value that the documentation does not list.
            Unlisted(Box<str>),
        }
        #condition
        runtime::open_enum! { #rows }
    }
}

fn variants(item: &Enum) -> String {
    let (always, mut rows) = (When::default(), String::new());
    for variant in &item.variants {
        docs_of_row(&variant.docs, &mut rows);
        of_row(&always, &always, variant.deprecated.as_ref(), &mut rows);
        rows.push_str(&format!("{},\n", variant.ident));
    }
    rows
}

/// The table of the members.
fn rows(item: &Enum) -> String {
    let is_numbered = item.variants.iter().any(|variant| variant.value.is_some());
    let numbers = if is_numbered { " with numbers" } else { "" };
    let mut rows = format!("{}{numbers};\n", item.ident);
    for variant in &item.variants {
        let number = variant.value.map(|value| format!(", {value}"));
        let row = format!(
            "{} = {}{};\n",
            variant.ident,
            literal(&variant.wire),
            number.unwrap_or_default()
        );
        rows.push_str(&row);
    }
    rows
}
