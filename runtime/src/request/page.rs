//! Pages of collections, and single values: the envelopes that responses come in.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::{self, Fill, Leaf, Leftover, Look, Member, Object, Slot};
use crate::leaf_element;

/// A page of a collection.
///
/// ```
/// use graphwright_runtime::Page;
///
/// let page: Page<String> =
///     serde_json::from_str(r#"{"value": ["a", "b"], "@odata.nextLink": "https://x/?$skip=2"}"#).unwrap();
/// assert_eq!(page.value, ["a", "b"]);
/// assert_eq!(page.next_link.as_deref(), Some("https://x/?$skip=2"));
/// ```
pub struct Page<T> {
    /// The items.
    pub value: Vec<T>,
    /// `@odata.nextLink`: where the next page is; none on the last page.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: where changes since then can be read.
    pub delta_link: Option<String>,
    /// `@odata.count`: how many items there are on all pages, if the request asked for it.
    pub count: Option<i64>,
    /// Everything else.
    pub leftover: Leftover,
}

const PAGE: &[&str] = &[
    "@odata.count",
    "@odata.nextLink",
    "@odata.deltaLink",
    "value",
];

/// What a page can hold: any generated type, enums, primitives, any JSON value.
pub trait Element: Sized + 'static {
    /// How a vector of them is held.
    #[doc(hidden)]
    type Kind: Collection<Self>;
}

/// How a vector of elements is a property. It is named once for each type, instead of written down.
#[doc(hidden)]
pub trait Collection<T> {
    /// The items, to be filled.
    fn slot(items: &mut Vec<T>) -> Slot<'_>;

    /// The items, to be looked at.
    #[expect(
        clippy::ptr_arg,
        reason = "the vector is what implements the traits of slots"
    )]
    fn member(items: &Vec<T>) -> Member<'_>;
}

/// Objects.
#[doc(hidden)]
pub enum OfObjects {}

impl<T: Object + Default> Collection<T> for OfObjects {
    fn slot(items: &mut Vec<T>) -> Slot<'_> {
        Slot::Objects(items)
    }

    fn member(items: &Vec<T>) -> Member<'_> {
        Member::Objects(items)
    }
}

/// Primitives and members of enums.
#[doc(hidden)]
pub enum OfLeaves {}

impl<L: Leaf> Collection<L> for OfLeaves {
    fn slot(items: &mut Vec<L>) -> Slot<'_> {
        Slot::Leaves(items)
    }

    fn member(items: &Vec<L>) -> Member<'_> {
        Member::Leaves(items)
    }
}

/// Any JSON values.
#[doc(hidden)]
pub enum OfValues {}

impl Collection<Value> for OfValues {
    fn slot(items: &mut Vec<Value>) -> Slot<'_> {
        Slot::Untypeds(items)
    }

    fn member(items: &Vec<Value>) -> Member<'_> {
        Member::Untypeds(items)
    }
}

impl<T: Object + Default> Element for T {
    type Kind = OfObjects;
}

impl Element for Value {
    type Kind = OfValues;
}

leaf_element!(String);
leaf_element!(bool);
leaf_element!(u8);
leaf_element!(i8);
leaf_element!(i16);
leaf_element!(i32);
leaf_element!(i64);
leaf_element!(f32);
leaf_element!(f64);

impl<T: Element> Object for Page<T> {
    type Item = T;

    fn slots<'a>(&'a mut self, fill: &mut dyn Fill<'a>) {
        fill.fill(
            &mut self.leftover,
            &mut [
                Slot::Int64(&mut self.count),
                Slot::String(&mut self.next_link),
                Slot::String(&mut self.delta_link),
                T::Kind::slot(&mut self.value),
            ],
        );
    }

    fn members<'a>(&'a self, look: &mut dyn Look<'a>) {
        if look.names("", PAGE, &self.leftover) {
            look.members(&[
                Member::Int64(&self.count),
                Member::String(&self.next_link),
                Member::String(&self.delta_link),
                T::Kind::member(&self.value),
            ]);
        }
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            value: Vec::new(),
            next_link: None,
            delta_link: None,
            count: None,
            leftover: Leftover::new(),
        }
    }
}

/// One primitive or member of an enum, as functions and requests for one property give it: `{"value": 3}`.
///
/// ```
/// use graphwright_runtime::Single;
///
/// let answer: Single<i32> = serde_json::from_str(r#"{"value": 3}"#).unwrap();
/// assert_eq!(answer.value, Some(3));
/// ```
pub struct Single<T> {
    /// The value.
    pub value: Option<T>,
    /// Everything else.
    pub leftover: Leftover,
}

impl<T: Leaf> Object for Single<T> {
    type Item = ();

    fn slots<'a>(&'a mut self, fill: &mut dyn Fill<'a>) {
        fill.fill(&mut self.leftover, &mut [Slot::Leaf(&mut self.value)]);
    }

    fn members<'a>(&'a self, look: &mut dyn Look<'a>) {
        if look.names("", &["value"], &self.leftover) {
            look.members(&[Member::Leaf(&self.value)]);
        }
    }
}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self {
            value: None,
            leftover: Leftover::new(),
        }
    }
}

/// What [`object!`](crate::object) does, for a type with a parameter.
macro_rules! generic_object {
    ($name:ident, $bound:ident) => {
        impl<T: $bound> Clone for $name<T> {
            fn clone(&self) -> Self {
                json::clone(self)
            }
        }

        impl<T: $bound> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                json::eq(self, other)
            }
        }

        impl<T: $bound> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))?;
                json::debug(self, f)
            }
        }

        impl<T: $bound> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                json::serialize(self, serializer)
            }
        }

        impl<'de, T: $bound> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                json::deserialize(deserializer)
            }
        }
    };
}

generic_object!(Page, Element);
generic_object!(Single, Leaf);

/// Flags in a collection.
impl<E: json::OpenEnum> Element for json::flags::Flags<E> {
    type Kind = OfLeaves;
}
