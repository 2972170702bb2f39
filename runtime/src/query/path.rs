//! Paths of properties: what stands on the left of a comparison.

use std::fmt;
use std::marker::PhantomData;

use super::{Filter, HasProperties};
use crate::Property;

/// A way from `O` to a value of the type `V`: `mailboxSettings/timeZone`.
///
/// ```
/// # use graphwright_runtime::Property;
/// # struct Settings; struct User;
/// # impl Settings { const TIME_ZONE: Property<Self, String> = Property::new("timeZone"); }
/// # impl User { const SETTINGS: Property<Self, Settings> = Property::new("settings"); }
/// let filter = User::SETTINGS.then(Settings::TIME_ZONE).eq("UTC");
/// assert_eq!(filter.to_string(), "settings/timeZone eq 'UTC'");
/// ```
pub struct PropertyPath<O: ?Sized, V: ?Sized> {
    text: String,
    /// How many lambdas it stands in.
    depth: usize,
    types: PhantomData<fn(&O) -> Box<V>>,
}

/// One value of a collection, inside the condition of `any` and `all`.
pub struct Each<T>(PhantomData<T>);

impl<O: ?Sized, V: ?Sized> PropertyPath<O, V> {
    /// The path as OData writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn new(text: String, depth: usize) -> Self {
        Self {
            text,
            depth,
            types: PhantomData,
        }
    }

    /// The path with one more segment.
    fn with<W: ?Sized>(self, segment: &str) -> PropertyPath<O, W> {
        PropertyPath::new(format!("{}/{segment}", self.text), self.depth)
    }
}

impl<O: ?Sized, V> PropertyPath<O, V> {
    /// Goes on to a property of the value.
    pub fn then<P, W>(self, property: Property<P, W>) -> PropertyPath<O, W>
    where
        V: HasProperties<P>,
    {
        self.with(property.name())
    }
}

impl<O: ?Sized, T> PropertyPath<O, Vec<T>> {
    /// Whether some value of the collection meets a condition; of an empty one, none does.
    pub fn any(
        self,
        condition: impl FnOnce(PropertyPath<Each<T>, T>) -> Filter<Each<T>>,
    ) -> Filter<O> {
        self.lambda("any", condition)
    }

    /// Whether each value of the collection meets a condition; of an empty one, all do.
    pub fn all(
        self,
        condition: impl FnOnce(PropertyPath<Each<T>, T>) -> Filter<Each<T>>,
    ) -> Filter<O> {
        self.lambda("all", condition)
    }

    /// How many values the collection has.
    pub fn count(self) -> PropertyPath<O, i64> {
        self.with("$count")
    }

    fn lambda(
        self,
        name: &str,
        condition: impl FnOnce(PropertyPath<Each<T>, T>) -> Filter<Each<T>>,
    ) -> Filter<O> {
        let variable = variable(self.depth);
        let condition = condition(PropertyPath::new(variable.clone(), self.depth + 1));
        Filter::call(format!("{}/{name}({variable}:{condition})", self.text))
    }
}

/// The variable of a lambda that stands in so many others: x, y, z, x3 and so on.
fn variable(depth: usize) -> String {
    match depth {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        more => format!("x{more}"),
    }
}

impl<O, V> From<Property<O, V>> for PropertyPath<O, V> {
    fn from(property: Property<O, V>) -> Self {
        Self::new(property.name().to_owned(), 0)
    }
}

impl<O: ?Sized, V: ?Sized> Clone for PropertyPath<O, V> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.depth)
    }
}

impl<O: ?Sized, V: ?Sized> fmt::Display for PropertyPath<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<O: ?Sized, V: ?Sized> fmt::Debug for PropertyPath<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PropertyPath").field(&self.text).finish()
    }
}
