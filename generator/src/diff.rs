//! Compares two states of the documentation and classifies each change by its effect on code that uses the library.
//!
//! The comparison is based on the lowered items of both states: their names, modules, types, arguments and features.

mod items;
mod collect;
mod renames;
mod compare;
mod versions;
mod render;
#[cfg(test)]
mod tests;

use crate::model::{ApiVersion, Model};
use crate::rust::Crate;
use crate::source::{Location, Sources};

pub use items::Key;
pub use render::{to_json, to_markdown, to_text};
pub use versions::{Aspect, Disparity, Place, Stated, compare_versions};

/// One state of the documentation.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The pages.
    pub sources: &'a Sources,
    /// The part of the model that was lowered.
    pub model: &'a Model,
    /// The lowered items.
    pub library: &'a Crate,
}

/// The differences between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes, sorted by class, version and item.
    pub changes: Vec<Change>,
}

/// One change of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The effect on code that uses the library.
    pub class: Class,
    /// The item; for a removed item, as it was.
    pub key: Key,
    /// The item under its earlier documented name, if that differs.
    pub earlier_key: Option<Key>,
    /// The kind of change.
    pub kind: ChangeKind,
    /// Whether the Rust name or module changed although the documented name did not.
    pub is_unstable: bool,
    /// The item before the change.
    pub before: Option<Seen>,
    /// The item after the change.
    pub after: Option<Seen>,
}

/// An item on one side of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The attribute that changed: name, type, path or permissions.
    pub shown: String,
    /// The page that states it; none if it follows from other items.
    pub page: Option<String>,
    /// The line on the page, starting at 1; 0 without a page.
    pub line: u32,
}

/// The effect of a change on code that uses the library, most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Code that compiled may no longer compile.
    Breaking,
    /// Code that compiled still compiles.
    Compatible,
    /// Only documentation comments differ.
    Documentation,
}

/// A kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A cargo feature.
    Feature,
    /// An entity type, complex type or enum type.
    Type,
    /// The constructor that takes the required properties.
    Constructor,
    /// A property, or a parameter of an action.
    Property,
    /// A member of an enum.
    Member,
    /// A derived type, as a variant of the enum over its base type.
    Derivation,
    /// The struct with the parameters of an action.
    Parameters,
    /// A request builder, by its Rust name.
    Builder,
    /// An operation.
    Operation,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The item was added.
    Added,
    /// The item was removed.
    Removed,
    /// The JSON name or the Rust name changed.
    Renamed,
    /// The type, the arguments or the result changed.
    Retyped,
    /// The module or the path changed.
    Moved,
    /// A remaining cargo feature no longer enables the item. The attribute is the list of features that enable it.
    Features,
    /// The item was deprecated.
    Deprecated,
    /// The item is no longer deprecated.
    Reinstated,
    /// The permissions changed.
    Permissions,
    /// The description changed.
    Redescribed,
}

/// Compares two states of the documentation.
pub fn compare(before: &Side<'_>, after: &Side<'_>) -> Diff {
    let (old, new) = (
        collect::collect_items(before),
        collect::collect_items(after),
    );
    let mut changes = compare::compare_items(old, &new, before.sources, after.sources);
    changes.sort_by_cached_key(order);
    Diff { changes }
}

fn order(change: &Change) -> (Class, ApiVersion, ItemKind, String, ChangeKind) {
    let key = &change.key;
    let name = key.display_name();
    (change.class, key.version, key.kind, name, change.kind)
}

impl Change {
    /// Returns the documented name of the item; for a removed item, the last one.
    pub fn name(&self) -> String {
        self.key.display_name()
    }

    /// Returns the earlier documented name, if it differs.
    pub fn earlier_name(&self) -> Option<String> {
        self.earlier_key.as_ref().map(Key::display_name)
    }
}

impl Diff {
    /// Returns the most severe class; none if nothing changed.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).min()
    }

    /// Returns the number of changes of a class.
    pub fn count(&self, class: Class) -> usize {
        self.changes
            .iter()
            .filter(|change| change.class == class)
            .count()
    }

    /// Returns the changes of a Rust name or module without a change of the documented name.
    pub fn unstable(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.is_unstable)
    }
}

impl Class {
    /// All classes, most severe first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Documentation];

    /// Returns the class as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation-only",
        }
    }

    /// Returns the part of a semantic version to increment; for 0.x versions, the next lower part applies.
    pub fn step(self) -> &'static str {
        match self {
            Self::Breaking => "major",
            Self::Compatible => "minor",
            Self::Documentation => "patch",
        }
    }
}

impl ItemKind {
    /// Returns the kind as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Feature => "feature",
            Self::Type => "type",
            Self::Constructor => "constructor",
            Self::Property => "property",
            Self::Member => "member",
            Self::Derivation => "derivation",
            Self::Parameters => "parameters",
            Self::Builder => "builder",
            Self::Operation => "operation",
        }
    }
}

impl ChangeKind {
    /// Returns the kind as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Retyped => "retyped",
            Self::Moved => "moved",
            Self::Features => "features",
            Self::Deprecated => "deprecated",
            Self::Reinstated => "reinstated",
            Self::Permissions => "permissions",
            Self::Redescribed => "redescribed",
        }
    }
}

fn seen(shown: impl Into<String>, place: Option<Location>, sources: &Sources) -> Seen {
    Seen {
        shown: shown.into(),
        page: place.map(|place| sources.get(place.file).path.clone()),
        line: place.map_or(0, |place| place.line),
    }
}
