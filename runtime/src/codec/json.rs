//! The JSON codec: one `serde` visitor and one serializer shared by all generated types.
//!
//! A generated struct implements [`Object`], which exposes the names of its properties and a [`SlotMut`] or [`SlotRef`] for
//! each. Whatever the properties cannot hold is stored in [`AdditionalProperties`]: undocumented keys, explicit nulls, values
//! of an unexpected type, `@odata.type` and the order of the keys. So an object that is deserialized and serialized again
//! gives the same JSON.

mod object;
mod name_index;
mod slot;
mod slot_impls;
mod boxed;
mod primitive;
mod text_buffer;
mod additional_properties;
mod index_set;
mod decode;
mod value;
mod key;
mod encode;
mod compare;
mod property;
mod object_ext;
mod open_enum;
pub mod flags;
mod any_entity;
mod macros;

pub use additional_properties::AdditionalProperties;
pub use any_entity::AnyEntity;
pub use boxed::Boxed;
pub use compare::{clone_object, fmt_object, objects_equal};
pub use decode::{deserialize, from_slice, from_value, read_slice};
pub use encode::{serialize, to_value, to_vec};
pub use object::{Object, Polymorphic, SlotVisitor, SlotVisitorMut, TypeDescriptor};
pub use object_ext::{ObjectExt, TypeMismatch};
pub use open_enum::OpenEnum;
pub use primitive::{Decoded, Primitive, Scalar};
#[doc(hidden)]
pub use primitive::{deserialize_primitive, serialize_primitive};
pub use property::Property;
pub use slot::{
    ObjectCollectionSlot, ObjectSlot, PolymorphicSlot, PrimitiveCollectionSlot, PrimitiveSlot,
    SlotMut, SlotRef, UntypedCollectionSlot,
};
#[doc(hidden)]
pub use std::option::Option::None;
pub use text_buffer::TextBuffer;
