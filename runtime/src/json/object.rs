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

/// A value that JSON writes as an object with known properties.
pub trait Object: Any + Send + Sync {
    /// The names.
    fn shape(&self) -> &'static Shape;

    /// The property at `index` of [`Shape::properties`], to be filled.
    fn slot(&mut self, index: usize) -> Slot<'_>;

    /// The property at `index` of [`Shape::properties`], to be looked at.
    fn member(&self, index: usize) -> Member<'_>;

    /// What the properties do not hold.
    fn leftover(&self) -> &Leftover;

    /// What the properties do not hold.
    fn leftover_mut(&mut self) -> &mut Leftover;

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
pub trait Polymorphic: Any + Send + Sync {
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
    fn shape(&self) -> &'static Shape {
        self.object().shape()
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        self.object_mut().slot(index)
    }

    fn member(&self, index: usize) -> Member<'_> {
        self.object().member(index)
    }

    fn leftover(&self) -> &Leftover {
        self.object().leftover()
    }

    fn leftover_mut(&mut self) -> &mut Leftover {
        self.object_mut().leftover_mut()
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
