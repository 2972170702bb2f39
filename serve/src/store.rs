//! What the server holds. It starts empty; collections are filled when they are first asked for.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

/// An object of the service.
pub(crate) type Item = Map<String, Value>;

/// All that the server holds, by path with the version.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) collections: BTreeMap<String, Collection>,
    /// What is at a path alone; none where it was removed.
    pub(crate) instances: BTreeMap<String, Option<Entry>>,
    pub(crate) streams: BTreeMap<String, (String, Bytes)>,
    pub(crate) uploads: Vec<Upload>,
    /// Long operations: how often each was asked for.
    pub(crate) operations: Vec<u32>,
    /// How often the token for the last code was asked for.
    pub(crate) codes: u32,
    /// Counts changes.
    stamp: u64,
    ids: u128,
}

/// The items of a collection, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    pub(crate) key: String,
    pub(crate) entries: Vec<Entry>,
    /// Ids of what was removed, each with the change that did it.
    pub(crate) removed: Vec<(String, u64)>,
}

/// An item, with the change that made it what it is.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) stamp: u64,
}

/// A file on its way.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    /// How long it will be; none before the first slice.
    pub(crate) total: Option<usize>,
}

impl Store {
    /// A number for a change.
    pub(crate) fn next_stamp(&mut self) -> u64 {
        self.stamp += 1;
        self.stamp
    }

    /// The last change.
    pub(crate) fn stamp(&self) -> u64 {
        self.stamp
    }

    /// An id that no item has.
    pub(crate) fn next_id(&mut self) -> String {
        self.ids += 1;
        guid(0x4e65_7749 << 96 | self.ids)
    }
}

impl Collection {
    pub(crate) fn new(key: &str, items: Vec<Item>) -> Self {
        Self {
            key: key.to_owned(),
            entries: items
                .into_iter()
                .map(|item| Entry { item, stamp: 0 })
                .collect(),
            removed: Vec::new(),
        }
    }

    /// Where an item stands; its id goes in any case.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| {
            let ids = [self.key.as_str(), "id"];
            ids.iter()
                .filter_map(|name| entry.item.get(*name)?.as_str())
                .any(|id| id.eq_ignore_ascii_case(key))
        })
    }

    /// Its items.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.entries.iter().map(|entry| &entry.item)
    }
}

impl Entry {
    /// What `ETag` says of it.
    pub(crate) fn tag(&self) -> String {
        format!("W/\"{}\"", self.stamp)
    }

    /// Takes the properties of a change; annotations are no part of what is kept, but the type is.
    pub(crate) fn change(&mut self, change: Item, stamp: u64) {
        for (name, value) in change {
            if name == "@odata.type" || !name.starts_with('@') {
                self.item.insert(name, value);
            }
        }
        self.stamp = stamp;
    }
}

/// A number as a GUID.
pub(crate) fn guid(number: u128) -> String {
    let digits = format!("{number:032x}");
    let [a, b, c, d, e] = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    format!("{a}-{b}-{c}-{d}-{e}")
}
