//! Expressions: the left operand of a comparison.

use std::fmt;
use std::marker::PhantomData;

use super::PropertyPath;
use crate::Property;

/// An expression on `O` with values of type `V`: a property path, or a function of one such as `tolower(displayName)`.
///
/// ```
/// # use graphwright_runtime::{DateTimeOffset, Property};
/// # struct Device;
/// # impl Device {
/// #     const NAME: Property<Self, String> = Property::new("name");
/// #     const SEEN: Property<Self, DateTimeOffset> = Property::new("seen");
/// # }
/// assert_eq!(Device::NAME.tolower().eq("a").to_string(), "tolower(name) eq 'a'");
/// assert_eq!(Device::SEEN.year().lt(2024).to_string(), "year(seen) lt 2024");
/// ```
pub struct Expression<O: ?Sized, V: ?Sized> {
    text: String,
    types: PhantomData<fn(&O) -> Box<V>>,
}

impl<O: ?Sized, V: ?Sized> Expression<O, V> {
    fn new(text: String) -> Self {
        Self {
            text,
            types: PhantomData,
        }
    }

    /// Applies a function of one argument.
    pub(super) fn apply<W: ?Sized>(self, function: &str) -> Expression<O, W> {
        Expression::new(format!("{function}({})", self.text))
    }

    /// Applies a function of two arguments.
    pub(super) fn apply_to<W: ?Sized>(self, function: &str, second: &str) -> Expression<O, W> {
        Expression::new(format!("{function}({},{second})", self.text))
    }
}

impl<O, V> From<Property<O, V>> for Expression<O, V> {
    fn from(property: Property<O, V>) -> Self {
        Self::new(property.name().to_owned())
    }
}

impl<O: ?Sized, V: ?Sized> From<PropertyPath<O, V>> for Expression<O, V> {
    fn from(path: PropertyPath<O, V>) -> Self {
        Self::new(path.as_str().to_owned())
    }
}

impl<O: ?Sized, V: ?Sized> Clone for Expression<O, V> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<O: ?Sized, V: ?Sized> fmt::Display for Expression<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<O: ?Sized, V: ?Sized> fmt::Debug for Expression<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}
