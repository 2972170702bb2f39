//! Query options and headers of an example to method calls on its request.

use super::expression::string;
use crate::model::ExampleMessage;
use crate::rust::exercises::options;
use crate::rust::items::Struct;

/// Headers that every client sets.
const USUAL: [&str; 5] = [
    "authorization",
    "content-type",
    "content-length",
    "accept",
    "host",
];

/// The calls for a query; `item` is the struct of the response, if any.
pub(super) fn query(query: &str, item: Option<&Struct>) -> Vec<String> {
    let mut calls: Vec<String> = Vec::new();
    for (name, value) in options(query) {
        let call = match item {
            Some(item) => of_type(&name, &value, item),
            None => None,
        };
        let call = call.or_else(|| counted(&name, &value));
        calls.push(call.unwrap_or_else(|| format!("query({}, {})", string(&name), string(&value))));
    }
    calls
}

/// Options whose values are properties of the response type.
fn of_type(name: &str, value: &str, item: &Struct) -> Option<String> {
    Some(match name {
        "$select" => {
            let names = value.split(',').map(str::trim);
            let names: Vec<String> = names.map(|name| property(name, item)).collect();
            format!("select(&[{}])", names.join(", "))
        }
        "$filter" => format!("filter({})", string(value)),
        "$expand" => format!("expand(&[&{}])", string(value)),
        "$orderby" => {
            let names = value.split(',').map(str::trim);
            let names: Vec<String> = names
                .map(|order| match order.strip_suffix(" desc") {
                    Some(name) => {
                        let name = property(name.trim(), item);
                        format!("&runtime::Descending({})", name.trim_start_matches('&'))
                    }
                    None => property(order, item),
                })
                .collect();
            format!("orderby(&[{}])", names.join(", "))
        }
        _ => return None,
    })
}

/// The constant of a property, or its name as a literal.
fn property(name: &str, item: &Struct) -> String {
    let field = item.fields.iter().find(|field| field.wire == name);
    // Navigation properties are not enabled by every feature.
    match field.filter(|field| !field.is_navigation) {
        Some(field) => format!("&types::{}::{}", item.ident, field.constant),
        None => format!("&{}", string(name)),
    }
}

/// Options that every request has.
fn counted(name: &str, value: &str) -> Option<String> {
    let number = |method: &str| {
        let number = value.parse::<u32>().ok()?;
        Some(format!("{method}({number})"))
    };
    match name {
        "$top" => number("top"),
        "$skip" => number("skip"),
        "$count" if value == "true" => Some("count()".to_owned()),
        "$search" => Some(format!("search({})", string(value))),
        _ => None,
    }
}

/// The calls for headers.
pub(super) fn headers(message: &ExampleMessage) -> Vec<String> {
    let headers = message
        .headers
        .iter()
        .filter(|(name, _)| !USUAL.iter().any(|usual| name.eq_ignore_ascii_case(usual)));
    headers
        .map(|(name, value)| match name.to_ascii_lowercase().as_str() {
            "consistencylevel" if value.eq_ignore_ascii_case("eventual") => {
                "consistency_level(runtime::ConsistencyLevel::Eventual)".to_owned()
            }
            "if-match" => format!("if_match({})", string(value)),
            _ => format!("header({}, {})", string(name), string(value)),
        })
        .collect()
}
