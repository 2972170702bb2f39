//! `Edm.Decimal`

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::ParseError;
use crate::{Leaf, Reading, Scalar, TextBuffer};

/// A decimal number with all its digits: `12.50`. Two are equal if they are the same number.
///
/// JSON has decimals as numbers, or as strings where the client asks for it; both are taken, and written again. Numbers
/// with a fraction pass through [`f64`] when JSON is read, unless the feature `arbitrary_precision` of `serde_json` is on.
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
    /// Whether JSON has it as a string.
    is_quoted: bool,
}

impl Decimal {
    /// The number as JSON writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The double nearest to it.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    fn new(text: &str, is_quoted: bool) -> Option<Self> {
        is_number(text).then(|| Self {
            text: text.into(),
            is_quoted,
        })
    }

    /// Sign, digits without zeros at either end, and the power of ten behind the last of them.
    fn normal(&self) -> (bool, String, i64) {
        let (number, power) = match self.text.split_once(['e', 'E']) {
            // A power that no integer holds has digits beyond all meaning; it is as good as the greatest.
            Some((number, power)) => (number, power.parse().unwrap_or(i64::from(i32::MAX))),
            None => (&*self.text, 0),
        };
        let (is_negative, number) = match number.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, number),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}");
        let power = power - fraction.len() as i64;
        let cut = digits.trim_end_matches('0');
        let power = power + (digits.len() - cut.len()) as i64;
        match cut.trim_start_matches('0') {
            "" => (false, String::new(), 0),
            digits => (is_negative, digits.to_owned(), power),
        }
    }
}

/// Whether `text` is a number in JSON's grammar.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(power.strip_prefix(['+', '-']).unwrap_or(power))
}

impl Leaf for Decimal {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        let decimal = match scalar {
            Scalar::Integer(value) => Self::new(&value.to_string(), false),
            Scalar::Unsigned(value) => Self::new(&value.to_string(), false),
            // A JSON value has the digits that serde_json gives the number.
            Scalar::Double(_) | Scalar::Single(_) => {
                Self::new(&scalar.to_value().to_string(), false)
            }
            Scalar::Number(text) => Self::new(text, false),
            Scalar::Text(text) => Self::new(text, true),
            Scalar::Boolean(_) => None,
        };
        match decimal {
            Some(decimal) => Reading::Exact(decimal),
            None => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
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
        let ((left_negative, left, left_power), (right_negative, right, right_power)) =
            (self.normal(), other.normal());
        // Where the first digit stands, then the digits as they are, since neither ends in a zero.
        let size = |digits: &str, power: i64| match digits {
            "" => i64::MIN,
            digits => digits.len() as i64 + power,
        };
        let by_size = size(&left, left_power)
            .cmp(&size(&right, right_power))
            .then_with(|| left.cmp(&right));
        match (left_negative, right_negative) {
            (false, false) => by_size,
            (true, true) => by_size.reverse(),
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

crate::leaf!(Decimal);
