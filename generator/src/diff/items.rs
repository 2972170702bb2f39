//! A side of the comparison as a flat list: each item that code can name, by its documented name.

use crate::model::{ApiVersion, Permissions};
use crate::rust::{Ident, Version, When};
use crate::source::{Location, Sources};

use super::{ItemKind, Items, Side, requests, types};

/// An item by its documented name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) version: ApiVersion,
    pub(super) kind: ItemKind,
    /// The type that it belongs to, or the operation; for these their own name.
    pub(super) owner: String,
    /// Its name within the owner; empty for types and operations.
    pub(super) name: String,
}

/// What is compared of an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// What code calls it.
    pub(super) path: String,
    /// Where code finds it, if by more than its name.
    pub(super) module: String,
    /// All types that code has to do with when it uses it.
    pub(super) signature: String,
    /// Its type as the pages have it.
    pub(super) documented: String,
    pub(super) description: String,
    pub(super) deprecated: Option<String>,
    pub(super) permissions: Option<Permissions>,
    pub(super) place: Option<Location>,
    /// The type that it is inherited from.
    pub(super) from: Option<String>,
    /// Its documented name before, if what it belongs to had another.
    pub(super) was: Option<String>,
    /// With which features it is there.
    pub(super) when: When,
    /// Those of them that what belongs to it tells of.
    pub(super) told: When,
}

/// Every item of a side.
pub(super) fn of(side: &Side<'_>) -> Items {
    let mut items = Items::new();
    for api in &side.model.apis {
        let version = side
            .library
            .versions
            .iter()
            .find(|version| version.version == api.version);
        let Some(version) = version else {
            continue;
        };
        for feature in &version.features {
            let key = Key::new(api.version, ItemKind::Feature, &feature.name, "");
            let item = Item {
                path: feature.name.clone(),
                place: place_of(&feature.area, version, side.sources),
                ..Item::default()
            };
            items.insert(key, item);
        }
        types::add(api, version, &mut items);
        requests::add(api, version, &mut items);
    }
    items
}

/// The first page that says that there is an area.
fn place_of(area: &Ident, version: &Version, sources: &Sources) -> Option<Location> {
    let area = version.areas.iter().find(|one| one.ident == *area)?;
    let mut pages = area.modules.iter().flat_map(|module| {
        let parts = module.parts.iter().flat_map(|part| &part.pages);
        let pages = module.pages.iter().chain(&module.builder_pages);
        pages.chain(parts)
    });
    let page = pages.next()?;
    let file = sources.find(page)?;
    Some(Location {
        file,
        line: 1,
        column: 1,
    })
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

    /// The key of what the item belongs to; features, types, builders and operations belong to nothing.
    pub(super) fn whole(&self) -> Option<Self> {
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

    pub(super) fn shown(&self) -> String {
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
