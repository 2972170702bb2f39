//! OData primitive types that the standard library lacks. Each value is formatted exactly as it was parsed. Parsing rejects
//! text that could not be reproduced; properties preserve such text in their additional properties.

mod cursor;
mod date;
mod time_of_day;
mod date_time_offset;
mod conversions;
mod duration;
mod guid;
mod binary;
mod decimal;

pub use binary::Binary;
pub use date::Date;
pub use date_time_offset::{DateTimeOffset, DateTimeRangeError};
pub use decimal::Decimal;
pub use duration::Duration;
pub use guid::Guid;
pub use time_of_day::TimeOfDay;

use std::fmt;

/// The error when text is not a value of a primitive type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) expected: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for ParseError {}

/// Implements `Display`, `Debug`, `FromStr`, [`Primitive`](crate::Primitive) and serde's traits for a type that JSON represents
/// as a string. The type provides `parse(&str) -> Option<Self>`, `parse_non_canonical(&str) -> Option<Self>` and
/// `write(&self, &mut TextBuffer)`.
macro_rules! text_primitive {
    ($name:ident, $expected:literal) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut buffer = $crate::TextBuffer::new();
                self.write(&mut buffer);
                f.pad(buffer.as_str())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::primitives::ParseError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or($crate::primitives::ParseError {
                    expected: $expected,
                })
            }
        }

        impl $crate::Primitive for $name {
            fn decode(scalar: $crate::Scalar<'_>) -> $crate::Decoded<Self> {
                let $crate::Scalar::Text(text) = scalar else {
                    return $crate::Decoded::Rejected;
                };
                if let Some(value) = Self::parse(text) {
                    $crate::Decoded::Exact(value)
                } else if let Some(value) = Self::parse_non_canonical(text) {
                    $crate::Decoded::NonCanonical(value)
                } else {
                    $crate::Decoded::Rejected
                }
            }

            fn encode<'a>(&'a self, buffer: &'a mut $crate::TextBuffer) -> $crate::Scalar<'a> {
                self.write(buffer);
                $crate::Scalar::Text(buffer.as_str())
            }
        }

        $crate::primitive!($name);
    };
}
pub(crate) use text_primitive;

#[cfg(test)]
mod tests;
