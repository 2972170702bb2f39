//! Conditions: the text of `$filter`, with the parentheses that its operators need.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use super::HasProperties;

/// A condition on `O`. It starts at a constant: `Device::NAME.eq("a")`.
pub struct Filter<O: ?Sized> {
    text: String,
    binding: Binding,
    owner: PhantomData<fn(&O)>,
}

/// What holds a condition together, from the weakest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Comparison,
    Call,
}

impl<O: ?Sized> Filter<O> {
    /// A condition as OData writes it, for what has no method here. Its text is not looked at.
    pub fn raw(text: impl Into<String>) -> Self {
        Self::new(text.into(), Binding::Or)
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: impl FilterOf<O>) -> Self {
        self.joined("and", other.into_filter(), Binding::And)
    }

    /// One condition or the other, or both.
    #[must_use]
    pub fn or(self, other: impl FilterOf<O>) -> Self {
        self.joined("or", other.into_filter(), Binding::Or)
    }

    pub(super) fn comparison(text: String) -> Self {
        Self::new(text, Binding::Comparison)
    }

    pub(super) fn call(text: String) -> Self {
        Self::new(text, Binding::Call)
    }

    fn new(text: String, binding: Binding) -> Self {
        Self {
            text,
            binding,
            owner: PhantomData,
        }
    }

    fn joined(self, operator: &str, other: Self, binding: Binding) -> Self {
        let left = self.held_by(binding);
        let right = other.held_by(binding);
        Self::new(format!("{left} {operator} {right}"), binding)
    }

    /// The text where something of this strength stands beside it.
    fn held_by(self, binding: Binding) -> String {
        if self.binding < binding {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

/// The condition does not hold: `!Device::NAME.eq("a")`.
impl<O: ?Sized> Not for Filter<O> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(
            format!("not {}", self.held_by(Binding::Call)),
            Binding::Comparison,
        )
    }
}

impl<O: ?Sized> Clone for Filter<O> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.binding)
    }
}

/// The text as `$filter` takes it, not yet encoded for an address.
impl<O: ?Sized> fmt::Display for Filter<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<O: ?Sized> fmt::Debug for Filter<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.text).finish()
    }
}

/// What can be a condition on `O`: a [`Filter`] on its properties, or text as OData writes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no condition on `{O}`",
    label = "not a condition on `{O}`"
)]
pub trait FilterOf<O: ?Sized> {
    /// The condition.
    fn into_filter(self) -> Filter<O>;
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized> FilterOf<O> for Filter<P> {
    fn into_filter(self) -> Filter<O> {
        Filter::new(self.text, self.binding)
    }
}

impl<O: ?Sized> FilterOf<O> for &str {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self)
    }
}

impl<O: ?Sized> FilterOf<O> for String {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self)
    }
}

impl<O: ?Sized> FilterOf<O> for &String {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self.as_str())
    }
}
