//! The items that are compared: everything a user of the library can name, by its documented name.

use std::collections::BTreeMap;

use crate::model::{ApiVersion, Permissions};
use crate::rust::When;
use crate::source::Location;

use super::ItemKind;

/// The items of one state of the documentation.
pub(super) type Items = BTreeMap<Key, Item>;

/// Identifies an item by its documented name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The version of the API.
    pub version: ApiVersion,
    /// The kind of item.
    pub kind: ItemKind,
    /// The type, by its qualified name, or the operation, as `GET /path/{}`, that contains the item; for other items, their own name.
    pub owner: String,
    /// The name within the owner: that of a property, parameter or member, or the qualified name of a derived type. Empty for others.
    pub name: String,
}

/// The compared attributes of an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The Rust expression or path that denotes it.
    pub(super) path: String,
    /// The module that contains it; empty if it is a member of another item.
    pub(super) module: String,
    /// The Rust types of a use of the item.
    pub(super) signature: String,
    /// The documented type.
    pub(super) documented: String,
    pub(super) description: String,
    pub(super) deprecated: Option<String>,
    pub(super) permissions: Option<Permissions>,
    pub(super) place: Option<Location>,
    /// The full name of the type that declares it, if it is inherited.
    pub(super) declared_by: Option<String>,
    /// The earlier key, if its owner was renamed.
    pub(super) earlier_key: Option<Key>,
    /// The features that enable it.
    pub(super) when: When,
    /// The features whose removal is reported for its members instead.
    pub(super) reported_by_members: When,
}

impl Key {
    pub(super) fn new(version: ApiVersion, kind: ItemKind, owner: &str, name: &str) -> Self {
        Self {
            version,
            kind,
            owner: owner.to_owned(),
            name: name.to_owned(),
        }
    }

    /// Returns the key of the type or operation that contains the item; none for features, types, builders and operations.
    pub(super) fn owner_key(&self) -> Option<Self> {
        let kind = match self.kind {
            ItemKind::Feature | ItemKind::Type | ItemKind::Builder | ItemKind::Operation => {
                return None;
            }
            ItemKind::Parameters => ItemKind::Operation,
            ItemKind::Constructor
            | ItemKind::Property
            | ItemKind::Member
            | ItemKind::Derivation => ItemKind::Type,
        };
        // Parameters belong to an operation.
        let kind = if self.owner.contains(' ') {
            ItemKind::Operation
        } else {
            kind
        };
        Some(Self::new(self.version, kind, &self.owner, ""))
    }

    /// Returns the documented name as it is printed.
    pub fn display_name(&self) -> String {
        match self.kind {
            ItemKind::Feature
            | ItemKind::Type
            | ItemKind::Parameters
            | ItemKind::Builder
            | ItemKind::Operation => self.owner.clone(),
            ItemKind::Constructor => format!("{}::new", self.owner),
            ItemKind::Derivation => format!("{} < {}", self.name, self.owner),
            ItemKind::Property | ItemKind::Member if self.owner.contains(' ') => {
                format!("{}: {}", self.owner, self.name)
            }
            ItemKind::Property | ItemKind::Member => format!("{}.{}", self.owner, self.name),
        }
    }
}
