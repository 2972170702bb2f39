//! Leaves: values that JSON writes as one scalar.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::TextBuffer;

/// One JSON scalar that is not null.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// `true` or `false`
    Boolean(bool),
    /// A number without fraction or exponent.
    Integer(i64),
    /// Such a number above the range of [`i64`].
    Unsigned(u64),
    /// A number with a fraction or an exponent.
    Double(f64),
    /// A number of single precision; readers give [`Scalar::Double`].
    Single(f32),
    /// The text of a number; readers give one of the above where that holds the number.
    Number(&'a str),
    /// A string.
    Text(&'a str),
}

/// How well a scalar fits a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// Writing gives the scalar back to the byte.
    Exact(T),
    /// The value is clear, but would be written in another way: `1` for a double.
    Respelled(T),
    /// No value of the type.
    Refused,
}

impl<T> Reading<T> {
    /// Passes the value on, if there is one.
    pub fn put(self, take: impl FnOnce(T)) -> Reading<()> {
        match self {
            Self::Exact(value) => {
                take(value);
                Reading::Exact(())
            }
            Self::Respelled(value) => {
                take(value);
                Reading::Respelled(())
            }
            Self::Refused => Reading::Refused,
        }
    }
}

/// A value that JSON writes as one scalar: a primitive or a member of an enum.
pub trait Leaf: Sized + Clone + PartialEq + 'static {
    /// Reads a scalar.
    fn read(scalar: Scalar<'_>) -> Reading<Self>;

    /// The scalar to write; `buffer` is empty, and there for the text if the value does not hold one.
    fn scalar<'a>(&'a self, buffer: &'a mut TextBuffer) -> Scalar<'a>;
}

impl Scalar<'_> {
    /// The same as a JSON value.
    pub fn to_value(self) -> Value {
        match self {
            Self::Boolean(value) => Value::from(value),
            Self::Integer(value) => Value::from(value),
            Self::Unsigned(value) => Value::from(value),
            Self::Double(value) => Value::from(value),
            Self::Single(value) => Value::from(value),
            Self::Number(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            Self::Text(text) => Value::from(text),
        }
    }
}

impl Serialize for Scalar<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Boolean(value) => serializer.serialize_bool(value),
            Self::Integer(value) => serializer.serialize_i64(value),
            Self::Unsigned(value) => serializer.serialize_u64(value),
            Self::Double(value) => serializer.serialize_f64(value),
            Self::Single(value) => serializer.serialize_f32(value),
            Self::Number(text) => match serde_json::value::RawValue::from_string(text.to_owned()) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// Reads one scalar through serde, for the implementations of [`Deserialize`] of leaves.
pub fn deserialize_leaf<'de, L: Leaf, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<L, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let reading = match &value {
        Value::Bool(boolean) => L::read(Scalar::Boolean(*boolean)),
        Value::Number(number) => with_number(number, L::read),
        Value::String(text) => L::read(Scalar::Text(text)),
        _ => Reading::Refused,
    };
    match reading {
        Reading::Exact(leaf) | Reading::Respelled(leaf) => Ok(leaf),
        Reading::Refused => Err(D::Error::invalid_value(
            Unexpected::Other(&value.to_string()),
            &"a value of this primitive type",
        )),
    }
}

/// Writes one scalar through serde, for the implementations of [`Serialize`] of leaves.
pub fn serialize_leaf<L: Leaf, S: Serializer>(leaf: &L, serializer: S) -> Result<S::Ok, S::Error> {
    leaf.scalar(&mut TextBuffer::new()).serialize(serializer)
}

/// Gives the scalar that a JSON number is.
pub(crate) fn with_number<R>(number: &serde_json::Number, then: impl FnOnce(Scalar<'_>) -> R) -> R {
    if let Some(value) = number.as_i64() {
        then(Scalar::Integer(value))
    } else if let Some(value) = number.as_u64() {
        then(Scalar::Unsigned(value))
    } else if let Some(value) = number.as_f64() {
        then(Scalar::Double(value))
    } else {
        then(Scalar::Number(&number.to_string()))
    }
}

impl Leaf for String {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match scalar {
            Scalar::Text(text) => Reading::Exact(text.to_owned()),
            _ => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Text(self)
    }
}

impl Leaf for bool {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match scalar {
            Scalar::Boolean(value) => Reading::Exact(value),
            _ => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Boolean(*self)
    }
}

/// Reads a whole number. `1.0` is another spelling.
pub(crate) fn read_integer(scalar: Scalar<'_>) -> Reading<i64> {
    // Every double below this is a whole number that both types hold.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match scalar {
        Scalar::Integer(value) => Reading::Exact(value),
        Scalar::Double(value) if value.fract() == 0.0 && value.abs() < EXACT => {
            Reading::Respelled(value as i64)
        }
        _ => Reading::Refused,
    }
}

/// OData allows for strings where the client asks for it, as not every reader takes numbers of this size.
impl Leaf for i64 {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match scalar {
            Scalar::Text(text) => match text.parse() {
                Ok(value) => Reading::Respelled(value),
                Err(_) => Reading::Refused,
            },
            number => read_integer(number),
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Integer(*self)
    }
}

macro_rules! integer_leaf {
    ($($integer:ty),*) => {$(
        impl Leaf for $integer {
            fn read(scalar: Scalar<'_>) -> Reading<Self> {
                let (value, exact) = match read_integer(scalar) {
                    Reading::Exact(value) => (value, true),
                    Reading::Respelled(value) => (value, false),
                    Reading::Refused => return Reading::Refused,
                };
                match (Self::try_from(value), exact) {
                    (Ok(value), true) => Reading::Exact(value),
                    (Ok(value), false) => Reading::Respelled(value),
                    (Err(_), _) => Reading::Refused,
                }
            }

            fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
                Scalar::Integer(i64::from(*self))
            }
        }
    )*};
}

integer_leaf!(u8, i8, i16, i32);

/// The texts that OData has for what JSON numbers cannot say.
fn not_finite(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn not_finite_text(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}

impl Leaf for f64 {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match scalar {
            Scalar::Double(value) => Reading::Exact(value),
            Scalar::Integer(value) => Reading::Respelled(value as f64),
            Scalar::Unsigned(value) => Reading::Respelled(value as f64),
            Scalar::Text(text) => match not_finite(text) {
                Some(value) => Reading::Exact(value),
                None => Reading::Refused,
            },
            _ => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        if self.is_finite() {
            Scalar::Double(*self)
        } else {
            Scalar::Text(not_finite_text(*self))
        }
    }
}

impl Leaf for f32 {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match f64::read(scalar) {
            // Exact if both have the same shortest digits.
            Reading::Exact(value) => {
                let single = value as f32;
                let same = !value.is_finite() || single.to_string() == value.to_string();
                if same {
                    Reading::Exact(single)
                } else if single.is_finite() {
                    Reading::Respelled(single)
                } else {
                    Reading::Refused
                }
            }
            Reading::Respelled(value) => Reading::Respelled(value as f32),
            Reading::Refused => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        if self.is_finite() {
            Scalar::Single(*self)
        } else {
            Scalar::Text(not_finite_text(f64::from(*self)))
        }
    }
}
