//! Parses what sentences state about use: query options, page sizes, throttling and header values. A sentence is parsed as a whole
//! or not at all: unknown phrases remain text.

mod words;
mod options;
pub(in crate::facts) mod operation;
pub(in crate::facts) mod page_size;
pub(in crate::facts) mod preference;
pub(in crate::facts) mod property;
