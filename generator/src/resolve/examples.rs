//! Decides which operation each documented example belongs to, and which operations only examples show.

pub(crate) mod requests;
pub(crate) mod matching;
pub(crate) mod operations_from_examples;
pub(crate) mod assign;
