//! Validates JSON against the types of the model.

use generator::model::{Api, Primitive, Property, StructuredTypeId, Type};
use serde_json::{Map, Value};

/// Returns the properties of a type, inherited properties first.
pub(crate) fn properties(api: &Api, id: StructuredTypeId) -> Vec<&Property> {
    let chain: Vec<StructuredTypeId> = api.ancestors(id).collect();
    let own = |id: &StructuredTypeId| api.structured_type(*id).properties.iter();
    chain.iter().rev().flat_map(own).collect()
}

/// Finds a property of a type or of one of its derived types.
pub(crate) fn property<'a>(api: &'a Api, id: StructuredTypeId, name: &str) -> Option<&'a Property> {
    let is_it = |property: &&'a Property| property.name == name;
    let own = properties(api, id).into_iter().find(is_it);
    own.or_else(|| {
        let ids = 0..u32::try_from(api.structured_types.len()).unwrap_or(u32::MAX);
        let derived = ids
            .map(StructuredTypeId)
            .filter(|derived| api.is_or_inherits(*derived, id));
        derived
            .flat_map(|id| &api.structured_type(id).properties)
            .find(|property| property.name == name)
    })
}

/// Returns whether a type can have a property with this name. Open types can have any.
pub(crate) fn may_have(api: &Api, id: StructuredTypeId, name: &str) -> bool {
    let is_bare = properties(api, id).len() <= 1;
    name == "id" || is_bare || api.structured_type(id).is_open || property(api, id, name).is_some()
}

/// Returns a description of the first property that does not fit the type.
pub(crate) fn find_mismatch(
    api: &Api,
    id: StructuredTypeId,
    object: &Map<String, Value>,
) -> Option<String> {
    object.iter().find_map(|(name, value)| {
        if name.contains('@') {
            return None;
        }
        let Some(property) = property(api, id, name) else {
            let type_name = api.structured_type(id).name.full();
            let is_known = may_have(api, id, name);
            return (!is_known)
                .then(|| format!("The property '{name}' does not exist on type '{type_name}'."));
        };
        let is_right = match value {
            Value::Null => true,
            Value::Array(_) => property.ty.collection || is_any(&property.ty.ty),
            _ if property.ty.collection => false,
            value => is_instance(&property.ty.ty, value),
        };
        (!is_right).then(|| format!("The value of the property '{name}' has the wrong type."))
    })
}

fn is_any(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Undefined(_) | Type::Primitive(Primitive::Untyped | Primitive::Stream)
    )
}

fn is_instance(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Structured(_) => value.is_object(),
        Type::Enum(_) => value.is_string(),
        Type::Primitive(Primitive::Boolean) => value.is_boolean(),
        Type::Primitive(
            Primitive::Byte | Primitive::Int16 | Primitive::Int32 | Primitive::Int64,
        ) => value.is_i64() || value.is_u64(),
        Type::Primitive(Primitive::Single | Primitive::Double | Primitive::Decimal) => {
            value.is_number() || value.is_string()
        }
        Type::Primitive(
            Primitive::String
            | Primitive::DateTimeOffset
            | Primitive::Date
            | Primitive::TimeOfDay
            | Primitive::Duration
            | Primitive::Guid
            | Primitive::Binary,
        ) => value.is_string(),
        Type::Primitive(Primitive::Untyped | Primitive::Stream) | Type::Undefined(_) => true,
    }
}
