//! Declarative macros that implement the codec for generated types, from tables with one row per property, member or variant.

mod enums;
mod structs;
