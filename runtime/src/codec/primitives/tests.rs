//! Primitives are written as they were read, refuse what they cannot write, and compare by value.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crate::{Leaf, Reading, Scalar, TextBuffer};

mod binary_and_guid;
mod date_and_time;
mod decimal_and_numbers;
mod duration;

/// Reads each text and writes it again: the same text, in Rust and in JSON.
fn check<T: FromStr<Err: Debug> + Display + Leaf + serde::Serialize>(texts: &[&str]) {
    for text in texts {
        let value: T = text
            .parse()
            .unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(value.to_string(), *text);
        assert!(
            matches!(T::read(Scalar::Text(text)), Reading::Exact(_)),
            "{text}"
        );
        assert_eq!(value.scalar(&mut TextBuffer::new()), Scalar::Text(text));
        assert_eq!(
            serde_json::to_string(&value).unwrap(),
            format!("\"{text}\"")
        );
    }
}

/// Checks that no text of these is taken.
fn check_refused<T: FromStr + Leaf>(texts: &[&str]) {
    for text in texts {
        assert!(text.parse::<T>().is_err(), "{text}");
        assert!(
            matches!(T::read(Scalar::Text(text)), Reading::Refused),
            "{text}"
        );
    }
}
