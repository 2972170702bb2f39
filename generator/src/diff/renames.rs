//! Finds renamed items, and maps the earlier items to the names that their renamed owners have now.

use std::collections::{BTreeMap, BTreeSet};

use super::ItemKind;
use super::items::{Item, Items, Key};

/// Pairs removed items with added items that have the same kind, owner and fingerprint, if no other item has it.
pub(super) fn find_renames(
    old: &Items,
    new: &Items,
    is_candidate: impl Fn(&Key) -> bool,
) -> BTreeMap<Key, Key> {
    let removed = fingerprints(old, new, &is_candidate);
    let added = fingerprints(new, old, &is_candidate);
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (fingerprint, keys) in &removed {
        let ([from], Some([to])) = (keys.as_slice(), added.get(fingerprint).map(Vec::as_slice))
        else {
            continue;
        };
        if !pairs.contains_key(*from) && taken.insert(*to) {
            pairs.insert((*from).clone(), (*to).clone());
        }
    }
    pairs
}

/// Returns the items that the other state does not have, by scope and fingerprint.
fn fingerprints<'a>(
    items: &'a Items,
    others: &Items,
    is_candidate: impl Fn(&Key) -> bool,
) -> BTreeMap<(Key, String), Vec<&'a Key>> {
    let alone = items
        .iter()
        .filter(|(key, _)| is_candidate(key) && !others.contains_key(key));
    let mut by_fingerprint: BTreeMap<(Key, String), Vec<&Key>> = BTreeMap::new();
    for (key, item) in alone {
        for fingerprint in item_fingerprints(key, item, items) {
            by_fingerprint
                .entry((scope(key, &fingerprint), fingerprint))
                .or_default()
                .push(key);
        }
    }
    by_fingerprint
}

/// The prefix of a fingerprint made of the Rust path. It sorts before the other prefixes, so it is matched first.
const RUST: &str = "code ";

/// Returns the scope in which a rename is searched.
fn scope(key: &Key, fingerprint: &str) -> Key {
    let owner = match key.kind {
        ItemKind::Property | ItemKind::Member => key.owner.as_str(),
        ItemKind::Type => "",
        // A rename keeps the HTTP method, unless the Rust path is the same.
        ItemKind::Operation if fingerprint.starts_with(RUST) => "",
        ItemKind::Operation => key.owner.split(' ').next().unwrap_or_default(),
        // These have no name of their own.
        ItemKind::Feature
        | ItemKind::Constructor
        | ItemKind::Derivation
        | ItemKind::Parameters
        | ItemKind::Builder => {
            return key.clone();
        }
    };
    Key::new(key.version, key.kind, owner, "")
}

/// Returns what identifies an item under another name: its name in lower case, its Rust path, its members, or its type and
/// description.
fn item_fingerprints(key: &Key, item: &Item, items: &Items) -> Vec<String> {
    let name = match key.kind {
        ItemKind::Property | ItemKind::Member => &key.name,
        ItemKind::Type | ItemKind::Operation => &key.owner,
        ItemKind::Feature
        | ItemKind::Constructor
        | ItemKind::Derivation
        | ItemKind::Parameters
        | ItemKind::Builder => {
            return Vec::new();
        }
    };
    let mut fingerprints = vec![format!("spelling {}", name.to_lowercase())];
    if key.kind == ItemKind::Operation {
        fingerprints.push(format!("{RUST}{}", item.path));
    }
    if key.kind == ItemKind::Type {
        let members: Vec<&str> = [ItemKind::Property, ItemKind::Member]
            .into_iter()
            .flat_map(|kind| {
                let first = Key::new(key.version, kind, &key.owner, "");
                let of = first.clone();
                items
                    .range(first..)
                    .take_while(move |(next, _)| next.kind == of.kind && next.owner == of.owner)
            })
            .map(|(member, _)| member.name.as_str())
            .collect();
        if members.len() > 2 {
            fingerprints.push(format!("members {}", members.join(",")));
        }
    } else if item.description.len() > 20 {
        let documented = &item.documented;
        fingerprints.push(format!("words {documented} {}", item.description));
    }
    fingerprints
}

/// Maps the earlier items to the later names of their owners. A renamed owner itself keeps its earlier name.
pub(super) fn rename_owners(old: Items, renamed: &BTreeMap<Key, Key>) -> Items {
    if renamed.is_empty() {
        return old;
    }
    let rename = |(key, item)| rename_owner(key, item, renamed);
    old.into_iter().map(rename).collect()
}

fn rename_owner(key: Key, mut item: Item, renamed: &BTreeMap<Key, Key>) -> (Key, Item) {
    let ty = |name: &str| {
        let now = renamed.get(&Key::new(key.version, ItemKind::Type, name, ""));
        now.map(|now| now.owner.clone())
    };
    if let Some(now) = item.declared_by.as_deref().and_then(ty) {
        item.declared_by = Some(now);
    }
    let Some(owner_key) = key.owner_key() else {
        return (key, item);
    };
    let owner = renamed.get(&owner_key).map(|now| now.owner.clone());
    // A derivation names two types.
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
    item.earlier_key = Some(key.clone());
    let now = Key {
        owner: owner.unwrap_or_else(|| key.owner.clone()),
        name: derived.unwrap_or_else(|| key.name.clone()),
        ..key
    };
    (now, item)
}
