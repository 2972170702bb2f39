//! JSON in and out: one visitor and one serialiser for all types, over a table that each type gives of its properties.
//!
//! A generated struct implements [`Object`]: the names of its properties, and for each a [`Slot`] to fill or a [`Member`]
//! to look at. What no property takes goes to its [`Leftover`], so that reading and writing again gives the same JSON:
//! unknown keys, explicit nulls, values of another type than documented, the order of the keys, `@odata.type`.

mod object;
mod index;
mod slot;
mod slot_impls;
mod boxed;
mod leaf;
mod text_buffer;
mod leftover;
mod places;
mod decode;
mod values;
mod key;
mod encode;
mod compare;
mod property;
mod dynamic;
mod open_enum;
pub mod flags;
mod any_entity;
mod macros;

pub use any_entity::AnyEntity;
pub use boxed::Boxed;
pub use compare::{clone, debug, eq};
pub use decode::{deserialize, from_slice, from_value, read_slice};
pub use dynamic::{Misfit, ObjectExt};
pub use encode::{serialize, to_value, to_vec};
pub use leaf::{Leaf, Reading, Scalar};
#[doc(hidden)]
pub use leaf::{deserialize_leaf, serialize_leaf};
pub use leftover::Leftover;
pub use object::{Fill, Look, Object, Polymorphic, Shape};
pub use open_enum::OpenEnum;
pub use property::Property;
pub use slot::{AnySlot, LeafSlot, LeavesSlot, Member, ObjectSlot, ObjectsSlot, Slot, ValuesSlot};
#[doc(hidden)]
pub use std::option::Option::None;
pub use text_buffer::TextBuffer;
