//! Types as JSON Schema.

use serde_json::{Map, Value, json};

use crate::model::{Api, EnumType, Primitive, Property, StructuredType, Type, TypeRef};

/// Returns the schemas of all types, by qualified name.
pub(super) fn schemas(api: &Api) -> Value {
    let enums = api.enums.iter().map(|ty| (ty.name.full(), enum_type(ty)));
    let types = api
        .structured_types
        .iter()
        .map(|ty| (ty.name.full(), structured_type(api, ty)));
    let mut schemas: Vec<(String, Value)> = enums.chain(types).collect();
    schemas.sort_by(|left, right| left.0.cmp(&right.0));
    Value::Object(schemas.into_iter().collect())
}

/// Returns a reference to a component.
pub(super) fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// Returns the schema of a value of a type.
pub(super) fn schema(api: &Api, ty: &TypeRef) -> Value {
    let one = match &ty.ty {
        Type::Primitive(primitive) => self::primitive(*primitive),
        Type::Enum(id) => reference("schemas", &api.enum_type(*id).name.full()),
        Type::Structured(id) => reference("schemas", &api.structured_type(*id).name.full()),
        Type::Undefined(_) => json!({}),
    };
    if ty.collection {
        json!({ "type": "array", "items": one })
    } else {
        one
    }
}

/// Returns the schema of a property, with its description and annotations.
pub(super) fn property(api: &Api, property: &Property) -> Value {
    let mut object = match schema(api, &property.ty) {
        Value::Object(object) => object,
        other => unreachable!("every schema is made as an object, not as {other}"),
    };
    let mut say = |name: &str, value: Value| object.insert(name.to_owned(), value);
    if !property.docs.description.is_empty() {
        say("description", property.docs.description.clone().into());
    }
    if property.read_only {
        say("readOnly", true.into());
    }
    if property.docs.deprecated.is_some() {
        say("deprecated", true.into());
    }
    Value::Object(object)
}

/// Undocumented members are valid, so the schema is a string with the members as examples.
fn enum_type(ty: &EnumType) -> Value {
    let members: Vec<&str> = ty
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    json!({
        "type": "string",
        "description": ty.docs.description,
        "anyOf": [{ "enum": members }, { "type": "string" }],
        "x-graph-flags": ty.is_flags,
    })
}

fn structured_type(api: &Api, ty: &StructuredType) -> Value {
    let properties: Map<String, Value> = ty
        .properties
        .iter()
        .map(|own| (own.name.clone(), property(api, own)))
        .collect();
    let own = json!({ "type": "object", "properties": properties });
    let mut object = match ty.base {
        Some(base) => {
            let base = reference("schemas", &api.structured_type(base).name.full());
            Map::from_iter([("allOf".to_owned(), json!([base, own]))])
        }
        None => Map::from_iter([
            ("type".to_owned(), own["type"].clone()),
            ("properties".to_owned(), own["properties"].clone()),
        ]),
    };
    object.insert("title".into(), ty.name.name.clone().into());
    if !ty.docs.description.is_empty() {
        object.insert("description".into(), ty.docs.description.clone().into());
    }
    if ty.docs.deprecated.is_some() {
        object.insert("deprecated".into(), true.into());
    }
    if let Some(page) = ty.pages.first() {
        object.insert("externalDocs".into(), json!({ "url": page.url }));
    }
    Value::Object(object)
}

fn primitive(primitive: Primitive) -> Value {
    let (ty, format) = match primitive {
        Primitive::Untyped => return json!({}),
        Primitive::Boolean => return json!({ "type": "boolean" }),
        Primitive::String => return json!({ "type": "string" }),
        Primitive::Byte => ("integer", "uint8"),
        Primitive::Int16 => ("integer", "int16"),
        Primitive::Int32 => ("integer", "int32"),
        Primitive::Int64 => ("integer", "int64"),
        Primitive::Single => ("number", "float"),
        Primitive::Double => ("number", "double"),
        Primitive::Decimal => ("number", "decimal"),
        Primitive::DateTimeOffset => ("string", "date-time"),
        Primitive::Date => ("string", "date"),
        Primitive::TimeOfDay => ("string", "time"),
        Primitive::Duration => ("string", "duration"),
        Primitive::Guid => ("string", "uuid"),
        Primitive::Binary | Primitive::Stream => ("string", "base64url"),
    };
    json!({ "type": ty, "format": format })
}
