//! Two states of the documentation, each with its model and the Rust items made of it. Out: what changed, where on both sides,
//! and what it asks of whoever uses the library.
//!
//! What a change means is not guessed from the words of the pages: the items of both sides are compared as they are to be
//! emitted, with their names, modules, types, arguments and features.

mod items;
mod owners;
mod pairs;
mod renames;
mod requests;
mod signatures;
mod text;
mod types;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::model::{ApiVersion, Model};
use crate::rust::Crate;
use crate::source::{Location, Sources};

pub use text::{json, markdown, plain};

use items::{Item, Key};

/// One state of the documentation.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The pages.
    pub sources: &'a Sources,
    /// What they say, as far as it was lowered.
    pub model: &'a Model,
    /// The items made of it.
    pub library: &'a Crate,
}

/// What changed from one state to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes: the ones that break first, then by item.
    pub changes: Vec<Change>,
}

/// One change of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for those who use the library.
    pub class: Class,
    /// The version of the API.
    pub version: ApiVersion,
    /// What sort of item changed.
    pub item: ItemKind,
    /// The item by its documented name, as it is now, or was last.
    pub name: String,
    /// Its documented name before, if that was another.
    pub was: Option<String>,
    /// What happened to it.
    pub kind: ChangeKind,
    /// Whether it has another name or module in Rust, and the documentation calls it what it did.
    pub is_unstable: bool,
    /// What was there before.
    pub before: Option<Seen>,
    /// What is there now.
    pub after: Option<Seen>,
}

/// An item on one side of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What is shown of it: its name, type, path or permissions, whatever it is that changed.
    pub shown: String,
    /// The page that says so; none for what only follows from other items.
    pub page: Option<String>,
    /// The line in it, counted from 1; 0 without a page.
    pub line: u32,
}

/// What a change asks of code that uses the library. The order is that of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Code that compiled may compile no more.
    Breaking,
    /// Code that compiled still does, and more can be written.
    Compatible,
    /// Only comments differ.
    Documentation,
}

/// Sorts of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A cargo feature.
    Feature,
    /// An entity type, complex type or enum type.
    Type,
    /// The function that makes a value of what is required.
    Constructor,
    /// A property, or a parameter of an action.
    Property,
    /// A member of an enum.
    Member,
    /// That one type derives from another.
    Derivation,
    /// The struct that holds the parameters of an action.
    Parameters,
    /// The struct that requests are made with, by its name in Rust.
    Builder,
    /// A request.
    Operation,
}

/// What can happen to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It goes by another name, in JSON or in Rust.
    Renamed,
    /// It has another type, other arguments or another result.
    Retyped,
    /// It is at another place: a module, or a path.
    Moved,
    /// A cargo feature brings it no more that still brings others. What is shown are those that brought it before, and those
    /// that do now.
    Features,
    /// It should not be used any more.
    Deprecated,
    /// It may be used again.
    Reinstated,
    /// It asks for other permissions.
    Permissions,
    /// It is described in other words.
    Redescribed,
}

/// Compares two states.
pub fn compare(before: &Side<'_>, after: &Side<'_>) -> Diff {
    let (old, new) = (items::of(before), items::of(after));
    let mut changes = pairs::changes(old, &new, before.sources, after.sources);
    changes.sort_by(|left, right| order(left).cmp(&order(right)));
    Diff { changes }
}

fn order(change: &Change) -> (Class, ApiVersion, ItemKind, &str, ChangeKind) {
    (
        change.class,
        change.version,
        change.item,
        &change.name,
        change.kind,
    )
}

type Items = BTreeMap<Key, Item>;

impl Diff {
    /// The heaviest class; none if nothing changed.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).min()
    }

    /// How many changes there are of a class.
    pub fn count(&self, class: Class) -> usize {
        self.changes
            .iter()
            .filter(|change| change.class == class)
            .count()
    }

    /// The items that keep their documented name and have another name or module in Rust.
    pub fn unstable(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.is_unstable)
    }
}

impl Class {
    /// All, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Documentation];

    /// The class in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation-only",
        }
    }

    /// Which part of the version it asks to count up; of a version 0.x it is the next lower one.
    pub fn step(self) -> &'static str {
        match self {
            Self::Breaking => "major",
            Self::Compatible => "minor",
            Self::Documentation => "patch",
        }
    }
}

impl ItemKind {
    /// The sort in a word.
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
    /// What happened in a word.
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
