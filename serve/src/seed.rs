//! Initial contents: the items of documented examples, or generated items modelled on them.

use std::collections::BTreeSet;

use generator::model::{
    Api, Content, Example, HttpMethod, Operation, OperationKind, Primitive, ResponseContent,
    StructuredTypeId, Type, TypeRef,
};
use serde_json::{Value, json};

use crate::graph::Version;
use crate::store::{Contents, Item, guid};
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

/// Returns the objects in the successful example responses of an operation.
pub(crate) fn shown(operation: &Operation) -> impl Iterator<Item = Item> {
    let is_success = |example: &&Example| example.status.is_none_or(|status| status < 400);
    let responses = operation
        .examples
        .iter()
        .filter(is_success)
        .filter_map(|example| example.response.as_ref());
    let objects = responses.filter_map(|response| match &response.content {
        Content::Json(json) => json.value.as_object().cloned(),
        Content::Empty | Content::Other(_) => None,
    });
    // Some pages show an error in the response section of a success.
    objects.filter(|object| !object.get("error").is_some_and(Value::is_object))
}

/// Returns the initial contents of a collection; every item has a unique id.
pub(crate) fn contents(
    version: &Version,
    path: &str,
    key: &str,
    generated: Option<usize>,
) -> Contents {
    let mut samples = examples(version, path);
    let mut id_prefixes = Vec::new();
    if generated.is_some() {
        let example = samples.into_iter().next();
        (samples, id_prefixes) = generated_samples(version, path, example);
    } else {
        let mut seen = BTreeSet::new();
        samples.retain_mut(|item| {
            let id = item.get(key).and_then(Value::as_str).map(str::to_owned);
            let id = id.unwrap_or_else(|| guid(seen.len() as u128 + 1));
            item.insert(key.to_owned(), json!(id));
            seen.insert(id)
        });
    }
    Contents {
        key: key.to_owned(),
        samples,
        id_prefixes,
        generated,
    }
}

/// Returns one sample for each type that the items can have, and the prefix of its ids.
fn generated_samples(
    version: &Version,
    path: &str,
    example: Option<Item>,
) -> (Vec<Item>, Vec<u64>) {
    let api = &version.api;
    let Some(declared) = type_at(version, path) else {
        return (example.into_iter().collect(), Vec::new());
    };
    let mut types = types::concrete_types(api, declared);
    // Types with a collection of their own are the ones that occur.
    let listed: Vec<StructuredTypeId> = types
        .iter()
        .copied()
        .filter(|id| version.routes.has_root_list(api, *id))
        .collect();
    if !listed.is_empty() {
        types = listed;
    }
    let sample = |id: StructuredTypeId| {
        let mut item = Item::new();
        if id != declared {
            let name = format!("#{}", api.structured_type(id).name.full());
            item.insert("@odata.type".to_owned(), json!(name));
        }
        item.extend(instance(api, id));
        item
    };
    let mut samples: Vec<Item> = types.iter().map(|id| sample(*id)).collect();
    if let ([sample], Some(example)) = (samples.as_mut_slice(), example) {
        sample.extend(example);
    }
    let prefixes = types.iter().map(|id| id_prefix(api, *id)).collect();
    (samples, prefixes)
}

/// Returns the upper half of the ids of generated items of a type: the FNV-1a hash of its name.
fn id_prefix(api: &Api, id: StructuredTypeId) -> u64 {
    let name = api.structured_type(id).name.full();
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
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
