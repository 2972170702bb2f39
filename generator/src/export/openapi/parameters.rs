//! Query and header parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use crate::model::{Operation, Parameter, ParameterPlace, QueryOption};

/// Converts the query and header parameters of an operation. In OpenAPI, a name occurs once, so rows about the same header, such as
/// the several values of `Prefer`, become one parameter with the descriptions of all of them.
pub(super) fn to_json(schemas: &Schemas<'_>, parameters: &[Parameter]) -> Vec<Value> {
    let mut merged: Vec<Merged<'_>> = Vec::new();
    let mut positions: BTreeMap<(ParameterPlace, String), usize> = BTreeMap::new();
    for parameter in parameters {
        let name = parameter.name.trim();
        let value = parameter.value.as_deref().unwrap_or_default();
        if name.is_empty() || is_transport_header(parameter.place, name) {
            continue;
        }
        let key = match parameter.place {
            ParameterPlace::Query => name.to_owned(),
            ParameterPlace::Header => name.to_ascii_lowercase(),
        };
        let position = *positions
            .entry((parameter.place, key))
            .or_insert(merged.len());
        if position == merged.len() {
            merged.push(Merged {
                name,
                first: parameter,
                required: false,
                descriptions: Vec::new(),
            });
        }
        let description = parameter.docs.description.as_str();
        let merged = &mut merged[position];
        merged.required |= parameter.required && value.is_empty();
        merged.descriptions.push(match (value, description) {
            ("", _) => description.to_owned(),
            (_, "") => format!("`{value}`"),
            _ => format!("`{value}`: {description}"),
        });
    }
    merged
        .into_iter()
        .map(|merged| merged.into_json(schemas))
        .collect()
}

/// A parameter that one or several rows describe.
struct Merged<'a> {
    name: &'a str,
    first: &'a Parameter,
    required: bool,
    descriptions: Vec<String>,
}

impl Merged<'_> {
    fn into_json(self, schemas: &Schemas<'_>) -> Value {
        let place = match self.first.place {
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
        };
        let mut object = Map::new();
        object.insert("name".into(), self.name.into());
        object.insert("in".into(), place.into());
        object.insert("required".into(), self.required.into());
        let mut descriptions = self.descriptions;
        descriptions.retain(|description| !description.is_empty());
        if !descriptions.is_empty() {
            object.insert("description".into(), descriptions.join("\n\n").into());
        }
        let schema = match &self.first.ty {
            Some(ty) => schemas.value(ty),
            None => json!({ "type": "string" }),
        };
        object.insert("schema".into(), schema);
        Value::Object(object)
    }
}

/// Converts the query options that an operation supports, except those that a row describes.
pub(super) fn query_options(operation: &Operation) -> Vec<Value> {
    let described: BTreeSet<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Query)
        .map(|parameter| parameter.name.trim().to_ascii_lowercase())
        .collect();
    let options = operation.usage.query.options.iter();
    options
        .filter(|(option, supported)| **supported && !described.contains(option.name()))
        .map(|(option, _)| {
            let schema = match option {
                QueryOption::Top | QueryOption::Skip => {
                    let mut schema = json!({ "type": "integer", "minimum": 0 });
                    let maximum = operation.usage.page_size.maximum;
                    if let Some(maximum) = maximum.filter(|_| *option == QueryOption::Top) {
                        schema["maximum"] = maximum.into();
                    }
                    schema
                }
                QueryOption::Count => json!({ "type": "boolean" }),
                _ => json!({ "type": "string" }),
            };
            json!({ "name": option.name(), "in": "query", "required": false, "schema": schema })
        })
        .collect()
}

/// OpenAPI does not allow these three headers as parameters: they follow from the content and security of an operation.
fn is_transport_header(place: ParameterPlace, name: &str) -> bool {
    place == ParameterPlace::Header
        && ["authorization", "accept", "content-type"]
            .iter()
            .any(|transport| name.eq_ignore_ascii_case(transport))
}
