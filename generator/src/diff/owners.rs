//! Types and operations that go by another name, and with them all that belongs to them: the items of the earlier side, by the
//! names that their owners have now.

use std::collections::BTreeMap;

use super::items::{Item, Key};
use super::{ItemKind, Items};

/// The earlier items, by the later names of what they belong to. What is renamed itself keeps its name.
pub(super) fn renamed(old: Items, renamed: &BTreeMap<Key, Key>) -> Items {
    if renamed.is_empty() {
        return old;
    }
    let rename = |(key, item)| of_owner(key, item, renamed);
    old.into_iter().map(rename).collect()
}

fn of_owner(key: Key, mut item: Item, renamed: &BTreeMap<Key, Key>) -> (Key, Item) {
    let ty = |name: &str| {
        let now = renamed.get(&Key::new(key.version, ItemKind::Type, name, ""));
        now.map(|now| now.owner.clone())
    };
    if let Some(now) = item.from.as_deref().and_then(ty) {
        item.from = Some(now);
    }
    let Some(whole) = key.whole() else {
        return (key, item);
    };
    let owner = renamed.get(&whole).map(|now| now.owner.clone());
    // A derivation is of two types.
    let derived = match key.kind {
        ItemKind::Derivation => ty(&key.name),
        ItemKind::Feature
        | ItemKind::Type
        | ItemKind::Constructor
        | ItemKind::Property
        | ItemKind::Member
        | ItemKind::Parameters
        | ItemKind::Builder
        | ItemKind::Operation => None,
    };
    if owner.is_none() && derived.is_none() {
        return (key, item);
    }
    item.was = Some(key.shown());
    let now = Key {
        owner: owner.unwrap_or_else(|| key.owner.clone()),
        name: derived.unwrap_or_else(|| key.name.clone()),
        ..key
    };
    (now, item)
}
