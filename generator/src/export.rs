//! The model in other tools' formats. Nothing is decided here: what the model says is written down.

mod csdl;
mod json;
mod openapi;
mod xml;

pub use csdl::csdl;
pub use json::model;
pub use openapi::openapi;

use crate::model::{Api, Primitive, Type, TypeRef};

/// The name of OData's primitive type.
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

/// The full name of a type; what no page defines is untyped.
fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => edm(*primitive).to_owned(),
        Type::Enum(id) => api.enum_type(*id).name.full(),
        Type::Structured(id) => api.structured_type(*id).name.full(),
        Type::Undefined(_) => edm(Primitive::Untyped).to_owned(),
    }
}

/// The full name of a type, with `Collection()` around it where it is one.
fn type_ref(api: &Api, ty: &TypeRef) -> String {
    let name = type_name(api, &ty.ty);
    if ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}
