//! Formats types of the output as text that differs exactly if the emitted types differ.

use crate::rust::{
    Argument, ArgumentType, Call, Element, Field, MethodBody, Response, Step, Value,
};

/// Formats the type of a value.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::One(one) => element(one),
        Value::Many(one) => format!("Vec<{}>", element(one)),
    }
}

fn element(element: &Element) -> String {
    match element {
        Element::Primitive(primitive) => format!("{primitive:?}"),
        Element::Enum(ident) | Element::Struct(ident) | Element::Any(ident) => ident.to_string(),
        Element::Flags(ident) => format!("Flags<{ident}>"),
        Element::AnyEntity => "AnyEntity".to_owned(),
        Element::Json => "Json".to_owned(),
    }
}

/// Formats the constructor with the required fields; none without required fields.
pub(super) fn constructor(fields: &[Field]) -> Option<String> {
    let required: Vec<String> = fields
        .iter()
        .filter(|field| field.is_required)
        .map(|field| format!("{}: {}", field.ident, value(&field.ty)))
        .collect();
    (!required.is_empty()).then(|| format!("new({})", required.join(", ")))
}

/// Formats the arguments of a builder call for a path segment.
pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Name(_) => String::new(),
        Step::Key(_) | Step::ItemPath(_) => "&str".to_owned(),
        Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. }) => arguments
            .iter()
            .map(|one| argument(&one.argument))
            .collect::<Vec<String>>()
            .join(", "),
    }
}

fn argument(Argument { ident, ty }: &Argument) -> String {
    match ty {
        ArgumentType::Text => format!("{ident}: &str"),
        ArgumentType::Number(primitive) => format!("{ident}: {primitive:?}"),
        ArgumentType::Shown(shown) => format!("{ident}: &{}", element(shown)),
    }
}

/// Formats the type of a request body.
pub(super) fn body(body: &MethodBody) -> String {
    match body {
        MethodBody::None => String::new(),
        MethodBody::Value(sent) => format!("&{}", value(sent)),
        MethodBody::OptionalValue(sent) => format!("Option<&{}>", value(sent)),
        MethodBody::Reference => "&Reference".to_owned(),
        MethodBody::Stream => "Bytes".to_owned(),
        MethodBody::Json => "&Json".to_owned(),
    }
}

/// Formats the type of a response.
pub(super) fn response(response: &Response) -> String {
    match response {
        Response::None => "()".to_owned(),
        Response::Object(one) => element(one),
        Response::Page(one) => format!("Page<{}>", element(one)),
        Response::Wrapped(one) => format!("Single<{}>", element(one)),
        Response::Count => "count".to_owned(),
        Response::Stream => "Bytes".to_owned(),
        Response::Json => "Json".to_owned(),
    }
}
