//! `Edm.Decimal`

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::ParseError;
use crate::{Decoded, Primitive, Scalar, TextBuffer};

/// A decimal number that preserves all its digits, for example `12.50`. Comparisons are numeric.
///
/// JSON represents decimals as numbers, or as strings if the client requests it. Both are accepted and preserved. Numbers with
/// a fraction are deserialized as [`f64`], unless the feature `arbitrary_precision` of `serde_json` is enabled.
///
/// ```
/// use graphwright_runtime::Decimal;
///
/// let price: Decimal = "12.50".parse().unwrap();
/// assert_eq!(price, "1.25e1".parse().unwrap());
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!(price.to_f64(), 12.5);
/// assert_eq!(serde_json::to_string(&price).unwrap(), "12.50");
/// ```
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
    /// Whether JSON represents the number as a string.
    is_quoted: bool,
}

impl Decimal {
    /// Returns the text of the number, in the syntax of JSON.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the nearest double.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    fn new(text: &str, is_quoted: bool) -> Option<Self> {
        is_number(text).then(|| Self {
            text: text.into(),
            is_quoted,
        })
    }

    /// Returns whether the number is negative, its digits without leading and trailing zeros, and the exponent of the last
    /// digit.
    fn normalized(&self) -> (bool, String, i64) {
        let (number, exponent) = match self.text.split_once(['e', 'E']) {
            // The exact value of such a large exponent does not matter.
            Some((number, exponent)) => (number, exponent.parse().unwrap_or(i64::from(i32::MAX))),
            None => (&*self.text, 0),
        };
        let (is_negative, number) = match number.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, number),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}");
        let exponent = exponent - fraction.len() as i64;
        let trimmed = digits.trim_end_matches('0');
        let exponent = exponent + (digits.len() - trimmed.len()) as i64;
        match trimmed.trim_start_matches('0') {
            "" => (false, String::new(), 0),
            digits => (is_negative, digits.to_owned(), exponent),
        }
    }
}

/// Returns whether `text` is a number in the syntax of JSON.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

impl Primitive for Decimal {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        let decimal = match scalar {
            Scalar::Integer(value) => Self::new(&value.to_string(), false),
            Scalar::Unsigned(value) => Self::new(&value.to_string(), false),
            // `serde_json` formats the shortest digits.
            Scalar::Double(_) | Scalar::Single(_) => {
                Self::new(&scalar.to_value().to_string(), false)
            }
            Scalar::Number(text) => Self::new(text, false),
            Scalar::Text(text) => Self::new(text, true),
            Scalar::Boolean(_) => None,
        };
        match decimal {
            Some(decimal) => Decoded::Exact(decimal),
            None => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        if self.is_quoted {
            Scalar::Text(&self.text)
        } else {
            match self.text.parse() {
                Ok(value) if &*self.text != "-0" => Scalar::Integer(value),
                _ => Scalar::Number(&self.text),
            }
        }
    }
}

impl FromStr for Decimal {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::new(text, false).ok_or(ParseError {
            expected: "a decimal number such as 12.50",
        })
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self {
            text: value.to_string().into(),
            is_quoted: false,
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((left_negative, left, left_exponent), (right_negative, right, right_exponent)) =
            (self.normalized(), other.normalized());
        // The magnitude of the first digit, then the digits, which do not end in zeros.
        let magnitude = |digits: &str, exponent: i64| match digits {
            "" => i64::MIN,
            digits => digits.len() as i64 + exponent,
        };
        let by_magnitude = magnitude(&left, left_exponent)
            .cmp(&magnitude(&right, right_exponent))
            .then_with(|| left.cmp(&right));
        match (left_negative, right_negative) {
            (false, false) => by_magnitude,
            (true, true) => by_magnitude.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

crate::primitive!(Decimal);
