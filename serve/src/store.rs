//! The state of the server. Collections are filled on first access.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

/// A JSON object.
pub(crate) type Item = Map<String, Value>;

/// The state of the server, by path with the version.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) collections: BTreeMap<String, Collection>,
    /// Singletons by path; `None` after deletion.
    pub(crate) instances: BTreeMap<String, Option<Entry>>,
    pub(crate) streams: BTreeMap<String, (String, Bytes)>,
    pub(crate) uploads: Vec<Upload>,
    /// The number of polls of each long-running operation.
    pub(crate) operations: Vec<u32>,
    /// The number of polls for the token of the current device code.
    pub(crate) codes: u32,
    /// Counts changes.
    stamp: u64,
    ids: u128,
}

/// A collection, in order of creation.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    pub(crate) key: String,
    pub(crate) entries: Vec<Entry>,
    /// The ids of deleted items, each with the stamp of its deletion.
    pub(crate) removed: Vec<(String, u64)>,
}

/// An item with the stamp of its last change.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) stamp: u64,
}

/// An upload session.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    /// The total size in bytes; `None` before the first range.
    pub(crate) total: Option<usize>,
}

impl Store {
    /// Returns the stamp for a new change.
    pub(crate) fn next_stamp(&mut self) -> u64 {
        self.stamp += 1;
        self.stamp
    }

    /// Returns the stamp of the last change.
    pub(crate) fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Returns an unused id.
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

    /// Returns the index of the item with a key, ignoring case.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| {
            let ids = [self.key.as_str(), "id"];
            ids.iter()
                .filter_map(|name| entry.item.get(*name)?.as_str())
                .any(|id| id.eq_ignore_ascii_case(key))
        })
    }

    /// Returns the key of the item with the given values of properties, ignoring case.
    pub(crate) fn key_of(&self, wanted: &[(&str, &str)]) -> Option<String> {
        let mut items = self.items();
        let item = items.find(|item| {
            wanted.iter().all(|(name, wanted)| match item.get(*name) {
                Some(Value::String(text)) => text.eq_ignore_ascii_case(wanted),
                Some(other) => other.to_string() == *wanted,
                None => false,
            })
        })?;
        let key = item.get(self.key.as_str()).or_else(|| item.get("id"))?;
        Some(key.as_str()?.to_owned())
    }

    /// Returns the items.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.entries.iter().map(|entry| &entry.item)
    }
}

impl Entry {
    /// Returns the ETag.
    pub(crate) fn tag(&self) -> String {
        format!("W/\"{}\"", self.stamp)
    }

    /// Merges the properties of an update. Annotations are dropped, except for `@odata.type`.
    pub(crate) fn change(&mut self, change: Item, stamp: u64) {
        for (name, value) in change {
            if name == "@odata.type" || !name.starts_with('@') {
                self.item.insert(name, value);
            }
        }
        self.stamp = stamp;
    }
}

/// Formats a number as a GUID.
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
