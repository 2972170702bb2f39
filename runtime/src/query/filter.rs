//! `$filter`: conditions, with parentheses where operator precedence requires them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use super::HasProperties;

/// A condition on `O` for `$filter`. Built from property constants: `Device::NAME.eq("a")`.
pub struct Filter<O: ?Sized> {
    text: String,
    precedence: Precedence,
    owner: PhantomData<fn(&O)>,
}

/// The precedence of the outermost operator, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Or,
    And,
    Comparison,
    Call,
}

impl<O: ?Sized> Filter<O> {
    /// Creates a condition from the text of an OData expression. The text is not validated.
    pub fn raw(text: impl Into<String>) -> Self {
        Self::new(text.into(), Precedence::Or)
    }

    /// `and`: requires both conditions.
    #[must_use]
    pub fn and(self, other: impl IntoFilter<O>) -> Self {
        self.join("and", other.into_filter(), Precedence::And)
    }

    /// `or`: requires at least one of the conditions.
    #[must_use]
    pub fn or(self, other: impl IntoFilter<O>) -> Self {
        self.join("or", other.into_filter(), Precedence::Or)
    }

    pub(super) fn comparison(text: String) -> Self {
        Self::new(text, Precedence::Comparison)
    }

    pub(super) fn call(text: String) -> Self {
        Self::new(text, Precedence::Call)
    }

    fn new(text: String, precedence: Precedence) -> Self {
        Self {
            text,
            precedence,
            owner: PhantomData,
        }
    }

    fn join(self, operator: &str, other: Self, precedence: Precedence) -> Self {
        let left = self.operand_of(precedence);
        let right = other.operand_of(precedence);
        Self::new(format!("{left} {operator} {right}"), precedence)
    }

    /// Returns the text as an operand of an operator with the given precedence.
    fn operand_of(self, precedence: Precedence) -> String {
        if self.precedence < precedence {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

/// `not`: negates the condition, for example `!Device::NAME.eq("a")`.
impl<O: ?Sized> Not for Filter<O> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(
            format!("not {}", self.operand_of(Precedence::Call)),
            Precedence::Comparison,
        )
    }
}

impl<O: ?Sized> Clone for Filter<O> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.precedence)
    }
}

/// Formats the OData expression without percent-encoding.
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

/// A type that converts to a condition on `O`: a [`Filter`] on its properties, or the text of an OData expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on `{O}`",
    label = "not a condition on `{O}`"
)]
pub trait IntoFilter<O: ?Sized> {
    /// Converts the value to a condition.
    fn into_filter(self) -> Filter<O>;
}

impl<O: ?Sized + HasProperties<P>, P: ?Sized> IntoFilter<O> for Filter<P> {
    fn into_filter(self) -> Filter<O> {
        Filter::new(self.text, self.precedence)
    }
}

impl<O: ?Sized> IntoFilter<O> for &str {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self)
    }
}

impl<O: ?Sized> IntoFilter<O> for String {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self)
    }
}

impl<O: ?Sized> IntoFilter<O> for &String {
    fn into_filter(self) -> Filter<O> {
        Filter::raw(self.as_str())
    }
}
