//! `$expand`: navigation properties with nested query options.

use std::fmt;
use std::marker::PhantomData;

use super::{HasProperties, IntoFilter, OrderByItem, PropertyPath, SelectItem};
use crate::Property;
use crate::request::Itemised;

/// An item of `$expand` for `O`: a property, an [`Expand`] with options, or a string.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait ExpandItem<O: ?Sized> {
    /// Returns the property with its options.
    fn expand_item(&self) -> String;
}

/// A navigation property of `O` in `$expand`, with nested query options.
///
/// ```
/// # use graphwright_runtime::{AnyEntity, Expand, Property};
/// # struct User;
/// # impl User { const MANAGER: Property<Self, AnyEntity> = Property::new("manager"); }
/// use graphwright_runtime::ExpandItem;
///
/// let manager = Expand::new(User::MANAGER).select(&[&AnyEntity::ID, &"displayName"]);
/// assert_eq!(ExpandItem::<User>::expand_item(&manager), "manager($select=id,displayName)");
/// ```
pub struct Expand<O, T: ?Sized> {
    property: &'static str,
    options: Vec<(&'static str, String)>,
    types: PhantomData<fn(&O, &T)>,
}

impl<O, T: ?Sized> Expand<O, T> {
    /// Expands `property` without options.
    pub fn new<V: Itemised<Item = T>>(property: Property<O, V>) -> Self {
        Self {
            property: property.name(),
            options: Vec::new(),
            types: PhantomData,
        }
    }

    /// Sets `$select`, the properties to return of the related entities.
    #[must_use]
    pub fn select(self, properties: &[&dyn SelectItem<T>]) -> Self {
        let names = properties.iter().map(|property| property.select_item());
        self.option("$select", names.collect::<Vec<_>>().join(","))
    }

    /// Sets `$expand`, the navigation properties to expand in turn.
    #[must_use]
    pub fn expand(self, properties: &[&dyn ExpandItem<T>]) -> Self {
        let texts = properties.iter().map(|property| property.expand_item());
        self.option("$expand", texts.collect::<Vec<_>>().join(","))
    }

    /// Sets `$filter`, the condition that related entities have to meet.
    #[must_use]
    pub fn filter(self, condition: impl IntoFilter<T>) -> Self {
        self.option("$filter", condition.into_filter().to_string())
    }

    /// Sets `$orderby`, the order of the related entities.
    #[must_use]
    pub fn orderby(self, order: &[&dyn OrderByItem<T>]) -> Self {
        let order = order.iter().map(|by| by.orderby_item());
        self.option("$orderby", order.collect::<Vec<_>>().join(","))
    }

    /// Sets `$top`, the maximum number of related entities.
    #[must_use]
    pub fn top(self, count: u32) -> Self {
        self.option("$top", count.to_string())
    }

    /// Sets `$skip`, the number of related entities to skip.
    #[must_use]
    pub fn skip(self, count: u32) -> Self {
        self.option("$skip", count.to_string())
    }

    /// Sets `$count`, to return the number of related entities too.
    #[must_use]
    pub fn count(self) -> Self {
        self.option("$count", "true".to_owned())
    }

    /// Sets `$search`: a [`Search`](super::Search), or the text of an OData search expression.
    #[must_use]
    pub fn search(self, expression: impl AsRef<str>) -> Self {
        self.option("$search", expression.as_ref().to_owned())
    }

    /// Sets `$levels`, the number of levels to expand a recursive relationship.
    #[must_use]
    pub fn levels(self, count: u32) -> Self {
        self.option("$levels", count.to_string())
    }

    /// Sets `$levels=max`, to expand all levels of a recursive relationship.
    #[must_use]
    pub fn all_levels(self) -> Self {
        self.option("$levels", "max".to_owned())
    }

    /// Sets an option, or removes it if `value` is empty.
    fn option(mut self, name: &'static str, value: String) -> Self {
        self.options.retain(|(other, _)| *other != name);
        if !value.is_empty() {
            self.options.push((name, value));
        }
        self
    }

    fn text(&self) -> String {
        let options = self.options.iter();
        let options: Vec<String> = options
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if options.is_empty() {
            return self.property.to_owned();
        }
        format!("{}({})", self.property, options.join(";"))
    }
}

impl<O: ?Sized + HasProperties<P>, P, T: ?Sized> ExpandItem<O> for Expand<P, T> {
    fn expand_item(&self) -> String {
        self.text()
    }
}

impl<O: ?Sized + HasProperties<P>, P, V> ExpandItem<O> for Property<P, V> {
    fn expand_item(&self) -> String {
        (*self).name().to_owned()
    }
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized, V> ExpandItem<O> for PropertyPath<P, V> {
    fn expand_item(&self) -> String {
        self.as_str().to_owned()
    }
}

impl<O: ?Sized> ExpandItem<O> for &str {
    fn expand_item(&self) -> String {
        (*self).to_owned()
    }
}

impl<O: ?Sized> ExpandItem<O> for String {
    fn expand_item(&self) -> String {
        self.clone()
    }
}

impl<O, T: ?Sized> fmt::Debug for Expand<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expand").field(&self.text()).finish()
    }
}
