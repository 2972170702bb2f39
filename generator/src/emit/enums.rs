//! Enums that keep the values they do not know.

use crate::rust::{Enum, When};

use super::source::{Item, Source};
use super::values::literal;

/// Writes an enum and the table of its members.
pub(super) fn write_enum<'a>(source: &mut Source<'a>, item: &'a Enum, within: &When) {
    source.use_runtime();
    source.start_item();
    let first = source.offset();
    source.cfg(&item.when, within);
    source.docs(&item.docs);
    source.deprecated(item.deprecated.as_ref());
    source.line("#[derive(Clone, PartialEq)]");
    source.line("#[non_exhaustive]");
    source.record(Item::Type(&item.ident), first);
    source.push_all(&["pub enum ", item.ident.as_str(), " {\n"]);
    let always = When::default();
    for variant in &item.variants {
        let first = source.offset();
        source.docs_deeper(&variant.docs, 4);
        source.row_attributes((&always, &always), variant.deprecated.as_ref(), "    ");
        source.record(Item::Member(&item.ident, &variant.ident), first);
        source.push_all(&["    ", variant.ident.as_str(), ",\n"]);
    }
    source.push(
        "    /// A value that the documentation does not list.\n    Unlisted(Box<str>),\n}\n",
    );
    source.start_item();
    source.cfg(&item.when, within);
    write_table(source, item);
}

fn write_table(source: &mut Source<'_>, item: &Enum) {
    let is_numbered = item.variants.iter().any(|variant| variant.value.is_some());
    let numbers = if is_numbered { " with numbers" } else { "" };
    source.push_all(&[
        "runtime::open_enum! {\n    ",
        item.ident.as_str(),
        numbers,
        ";\n",
    ]);
    for variant in &item.variants {
        let number = variant.value.map(|value| format!(", {value}"));
        source.push_all(&[
            "    ",
            variant.ident.as_str(),
            " = ",
            &literal(&variant.wire),
            number.as_deref().unwrap_or_default(),
            ";\n",
        ]);
    }
    source.push("}\n");
}
