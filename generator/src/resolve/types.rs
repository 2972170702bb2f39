//! Decides what each type is: entity or complex type, its key, its properties, the members of an enum.

pub(crate) mod rows;
pub(crate) mod json_representation;
pub(crate) mod kinds;
pub(crate) mod properties;
pub(crate) mod structured;
pub(crate) mod enums;
