//! Code that uses the types, without which serde's generic code would not be instantiated. Writes every type that an operation
//! sends, and reads every type that an operation returns. The code is the same for all crates.

use std::collections::BTreeMap;
use std::fmt::Write;

use generator::rust::{Builder, Element, Ident, MethodBody, Response, Value, Version};

/// How operations use a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    written: bool,
    read: bool,
    read_many: bool,
}

/// Returns the types that operations send or return.
pub(crate) fn usages(version: &Version) -> BTreeMap<Ident, Usage> {
    let mut usages = BTreeMap::new();
    let modules = version.areas.iter().flat_map(|area| &area.modules);
    let builders = modules
        .flat_map(|module| &module.builders)
        .chain([&version.client]);
    builders.for_each(|builder| add(builder, &mut usages));
    usages
}

fn add(builder: &Builder, usages: &mut BTreeMap<Ident, Usage>) {
    let mut add_element = |element: &Element, set: fn(&mut Usage)| {
        if let Element::Struct(ident) | Element::Any(ident) = element {
            set(usages.entry(ident.clone()).or_default());
        }
    };
    for method in &builder.methods {
        if let MethodBody::Value(Value::One(element) | Value::Many(element)) = &method.body {
            add_element(element, |usage| usage.written = true);
        }
        match &method.response {
            Response::Object(element) => add_element(element, |usage| usage.read = true),
            Response::Page(element) => add_element(element, |usage| usage.read_many = true),
            Response::None
            | Response::Wrapped(_)
            | Response::Count
            | Response::Stream
            | Response::Json => {}
        }
    }
}

/// Returns the source code that reads and writes the types of a module.
pub(crate) fn render(usages: &BTreeMap<Ident, Usage>, module: &str) -> String {
    let mut text = String::new();
    for (number, (ident, usage)) in usages.iter().enumerate() {
        let ty = format!("{module}::{ident}");
        let functions = [
            (
                usage.written,
                "write",
                format!("value: &{ty}"),
                "Vec<u8>".to_owned(),
                "to_vec(value)",
            ),
            (
                usage.read,
                "read",
                "text: &[u8]".to_owned(),
                ty.clone(),
                "from_slice(text)",
            ),
            (
                usage.read_many,
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
