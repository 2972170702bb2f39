//! Decides what each operation is: its kind, parameters, bodies and permissions.

pub(crate) mod kind;
pub(crate) mod bodies;
pub(crate) mod permissions;
pub(crate) mod build;
