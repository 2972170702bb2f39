//! Round trips, rejected text and comparisons of the primitive types.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crate::{Decoded, Primitive, Scalar, TextBuffer};

mod binary_and_guid;
mod date_and_time;
mod decimal_and_numbers;
mod duration;

/// Checks that each text is parsed, and formatted and encoded as the same text.
fn check<T: FromStr<Err: Debug> + Display + Primitive + serde::Serialize>(texts: &[&str]) {
    for text in texts {
        let value: T = text
            .parse()
            .unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(value.to_string(), *text);
        assert!(
            matches!(T::decode(Scalar::Text(text)), Decoded::Exact(_)),
            "{text}"
        );
        assert_eq!(value.encode(&mut TextBuffer::new()), Scalar::Text(text));
        assert_eq!(
            serde_json::to_string(&value).unwrap(),
            format!("\"{text}\"")
        );
    }
}

/// Checks that each text is rejected.
fn check_rejected<T: FromStr + Primitive>(texts: &[&str]) {
    for text in texts {
        assert!(text.parse::<T>().is_err(), "{text}");
        assert!(
            matches!(T::decode(Scalar::Text(text)), Decoded::Rejected),
            "{text}"
        );
    }
}
