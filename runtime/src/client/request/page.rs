//! The envelopes of responses: pages of collections, and single values.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::{
    self, AdditionalProperties, Object, Primitive, SlotMut, SlotRef, SlotVisitor, SlotVisitorMut,
};
use crate::primitive_element;

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
    /// `@odata.nextLink`: the URL of the next page, or `None` on the last page.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: the URL of the changes made after this response.
    pub delta_link: Option<String>,
    /// `@odata.count`: the number of items on all pages, if the request set `$count`.
    pub count: Option<i64>,
    /// All other properties.
    pub additional_properties: AdditionalProperties,
}

const PAGE: &[&str] = &[
    "@odata.count",
    "@odata.nextLink",
    "@odata.deltaLink",
    "value",
];

/// A type that can be an item of a page: generated types, enums, primitive types, and any JSON value.
pub trait Element: Sized + 'static {
    /// The kind of collection that the codec treats a vector of this type as.
    #[doc(hidden)]
    type Kind: Collection<Self>;
}

/// Gives the codec access to a vector of elements. Each type names its kind of collection once, so the code is not generated per
/// type.
#[doc(hidden)]
pub trait Collection<T> {
    /// Borrows the items for deserialization.
    fn slot(items: &mut Vec<T>) -> SlotMut<'_>;

    /// Borrows the items for serialization.
    #[expect(
        clippy::ptr_arg,
        reason = "the vector is what implements the traits of slots"
    )]
    fn member(items: &Vec<T>) -> SlotRef<'_>;
}

/// A collection of objects.
#[doc(hidden)]
pub enum OfObjects {}

impl<T: Object + Default> Collection<T> for OfObjects {
    fn slot(items: &mut Vec<T>) -> SlotMut<'_> {
        SlotMut::ObjectCollection(items)
    }

    fn member(items: &Vec<T>) -> SlotRef<'_> {
        SlotRef::ObjectCollection(items)
    }
}

/// A collection of primitive values or enum members.
#[doc(hidden)]
pub enum OfPrimitives {}

impl<L: Primitive> Collection<L> for OfPrimitives {
    fn slot(items: &mut Vec<L>) -> SlotMut<'_> {
        SlotMut::PrimitiveCollection(items)
    }

    fn member(items: &Vec<L>) -> SlotRef<'_> {
        SlotRef::PrimitiveCollection(items)
    }
}

/// A collection of JSON values.
#[doc(hidden)]
pub enum OfValues {}

impl Collection<Value> for OfValues {
    fn slot(items: &mut Vec<Value>) -> SlotMut<'_> {
        SlotMut::UntypedCollection(items)
    }

    fn member(items: &Vec<Value>) -> SlotRef<'_> {
        SlotRef::UntypedCollection(items)
    }
}

impl<T: Object + Default> Element for T {
    type Kind = OfObjects;
}

impl Element for Value {
    type Kind = OfValues;
}

primitive_element!(String);
primitive_element!(bool);
primitive_element!(u8);
primitive_element!(i8);
primitive_element!(i16);
primitive_element!(i32);
primitive_element!(i64);
primitive_element!(f32);
primitive_element!(f64);

impl<T: Element> Object for Page<T> {
    type Item = T;

    fn visit_slots_mut<'a>(&'a mut self, visitor: &mut dyn SlotVisitorMut<'a>) {
        visitor.visit_slots(
            &mut self.additional_properties,
            &mut [
                SlotMut::Int64(&mut self.count),
                SlotMut::String(&mut self.next_link),
                SlotMut::String(&mut self.delta_link),
                T::Kind::slot(&mut self.value),
            ],
        );
    }

    fn visit_slots<'a>(&'a self, visitor: &mut dyn SlotVisitor<'a>) {
        if visitor.visit_type("", PAGE, &self.additional_properties) {
            visitor.visit_slots(&[
                SlotRef::Int64(&self.count),
                SlotRef::String(&self.next_link),
                SlotRef::String(&self.delta_link),
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
            additional_properties: AdditionalProperties::new(),
        }
    }
}

/// A single primitive value or enum member, as functions and requests for one property return it: `{"value": 3}`.
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
    /// All other properties.
    pub additional_properties: AdditionalProperties,
}

impl<T: Primitive> Object for Single<T> {
    type Item = ();

    fn visit_slots_mut<'a>(&'a mut self, visitor: &mut dyn SlotVisitorMut<'a>) {
        visitor.visit_slots(
            &mut self.additional_properties,
            &mut [SlotMut::Primitive(&mut self.value)],
        );
    }

    fn visit_slots<'a>(&'a self, visitor: &mut dyn SlotVisitor<'a>) {
        if visitor.visit_type("", &["value"], &self.additional_properties) {
            visitor.visit_slots(&[SlotRef::Primitive(&self.value)]);
        }
    }
}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self {
            value: None,
            additional_properties: AdditionalProperties::new(),
        }
    }
}

/// Implements [`object!`](crate::object) for a generic type.
macro_rules! generic_object {
    ($name:ident, $bound:ident) => {
        impl<T: $bound> Clone for $name<T> {
            fn clone(&self) -> Self {
                json::clone_object(self)
            }
        }

        impl<T: $bound> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                json::objects_equal(self, other)
            }
        }

        impl<T: $bound> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))?;
                json::fmt_object(self, f)
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
generic_object!(Single, Primitive);

/// A collection of flags.
impl<E: json::OpenEnum> Element for json::flags::Flags<E> {
    type Kind = OfPrimitives;
}
