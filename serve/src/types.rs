//! Validates JSON against the types of the model.

use generator::model::{Api, Primitive, Property, QualifiedName, StructuredTypeId, Type, TypeRef};
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
        derived_types(api, id)
            .flat_map(|id| &api.structured_type(id).properties)
            .find(|property| property.name == name)
    })
}

/// Returns whether queries may name a property that the type does not declare: those of types without documented properties,
/// and the extensions of open types, whose names contain an underscore.
fn may_be_queried(api: &Api, id: StructuredTypeId, name: &str) -> bool {
    let is_bare = properties(api, id).len() <= 1;
    name == "id" || is_bare || (api.structured_type(id).is_open && name.contains('_'))
}

/// Returns whether a type can have a property with this name. Open types can have any.
pub(crate) fn may_have(api: &Api, id: StructuredTypeId, name: &str) -> bool {
    let is_bare = properties(api, id).len() <= 1;
    name == "id" || is_bare || api.structured_type(id).is_open || property(api, id, name).is_some()
}

/// Returns the type at the end of a property path, or `None` if the model does not know it. The error is the message for the
/// client.
pub(crate) fn resolve_path(
    api: &Api,
    id: StructuredTypeId,
    path: &[String],
) -> Result<Option<TypeRef>, String> {
    let mut current = TypeRef {
        ty: Type::Structured(id),
        collection: false,
    };
    for name in path {
        let Type::Structured(id) = current.ty else {
            return Ok(None);
        };
        if let Some((namespace, name)) = name.rsplit_once('.').filter(|_| !name.contains('@')) {
            let name = QualifiedName {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
            };
            let Some(cast) = api.find_structured_type(&name) else {
                return Err(format!("The type '{}' is unknown.", name.full()));
            };
            current.ty = Type::Structured(cast);
            continue;
        }
        match property(api, id, name) {
            Some(property) => current = property.ty.clone(),
            None if may_be_queried(api, id, name) => return Ok(None),
            None => {
                let type_name = api.structured_type(id).name.full();
                return Err(format!(
                    "Could not find a property named '{name}' on type '{type_name}'."
                ));
            }
        }
    }
    Ok(Some(current))
}

/// Returns the types that instances at a place of this type really have: the derived types of an abstract type, and of one whose
/// only properties are common to all directory objects.
pub(crate) fn concrete_types(api: &Api, id: StructuredTypeId) -> Vec<StructuredTypeId> {
    let is_base = api.structured_type(id).is_abstract || properties(api, id).len() <= 2;
    let is_root = api.structured_type(id).base.is_none()
        && api
            .structured_type(id)
            .name
            .name
            .eq_ignore_ascii_case("entity");
    if !is_base || is_root {
        return vec![id];
    }
    let derived = derived_types(api, id).filter(|derived| {
        let ty = api.structured_type(*derived);
        *derived != id && !ty.is_abstract && properties(api, *derived).len() > 2
    });
    let derived: Vec<StructuredTypeId> = derived.collect();
    if derived.is_empty() {
        vec![id]
    } else {
        derived
    }
}

fn derived_types(api: &Api, id: StructuredTypeId) -> impl Iterator<Item = StructuredTypeId> {
    let ids = 0..u32::try_from(api.structured_types.len()).unwrap_or(u32::MAX);
    ids.map(StructuredTypeId)
        .filter(move |derived| api.is_or_inherits(*derived, id))
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
