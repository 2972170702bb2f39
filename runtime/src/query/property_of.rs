//! What can stand for a property in `$select` and `$orderby`.

use super::PropertyPath;
use crate::Property;

/// A type that has the properties of `P`: each type has its own, and the enum over a base type has those of the base.
#[diagnostic::on_unimplemented(
    message = "`{P}` has properties that `{Self}` does not have",
    label = "not a property of `{Self}`"
)]
pub trait HasProperties<P: ?Sized> {}

impl<O: ?Sized> HasProperties<O> for O {}

/// What can stand for a property of `O` in `$select`: its constant, a path of constants, or a name as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait PropertyOf<O: ?Sized> {
    /// The name, or what stands for it.
    fn property_name(&self) -> &str;
}

impl<O: ?Sized + HasProperties<P>, P, V> PropertyOf<O> for Property<P, V> {
    fn property_name(&self) -> &str {
        (*self).name()
    }
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized, V> PropertyOf<O> for PropertyPath<P, V> {
    fn property_name(&self) -> &str {
        self.as_str()
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait OrderBy<O: ?Sized> {
    /// The property with its direction.
    fn order_by(&self) -> String;
}

impl<O: ?Sized + HasProperties<P>, P, V> OrderBy<O> for Property<P, V> {
    fn order_by(&self) -> String {
        (*self).name().to_owned()
    }
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized, V> OrderBy<O> for PropertyPath<P, V> {
    fn order_by(&self) -> String {
        self.as_str().to_owned()
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
