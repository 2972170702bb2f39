//! OData literals.

use crate::json::{OpenEnum, flags::Flags};
use crate::request::{plain, quoted};
use crate::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};

/// A type with an OData literal.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot be compared in a filter",
    label = "no OData literal for this type"
)]
pub trait Literal {
    /// Formats the value as a literal of the OData URL syntax: strings and enum members in quotes, numbers and dates without.
    fn literal(&self) -> String;
}

/// A value that can be compared with a property of type `V`: a value of that type, a reference to one, or [`Null`].
#[diagnostic::on_unimplemented(
    message = "the property has values of type `{V}`, not `{Self}`",
    label = "not a `{V}`"
)]
pub trait IntoLiteral<V: ?Sized> {
    /// Formats the value as an OData literal.
    fn to_literal(&self) -> String;
}

/// The literal `null`, for example `Device::NAME.eq(Null)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Null;

impl<V: ?Sized> IntoLiteral<V> for Null {
    fn to_literal(&self) -> String {
        "null".to_owned()
    }
}

impl<V: Literal> IntoLiteral<V> for V {
    fn to_literal(&self) -> String {
        self.literal()
    }
}

impl<V: Literal> IntoLiteral<V> for &V {
    fn to_literal(&self) -> String {
        self.literal()
    }
}

impl IntoLiteral<String> for &str {
    fn to_literal(&self) -> String {
        quoted(self)
    }
}

impl<E: OpenEnum> IntoLiteral<Flags<E>> for E {
    fn to_literal(&self) -> String {
        quoted(&self.as_str())
    }
}

impl Literal for String {
    fn literal(&self) -> String {
        quoted(self)
    }
}

impl<E: OpenEnum> Literal for E {
    fn literal(&self) -> String {
        quoted(&self.as_str())
    }
}

impl<E: OpenEnum> Literal for Flags<E> {
    fn literal(&self) -> String {
        quoted(self)
    }
}

impl Literal for Duration {
    fn literal(&self) -> String {
        format!("duration'{self}'")
    }
}

/// The OData URL syntax uses the URL-safe base64 alphabet, where JSON may use the standard one.
impl Literal for Binary {
    fn literal(&self) -> String {
        format!(
            "binary'{}'",
            self.to_string().replace('+', "-").replace('/', "_")
        )
    }
}

macro_rules! plain_literal {
    ($($type:ty),*) => {$(
        impl Literal for $type {
            fn literal(&self) -> String {
                plain(self)
            }
        }
    )*};
}

plain_literal!(bool, u8, i16, i32, i64);
plain_literal!(Date, DateTimeOffset, Decimal, Guid, TimeOfDay);

macro_rules! double_literal {
    ($($type:ty),*) => {$(
        impl Literal for $type {
            fn literal(&self) -> String {
                if self.is_nan() {
                    "NaN".to_owned()
                } else if self.is_infinite() {
                    if *self > 0.0 { "INF" } else { "-INF" }.to_owned()
                } else if self.abs() >= 1.0 {
                    // Unlike `Display`, `Debug` uses an exponent for very large numbers.
                    format!("{self:?}")
                } else {
                    // Some services do not accept negative exponents.
                    format!("{self}")
                }
            }
        }
    )*};
}

double_literal!(f32, f64);
