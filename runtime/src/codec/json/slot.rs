//! Slots and members: one property of an object, to be filled or to be looked at, by kind.

use std::any::Any;

use serde_json::Value;

use super::{Object, Reading, Scalar, TextBuffer};

/// A property to be filled.
pub enum Slot<'a> {
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
    /// Any JSON value.
    Untyped(&'a mut Option<Value>),
    /// A collection of any JSON values.
    Untypeds(&'a mut dyn ValuesSlot),
    /// Any other primitive or enum.
    Leaf(&'a mut dyn LeafSlot),
    /// A collection of primitives or enums.
    Leaves(&'a mut dyn LeavesSlot),
    /// An object without derived types.
    Object(&'a mut dyn ObjectSlot),
    /// An object that can be of a derived type.
    Any(&'a mut dyn AnySlot),
    /// A collection of objects.
    Objects(&'a mut dyn ObjectsSlot),
    /// There is no property at that index.
    Missing,
}

/// A property to be looked at.
#[derive(Clone, Copy)]
pub enum Member<'a> {
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
    /// Any JSON value.
    Untyped(&'a Option<Value>),
    /// A collection of any JSON values.
    Untypeds(&'a dyn ValuesSlot),
    /// Any other primitive or enum.
    Leaf(&'a dyn LeafSlot),
    /// A collection of primitives or enums.
    Leaves(&'a dyn LeavesSlot),
    /// An object without derived types.
    Object(&'a dyn ObjectSlot),
    /// An object that can be of a derived type.
    Any(&'a dyn AnySlot),
    /// A collection of objects.
    Objects(&'a dyn ObjectsSlot),
    /// There is no property at that index.
    Missing,
}

/// Holds one primitive or enum, or nothing.
pub trait LeafSlot: Any {
    /// Takes the value of `scalar` if it can be read. Says how well it fits.
    fn read(&mut self, scalar: Scalar<'_>) -> Reading<()>;
    /// Whether it holds a value.
    fn is_set(&self) -> bool;
    /// The value as JSON writes it.
    fn scalar<'a>(&'a self, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
    /// Holds what `other` holds; nothing if that is of another type.
    fn copy_from(&mut self, other: &dyn LeafSlot);
    /// Whether both hold the same.
    fn same(&self, other: &dyn LeafSlot) -> bool;
    /// A slot of the same type that holds nothing.
    fn fresh(&self) -> Box<dyn LeafSlot>;
}

/// Holds a collection of primitives or enums, or nothing.
pub trait LeavesSlot: Any {
    /// Holds an empty collection afterwards.
    fn start(&mut self);
    /// Adds the value of `scalar` if it can be read. Says how well it fits.
    fn push(&mut self, scalar: Scalar<'_>) -> Reading<()>;
    /// How many items there are; none if it holds nothing.
    fn length(&self) -> Option<usize>;
    /// An item as JSON writes it; none if there is no such item.
    fn item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
    /// Holds what `other` holds; nothing if that is of another type.
    fn copy_from(&mut self, other: &dyn LeavesSlot);
    /// Whether both hold the same.
    fn same(&self, other: &dyn LeavesSlot) -> bool;
    /// A slot of the same type that holds nothing.
    fn fresh(&self) -> Box<dyn LeavesSlot>;
}

/// Holds an object without derived types, or nothing.
pub trait ObjectSlot: Any {
    /// Holds an empty object afterwards.
    fn start(&mut self) -> &mut dyn Object;
    /// The object.
    fn object(&self) -> Option<&dyn Object>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
}

/// Holds an object that can be of a derived type, or nothing.
pub trait AnySlot: Any {
    /// Holds an empty object of the base type afterwards.
    fn start(&mut self) -> &mut dyn Object;
    /// The object.
    fn object(&self) -> Option<&dyn Object>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
}

/// Holds a collection of objects, or nothing.
pub trait ObjectsSlot: Any {
    /// Holds an empty collection afterwards.
    fn start(&mut self);
    /// Adds an empty object.
    fn push(&mut self) -> &mut dyn Object;
    /// How many items there are; none if it holds nothing.
    fn length(&self) -> Option<usize>;
    /// An item; none if there is no such item.
    fn item(&self, index: usize) -> Option<&dyn Object>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
    /// A slot of the same type that holds nothing.
    fn fresh(&self) -> Box<dyn ObjectsSlot>;
}

/// Holds a collection of any JSON values, or nothing.
pub trait ValuesSlot: Any {
    /// Holds an empty collection afterwards.
    fn start(&mut self) -> &mut Vec<Value>;
    /// The collection.
    fn values(&self) -> Option<&[Value]>;
    /// Holds nothing afterwards.
    fn clear(&mut self);
}

impl Slot<'_> {
    /// The same property, for a while.
    pub(crate) fn again(&mut self) -> Slot<'_> {
        match self {
            Self::Boolean(slot) => Slot::Boolean(slot),
            Self::Int32(slot) => Slot::Int32(slot),
            Self::Int64(slot) => Slot::Int64(slot),
            Self::Double(slot) => Slot::Double(slot),
            Self::String(slot) => Slot::String(slot),
            Self::Untyped(slot) => Slot::Untyped(slot),
            Self::Untypeds(slot) => Slot::Untypeds(*slot),
            Self::Leaf(slot) => Slot::Leaf(*slot),
            Self::Leaves(slot) => Slot::Leaves(*slot),
            Self::Object(slot) => Slot::Object(*slot),
            Self::Any(slot) => Slot::Any(*slot),
            Self::Objects(slot) => Slot::Objects(*slot),
            Self::Missing => Slot::Missing,
        }
    }

    /// The property, to be looked at.
    pub(crate) fn member(&self) -> Member<'_> {
        match self {
            Self::Boolean(slot) => Member::Boolean(slot),
            Self::Int32(slot) => Member::Int32(slot),
            Self::Int64(slot) => Member::Int64(slot),
            Self::Double(slot) => Member::Double(slot),
            Self::String(slot) => Member::String(slot),
            Self::Untyped(slot) => Member::Untyped(slot),
            Self::Untypeds(slot) => Member::Untypeds(*slot),
            Self::Leaf(slot) => Member::Leaf(*slot),
            Self::Leaves(slot) => Member::Leaves(*slot),
            Self::Object(slot) => Member::Object(*slot),
            Self::Any(slot) => Member::Any(*slot),
            Self::Objects(slot) => Member::Objects(*slot),
            Self::Missing => Member::Missing,
        }
    }

    /// Holds nothing afterwards.
    pub fn clear(self) {
        match self {
            Self::Boolean(slot) => *slot = None,
            Self::Int32(slot) => *slot = None,
            Self::Int64(slot) => *slot = None,
            Self::Double(slot) => *slot = None,
            Self::String(slot) => *slot = None,
            Self::Untyped(slot) => *slot = None,
            Self::Untypeds(slot) => slot.clear(),
            Self::Leaf(slot) => slot.clear(),
            Self::Leaves(slot) => slot.clear(),
            Self::Object(slot) => slot.clear(),
            Self::Any(slot) => slot.clear(),
            Self::Objects(slot) => slot.clear(),
            Self::Missing => {}
        }
    }
}

impl Member<'_> {
    /// Whether the property holds a value.
    pub fn is_set(self) -> bool {
        match self {
            Self::Boolean(member) => member.is_some(),
            Self::Int32(member) => member.is_some(),
            Self::Int64(member) => member.is_some(),
            Self::Double(member) => member.is_some(),
            Self::String(member) => member.is_some(),
            Self::Untyped(member) => member.is_some(),
            Self::Untypeds(member) => member.values().is_some(),
            Self::Leaf(member) => member.is_set(),
            Self::Leaves(member) => member.length().is_some(),
            Self::Object(member) => member.object().is_some(),
            Self::Any(member) => member.object().is_some(),
            Self::Objects(member) => member.length().is_some(),
            Self::Missing => false,
        }
    }
}
