//! Items that are on one side each, and seem to be one item under two names.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Item, Key};
use super::{ItemKind, Items};

/// Items that are gone, with those that came in their place: of one sort and owner, the only ones that look the same.
pub(super) fn renamed(
    old: &Items,
    new: &Items,
    is_asked: impl Fn(&Key) -> bool,
) -> BTreeMap<Key, Key> {
    let wanted = alone(old, new, &is_asked);
    let offered = alone(new, old, &is_asked);
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (look, keys) in &wanted {
        let ([from], Some([to])) = (keys.as_slice(), offered.get(look).map(Vec::as_slice)) else {
            continue;
        };
        if !pairs.contains_key(*from) && taken.insert(*to) {
            pairs.insert((*from).clone(), (*to).clone());
        }
    }
    pairs
}

/// What is on one side only, by where a rename of it is looked for, and by what it is known.
fn alone<'a>(
    items: &'a Items,
    others: &Items,
    is_asked: impl Fn(&Key) -> bool,
) -> BTreeMap<(Key, String), Vec<&'a Key>> {
    let alone = items
        .iter()
        .filter(|(key, _)| is_asked(key) && !others.contains_key(key));
    let mut looks: BTreeMap<(Key, String), Vec<&Key>> = BTreeMap::new();
    for (key, item) in alone {
        for look in self::looks(key, item, items) {
            looks
                .entry((group(key, &look), look))
                .or_default()
                .push(key);
        }
    }
    looks
}

/// What a look starts with that is what code says. It comes before all others.
const RUST: &str = "code ";

/// Within what a rename is looked for.
fn group(key: &Key, look: &str) -> Key {
    let owner = match key.kind {
        ItemKind::Property | ItemKind::Member => key.owner.as_str(),
        ItemKind::Type => "",
        // The method stays, but where code calls what it called.
        ItemKind::Operation if look.starts_with(RUST) => "",
        ItemKind::Operation => key.owner.split(' ').next().unwrap_or_default(),
        // These have no name that could change alone.
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

/// By what an item is known under another name: its spelling apart from case, or all it is and says.
fn looks(key: &Key, item: &Item, items: &Items) -> Vec<String> {
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
    let mut looks = vec![format!("spelling {}", name.to_lowercase())];
    if key.kind == ItemKind::Operation {
        looks.push(format!("{RUST}{}", item.path));
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
            looks.push(format!("members {}", members.join(",")));
        }
    } else if item.description.len() > 20 {
        let documented = &item.documented;
        looks.push(format!("words {documented} {}", item.description));
    }
    looks
}
