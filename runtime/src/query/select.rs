//! `$select` and `$orderby`.

use super::PropertyPath;
use crate::Property;

/// A type that has the properties of `P`. Every type has its own properties; the enum over a base type has those of the base
/// type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have the properties of `{P}`",
    label = "not a property of `{Self}`"
)]
pub trait HasProperties<P: ?Sized> {}

impl<O: ?Sized> HasProperties<O> for O {}

/// A type whose `$select` accepts the properties of `P`: every type accepts its own; the enum over a base type accepts those of
/// the base type and of all derived types.
#[diagnostic::on_unimplemented(
    message = "`$select` of `{Self}` does not accept the properties of `{P}`",
    label = "not a property of `{Self}`"
)]
pub trait CanSelect<P: ?Sized> {}

impl<O: ?Sized> CanSelect<O> for O {}

/// An item of `$select` for `O`: a property constant, a property path, or a name as a string.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait SelectItem<O: ?Sized> {
    /// Returns the name or path of the property.
    fn select_item(&self) -> &str;
}

impl<O: ?Sized + CanSelect<P>, P, V> SelectItem<O> for Property<P, V> {
    fn select_item(&self) -> &str {
        (*self).name()
    }
}

impl<O: ?Sized + CanSelect<P>, P: ?Sized, V> SelectItem<O> for PropertyPath<P, V> {
    fn select_item(&self) -> &str {
        self.as_str()
    }
}

impl<O: ?Sized> SelectItem<O> for &str {
    fn select_item(&self) -> &str {
        self
    }
}

impl<O: ?Sized> SelectItem<O> for String {
    fn select_item(&self) -> &str {
        self
    }
}

/// An item of `$orderby` for `O`: a property, or [`Descending`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a property of `{O}`",
    label = "not a property of `{O}`"
)]
pub trait OrderByItem<O: ?Sized> {
    /// Returns the property with its direction.
    fn orderby_item(&self) -> String;
}

impl<O: ?Sized + HasProperties<P>, P, V> OrderByItem<O> for Property<P, V> {
    fn orderby_item(&self) -> String {
        (*self).name().to_owned()
    }
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized, V> OrderByItem<O> for PropertyPath<P, V> {
    fn orderby_item(&self) -> String {
        self.as_str().to_owned()
    }
}

impl<O: ?Sized> OrderByItem<O> for &str {
    fn orderby_item(&self) -> String {
        (*self).to_owned()
    }
}

/// Sorts by a property in descending order: `&Descending(Type::PROPERTY)` in `orderby`.
#[derive(Clone, Copy, Debug)]
pub struct Descending<P>(pub P);

impl<O: ?Sized, P: SelectItem<O>> OrderByItem<O> for Descending<P> {
    fn orderby_item(&self) -> String {
        format!("{} desc", self.0.select_item())
    }
}
