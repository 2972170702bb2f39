//! Slots: references to one property of an object, by the kind of its value.

use std::any::Any;

use serde_json::Value;

use super::{Decoded, Object, Scalar, TextBuffer};

/// A mutable reference to a property of an object.
pub enum SlotMut<'a> {
    /// `Edm.Boolean`
    Boolean(&'a mut Option<bool>),
    /// `Edm.Int32`
    Int32(&'a mut Option<i32>),
    /// `Edm.Int64`
    Int64(&'a mut Option<i64>),
    /// `Edm.Double`
    Double(&'a mut Option<f64>),
    /// `Edm.String`
    String(&'a mut Option<String>),
    /// `Edm.Untyped`: any JSON value.
    Untyped(&'a mut Option<Value>),
    /// A collection of JSON values.
    UntypedCollection(&'a mut dyn UntypedCollectionSlot),
    /// Any other primitive type, or an enum.
    Primitive(&'a mut dyn PrimitiveSlot),
    /// A collection of primitive values or enum members.
    PrimitiveCollection(&'a mut dyn PrimitiveCollectionSlot),
    /// A structured type without derived types.
    Object(&'a mut dyn ObjectSlot),
    /// A structured type with derived types.
    Polymorphic(&'a mut dyn PolymorphicSlot),
    /// A collection of a structured type.
    ObjectCollection(&'a mut dyn ObjectCollectionSlot),
    /// No property: the index was out of range.
    Missing,
}

/// A shared reference to a property of an object.
#[derive(Clone, Copy)]
pub enum SlotRef<'a> {
    /// `Edm.Boolean`
    Boolean(&'a Option<bool>),
    /// `Edm.Int32`
    Int32(&'a Option<i32>),
    /// `Edm.Int64`
    Int64(&'a Option<i64>),
    /// `Edm.Double`
    Double(&'a Option<f64>),
    /// `Edm.String`
    String(&'a Option<String>),
    /// `Edm.Untyped`: any JSON value.
    Untyped(&'a Option<Value>),
    /// A collection of JSON values.
    UntypedCollection(&'a dyn UntypedCollectionSlot),
    /// Any other primitive type, or an enum.
    Primitive(&'a dyn PrimitiveSlot),
    /// A collection of primitive values or enum members.
    PrimitiveCollection(&'a dyn PrimitiveCollectionSlot),
    /// A structured type without derived types.
    Object(&'a dyn ObjectSlot),
    /// A structured type with derived types.
    Polymorphic(&'a dyn PolymorphicSlot),
    /// A collection of a structured type.
    ObjectCollection(&'a dyn ObjectCollectionSlot),
    /// No property: the index was out of range.
    Missing,
}

/// An optional primitive value or enum member.
pub trait PrimitiveSlot: Any {
    /// Stores the value decoded from `scalar`, unless it is rejected.
    fn decode(&mut self, scalar: Scalar<'_>) -> Decoded<()>;
    /// Returns whether there is a value.
    fn is_set(&self) -> bool;
    /// Returns the value as a JSON scalar.
    fn encode<'a>(&'a self, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>>;
    /// Removes the value.
    fn clear(&mut self);
    /// Copies the value of `other`; removes the value if `other` has another type.
    fn copy_from(&mut self, other: &dyn PrimitiveSlot);
    /// Returns whether both have the same type and equal values.
    fn is_equal(&self, other: &dyn PrimitiveSlot) -> bool;
    /// Returns an empty slot of the same type.
    fn new_empty(&self) -> Box<dyn PrimitiveSlot>;
}

/// An optional collection of primitive values or enum members.
pub trait PrimitiveCollectionSlot: Any {
    /// Stores an empty collection.
    fn start(&mut self);
    /// Appends the item decoded from `scalar`, unless it is rejected.
    fn push(&mut self, scalar: Scalar<'_>) -> Decoded<()>;
    /// Returns the number of items, or `None` if there is no collection.
    fn length(&self) -> Option<usize>;
    /// Returns the item at `index` as a JSON scalar, or `None` if `index` is out of range.
    fn encode_item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>>;
    /// Removes the collection.
    fn clear(&mut self);
    /// Copies the collection of `other`; removes the collection if `other` has another type.
    fn copy_from(&mut self, other: &dyn PrimitiveCollectionSlot);
    /// Returns whether both have the same type and equal items.
    fn is_equal(&self, other: &dyn PrimitiveCollectionSlot) -> bool;
    /// Returns an empty slot of the same type.
    fn new_empty(&self) -> Box<dyn PrimitiveCollectionSlot>;
}

/// An optional object of a type without derived types.
pub trait ObjectSlot: Any {
    /// Stores an empty object and returns it.
    fn start(&mut self) -> &mut dyn Object;
    /// Returns the object.
    fn object(&self) -> Option<&dyn Object>;
    /// Removes the object.
    fn clear(&mut self);
}

/// An optional object of a type with derived types.
pub trait PolymorphicSlot: Any {
    /// Stores an empty object of the base type and returns it.
    fn start(&mut self) -> &mut dyn Object;
    /// Returns the object.
    fn object(&self) -> Option<&dyn Object>;
    /// Removes the object.
    fn clear(&mut self);
}

/// An optional collection of objects.
pub trait ObjectCollectionSlot: Any {
    /// Stores an empty collection.
    fn start(&mut self);
    /// Appends an empty object and returns it.
    fn push(&mut self) -> &mut dyn Object;
    /// Returns the number of items, or `None` if there is no collection.
    fn length(&self) -> Option<usize>;
    /// Returns the item at `index`, or `None` if `index` is out of range.
    fn item(&self, index: usize) -> Option<&dyn Object>;
    /// Removes the collection.
    fn clear(&mut self);
    /// Returns an empty slot of the same type.
    fn new_empty(&self) -> Box<dyn ObjectCollectionSlot>;
}

/// An optional collection of JSON values.
pub trait UntypedCollectionSlot: Any {
    /// Stores an empty collection and returns it.
    fn start(&mut self) -> &mut Vec<Value>;
    /// Returns the items, or `None` if there is no collection.
    fn values(&self) -> Option<&[Value]>;
    /// Removes the collection.
    fn clear(&mut self);
}

impl SlotMut<'_> {
    /// Reborrows the slot.
    pub(crate) fn reborrow(&mut self) -> SlotMut<'_> {
        match self {
            Self::Boolean(slot) => SlotMut::Boolean(slot),
            Self::Int32(slot) => SlotMut::Int32(slot),
            Self::Int64(slot) => SlotMut::Int64(slot),
            Self::Double(slot) => SlotMut::Double(slot),
            Self::String(slot) => SlotMut::String(slot),
            Self::Untyped(slot) => SlotMut::Untyped(slot),
            Self::UntypedCollection(slot) => SlotMut::UntypedCollection(*slot),
            Self::Primitive(slot) => SlotMut::Primitive(*slot),
            Self::PrimitiveCollection(slot) => SlotMut::PrimitiveCollection(*slot),
            Self::Object(slot) => SlotMut::Object(*slot),
            Self::Polymorphic(slot) => SlotMut::Polymorphic(*slot),
            Self::ObjectCollection(slot) => SlotMut::ObjectCollection(*slot),
            Self::Missing => SlotMut::Missing,
        }
    }

    /// Borrows the slot immutably.
    pub(crate) fn as_ref(&self) -> SlotRef<'_> {
        match self {
            Self::Boolean(slot) => SlotRef::Boolean(slot),
            Self::Int32(slot) => SlotRef::Int32(slot),
            Self::Int64(slot) => SlotRef::Int64(slot),
            Self::Double(slot) => SlotRef::Double(slot),
            Self::String(slot) => SlotRef::String(slot),
            Self::Untyped(slot) => SlotRef::Untyped(slot),
            Self::UntypedCollection(slot) => SlotRef::UntypedCollection(*slot),
            Self::Primitive(slot) => SlotRef::Primitive(*slot),
            Self::PrimitiveCollection(slot) => SlotRef::PrimitiveCollection(*slot),
            Self::Object(slot) => SlotRef::Object(*slot),
            Self::Polymorphic(slot) => SlotRef::Polymorphic(*slot),
            Self::ObjectCollection(slot) => SlotRef::ObjectCollection(*slot),
            Self::Missing => SlotRef::Missing,
        }
    }

    /// Removes the value of the property.
    pub fn clear(self) {
        match self {
            Self::Boolean(slot) => *slot = None,
            Self::Int32(slot) => *slot = None,
            Self::Int64(slot) => *slot = None,
            Self::Double(slot) => *slot = None,
            Self::String(slot) => *slot = None,
            Self::Untyped(slot) => *slot = None,
            Self::UntypedCollection(slot) => slot.clear(),
            Self::Primitive(slot) => slot.clear(),
            Self::PrimitiveCollection(slot) => slot.clear(),
            Self::Object(slot) => slot.clear(),
            Self::Polymorphic(slot) => slot.clear(),
            Self::ObjectCollection(slot) => slot.clear(),
            Self::Missing => {}
        }
    }
}

impl SlotRef<'_> {
    /// Returns whether the property has a value.
    pub fn is_set(self) -> bool {
        match self {
            Self::Boolean(slot) => slot.is_some(),
            Self::Int32(slot) => slot.is_some(),
            Self::Int64(slot) => slot.is_some(),
            Self::Double(slot) => slot.is_some(),
            Self::String(slot) => slot.is_some(),
            Self::Untyped(slot) => slot.is_some(),
            Self::UntypedCollection(slot) => slot.values().is_some(),
            Self::Primitive(slot) => slot.is_set(),
            Self::PrimitiveCollection(slot) => slot.length().is_some(),
            Self::Object(slot) => slot.object().is_some(),
            Self::Polymorphic(slot) => slot.object().is_some(),
            Self::ObjectCollection(slot) => slot.length().is_some(),
            Self::Missing => false,
        }
    }
}
