//! Objects: structs that give a table of their properties, and enums over a base type and those derived from it.

use std::any::Any;
use std::fmt;

use super::index::Index;
use super::{Leftover, Member, Slot};

/// The names of a type and of its properties, as JSON has them.
#[derive(Debug)]
pub struct Shape {
    /// The full name, without the `#`: `microsoft.graph.user`. Empty for objects that are no documented type, such as the
    /// parameters of an action.
    pub type_name: &'static str,
    /// The properties in the order in which the documentation declares them, those of base types first.
    pub properties: &'static [&'static str],
    /// Made when keys come in another order than this for the first time.
    index: Index,
}

impl Shape {
    /// A shape.
    pub const fn new(type_name: &'static str, properties: &'static [&'static str]) -> Self {
        Self {
            type_name,
            properties,
            index: Index::new(),
        }
    }

    /// The place of a property, looked for at `next` first: keys that come in the order of the properties cost one
    /// comparison each.
    #[inline]
    pub(crate) fn find(&self, next: usize, name: &str) -> Option<usize> {
        let near = self.properties.iter().enumerate().skip(next).take(2);
        for (index, known) in near {
            if *known == name {
                return Some(index);
            }
        }
        self.index.find(self.properties, name)
    }
}

/// The index that is not of a property: there [`Object::slot`] and [`Object::member`] give the leftover.
pub const LEFTOVER: usize = usize::MAX;

/// The index that is not of a property: there [`Object::member`] gives the shape.
pub const SHAPE: usize = usize::MAX - 1;

/// A value that JSON writes as an object with known properties.
///
/// Two functions give everything there is, by index: a function more would be one to be compiled for each type.
pub trait Object: Any {
    /// The property at `index` of [`Shape::properties`], to be filled; at [`LEFTOVER`], what the properties do not hold.
    fn slot(&mut self, index: usize) -> Slot<'_>;

    /// The property at `index` of [`Shape::properties`], to be looked at; at [`LEFTOVER`], what the properties do not
    /// hold; at [`SHAPE`], the names.
    fn member(&self, index: usize) -> Member<'_>;

    /// The names.
    fn shape(&self) -> &'static Shape {
        match self.member(SHAPE) {
            Member::Shape(shape) => shape,
            _ => unreachable!("every object gives its shape"),
        }
    }

    /// What the properties do not hold.
    fn leftover(&self) -> &Leftover {
        match self.member(LEFTOVER) {
            Member::Leftover(leftover) => leftover,
            _ => unreachable!("every object gives its leftover"),
        }
    }

    /// What the properties do not hold.
    fn leftover_mut(&mut self) -> &mut Leftover {
        match self.slot(LEFTOVER) {
            Slot::Leftover(leftover) => leftover,
            _ => unreachable!("every object gives its leftover"),
        }
    }

    /// The full names of the types that this value can become: the base first. Empty for a plain struct.
    fn types(&self) -> &'static [&'static str] {
        &[]
    }

    /// Becomes an empty value of the type at `index` of [`types`](Self::types). A plain struct stays what it is.
    fn retype(&mut self, index: usize) {
        let _ = index;
    }
}

/// An enum over a base type and all types derived from it.
pub trait Polymorphic: Any {
    /// The full names in the order of the variants: the base first.
    const TYPES: &'static [&'static str];

    /// An empty value of the variant at `index`; of the base for an index that is out of range.
    fn variant(index: usize) -> Self
    where
        Self: Sized;

    /// The value inside.
    fn object(&self) -> &dyn Object;

    /// The value inside.
    fn object_mut(&mut self) -> &mut dyn Object;
}

impl<P: Polymorphic> Object for P {
    fn slot(&mut self, index: usize) -> Slot<'_> {
        self.object_mut().slot(index)
    }

    fn member(&self, index: usize) -> Member<'_> {
        self.object().member(index)
    }

    fn types(&self) -> &'static [&'static str] {
        P::TYPES
    }

    fn retype(&mut self, index: usize) {
        *self = P::variant(index);
    }
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(self, f)
    }
}
