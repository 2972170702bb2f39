//! `$search`: search expressions.

use std::fmt;
use std::ops::Not;

/// An expression for `$search`, with phrases in double quotes.
///
/// ```
/// use graphwright_runtime::Search;
///
/// let search = Search::property("displayName", "sales team").and(!Search::phrase("old"));
/// assert_eq!(search.to_string(), r#""displayName:sales team" AND NOT "old""#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Search {
    text: String,
    precedence: Precedence,
}

/// The precedence of the outermost operator, from the lowest to the highest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Or,
    And,
    Not,
    Phrase,
}

impl Search {
    /// Searches for a phrase in all searchable properties.
    pub fn phrase(phrase: &str) -> Self {
        Self {
            text: quote(phrase),
            precedence: Precedence::Phrase,
        }
    }

    /// Searches for a phrase in the property `name`.
    pub fn property(name: &str, phrase: &str) -> Self {
        Self::phrase(&format!("{name}:{phrase}"))
    }

    /// `AND`: requires both expressions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.join("AND", other, Precedence::And)
    }

    /// `OR`: requires at least one of the expressions.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.join("OR", other, Precedence::Or)
    }

    fn join(self, operator: &str, other: Self, precedence: Precedence) -> Self {
        let left = self.operand_of(precedence);
        let right = other.operand_of(precedence);
        Self {
            text: format!("{left} {operator} {right}"),
            precedence,
        }
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

/// `NOT`: negates the expression.
impl Not for Search {
    type Output = Self;

    fn not(self) -> Self {
        Self {
            text: format!("NOT {}", self.operand_of(Precedence::Phrase)),
            precedence: Precedence::Not,
        }
    }
}

/// Quotes a phrase, with a backslash before quotes and backslashes.
fn quote(phrase: &str) -> String {
    format!("\"{}\"", phrase.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns the OData expression without percent-encoding.
impl AsRef<str> for Search {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// Formats the OData expression without percent-encoding.
impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Search").field(&self.text).finish()
    }
}
