//! Primitive types: values that JSON represents as one scalar.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::TextBuffer;

/// A JSON scalar other than null.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// `true` or `false`
    Boolean(bool),
    /// A number without a fraction or an exponent.
    Integer(i64),
    /// A number without a fraction or an exponent that exceeds [`i64::MAX`].
    Unsigned(u64),
    /// A number with a fraction or an exponent.
    Double(f64),
    /// A single-precision number. Only encoded; decoders pass [`Scalar::Double`].
    Single(f32),
    /// The text of a number that no other variant represents exactly.
    Number(&'a str),
    /// A string.
    Text(&'a str),
}

/// The result of decoding a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded<T> {
    /// Encoding the value gives the same bytes.
    Exact(T),
    /// Encoding the value gives different bytes: `1` decoded as a double is encoded as `1.0`.
    NonCanonical(T),
    /// The scalar is not a value of the type.
    Rejected,
}

impl<T> Decoded<T> {
    /// Passes the value, if any, to `store`.
    pub fn store(self, store: impl FnOnce(T)) -> Decoded<()> {
        match self {
            Self::Exact(value) => {
                store(value);
                Decoded::Exact(())
            }
            Self::NonCanonical(value) => {
                store(value);
                Decoded::NonCanonical(())
            }
            Self::Rejected => Decoded::Rejected,
        }
    }
}

/// A type that JSON represents as one scalar: an OData primitive type or an enum.
pub trait Primitive: Sized + Clone + PartialEq + 'static {
    /// Decodes a scalar.
    fn decode(scalar: Scalar<'_>) -> Decoded<Self>;

    /// Encodes the value. `buffer` is empty, and provides space for the text if the value does not store it.
    fn encode<'a>(&'a self, buffer: &'a mut TextBuffer) -> Scalar<'a>;
}

impl Scalar<'_> {
    /// Converts the scalar to a JSON value.
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

/// Deserializes a primitive value. The body of the generated `Deserialize` implementations of enums.
pub fn deserialize_primitive<'de, P: Primitive, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<P, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let decoded = match &value {
        Value::Bool(boolean) => P::decode(Scalar::Boolean(*boolean)),
        Value::Number(number) => with_number(number, P::decode),
        Value::String(text) => P::decode(Scalar::Text(text)),
        _ => Decoded::Rejected,
    };
    match decoded {
        Decoded::Exact(value) | Decoded::NonCanonical(value) => Ok(value),
        Decoded::Rejected => Err(D::Error::invalid_value(
            Unexpected::Other(&value.to_string()),
            &"a value of this primitive type",
        )),
    }
}

/// Serializes a primitive value. The body of the generated `Serialize` implementations of enums.
pub fn serialize_primitive<P: Primitive, S: Serializer>(
    value: &P,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.encode(&mut TextBuffer::new()).serialize(serializer)
}

/// Calls `f` with a JSON number as a scalar.
pub(crate) fn with_number<R>(number: &serde_json::Number, f: impl FnOnce(Scalar<'_>) -> R) -> R {
    if let Some(value) = number.as_i64() {
        f(Scalar::Integer(value))
    } else if let Some(value) = number.as_u64() {
        f(Scalar::Unsigned(value))
    } else if let Some(value) = number.as_f64() {
        f(Scalar::Double(value))
    } else {
        f(Scalar::Number(&number.to_string()))
    }
}

impl Primitive for String {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match scalar {
            Scalar::Text(text) => Decoded::Exact(text.to_owned()),
            _ => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Text(self)
    }
}

impl Primitive for bool {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match scalar {
            Scalar::Boolean(value) => Decoded::Exact(value),
            _ => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Boolean(*self)
    }
}

/// Decodes an integer. `1.0` is a non-canonical spelling of `1`.
fn decode_integer(scalar: Scalar<'_>) -> Decoded<i64> {
    // All integers below this limit are represented exactly by both types.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match scalar {
        Scalar::Integer(value) => Decoded::Exact(value),
        Scalar::Double(value) if value.fract() == 0.0 && value.abs() < EXACT => {
            Decoded::NonCanonical(value as i64)
        }
        _ => Decoded::Rejected,
    }
}

/// Accepts strings too: OData services write them on request, because not every JSON parser handles 64-bit numbers.
impl Primitive for i64 {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match scalar {
            Scalar::Text(text) => match text.parse() {
                Ok(value) => Decoded::NonCanonical(value),
                Err(_) => Decoded::Rejected,
            },
            number => decode_integer(number),
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Integer(*self)
    }
}

macro_rules! integer_primitive {
    ($($integer:ty),*) => {$(
        impl Primitive for $integer {
            fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
                let (value, is_exact) = match decode_integer(scalar) {
                    Decoded::Exact(value) => (value, true),
                    Decoded::NonCanonical(value) => (value, false),
                    Decoded::Rejected => return Decoded::Rejected,
                };
                match (Self::try_from(value), is_exact) {
                    (Ok(value), true) => Decoded::Exact(value),
                    (Ok(value), false) => Decoded::NonCanonical(value),
                    (Err(_), _) => Decoded::Rejected,
                }
            }

            fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
                Scalar::Integer(i64::from(*self))
            }
        }
    )*};
}

integer_primitive!(u8, i8, i16, i32);

/// Parses the OData strings for values that JSON numbers cannot represent.
fn parse_non_finite(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn non_finite_text(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}

impl Primitive for f64 {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match scalar {
            Scalar::Double(value) => Decoded::Exact(value),
            Scalar::Integer(value) => Decoded::NonCanonical(value as f64),
            Scalar::Unsigned(value) => Decoded::NonCanonical(value as f64),
            Scalar::Text(text) => match parse_non_finite(text) {
                Some(value) => Decoded::Exact(value),
                None => Decoded::Rejected,
            },
            _ => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        if self.is_finite() {
            Scalar::Double(*self)
        } else {
            Scalar::Text(non_finite_text(*self))
        }
    }
}

impl Primitive for f32 {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match f64::decode(scalar) {
            // Exact if both types have the same shortest decimal representation.
            Decoded::Exact(value) => {
                let single = value as f32;
                let is_exact = !value.is_finite() || single.to_string() == value.to_string();
                if is_exact {
                    Decoded::Exact(single)
                } else if single.is_finite() {
                    Decoded::NonCanonical(single)
                } else {
                    Decoded::Rejected
                }
            }
            Decoded::NonCanonical(value) => Decoded::NonCanonical(value as f32),
            Decoded::Rejected => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        if self.is_finite() {
            Scalar::Single(*self)
        } else {
            Scalar::Text(non_finite_text(f64::from(*self)))
        }
    }
}
