//! Decides the base type of each structured type.

pub(crate) mod stated_bases;
