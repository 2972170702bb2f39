//! The state of the server: what differs from the initial contents, which are computed on demand.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::answer::Answer;

/// A JSON object.
pub(crate) type Item = Map<String, Value>;

/// The maximum number of long-running operations, of unfinished upload sessions, and of finished ones.
const MAX_SESSIONS: usize = 1000;

/// The maximum number of remembered deletions per collection.
const MAX_REMOVALS: usize = 10_000;

/// The maximum size of all stored streams in bytes, except for the newest one.
const MAX_STREAMS: usize = 64 * 1024 * 1024;

/// The state of the server, by path with the version.
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// The collections that differ from their initial contents.
    pub(crate) collections: BTreeMap<String, Collection>,
    /// The initial contents of collections, by version and path template.
    pub(crate) contents: BTreeMap<String, Arc<Contents>>,
    /// The singletons that were changed; `None` after deletion.
    pub(crate) instances: BTreeMap<String, Option<Entry>>,
    pub(crate) streams: Streams,
    pub(crate) uploads: Sessions<Upload>,
    /// The answers to the final ranges of finished upload sessions, by the number of the session.
    pub(crate) finished_uploads: BTreeMap<u64, Answer>,
    /// The number of polls of each long-running operation.
    pub(crate) operations: Sessions<u32>,
    /// The paths of uploaded files with the paths of their items: `/v1.0/me/drive/root:/a.txt`, `/v1.0/me/drive/items/1`.
    pub(crate) file_paths: BTreeMap<String, String>,
    /// The number of polls for the token of the current device code.
    pub(crate) codes: u32,
    /// Counts changes.
    stamp: u64,
    ids: u128,
}

/// The initial contents of a collection.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// The name of the key property.
    pub(crate) key: String,
    /// The items, or the models of generated items.
    pub(crate) samples: Vec<Item>,
    /// For each model of generated items the upper half of their ids, which differs between types.
    pub(crate) id_prefixes: Vec<u64>,
    /// The number of generated items; `None` if the samples are the items.
    pub(crate) generated: Option<usize>,
}

/// A collection, in order of creation.
#[derive(Debug)]
pub(crate) struct Collection {
    contents: Arc<Contents>,
    /// The items by number that were changed, or deleted (`None`). Numbers above those of the contents are created items.
    changed: BTreeMap<usize, Option<Entry>>,
    /// The numbers of created items by key in lower case.
    created: BTreeMap<String, usize>,
    next: usize,
    length: usize,
    /// The ids of deleted items, each with the stamp of its deletion.
    removed: VecDeque<(String, u64)>,
    /// The stamp of the last deletion that is no longer remembered.
    forgotten: u64,
}

/// An item with the stamp of its last change.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) stamp: u64,
    /// Whether a client created it. The collections below it are empty then.
    pub(crate) is_new: bool,
}

/// An upload session.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The path of the request that created the session.
    pub(crate) path: String,
    /// The properties of the item that the request contained.
    pub(crate) item: Item,
    pub(crate) content: Vec<u8>,
    /// The total size in bytes; `None` before the first range.
    pub(crate) total: Option<usize>,
}

/// Values by number, of which the oldest are dropped.
#[derive(Debug)]
pub(crate) struct Sessions<T> {
    values: BTreeMap<u64, T>,
    last: u64,
}

/// Binary contents by path, of which the oldest are dropped.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    values: BTreeMap<String, (String, Bytes)>,
    order: VecDeque<String>,
    size: usize,
}

impl<T> Default for Sessions<T> {
    fn default() -> Self {
        Self {
            values: BTreeMap::new(),
            last: 0,
        }
    }
}

impl<T> Sessions<T> {
    /// Adds a value and returns its number.
    pub(crate) fn add(&mut self, value: T) -> u64 {
        self.last += 1;
        self.values.insert(self.last, value);
        if self.values.len() > MAX_SESSIONS {
            self.values.pop_first();
        }
        self.last
    }

    pub(crate) fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        self.values.get_mut(&number)
    }

    pub(crate) fn remove(&mut self, number: u64) -> Option<T> {
        self.values.remove(&number)
    }
}

impl Streams {
    /// Stores the content at a path with its media type.
    pub(crate) fn insert(&mut self, path: String, kind: String, content: Bytes) {
        self.remove(&path);
        self.size += content.len();
        self.order.push_back(path.clone());
        self.values.insert(path, (kind, content));
        while self.size > MAX_STREAMS && self.order.len() > 1 {
            if let Some(oldest) = self.order.front().cloned() {
                self.remove(&oldest);
            }
        }
    }

