//! The files of areas and modules.

use crate::rust::{Area, Docs, Module};

use super::source::Source;
use super::{enums, reexports, structs};

/// Writes the declarations of an area's modules.
pub(super) fn write_area<'a>(source: &mut Source<'a>, area: &'a Area) {
    for module in &area.modules {
        let line = format!("pub mod {};", module.ident);
        source.declaration((&module.when, &area.when), &line);
    }
}

/// Writes the types of a module. Its request builders stand in a file of their own.
pub(super) fn write_module<'a>(source: &mut Source<'a>, module: &'a Module) {
    if !module.builders.is_empty() {
        source.declaration((&module.requests_when, &module.when), "mod requests;");
        let builders = reexports::builders(&module.builders);
        reexports::write(source, "requests", &module.when, builders);
    }
    for item in &module.structs {
        structs::write_struct(source, item, &module.when);
    }
    for item in &module.enums {
        enums::write_enum(source, item, &module.when);
    }
}

/// A doc comment of the file, from inside.
pub(super) fn inner_docs(docs: &Docs) -> String {
    let mut text = String::new();
    for line in docs.lines() {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    text
}
