//! A part of a model: the operations and types that someone asked for, with all that they need.

mod closure;
mod renumbering;
#[cfg(test)]
mod tests;

use closure::Closure;

use super::{Api, Operation};

/// Whether a name matches.
pub type Matches<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// What is asked for. A name is a request path (`/deviceManagement/deviceCategories/{deviceCategoryId}`), a type's full name
/// (`microsoft.graph.user`), an area (`intune_onboarding`) or a page's path (`v1.0/api/user-get.md`); each item goes by
/// several.
#[derive(Clone, Copy, Default)]
pub struct Selection<'a> {
    /// What to keep, with all that it needs; none keeps everything.
    pub include: Option<Matches<'a>>,
    /// What to leave out, even where it is needed.
    pub exclude: Option<Matches<'a>>,
}

/// The areas of all items of an API, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Of structured types.
    pub structured_types: Vec<String>,
    /// Of enums.
    pub enums: Vec<String>,
    /// Of operations.
    pub operations: Vec<String>,
}

/// What items go by besides their own names.
#[derive(Clone, Copy)]
pub struct ItemNames<'a> {
    /// The areas of an API.
    pub areas: &'a dyn Fn(&Api) -> Areas,
    /// The paths of pages.
    pub page_path: &'a dyn Fn(crate::source::FileId) -> String,
}

impl std::fmt::Debug for ItemNames<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ItemNames")
    }
}

impl std::fmt::Debug for Selection<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Selection")
            .field("include", &self.include.is_some())
            .field("exclude", &self.exclude.is_some())
            .finish()
    }
}

impl Selection<'_> {
    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.include.is_none() && self.exclude.is_none()
    }

    fn asks_for(&self, names: &[String]) -> bool {
        self.include
            .is_none_or(|matches| names.iter().any(|name| matches(name)))
            && !self.bars(names)
    }

    fn bars(&self, names: &[String]) -> bool {
        self.exclude
            .is_some_and(|matches| names.iter().any(|name| matches(name)))
    }
}

impl Api {
    /// The part of the API that a selection asks for. Kept types keep their bases, the types of their structural properties
    /// and, where a value of a base type may be any derived one, the derived types; a base alone does not keep those. What is left out and still named becomes
    /// [`Type::Undefined`](super::Type::Undefined): any JSON value. Navigation properties do not pull in what they lead to.
    #[must_use]
    pub fn select(&self, selection: Selection<'_>, names: ItemNames<'_>) -> Self {
        if selection.is_everything() {
            return self.clone();
        }
        let mut closure = Closure::new(self, selection, names);
        let operations: Vec<&Operation> = self
            .operations
            .iter()
            .enumerate()
            .filter(|(index, operation)| closure.asks_for_operation(*index, operation))
            .map(|(_, operation)| operation)
            .collect();
        closure.add_types_asked_for();
        for operation in &operations {
            closure.add_operation(operation);
        }
        closure.finish(&operations)
    }
}
