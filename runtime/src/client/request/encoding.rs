//! Percent-encoding of paths and queries, and literals of OData.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Kept in a segment of a path: what the standard lets stand there, but for `$`, `&` and `+`.
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

/// Kept in a path of names below an item: slashes too, but no colon, which ends it.
const ITEM_PATH: &AsciiSet = &SEGMENT.remove(b'/').add(b':');

/// Kept in the value of a query option: also `$` and `/`.
const QUERY: &AsciiSet = &SEGMENT.remove(b'$').remove(b'/');

pub(crate) fn segment(text: &str) -> impl Display {
    utf8_percent_encode(text, SEGMENT)
}

pub(crate) fn item_path(text: &str) -> impl Display {
    utf8_percent_encode(text, ITEM_PATH)
}

pub(crate) fn query(text: &str) -> impl Display {
    utf8_percent_encode(text, QUERY)
}

/// A value in single quotes, as OData writes strings in paths and filters: quotes in it are doubled.
///
/// ```
/// assert_eq!(graphwright_runtime::quoted(&"O'Neil"), "'O''Neil'");
/// ```
pub fn quoted(value: &dyn Display) -> String {
    format!("'{}'", value.to_string().replace('\'', "''"))
}

/// A value without quotes, as OData writes numbers, dates and GUIDs in paths and filters.
///
/// ```
/// assert_eq!(graphwright_runtime::plain(&42), "42");
/// ```
pub fn plain(value: &dyn Display) -> String {
    value.to_string()
}
