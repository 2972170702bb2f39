//! Values in conditions, written as their type asks for.

use crate::json::{OpenEnum, flags::Flags};
use crate::request::{plain, quoted};
use crate::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};

/// A value that conditions can hold.
#[diagnostic::on_unimplemented(
    message = "values of the type `{Self}` cannot be compared in a filter",
    label = "OData has no literal for it"
)]
pub trait Literal {
    /// The value as OData writes it in an address: strings and members of enums in quotes, numbers and dates without.
    fn literal(&self) -> String;
}

/// What can be compared with a property of the type `V`: such a value, a reference to one, or [`Null`].
#[diagnostic::on_unimplemented(
    message = "the property has values of the type `{V}`, not `{Self}`",
    label = "not a `{V}`"
)]
pub trait LiteralOf<V: ?Sized> {
    /// The value as OData writes it.
    fn literal_text(&self) -> String;
}

/// No value: `Device::NAME.eq(Null)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Null;

impl<V: ?Sized> LiteralOf<V> for Null {
    fn literal_text(&self) -> String {
        "null".to_owned()
    }
}

impl<V: Literal> LiteralOf<V> for V {
    fn literal_text(&self) -> String {
        self.literal()
    }
}

impl<V: Literal> LiteralOf<V> for &V {
    fn literal_text(&self) -> String {
        self.literal()
    }
}

impl LiteralOf<String> for &str {
    fn literal_text(&self) -> String {
        quoted(self)
    }
}

impl<E: OpenEnum> LiteralOf<Flags<E>> for E {
    fn literal_text(&self) -> String {
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

/// In addresses bytes are written with `-` and `_`, where JSON has `+` and `/`.
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
                } else {
                    plain(self)
                }
            }
        }
    )*};
}

double_literal!(f32, f64);
