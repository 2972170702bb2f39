//! Cells of table rows: type phrases, listed values, property flags, and whole property rows.

pub(super) mod type_phrase;
pub(super) mod values;
pub(super) mod property_flags;
pub(super) mod property;
