//! Structs, and the enums over a base type and what derives from it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{AnyEnum, Struct, When};

use super::attributes::{cfg, deprecated, docs_of_row, of_row};
use super::constructors::constructor;
use super::inserts::Inserts;
use super::values::{self, ident, literal};

/// A struct with everything that belongs to it, in a module that is there with some features.
pub(super) fn structure<'a>(item: &'a Struct, within: &When, inserts: &Inserts<'a>) -> TokenStream {
    let condition = cfg(&item.when, within);
    let attributes = inserts.docs(&item.docs);
    let deprecated = deprecated(item.deprecated.as_ref());
    let name = ident(&item.ident);
    let fields = inserts.rows(fields(item));
    let rows = inserts.rows(rows(item));
    let constructor = constructor(item, &condition, inserts);
    let any = item.any.as_ref();
    let any = any.map(|any| any_enum(any, &condition, inserts));
    quote! {
        #condition
        #attributes
        #deprecated
        pub struct #name {
            #fields: (),
            /// What else the JSON object holds.
            pub additional_properties: runtime::AdditionalProperties,
        }
        #condition
        runtime::object! { #rows }
        #constructor
        #any
    }
}

fn fields(item: &Struct) -> String {
    let mut rows = String::new();
    for field in &item.fields {
        docs_of_row(&field.docs, &mut rows);
        of_row(
            &field.when,
            &item.when,
            field.deprecated.as_ref(),
            &mut rows,
        );
        let row = format!("pub {}: {},\n", field.ident, values::field(&field.ty));
        rows.push_str(&row);
    }
    rows
}

/// The table of the properties: all that the runtime needs to know of a struct.
fn rows(item: &Struct) -> String {
    let name = item.name.as_ref().map(|name| name.full());
    let mut rows = format!("{} = {};\n", item.ident, literal(&name.unwrap_or_default()));
    for field in &item.fields {
        of_row(
            &field.when,
            &item.when,
            field.deprecated.as_ref(),
            &mut rows,
        );
        for part in [
            field.ident.as_str(),
            ": ",
            values::kind(&field.ty),
            " = ",
            &literal(&field.wire),
            ", ",
            field.constant.as_str(),
            ": ",
            &values::value_text(&field.ty),
            ";\n",
        ] {
            rows.push_str(part);
        }
    }
    rows
}

fn any_enum<'a>(any: &'a AnyEnum, condition: &TokenStream, inserts: &Inserts<'a>) -> TokenStream {
    let any_docs = inserts.docs(&any.docs);
    let name = ident(&any.ident);
    let mut variants = String::new();
    for variant in &any.variants {
        docs_of_row(&variant.docs, &mut variants);
        variants.push_str(&format!(
            "{0}(runtime::Boxed<types::{0}>),\n",
            variant.ident
        ));
    }
    let variants = inserts.rows(variants);
    let mut rows = format!("{};\n", any.ident);
    for variant in &any.variants {
        let row = format!(
            "{0}: types::{0} = {1};\n",
            variant.ident,
            literal(&variant.name)
        );
        rows.push_str(&row);
    }
    let rows = inserts.rows(rows);
    quote! {
        #condition
        #any_docs
        #[non_exhaustive]
        pub enum #name {
            #variants,
        }
        #condition
        runtime::polymorphic! { #rows }
    }
}
