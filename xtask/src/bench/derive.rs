//! The baseline: the same types, written with serde derive. Primitive values are those of the runtime crate. There is no
//! documentation, and there are no request builders and no constants for properties; unknown properties are ignored.

use std::fmt::Write;

use generator::rust::{AnyEnum, Area, Element, Enum, Field, Struct, Value, Version};

/// The traits that every struct and enum derives.
const TRAITS: &str = "Clone, Debug, PartialEq, Serialize, Deserialize";

/// Returns the files of the crate: one per area, and `lib.rs`, which exports all types.
pub(crate) fn render_files(version: &Version) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = version
        .areas
        .iter()
        .map(|area| (format!("src/{}.rs", module_name(area)), render_area(area)))
        .collect();
    let mut library = String::new();
    for area in &version.areas {
        line(&mut library, format_args!("mod {};", module_name(area)));
    }
    line(&mut library, format_args!("pub mod types {{"));
    for area in &version.areas {
        line(
            &mut library,
            format_args!("    pub use crate::{}::*;", module_name(area)),
        );
    }
    line(&mut library, format_args!("}}"));
    files.push(("src/lib.rs".to_owned(), library));
    files
}

/// Returns the module name of an area. The prefix avoids a collision with the module `types`.
fn module_name(area: &Area) -> String {
    format!("area_{}", area.ident)
}

fn render_area(area: &Area) -> String {
    let mut text =
        "use graphwright_runtime as runtime;\nuse serde::{Deserialize, Serialize};\n".to_owned();
    // An area without types uses no imports.
    text.insert_str(0, "#![allow(unused_imports)]\n");
    for module in &area.modules {
        module
            .structs
            .iter()
            .for_each(|item| render_struct(item, &mut text));
        module
            .enums
            .iter()
            .for_each(|item| render_enum(item, &mut text));
    }
    text
}

fn render_struct(item: &Struct, text: &mut String) {
    line(
        text,
        format_args!(
            "\n#[derive(Default, {TRAITS})]\npub struct {} {{",
            item.ident
        ),
    );
    item.fields.iter().for_each(|item| render_field(item, text));
    line(text, format_args!("}}"));
    if let Some(any) = &item.any {
        render_any_enum(any, text);
    }
}

fn render_field(item: &Field, text: &mut String) {
    let rename = if item.ident.as_str() == item.wire {
        String::new()
    } else {
        format!("rename = {:?}, ", item.wire)
    };
    line(
        text,
        format_args!("    #[serde({rename}skip_serializing_if = \"Option::is_none\")]"),
    );
    line(
        text,
        format_args!("    pub {}: Option<{}>,", item.ident, value_type(&item.ty)),
    );
}

fn render_any_enum(item: &AnyEnum, text: &mut String) {
    line(
        text,
        format_args!(
            "\n#[derive({TRAITS})]\n#[serde(tag = \"@odata.type\")]\npub enum {} {{",
            item.ident
        ),
    );
    for variant in &item.variants {
        line(
            text,
            format_args!("    #[serde(rename = {:?})]", format!("#{}", variant.name)),
        );
        line(
            text,
            format_args!("    {0}(Box<crate::types::{0}>),", variant.ident),
        );
    }
    line(text, format_args!("}}"));
}

fn render_enum(item: &Enum, text: &mut String) {
    line(
        text,
        format_args!("\n#[derive({TRAITS}, Eq)]\npub enum {} {{", item.ident),
    );
    for variant in &item.variants {
        if variant.ident.as_str() != variant.wire {
            line(
                text,
                format_args!("    #[serde(rename = {:?})]", variant.wire),
            );
        }
        line(text, format_args!("    {},", variant.ident));
    }
    line(text, format_args!("    #[serde(other)]\n    Unlisted,\n}}"));
}

fn value_type(value: &Value) -> String {
    match value {
        Value::One(Element::Struct(ident)) => format!("Box<crate::types::{ident}>"),
        Value::One(one) => element_type(one),
        Value::Many(each) => format!("Vec<{}>", element_type(each)),
    }
}

fn element_type(element: &Element) -> String {
    match element {
        Element::Primitive(item) => item.rust_path().to_owned(),
        Element::Enum(ident) | Element::Struct(ident) | Element::Any(ident) => {
            format!("crate::types::{ident}")
        }
        Element::Flags(_) => "String".to_owned(),
        Element::AnyEntity | Element::Json => "serde_json::Value".to_owned(),
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("writing to a string does not fail");
}
