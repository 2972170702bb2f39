//! Initial contents: the items of documented examples, or generated items modelled on them.

use generator::model::{
    Api, Content, HttpMethod, Operation, OperationKind, Primitive, ResponseContent,
    StructuredTypeId, Type, TypeRef,
};
use serde_json::{Value, json};

use crate::graph::Version;
use crate::store::{Item, guid};
use crate::types;

/// Returns the type of the items of the collection, or of the instance, at a path template with keys as `{}`.
pub(crate) fn type_at(version: &Version, path: &str) -> Option<StructuredTypeId> {
    let at = |path: &str, method, kind| version.routes.at(&version.api, path, method, kind);
    let found = at(path, HttpMethod::Get, OperationKind::List)
        .or_else(|| at(&format!("{path}/{{}}"), HttpMethod::Get, OperationKind::Get))
        .or_else(|| at(path, HttpMethod::Post, OperationKind::Create))
        .or_else(|| at(path, HttpMethod::Get, OperationKind::Get));
    match &found?.response {
        ResponseContent::Value(TypeRef {
            ty: Type::Structured(id),
            ..
        }) => Some(*id),
        _ => None,
    }
}

/// Returns the items in the examples of a collection: of list, get and create requests.
pub(crate) fn examples(version: &Version, path: &str) -> Vec<Item> {
    let api = &version.api;
    let one = format!("{path}/{{}}");
    let places = [
        (path, HttpMethod::Get, OperationKind::List),
        (one.as_str(), HttpMethod::Get, OperationKind::Get),
        (path, HttpMethod::Post, OperationKind::Create),
    ];
    let mut items: Vec<Item> = Vec::new();
    for (path, method, kind) in places {
        let operation = version.routes.at(api, path, method, kind);
        for shown in operation.iter().flat_map(|operation| shown(operation)) {
            let own = match shown.get("value") {
                Some(Value::Array(list)) => {
                    list.iter().filter_map(Value::as_object).cloned().collect()
                }
                Some(Value::Object(inside)) => vec![inside.clone()],
                _ => vec![shown],
            };
            items.extend(own);
        }
        // Items of create requests are used only if there are no others.
        if !items.is_empty() && kind == OperationKind::Get {
            break;
        }
    }
    for item in &mut items {
        item.retain(|name, _| name == "@odata.type" || !name.starts_with('@'));
    }
    items
}

/// Returns the objects in the example responses of an operation.
pub(crate) fn shown(operation: &Operation) -> impl Iterator<Item = Item> {
    let responses = operation
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref());
    responses.filter_map(|response| match &response.content {
        Content::Json(json) => json.value.as_object().cloned(),
        Content::Empty | Content::Other(_) => None,
    })
}

/// Returns the initial items of a collection, each with a unique id.
pub(crate) fn items(version: &Version, path: &str, key: &str, made_up: Option<usize>) -> Vec<Item> {
    let examples = examples(version, path);
    let mut items = match made_up {
        None => examples,
        Some(count) => {
            let ty = type_at(version, path);
            let example = examples.into_iter().next();
            let mut likeness = ty.map_or_else(Item::new, |id| instance(&version.api, id));
            likeness.extend(example.into_iter().flatten());
            (0..count)
                .map(|number| numbered(&likeness, key, number))
                .collect()
        }
    };
    let mut seen: Vec<String> = Vec::new();
    items.retain_mut(|item| {
        let id = item.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = id.unwrap_or_else(|| guid(seen.len() as u128 + 1));
        item.insert(key.to_owned(), json!(id));
        let is_new = made_up.is_some() || !seen.contains(&id);
        if made_up.is_none() {
            seen.push(id);
        }
        is_new
    });
    items
}

/// Copies an item under another id and name.
fn numbered(likeness: &Item, key: &str, number: usize) -> Item {
    let mut item = likeness.clone();
    item.insert(key.to_owned(), json!(guid(number as u128 + 1)));
    for name in ["displayName", "deviceName", "name"] {
        if let Some(Value::String(text)) = item.get_mut(name) {
            *text = format!("{text} {}", number + 1);
        }
    }
    item
}

/// Generates an instance of a type with a sample value for each documented property.
pub(crate) fn instance(api: &Api, id: StructuredTypeId) -> Item {
    let structural = types::properties(api, id)
        .into_iter()
        .filter(|property| property.kind == generator::model::PropertyKind::Structural);
    structural
        .map(|property| (property.name.clone(), value(api, &property.ty)))
        .collect()
}

/// Generates a sample value of a type.
pub(crate) fn value(api: &Api, ty: &TypeRef) -> Value {
    if ty.collection {
        return json!([]);
    }
    match &ty.ty {
        Type::Enum(id) => {
            let first = api.enum_type(*id).members.first();
            first.map_or(Value::Null, |member| json!(member.name))
        }
        Type::Structured(_) | Type::Undefined(_) => Value::Null,
        Type::Primitive(primitive) => match primitive {
            Primitive::String => json!("text"),
            Primitive::Boolean => json!(false),
            Primitive::Byte | Primitive::Int16 | Primitive::Int32 | Primitive::Int64 => json!(1),
            Primitive::Single | Primitive::Double | Primitive::Decimal => json!(1.5),
            Primitive::DateTimeOffset => json!("2020-01-01T00:00:00Z"),
            Primitive::Date => json!("2020-01-01"),
            Primitive::TimeOfDay => json!("12:00:00"),
            Primitive::Duration => json!("PT1H"),
            Primitive::Guid => json!(guid(1)),
            Primitive::Binary => json!("AQID"),
            Primitive::Stream | Primitive::Untyped => Value::Null,
        },
    }
}
