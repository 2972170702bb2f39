//! Property paths.

use std::fmt;
use std::marker::PhantomData;

use super::{Filter, HasProperties};
use crate::Property;

/// A path from `O` to a value of type `V`, for example `mailboxSettings/timeZone`.
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
    /// The number of enclosing lambda expressions.
    depth: usize,
    types: PhantomData<fn(&O) -> Box<V>>,
}

/// The owner of the lambda variable in `any` and `all`: an item of a collection of `T`.
pub struct LambdaItem<T>(PhantomData<T>);

impl<O: ?Sized, V: ?Sized> PropertyPath<O, V> {
    /// Returns the path in OData syntax.
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

    /// Appends a segment.
    fn append<W: ?Sized>(self, segment: &str) -> PropertyPath<O, W> {
        PropertyPath::new(format!("{}/{segment}", self.text), self.depth)
    }
}

impl<O: ?Sized, V> PropertyPath<O, V> {
    /// Appends a property of the value to the path.
    pub fn then<P, W>(self, property: Property<P, W>) -> PropertyPath<O, W>
    where
        V: HasProperties<P>,
    {
        self.append(property.name())
    }
}

impl<O: ?Sized, T> PropertyPath<O, Vec<T>> {
    /// `any`: at least one item of the collection meets the condition.
    pub fn any(
        self,
        condition: impl FnOnce(PropertyPath<LambdaItem<T>, T>) -> Filter<LambdaItem<T>>,
    ) -> Filter<O> {
        self.lambda("any", condition)
    }

    /// `all`: every item of the collection meets the condition. True for an empty collection.
    pub fn all(
        self,
        condition: impl FnOnce(PropertyPath<LambdaItem<T>, T>) -> Filter<LambdaItem<T>>,
    ) -> Filter<O> {
        self.lambda("all", condition)
    }

    /// `any` without a condition: the collection has an item.
    pub fn is_not_empty(self) -> Filter<O> {
        Filter::call(format!("{}/any()", self.text))
    }

    /// `$count`: the number of items in the collection.
    pub fn count(self) -> PropertyPath<O, i64> {
        self.append("$count")
    }

    fn lambda(
        self,
        name: &str,
        condition: impl FnOnce(PropertyPath<LambdaItem<T>, T>) -> Filter<LambdaItem<T>>,
    ) -> Filter<O> {
        let variable = lambda_variable(self.depth);
        let condition = condition(PropertyPath::new(variable.clone(), self.depth + 1));
        Filter::call(format!("{}/{name}({variable}:{condition})", self.text))
    }
}

/// Returns the variable of a lambda expression nested in `depth` others: `x`, `y`, `z`, `x3` and so on.
fn lambda_variable(depth: usize) -> String {
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
