//! Decides which operation each documented example belongs to.

pub(crate) mod assign;
pub(crate) mod operations_from_examples;
