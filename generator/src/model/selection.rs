//! A selection of a part of a model: some operations and types with everything that they need.

mod closure;
mod renumbering;
#[cfg(test)]
mod tests;

use closure::Closure;

use super::{Api, Operation};

/// Returns whether a name matches.
pub type Matches<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// The part to select. A name is a request path (`/deviceManagement/deviceCategories/{deviceCategoryId}`), the qualified name of
/// a type (`microsoft.graph.user`), an area (`intune_onboarding`) or the path of a page (`v1.0/api/user-get.md`). An item
/// matches if any of its names does.
#[derive(Clone, Copy, Default)]
pub struct Selection<'a> {
    /// The items to keep, with everything that they need; `None` keeps all items.
    pub include: Option<Matches<'a>>,
    /// The items to leave out, even if others need them.
    pub exclude: Option<Matches<'a>>,
}

/// The areas of all items of an API, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The areas of structured types.
    pub structured_types: Vec<String>,
    /// The areas of enums.
    pub enums: Vec<String>,
    /// The areas of operations.
    pub operations: Vec<String>,
}

/// The names of items that the model does not contain.
#[derive(Clone, Copy)]
pub struct ItemNames<'a> {
    /// Returns the areas of the items of an API.
    pub areas: &'a dyn Fn(&Api) -> Areas,
    /// Returns the path of a page.
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
    /// Whether the selection leaves nothing out.
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
    /// Returns the selected part of the API. Kept types keep their base types and the types of their structural properties. If a
    /// value of a base type may be of any derived type, the derived types are kept as well; a type that is kept only as a base
    /// type does not keep its derived types. A type that is left out but still referred to becomes
    /// [`Type::Undefined`](super::Type::Undefined), which is any JSON value. Navigation properties do not keep their types.
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
