//! Decides what each operation is: its kind, parameters, bodies and permissions.

pub(crate) mod kind;
pub(crate) mod contribution;
pub(crate) mod bodies;
pub(crate) mod responses;
pub(crate) mod parameters;
pub(crate) mod usage;
pub(crate) mod leading_pages;
pub(crate) mod permission_conditions;
pub(crate) mod permissions;
pub(crate) mod build;
