//! Items that are on one side each, and seem to be one item under two names.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Item, Key};
use super::{ItemKind, Items};

/// Items that are gone, with those that came in their place: of one sort and owner, the only ones that look the same.
pub(super) fn renamed<'a>(
    gone: &[&'a Key],
    come: &[&'a Key],
    old: &Items,
    new: &Items,
) -> BTreeMap<&'a Key, &'a Key> {
    let mut offers: BTreeMap<(&Key, String), Vec<&'a Key>> = BTreeMap::new();
    let mut wanted: BTreeMap<(&Key, String), Vec<&'a Key>> = BTreeMap::new();
    let mut groups: BTreeMap<Key, Key> = BTreeMap::new();
    for key in gone.iter().chain(come) {
        let group = group(key);
        groups.entry((*key).clone()).or_insert(group);
    }
    for key in gone {
        for look in looks(key, &old[*key], old) {
            wanted.entry((&groups[*key], look)).or_default().push(key);
        }
    }
    for key in come {
        for look in looks(key, &new[*key], new) {
            offers.entry((&groups[*key], look)).or_default().push(key);
        }
    }
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (look, keys) in &wanted {
        let ([from], Some([to])) = (keys.as_slice(), offers.get(look).map(Vec::as_slice)) else {
            continue;
        };
        if !pairs.contains_key(from) && taken.insert(*to) {
            pairs.insert(*from, *to);
        }
    }
    pairs
}

/// Within what a rename is looked for.
fn group(key: &Key) -> Key {
    let owner = match key.kind {
        ItemKind::Property | ItemKind::Member => key.owner.as_str(),
        ItemKind::Type => "",
        // The method stays.
        ItemKind::Operation => key.owner.split(' ').next().unwrap_or_default(),
        // These have no name that could change alone.
        ItemKind::Constructor | ItemKind::Derivation => return key.clone(),
    };
    Key::new(key.version, key.kind, owner, "")
}

/// By what an item is known under another name: its spelling apart from case, or all it is and says.
fn looks(key: &Key, item: &Item, items: &Items) -> Vec<String> {
    let name = match key.kind {
        ItemKind::Property | ItemKind::Member => &key.name,
        ItemKind::Type | ItemKind::Operation => &key.owner,
        ItemKind::Constructor | ItemKind::Derivation => return Vec::new(),
    };
    let mut looks = vec![format!("spelling {}", name.to_lowercase())];
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
            looks.push(format!("members {}", members.join(",")));
        }
    } else if item.description.len() > 20 {
        let documented = &item.documented;
        looks.push(format!("words {documented} {}", item.description));
    }
    looks
}
