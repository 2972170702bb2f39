//! Decides which types and enums exist, and which of them a name on a page denotes.

pub(crate) mod definitions;
pub(crate) mod collect;
pub(crate) mod types_from_paths;
pub(crate) mod unreferenced_enums;
pub(crate) mod symbol_table;
pub(crate) mod enums_from_values;
