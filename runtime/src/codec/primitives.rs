//! OData's primitive types that Rust has no type for. Each is written exactly as it was read, and refuses text that it
//! could not write again; properties keep such text beside the field.

mod cursor;
mod date;
mod time_of_day;
mod date_time_offset;
mod duration;
mod guid;
mod binary;
mod decimal;

pub use binary::Binary;
pub use date::Date;
pub use date_time_offset::DateTimeOffset;
pub use decimal::Decimal;
pub use duration::Duration;
pub use guid::Guid;
pub use time_of_day::TimeOfDay;

use std::fmt;

/// Text that is no value of a primitive type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) expected: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not {}", self.expected)
    }
}

impl std::error::Error for ParseError {}

/// What a primitive that JSON writes as text has in common with the others: `Display`, `Debug`, `FromStr`, serde, `Leaf`.
/// The type gives `parse(&str) -> Option<Self>` and `write(&self, &mut TextBuffer)`.
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

        impl $crate::Leaf for $name {
            fn read(scalar: $crate::Scalar<'_>) -> $crate::Reading<Self> {
                let $crate::Scalar::Text(text) = scalar else {
                    return $crate::Reading::Refused;
                };
                match Self::parse(text) {
                    Some(value) => $crate::Reading::Exact(value),
                    None => Self::respelled(text),
                }
            }

            fn scalar<'a>(&'a self, buffer: &'a mut $crate::TextBuffer) -> $crate::Scalar<'a> {
                self.write(buffer);
                $crate::Scalar::Text(buffer.as_str())
            }
        }

        $crate::leaf!($name);
    };
}
pub(crate) use text_primitive;

#[cfg(test)]
mod tests;
