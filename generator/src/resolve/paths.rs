//! Decides the type of every segment of a path, and adds the navigation properties that only paths show.

pub(crate) mod evidence;
pub(crate) mod callables;
pub(crate) mod root_inference;
pub(crate) mod roots;
pub(crate) mod property_index;
pub(crate) mod walk;
pub(crate) mod relationship_names;
pub(crate) mod relationship_collections;
pub(crate) mod navigation;
