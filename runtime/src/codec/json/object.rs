//! The [`Object`] trait, and [`Polymorphic`] for enums over a base type and its derived types.

use std::any::Any;
use std::fmt;

use super::{AdditionalProperties, SlotMut, SlotRef, name_index};

/// The full name of a type and the JSON names of its properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeDescriptor {
    /// The full name without the leading `#`, for example `microsoft.graph.user`. Empty for objects without a documented
    /// type, such as the parameters of an action.
    pub type_name: &'static str,
    /// The property names in declaration order; inherited properties come first.
    pub properties: &'static [&'static str],
}

impl TypeDescriptor {
    /// Returns whether both describe the same type. Compares addresses first; the compiler may duplicate a constant, so
    /// different addresses fall back to comparing the contents.
    pub(crate) fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.properties, other.properties) && self.type_name == other.type_name
            || self == other
    }

    /// Returns the index of the property `name`. Checks the positions from `next` first, so that keys in declaration order
    /// cost one comparison each.
    #[inline]
    pub(crate) fn find(self, next: usize, name: &str) -> Option<usize> {
        let neighbours = self.properties.iter().enumerate().skip(next).take(2);
        for (index, property) in neighbours {
            if *property == name {
                return Some(index);
            }
        }
        name_index::find(self.properties, name)
    }
}

/// Visits the properties of an object mutably. See [`Object::visit_slots_mut`].
pub trait SlotVisitorMut<'a> {
    /// Visits the additional properties, and the slots in the order of [`TypeDescriptor::properties`].
    fn visit_slots(&mut self, additional: &'a mut AdditionalProperties, slots: &mut [SlotMut<'a>]);
}

impl<'a, F: FnMut(&'a mut AdditionalProperties, &mut [SlotMut<'a>])> SlotVisitorMut<'a> for F {
    fn visit_slots(&mut self, additional: &'a mut AdditionalProperties, slots: &mut [SlotMut<'a>]) {
        self(additional, slots);
    }
}

/// Visits the properties of an object. See [`Object::visit_slots`].
pub trait SlotVisitor<'a> {
    /// Visits the type name, the property names and the additional properties. Returns whether
    /// [`visit_slots`](Self::visit_slots) should be called too.
    fn visit_type(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        additional: &'a AdditionalProperties,
    ) -> bool;

    /// Visits the slots in the order of the property names.
    fn visit_slots(&mut self, slots: &[SlotRef<'a>]);
}

/// A value that is serialized as a JSON object with a fixed set of properties.
///
/// Implemented by [`object!`](crate::object). Each of the two required methods passes everything in one list without
/// branches, which keeps the code that is compiled per type small.
pub trait Object: Any {
    /// The type whose properties a query on this type refers to: the type itself, or for a page the type of its items.
    type Item: ?Sized
    where
        Self: Sized;

    /// Passes mutable references to all properties to `visitor`.
    fn visit_slots_mut<'a>(&'a mut self, visitor: &mut dyn SlotVisitorMut<'a>);

    /// Passes shared references to all properties to `visitor`.
    fn visit_slots<'a>(&'a self, visitor: &mut dyn SlotVisitor<'a>);

    /// Returns the type name and the property names.
    fn descriptor(&self) -> TypeDescriptor {
        let mut visitor = TypeVisitor(None);
        self.visit_slots(&mut visitor);
        visitor.into_parts().0
    }

    /// Returns the additional properties.
    fn additional_properties(&self) -> &AdditionalProperties {
        let mut visitor = TypeVisitor(None);
        self.visit_slots(&mut visitor);
        visitor.into_parts().1
    }

    /// Returns the additional properties mutably.
    fn additional_properties_mut(&mut self) -> &mut AdditionalProperties {
        let mut visitor = AdditionalPropertiesVisitor(None);
        self.visit_slots_mut(&mut visitor);
        visitor.0.expect(VISITED)
    }

    /// Returns the full names of the types that [`change_type`](Self::change_type) accepts, the base type first. Empty for
    /// a struct.
    fn type_names(&self) -> &'static [&'static str] {
        &[]
    }

    /// Replaces the value with an empty value of the type at `index` of [`type_names`](Self::type_names). Does nothing for a
    /// struct.
    fn change_type(&mut self, index: usize) {
        let _ = index;
    }
}

/// Why a visitor has its value after a visit.
const VISITED: &str = "every object calls its visitor";

