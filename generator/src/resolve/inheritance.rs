//! Decides the base type of each structured type.

pub(crate) mod base_graph;
pub(crate) mod stated_bases;
pub(crate) mod final_bases;
