//! Objects: structs that give a table of their properties, and enums over a base type and those derived from it.

use std::any::Any;
use std::fmt;

use super::{Leftover, Member, Slot, index};

/// The names of a type and of its properties, as JSON has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The full name, without the `#`: `microsoft.graph.user`. Empty for objects that are no documented type, such as the
    /// parameters of an action.
    pub type_name: &'static str,
    /// The properties in the order in which the documentation declares them, those of base types first.
    pub properties: &'static [&'static str],
}

impl Shape {
    /// Whether it is the same. What the compiler wrote down once is found by its address; it may write it down twice.
    pub(crate) fn is(self, other: Self) -> bool {
        std::ptr::eq(self.properties, other.properties) && self.type_name == other.type_name
            || self == other
    }

    /// The place of a property, looked for at `next` first: keys that come in the order of the properties cost one
    /// comparison each.
    #[inline]
    pub(crate) fn find(self, next: usize, name: &str) -> Option<usize> {
        let near = self.properties.iter().enumerate().skip(next).take(2);
        for (index, known) in near {
            if *known == name {
                return Some(index);
            }
        }
        index::find(self.properties, name)
    }
}

/// Takes the properties of an object, to be filled.
pub trait Fill<'a> {
    /// Takes what the properties do not hold, and the properties in the order of [`Shape::properties`].
    fn fill(&mut self, leftover: &'a mut Leftover, slots: &mut [Slot<'a>]);
}

impl<'a, F: FnMut(&'a mut Leftover, &mut [Slot<'a>])> Fill<'a> for F {
    fn fill(&mut self, leftover: &'a mut Leftover, slots: &mut [Slot<'a>]) {
        self(leftover, slots);
    }
}

/// Takes the properties of an object, to be looked at.
pub trait Look<'a> {
    /// Takes the name of the type, those of its properties, and what the properties do not hold. Says whether the
    /// properties are wanted too.
    fn names(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        leftover: &'a Leftover,
    ) -> bool;

    /// Takes the properties in the order of their names.
    fn members(&mut self, members: &[Member<'a>]);
}

/// A value that JSON writes as an object with known properties.
///
/// Two functions give everything there is, each in one list without a branch: nothing else is as cheap to compile for
/// each type.
pub trait Object: Any {
    /// Whose properties a query on this type names: the type itself; for a page, that of its items.
    type Item: ?Sized
    where
        Self: Sized;

    /// Gives all properties to `fill`.
    fn slots<'a>(&'a mut self, fill: &mut dyn Fill<'a>);

    /// Gives all properties to `look`.
    fn members<'a>(&'a self, look: &mut dyn Look<'a>);

    /// The names.
    fn shape(&self) -> Shape {
        let mut names = Names(None);
        self.members(&mut names);
        names.found().0
    }

    /// What the properties do not hold.
    fn leftover(&self) -> &Leftover {
        let mut names = Names(None);
        self.members(&mut names);
        names.found().1
    }

    /// What the properties do not hold.
    fn leftover_mut(&mut self) -> &mut Leftover {
        let mut rest = Rest(None);
        self.slots(&mut rest);
        rest.found()
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
    type Item = P;

    fn slots<'a>(&'a mut self, fill: &mut dyn Fill<'a>) {
        self.object_mut().slots(fill);
    }

    fn members<'a>(&'a self, look: &mut dyn Look<'a>) {
        self.object().members(look);
    }

    fn types(&self) -> &'static [&'static str] {
        P::TYPES
    }

    fn retype(&mut self, index: usize) {
        *self = P::variant(index);
    }
}

/// What is the same for all types stands here: a function of the trait would be compiled for each.
impl dyn Object {
    /// The property at `index` of [`Shape::properties`], to be filled.
    pub fn slot(&mut self, index: usize) -> Slot<'_> {
        let mut found = Slot::Missing;
        fill(self, |_, slots| {
            if let Some(slot) = slots.get_mut(index) {
                std::mem::swap(&mut found, slot);
            }
        });
        found
    }

    /// The property at `index` of [`Shape::properties`], to be looked at.
    pub fn member(&self, index: usize) -> Member<'_> {
        let mut found = Member::Missing;
        look(self, |_, _, members| {
            found = members.get(index).copied().unwrap_or(Member::Missing);
        });
        found
    }
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(self, f)
    }
}

/// Takes what the properties of an object do not hold, and its properties, to be filled.
pub(crate) fn fill<'a, F>(object: &'a mut dyn Object, mut take: F)
where
    F: FnMut(&'a mut Leftover, &mut [Slot<'a>]),
{
    object.slots(&mut take);
}

/// The names of an object, and what its properties do not hold.
struct Names<'a>(Option<(Shape, &'a Leftover)>);

impl<'a> Names<'a> {
    fn found(self) -> (Shape, &'a Leftover) {
        self.0.expect("every object gives its names")
    }
}

/// What the properties of an object do not hold, to be filled.
struct Rest<'a>(Option<&'a mut Leftover>);

impl<'a> Rest<'a> {
    fn found(self) -> &'a mut Leftover {
        self.0.expect("every object gives its leftover")
    }
}

impl<'a> Fill<'a> for Rest<'a> {
    fn fill(&mut self, leftover: &'a mut Leftover, _: &mut [Slot<'a>]) {
        self.0 = Some(leftover);
    }
}

impl<'a> Look<'a> for Names<'a> {
    fn names(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        leftover: &'a Leftover,
    ) -> bool {
        let shape = Shape {
            type_name,
            properties,
        };
        self.0 = Some((shape, leftover));
        false
    }

    fn members(&mut self, _: &[Member<'a>]) {}
}

/// Looks at an object with all it has: its names, what its properties do not hold, and its properties.
pub(crate) fn look<'a, F>(object: &'a dyn Object, take: F)
where
    F: FnMut(Shape, &'a Leftover, &[Member<'a>]),
{
    object.members(&mut Whole {
        names: Names(None),
        take,
    });
}

struct Whole<'a, F> {
    names: Names<'a>,
    take: F,
}

impl<'a, F: FnMut(Shape, &'a Leftover, &[Member<'a>])> Look<'a> for Whole<'a, F> {
    fn names(
        &mut self,
        type_name: &'static str,
        properties: &'static [&'static str],
        leftover: &'a Leftover,
    ) -> bool {
        self.names.names(type_name, properties, leftover);
        true
    }

    fn members(&mut self, members: &[Member<'a>]) {
        if let Some((shape, leftover)) = self.names.0 {
            (self.take)(shape, leftover, members);
        }
    }
}
