//! Decides what each type is: entity type or complex type, its key and properties, the members of an enum.

pub(crate) mod rows;
pub(crate) mod json_representation;
pub(crate) mod kinds;
pub(crate) mod keys;
pub(crate) mod properties;
pub(crate) mod draft;
pub(crate) mod structured_types;
pub(crate) mod enums;
