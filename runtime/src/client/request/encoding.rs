//! Percent-encoding of paths and queries, and OData literals.

use std::fmt::Display;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// Encodes a path segment: keeps the characters that RFC 3986 allows there, except `$`, `&` and `+`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Encodes a path relative to a drive item: keeps slashes as well, but not the colon, which ends the path.
const ITEM_PATH: &AsciiSet = &SEGMENT.remove(b'/').add(b':');

/// Encodes the value of a query option: keeps `$` and `/` as well.
const QUERY: &AsciiSet = &SEGMENT.remove(b'$').remove(b'/');

/// Encodes the characters that are not allowed in a path with a query, and `#`, which would end it.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(crate) fn segment(text: &str) -> impl Display {
    utf8_percent_encode(text, SEGMENT)
}

pub(crate) fn item_path(text: &str) -> impl Display {
    utf8_percent_encode(text, ITEM_PATH)
}

pub(crate) fn query(text: &str) -> impl Display {
    utf8_percent_encode(text, QUERY)
}

/// Encodes the characters of an encoded path with a query that are not allowed there.
pub(crate) fn address(text: &str) -> String {
    utf8_percent_encode(text, ADDRESS).to_string()
}

pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Formats a value as an OData string literal: in single quotes, with quotes in it doubled.
///
/// ```
/// assert_eq!(graphwright_runtime::quoted(&"O'Neil"), "'O''Neil'");
/// ```
pub fn quoted(value: &dyn Display) -> String {
    format!("'{}'", value.to_string().replace('\'', "''"))
}

/// Formats a value as an OData literal without quotes: a number, date or GUID.
///
/// ```
/// assert_eq!(graphwright_runtime::plain(&42), "42");
/// ```
pub fn plain(value: &dyn Display) -> String {
    value.to_string()
}
