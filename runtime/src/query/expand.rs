//! What `$expand` takes: navigation properties, with queries of their own.

use std::fmt;
use std::marker::PhantomData;

use super::{FilterOf, HasProperties, OrderBy, PropertyOf, PropertyPath};
use crate::Property;
use crate::request::Itemised;

/// What can stand in `$expand` for `O`: a property, an [`Expand`] with options, or text as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait ExpandOf<O: ?Sized> {
    /// The property with its options.
    fn expand_text(&self) -> String;
}

/// A navigation property of `O` whose values are read with it, and what is to be read of them.
///
/// ```
/// # use graphwright_runtime::{AnyEntity, Expand, Property};
/// # struct User;
/// # impl User { const MANAGER: Property<Self, AnyEntity> = Property::new("manager"); }
/// use graphwright_runtime::ExpandOf;
///
/// let manager = Expand::of(User::MANAGER).select(&[&AnyEntity::ID, &"displayName"]);
/// assert_eq!(ExpandOf::<User>::expand_text(&manager), "manager($select=id,displayName)");
/// ```
pub struct Expand<O, T: ?Sized> {
    property: &'static str,
    options: Vec<(&'static str, String)>,
    types: PhantomData<fn(&O, &T)>,
}

impl<O, T: ?Sized> Expand<O, T> {
    /// What a property leads to.
    pub fn of<V: Itemised<Item = T>>(property: Property<O, V>) -> Self {
        Self {
            property: property.name(),
            options: Vec::new(),
            types: PhantomData,
        }
    }

    /// Only these properties of it.
    #[must_use]
    pub fn select(self, properties: &[&dyn PropertyOf<T>]) -> Self {
        let names = properties.iter().map(|property| property.property_name());
        self.option("$select", names.collect::<Vec<_>>().join(","))
    }

    /// With what these of its properties lead to.
    #[must_use]
    pub fn expand(self, properties: &[&dyn ExpandOf<T>]) -> Self {
        let texts = properties.iter().map(|property| property.expand_text());
        self.option("$expand", texts.collect::<Vec<_>>().join(","))
    }

    /// Only those that meet a condition.
    #[must_use]
    pub fn filter(self, condition: impl FilterOf<T>) -> Self {
        self.option("$filter", condition.into_filter().to_string())
    }

    /// In this order.
    #[must_use]
    pub fn orderby(self, order: &[&dyn OrderBy<T>]) -> Self {
        let order = order.iter().map(|by| by.order_by());
        self.option("$orderby", order.collect::<Vec<_>>().join(","))
    }

    /// Not more than so many.
    #[must_use]
    pub fn top(self, count: u32) -> Self {
        self.option("$top", count.to_string())
    }

    /// An option by its name, in place of an earlier value; an empty value takes it away.
    fn option(mut self, name: &'static str, value: String) -> Self {
        self.options.retain(|(known, _)| *known != name);
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

impl<O: ?Sized + HasProperties<P>, P, T: ?Sized> ExpandOf<O> for Expand<P, T> {
    fn expand_text(&self) -> String {
        self.text()
    }
}

impl<O: ?Sized, P, V> ExpandOf<O> for Property<P, V>
where
    Self: PropertyOf<O>,
{
    fn expand_text(&self) -> String {
        self.property_name().to_owned()
    }
}

impl<O: ?Sized, P: ?Sized, V> ExpandOf<O> for PropertyPath<P, V>
where
    Self: PropertyOf<O>,
{
    fn expand_text(&self) -> String {
        self.property_name().to_owned()
    }
}

impl<O: ?Sized> ExpandOf<O> for &str {
    fn expand_text(&self) -> String {
        (*self).to_owned()
    }
}

impl<O: ?Sized> ExpandOf<O> for String {
    fn expand_text(&self) -> String {
        self.clone()
    }
}

impl<O, T: ?Sized> fmt::Debug for Expand<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expand").field(&self.text()).finish()
    }
}
