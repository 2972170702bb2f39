//! The Rust type of a property, parameter or response.

use crate::model::{Primitive as Edm, Type, TypeRef};

use super::items::{Element, Primitive, Value};
use super::type_names::TypeNames;

/// The Rust type of a value; none for streams, which are not part of JSON.
pub(crate) fn value(type_names: &TypeNames, ty: &TypeRef) -> Option<Value> {
    let element = match &ty.ty {
        Type::Primitive(primitive) => primitive_element(*primitive)?,
        Type::Enum(id) => type_names.enum_element(*id),
        Type::Structured(id) => type_names.struct_element(*id),
        Type::Undefined(_) => Element::Json,
    };
    Some(if ty.collection {
        Value::Many(element)
    } else {
        Value::One(element)
    })
}

fn primitive_element(primitive: Edm) -> Option<Element> {
    Some(Element::Primitive(match primitive {
        Edm::String => Primitive::String,
        Edm::Boolean => Primitive::Boolean,
        Edm::Byte => Primitive::Byte,
        Edm::Int16 => Primitive::Int16,
        Edm::Int32 => Primitive::Int32,
        Edm::Int64 => Primitive::Int64,
        Edm::Single => Primitive::Single,
        Edm::Double => Primitive::Double,
        Edm::Decimal => Primitive::Decimal,
        Edm::DateTimeOffset => Primitive::DateTimeOffset,
        Edm::Date => Primitive::Date,
        Edm::TimeOfDay => Primitive::TimeOfDay,
        Edm::Duration => Primitive::Duration,
        Edm::Guid => Primitive::Guid,
        Edm::Binary => Primitive::Binary,
        Edm::Untyped => return Some(Element::Json),
        Edm::Stream => return None,
    }))
}

/// Whether a property is a stream, which has a path of its own.
pub(crate) fn is_stream(ty: &TypeRef) -> bool {
    ty.ty == Type::Primitive(Edm::Stream)
}
