//! Code that uses the types: without it, serde's generic code would be written down but never built. Every type that an
//! operation sends is written, every type that one answers with is read. The text is the same for all crates.

use std::collections::BTreeMap;
use std::fmt::Write;

use generator::rust::{Builder, Element, Ident, MethodBody, Response, Value, Version};

/// How a type is carried by operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    written: bool,
    read: bool,
    read_many: bool,
}

/// The types that operations carry.
pub(crate) fn carried(version: &Version) -> BTreeMap<Ident, Carried> {
    let mut carried = BTreeMap::new();
    let modules = version.areas.iter().flat_map(|area| &area.modules);
    let builders = modules
        .flat_map(|module| &module.builders)
        .chain([&version.client]);
    builders.for_each(|builder| add(builder, &mut carried));
    carried
}

fn add(builder: &Builder, carried: &mut BTreeMap<Ident, Carried>) {
    let mut of = |element: &Element, note: fn(&mut Carried)| {
        if let Element::Struct(ident) | Element::Any(ident) = element {
            note(carried.entry(ident.clone()).or_default());
        }
    };
    for method in &builder.methods {
        if let MethodBody::Value(Value::One(element) | Value::Many(element)) = &method.body {
            of(element, |carried| carried.written = true);
        }
        match &method.response {
            Response::Object(element) => of(element, |carried| carried.read = true),
            Response::Page(element) => of(element, |carried| carried.read_many = true),
            Response::None
            | Response::Wrapped(_)
            | Response::Count
            | Response::Stream
            | Response::Json => {}
        }
    }
}

/// The library that reads and writes the types, which it finds in a module.
pub(crate) fn text(carried: &BTreeMap<Ident, Carried>, module: &str) -> String {
    let mut text = String::new();
    for (number, (ident, carried)) in carried.iter().enumerate() {
        let ty = format!("{module}::{ident}");
        let functions = [
            (
                carried.written,
                "write",
                format!("value: &{ty}"),
                "Vec<u8>".to_owned(),
                "to_vec(value)",
            ),
            (
                carried.read,
                "read",
                "text: &[u8]".to_owned(),
                ty.clone(),
                "from_slice(text)",
            ),
            (
                carried.read_many,
                "read_many",
                "text: &[u8]".to_owned(),
                format!("Vec<{ty}>"),
                "from_slice(text)",
            ),
        ];
        for (_, name, argument, result, call) in functions.iter().filter(|(wanted, ..)| *wanted) {
            writeln!(
                text,
                "pub fn {name}_{number}({argument}) -> serde_json::Result<{result}> {{\n    serde_json::{call}\n}}"
            )
            .expect("writing to a string does not fail");
        }
    }
    text
}
