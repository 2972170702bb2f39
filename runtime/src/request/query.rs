//! Properties in queries.

use crate::Property;

/// What can stand for a property of `O` in `$select` and `$expand`: its constant, or a name as it is.
pub trait PropertyOf<O: ?Sized> {
    /// The name, or what stands for it.
    fn property_name(&self) -> &str;
}

impl<O, V> PropertyOf<O> for Property<O, V> {
    fn property_name(&self) -> &str {
        (*self).name()
    }
}

impl<O: ?Sized> PropertyOf<O> for &str {
    fn property_name(&self) -> &str {
        self
    }
}

impl<O: ?Sized> PropertyOf<O> for String {
    fn property_name(&self) -> &str {
        self
    }
}

/// What can stand in `$orderby` for `O`: a property, or [`Descending`].
pub trait OrderBy<O: ?Sized> {
    /// The property with its direction.
    fn order_by(&self) -> String;
}

impl<O, V> OrderBy<O> for Property<O, V> {
    fn order_by(&self) -> String {
        (*self).name().to_owned()
    }
}

impl<O: ?Sized> OrderBy<O> for &str {
    fn order_by(&self) -> String {
        (*self).to_owned()
    }
}

/// From the greatest to the least: `&Descending(Type::PROPERTY)` in `orderby`.
#[derive(Clone, Copy, Debug)]
pub struct Descending<P>(pub P);

impl<O: ?Sized, P: PropertyOf<O>> OrderBy<O> for Descending<P> {
    fn order_by(&self) -> String {
        format!("{} desc", self.0.property_name())
    }
}
