//! Structs, their constructors, and the enums over a base type and its derived types.

use crate::rust::{AnyEnum, Element, Field, Primitive, Struct, Value, When};

use super::layout::{self, Code};
use super::source::{Item, Source};
use super::values::{self, literal};

/// The number of arguments from which on clippy complains.
const MANY_ARGUMENTS: usize = 7;

/// Writes a struct, its table of properties, its constructor and the enum over its derived types.
pub(super) fn write_struct<'a>(source: &mut Source<'a>, item: &'a Struct, within: &When) {
    source.use_runtime();
    source.start_item();
    let first = source.offset();
    source.cfg(&item.when, within);
    source.docs(&item.docs);
    source.deprecated(item.deprecated.as_ref());
    source.record(Item::Type(&item.ident), first);
    source.push_all(&["pub struct ", item.ident.as_str(), " {\n"]);
    for field in &item.fields {
        write_field(source, item, field);
    }
    source.push(
        "    /// The JSON properties without a field of their own.\n    pub additional_properties: runtime::AdditionalProperties,\n}\n",
    );
    source.start_item();
    source.cfg(&item.when, within);
    write_table(source, item);
    write_constructor(source, item, within);
    if let Some(any) = &item.any {
        write_any_enum(source, any, (&item.when, within));
    }
}

fn write_field<'a>(source: &mut Source<'a>, item: &'a Struct, field: &'a Field) {
    let first = source.offset();
    source.docs_deeper(&field.docs, 4);
    source.row_attributes((&field.when, &item.when), field.deprecated.as_ref(), "    ");
    source.record(Item::Member(&item.ident, &field.ident), first);
    let ty = source.value(&field.ty);
    let (open, close) = if values::is_boxed(&field.ty) {
        (": Option<runtime::Boxed<", ">>,\n")
    } else {
        (": Option<", ">,\n")
    };
    source.push_all(&["    pub ", field.ident.as_str(), open, &ty, close]);
}

/// Writes the table of the properties: all that the runtime needs to know of a struct.
fn write_table(source: &mut Source<'_>, item: &Struct) {
    let name = item.name.as_ref().map(|name| name.full());
    let name = literal(&name.unwrap_or_default());
    source.push_all(&[
        "runtime::object! {\n    ",
        item.ident.as_str(),
        " = ",
        &name,
        ";\n",
    ]);
    for field in &item.fields {
        source.row_attributes((&field.when, &item.when), field.deprecated.as_ref(), "    ");
        source.push_all(&[
            "    ",
            field.ident.as_str(),
            ": ",
            values::kind(&field.ty),
            " = ",
            &literal(&field.wire),
            ", ",
            field.constant.as_str(),
            ": ",
            &values::value(&field.ty),
            ";\n",
        ]);
    }
    source.push("}\n");
}

/// Writes the function that takes the required properties; none if no property is required.
fn write_constructor(source: &mut Source<'_>, item: &Struct, within: &When) {
    let required: Vec<&Field> = item
        .fields
        .iter()
        .filter(|field| field.is_required)
        .collect();
    if required.is_empty() {
        return;
    }
    source.start_item();
    source.cfg(&item.when, within);
    source.open(&format!("impl {} {{", item.ident));
    let links: Vec<String> = required
        .iter()
        .map(|field| format!("[`{0}`](Self::{0})", field.ident))
        .collect();
    source.line(&format!(
        "/// Creates a value with the properties that are required on create: {}. All other properties are absent.",
        links.join(", ")
    ));
    if required.len() > MANY_ARGUMENTS {
        source.line(
            "#[allow(clippy::too_many_arguments, reason = \"as many properties are required on create\")]",
        );
    }
    source.start_line();
    let parameters: Vec<String> = required
        .iter()
        .map(|field| parameter(source, field))
        .collect();
    let indent = source.indent();
    layout::write_signature(source.text(), indent, "new", &parameters, "Self");
    source.push("\n        Self {\n");
    for field in required {
        source.push_all(&["            ", field.ident.as_str(), ": "]);
        value(field).write(source.text(), 12, 1);
        source.push(",\n");
    }
    source.push("            ..Self::default()\n        }\n    }\n");
    source.close();
}

fn parameter(source: &mut Source<'_>, field: &Field) -> String {
    let ty = source.value(&field.ty);
    if accepts_into(&field.ty) {
        format!("{}: impl Into<{ty}>", field.ident)
    } else {
        format!("{}: {ty}", field.ident)
    }
}

fn value(field: &Field) -> Code {
    let name = &field.ident;
    let value = if accepts_into(&field.ty) {
        Code::Text(format!("{name}.into()"))
    } else if values::is_boxed(&field.ty) {
        Code::call("runtime::Boxed::new", vec![Code::Text(name.to_string())])
    } else {
        Code::Text(name.to_string())
    };
    Code::call("Some", vec![value])
}

/// Whether values of several types are useful: `&str` for a string, a derived type for its base.
fn accepts_into(ty: &Value) -> bool {
    matches!(
        ty,
        Value::One(Element::Primitive(Primitive::String) | Element::Any(_) | Element::Flags(_))
    )
}

fn write_any_enum<'a>(source: &mut Source<'a>, any: &'a AnyEnum, (when, within): (&When, &When)) {
    source.start_item();
    let first = source.offset();
    source.cfg(when, within);
    source.docs(&any.docs);
    source.line("#[non_exhaustive]");
    source.record(Item::Type(&any.ident), first);
    source.push_all(&["pub enum ", any.ident.as_str(), " {\n"]);
    for variant in &any.variants {
        let ident = variant.ident.as_str();
        source.use_type(&variant.ident);
        source.docs_deeper(&variant.docs, 4);
        source.push_all(&["    ", ident, "(runtime::Boxed<types::", ident, ">),\n"]);
    }
    source.push("}\n");
    source.start_item();
    source.cfg(when, within);
    source.push_all(&["runtime::polymorphic! {\n    ", any.ident.as_str(), ";\n"]);
    for variant in &any.variants {
        let ident = variant.ident.as_str();
        let name = literal(&variant.name);
        source.push_all(&["    ", ident, ": types::", ident, " = ", &name, ";\n"]);
    }
    source.push("}\n");
}
