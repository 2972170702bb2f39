//! Writes the model in formats of other tools: CSDL, OpenAPI and JSON.

mod csdl;
mod model_json;
mod openapi;
#[cfg(test)]
mod tests;

pub use csdl::to_csdl;
pub use model_json::to_json;
pub use openapi::to_openapi;

use crate::model::{Api, Primitive, Type, TypeRef};

/// Returns the OData name of a primitive type.
fn edm(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "Edm.String",
        Primitive::Boolean => "Edm.Boolean",
        Primitive::Byte => "Edm.Byte",
        Primitive::Int16 => "Edm.Int16",
        Primitive::Int32 => "Edm.Int32",
        Primitive::Int64 => "Edm.Int64",
        Primitive::Single => "Edm.Single",
        Primitive::Double => "Edm.Double",
        Primitive::Decimal => "Edm.Decimal",
        Primitive::DateTimeOffset => "Edm.DateTimeOffset",
        Primitive::Date => "Edm.Date",
        Primitive::TimeOfDay => "Edm.TimeOfDay",
        Primitive::Duration => "Edm.Duration",
        Primitive::Guid => "Edm.Guid",
        Primitive::Binary => "Edm.Binary",
        Primitive::Stream => "Edm.Stream",
        Primitive::Untyped => "Edm.Untyped",
    }
}

/// Returns the full name of a type; `Edm.Untyped` for an undefined type.
fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => edm(*primitive).to_owned(),
        Type::Enum(id) => api.enum_type(*id).name.full(),
        Type::Structured(id) => api.structured_type(*id).name.full(),
        Type::Undefined(_) => edm(Primitive::Untyped).to_owned(),
    }
}

/// Returns the full name of a type, in `Collection()` for a collection.
fn type_ref(api: &Api, ty: &TypeRef) -> String {
    let name = type_name(api, &ty.ty);
    if ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}