/// An enum over a base type and all types derived from it.
pub trait Polymorphic: Any {
    /// The full type names in the order of the variants, the base type first.
    const TYPES: &'static [&'static str];

    /// Returns an empty value of the variant at `index`, or of the base type if `index` is out of range.
    fn variant(index: usize) -> Self
    where
        Self: Sized;

    /// Returns the value of the variant.
    fn object(&self) -> &dyn Object;

    /// Returns the value of the variant mutably.
    fn object_mut(&mut self) -> &mut dyn Object;
}

impl<P: Polymorphic> Object for P {
    type Item = P;

    fn visit_slots_mut<'a>(&'a mut self, visitor: &mut dyn SlotVisitorMut<'a>) {
        self.object_mut().visit_slots_mut(visitor);
    }

    fn visit_slots<'a>(&'a self, visitor: &mut dyn SlotVisitor<'a>) {
        self.object().visit_slots(visitor);
    }

    fn type_names(&self) -> &'static [&'static str] {
        P::TYPES
    }

    fn change_type(&mut self, index: usize) {
        *self = P::variant(index);
    }
}

/// Inherent methods are compiled once, where provided methods of the trait would be compiled for each type.
impl dyn Object {
    /// Returns the slot at `index` of [`TypeDescriptor::properties`] mutably; [`SlotMut::Missing`] if `index` is out of range.
    pub fn slot_mut(&mut self, index: usize) -> SlotMut<'_> {
        let mut result = SlotMut::Missing;
        visit_slots_mut(self, |_, slots| {
            if let Some(slot) = slots.get_mut(index) {
                std::mem::swap(&mut result, slot);
            }
        });
        result
    }

    /// Returns the slot at `index` of [`TypeDescriptor::properties`]; [`SlotRef::Missing`] if `index` is out of range.
    pub fn slot(&self, index: usize) -> SlotRef<'_> {
        let mut result = SlotRef::Missing;
        visit_slots(self, |_, _, slots| {
            result = slots.get(index).copied().unwrap_or(SlotRef::Missing);
        });
        result
    }
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::fmt_object(self, f)
    }
}

/// Calls `visit` with the additional properties and the slots of an object.
pub(crate) fn visit_slots_mut<'a, F>(object: &'a mut dyn Object, mut visit: F)
where
    F: FnMut(&'a mut AdditionalProperties, &mut [SlotMut<'a>]),
{
    object.visit_slots_mut(&mut visit);
}

/// Calls `visit` with the descriptor, the additional properties and the slots of an object.
pub(crate) fn visit_slots<'a, F>(object: &'a dyn Object, visit: F)
where
    F: FnMut(TypeDescriptor, &'a AdditionalProperties, &[SlotRef<'a>]),
{
    object.visit_slots(&mut FnVisitor {
        parts: TypeVisitor(None),
        visit,
    });
}

/// Borrows the additional properties of an object.
struct AdditionalPropertiesVisitor<'a>(Option<&'a mut AdditionalProperties>);

impl<'a> SlotVisitorMut<'a> for AdditionalPropertiesVisitor<'a> {
    fn visit_slots(&mut self, additional: &'a mut AdditionalProperties, _: &mut [SlotMut<'a>]) {
        self.0 = Some(additional);
    }
}

/// Collects the descriptor and the additional properties of an object.
struct TypeVisitor<'a>(Option<(TypeDescriptor, &'a AdditionalProperties)>);

impl<'a> TypeVisitor<'a> {
    fn into_parts(self) -> (TypeDescriptor, &'a AdditionalProperties) {
        self.0.expect(VISITED)
    }
}

impl<'a> SlotVisitor<'a> for TypeVisitor<'a> {
    fn visit_type(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        additional: &'a AdditionalProperties,
    ) -> bool {
        let descriptor = TypeDescriptor {
            type_name,
            properties,
        };
        self.0 = Some((descriptor, additional));
        false
    }

    fn visit_slots(&mut self, _: &[SlotRef<'a>]) {}
}

/// Calls a function with all parts of an object at once.
struct FnVisitor<'a, F> {
    parts: TypeVisitor<'a>,
    visit: F,
}

impl<'a, F> SlotVisitor<'a> for FnVisitor<'a, F>
where
    F: FnMut(TypeDescriptor, &'a AdditionalProperties, &[SlotRef<'a>]),
{
    fn visit_type(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        additional: &'a AdditionalProperties,
    ) -> bool {
        self.parts.visit_type(type_name, properties, additional);
        true
    }

    fn visit_slots(&mut self, slots: &[SlotRef<'a>]) {
        if let Some((descriptor, additional)) = self.parts.0 {
            (self.visit)(descriptor, additional, slots);
        }
    }
}