    pub(crate) fn get(&self, path: &str) -> Option<&(String, Bytes)> {
        self.values.get(path)
    }

    /// Drops the content at a path.
    pub(crate) fn remove(&mut self, path: &str) {
        if let Some((_, content)) = self.values.remove(path) {
            self.size -= content.len();
            self.order.retain(|known| known != path);
        }
    }
}

impl Store {
    /// Remembers the answer to the final range of an upload session. The answers of the oldest sessions are dropped.
    pub(crate) fn add_finished_upload(&mut self, number: u64, answer: Answer) {
        self.finished_uploads.insert(number, answer);
        if self.finished_uploads.len() > MAX_SESSIONS {
            self.finished_uploads.pop_first();
        }
    }

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

impl Contents {
    fn len(&self) -> usize {
        self.generated.unwrap_or(self.samples.len())
    }

    /// Returns an item. Generated items differ in their keys and names.
    fn item(&self, index: usize) -> Cow<'_, Item> {
        if self.generated.is_none() {
            return Cow::Borrowed(&self.samples[index]);
        }
        let mut item = match self.samples.len() {
            0 => Item::new(),
            count => self.samples[index % count].clone(),
        };
        item.insert(self.key.clone(), json!(self.generated_id(index)));
        for name in ["displayName", "deviceName", "name"] {
            if let Some(Value::String(text)) = item.get_mut(name) {
                *text = format!("{text} {}", index + 1);
            }
        }
        for name in ["userPrincipalName", "mail", "mailNickname"] {
            if let Some(Value::String(text)) = item.get_mut(name) {
                let (local, domain) = text.split_once('@').unwrap_or((text, "example.com"));
                *text = match name {
                    "mailNickname" => format!("{local}.{}", index + 1),
                    _ => format!("{local}.{}@{domain}", index + 1),
                };
            }
        }
        if let Some(id) = item.get_mut("appId") {
            *id = json!(self.generated_id(index));
        }
        Cow::Owned(item)
    }

    fn generated_id(&self, index: usize) -> String {
        let prefix = match self.id_prefixes.len() {
            0 => 0,
            count => self.id_prefixes[index % count],
        };
        guid(u128::from(prefix) << 64 | (index as u128 + 1))
    }

    /// Returns the number of an item whose property has a value, ignoring case.
    fn position(&self, name: &str, value: &str) -> Option<usize> {
        let fits = |index: &usize| has_value(&self.item(*index), name, value);
        if self.generated.is_none() {
            return (0..self.len()).find(fits);
        }
        // Generated values contain the number of the item.
        let of_guid = u128::from_str_radix(&value.replace('-', ""), 16).ok();
        let of_guid = of_guid.map(|number| (number & u128::from(u32::MAX)) as usize);
        let local = value.split('@').next().unwrap_or_default();
        let of_name = local.rsplit('.').next().and_then(|text| text.parse().ok());
        let numbers = [of_guid, of_name].into_iter().flatten();
        let mut indexes = numbers.filter_map(|number: usize| number.checked_sub(1));
        indexes.find(|index| *index < self.len() && fits(index))
    }
}

fn has_value(item: &Item, name: &str, value: &str) -> bool {
    match item.get(name) {
        Some(Value::String(text)) => text.eq_ignore_ascii_case(value),
        Some(Value::Number(number)) => number.to_string() == value,
        Some(Value::Bool(flag)) => flag.to_string() == value,
        _ => false,
    }
}

impl Collection {
    pub(crate) fn new(contents: Arc<Contents>) -> Self {
        Self {
            next: contents.len(),
            length: contents.len(),
            contents,
            changed: BTreeMap::new(),
            created: BTreeMap::new(),
            removed: VecDeque::new(),
            forgotten: 0,
        }
    }

    /// Returns the name of the key property.
    pub(crate) fn key(&self) -> &str {
        &self.contents.key
    }

    /// Returns the number of items.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Returns whether the collection differs from its initial contents.
    pub(crate) fn is_changed(&self) -> bool {
        !self.changed.is_empty() || !self.removed.is_empty()
    }

    /// Returns the numbers of the items, in order.
    pub(crate) fn positions(&self) -> impl Iterator<Item = usize> {
        let initial = 0..self.contents.len();
        let initial = initial.filter(|index| !matches!(self.changed.get(index), Some(None)));
        let created = self.changed.range(self.contents.len()..);
        initial.chain(created.map(|(index, _)| *index))
    }

    /// Returns the item with a number.
    pub(crate) fn entry(&self, position: usize) -> Cow<'_, Entry> {
        match self.changed.get(&position) {
            Some(Some(entry)) => Cow::Borrowed(entry),
            _ => Cow::Owned(Entry {
                item: self.contents.item(position).into_owned(),
                stamp: 0,
                is_new: false,
            }),
        }
    }

    /// Returns the number of the item with a key: its id, its user principal name, or an alternate key (`appId='…'`).
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        let alternate = key.split_once('=').map(|(name, value)| {
            let quoted = value
                .strip_prefix('\'')
                .and_then(|value| value.strip_suffix('\''));
            (name, quoted.unwrap_or(value).replace("''", "'"))
        });
        if let Some((name, value)) = alternate
            && let Some(found) = self.position_of(name, &value)
        {
            return Some(found);
        }
        let created = self.created.get(&key.to_lowercase()).copied();
        let names = [self.contents.key.as_str(), "id", "userPrincipalName"];
        created.or_else(|| names.iter().find_map(|name| self.position_of(name, key)))
    }

    fn position_of(&self, name: &str, value: &str) -> Option<usize> {
        let initial = self.contents.position(name, value);
        let is_same = |index: &usize| {
            let changed = self.changed.get(index);
            changed.is_none_or(|entry| {
                entry
                    .as_ref()
                    .is_some_and(|entry| has_value(&entry.item, name, value))
            })
        };
        initial.filter(is_same).or_else(|| {
            // The keys of created items are indexed.
            if name == self.contents.key {
                return self.created.get(&value.to_lowercase()).copied();
            }
            let fits = |entry: &Option<Entry>| {
                entry
                    .as_ref()
                    .is_some_and(|entry| has_value(&entry.item, name, value))
            };
            let mut changed = self.changed.iter();
            changed
                .find(|(_, entry)| fits(entry))
                .map(|(index, _)| *index)
        })
    }

    /// Returns the key of the item with the given values of properties, ignoring case.
    pub(crate) fn key_of(&self, wanted: &[(&str, &str)]) -> Option<String> {
        let fits = |position: usize| {
            let entry = self.entry(position);
            let mut wanted = wanted.iter();
            wanted.all(|(name, value)| has_value(&entry.item, name, value))
        };
        // The first property finds an item without a search in most cases.
        let (name, value) = wanted.first()?;
        let indexed = self.position_of(name, value).filter(|index| fits(*index));
        let position = indexed.or_else(|| self.positions().find(|index| fits(*index)))?;
        let entry = self.entry(position);
        let key = entry
            .item
            .get(self.key())
            .or_else(|| entry.item.get("id"))?;
        Some(key.as_str()?.to_owned())
    }

    /// Adds an item.
    pub(crate) fn add(&mut self, entry: Entry) {
        if let Some(key) = entry.item.get(&self.contents.key).and_then(Value::as_str) {
            self.created.insert(key.to_lowercase(), self.next);
        }
        self.changed.insert(self.next, Some(entry));
        self.next += 1;
        self.length += 1;
    }

    /// Replaces an item.
    pub(crate) fn put(&mut self, position: usize, entry: Entry) {
        self.changed.insert(position, Some(entry));
    }

    /// Removes an item.
    pub(crate) fn remove(&mut self, position: usize, stamp: u64) {
        let entry = self.entry(position).into_owned();
        let id = entry.item.get(&self.contents.key).and_then(Value::as_str);
        let id = id.unwrap_or_default().to_owned();
        self.created.remove(&id.to_lowercase());
        if position < self.contents.len() {
            self.changed.insert(position, None);
        } else {
            self.changed.remove(&position);
        }
        self.length -= 1;
        self.removed.push_back((id, stamp));
        if self.removed.len() > MAX_REMOVALS
            && let Some((_, stamp)) = self.removed.pop_front()
        {
            self.forgotten = stamp;
        }
    }

    /// Returns the numbers of the items changed after a stamp and the ids of those deleted, or `None` if the deletions are no
    /// longer known.
    pub(crate) fn changes_since(&self, stamp: u64) -> Option<(Vec<usize>, Vec<&str>)> {
        if stamp < self.forgotten {
            return None;
        }
        let is_later = |entry: &&Entry| entry.stamp > stamp;
        let changed = self
            .changed
            .iter()
            .filter_map(|(index, entry)| entry.as_ref().filter(is_later).map(|_| *index));
        let removed = self.removed.iter().filter(|(_, removed)| *removed > stamp);
        Some((
            changed.collect(),
            removed.map(|(id, _)| id.as_str()).collect(),
        ))
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
            if name == "@odata.type" || !name.contains('@') {
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
