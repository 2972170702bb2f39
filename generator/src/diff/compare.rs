//! Compares the items of both states: those with the same name, renamed ones, removed ones and added ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Grant, Permissions};
use crate::source::Sources;

use super::items::{Item, Items, Key};
use super::renames::{find_renames, rename_owners};
use super::{Change, ChangeKind, Class, ItemKind, Seen, seen};

/// Returns all changes, unsorted.
pub(super) fn compare_items(
    old: Items,
    new: &Items,
    before: &Sources,
    after: &Sources,
) -> Vec<Change> {
    // Owners come first: members of a renamed owner are compared by the new name of the owner.
    let is_owner = |key: &Key| matches!(key.kind, ItemKind::Type | ItemKind::Operation);
    let owners = find_renames(&old, new, is_owner);
    let old = &rename_owners(old, &owners);
    let others = find_renames(old, new, |key| !is_owner(key));
    let renamed: BTreeMap<Key, Key> = owners.into_iter().chain(others).collect();
    let idents = renamed
        .iter()
        .filter(|(from, _)| from.kind == ItemKind::Type)
        .map(|(from, to)| (old[from].path.as_str(), new[to].path.as_str()));
    let kept = old
        .iter()
        .filter_map(|(key, item)| Some((key, item, new.get(key)?)));
    let stable = kept
        .clone()
        .filter(|(key, left, right)| key.kind == ItemKind::Type && left.path != right.path)
        .map(|(_, left, right)| (left.path.as_str(), right.path.as_str()));
    let mut comparison = Comparison {
        old,
        new,
        before,
        after,
        idents: idents.chain(stable).collect(),
        changes: Vec::new(),
    };
    for (key, left, right) in kept {
        comparison.kept(key, left, right);
    }
    for (from, to) in &renamed {
        comparison.renamed(from, to);
    }
    let targets: BTreeSet<&Key> = renamed.values().collect();
    for key in old.keys().filter(|key| !new.contains_key(key)) {
        if !renamed.contains_key(key) {
            comparison.removed(key, &renamed);
        }
    }
    for key in new.keys().filter(|key| !old.contains_key(key)) {
        if !targets.contains(key) {
            comparison.added(key, &targets);
        }
    }
    comparison.changes
}

struct Comparison<'a> {
    old: &'a Items,
    new: &'a Items,
    before: &'a Sources,
    after: &'a Sources,
    /// The new Rust names of types by the old ones.
    idents: BTreeMap<&'a str, &'a str>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn push(
        &mut self,
        class: Class,
        key: &Key,
        kind: ChangeKind,
        before: Option<Seen>,
        after: Option<Seen>,
    ) {
        let name = key.display_name();
        // Items with another documented name are reported by `renamed`.
        let is_kept = self.old.contains_key(key) && self.new.contains_key(key);
        let by_name = matches!(kind, ChangeKind::Renamed | ChangeKind::Moved);
        let earlier = self.old.get(key).and_then(|item| item.earlier_name.clone());
        self.changes.push(Change {
            class,
            version: key.version,
            item: key.kind,
            was: earlier.filter(|was| *was != name),
            name,
            kind,
            is_unstable: is_kept && by_name,
            before,
            after,
        });
    }

    fn both(
        &mut self,
        class: Class,
        key: &Key,
        kind: ChangeKind,
        (left, before): (&Item, String),
        (right, after): (&Item, String),
    ) {
        let before = seen(before, left.place, self.before);
        let after = seen(after, right.place, self.after);
        self.push(class, key, kind, Some(before), Some(after));
    }

    /// Compares an item that both states have.
    fn kept(&mut self, key: &Key, left: &Item, right: &Item) {
        if self.is_inherited(key, left, right) {
            return;
        }
        if last(&left.path) != last(&right.path)
            || (key.kind == ItemKind::Operation && left.path != right.path)
        {
            let (before, after) = (left.path.clone(), right.path.clone());
            self.both(
                Class::Breaking,
                key,
                ChangeKind::Renamed,
                (left, before),
                (right, after),
            );
        } else if left.module != right.module {
            let (before, after) = (left.module.clone(), right.module.clone());
            self.both(
                Class::Breaking,
                key,
                ChangeKind::Moved,
                (left, before),
                (right, after),
            );
        } else if self.translated(&left.signature) != right.signature {
            let (before, after) = (left.signature.clone(), right.signature.clone());
            self.both(
                Class::Breaking,
                key,
                ChangeKind::Retyped,
                (left, before),
                (right, after),
            );
        } else if left.documented != right.documented && !right.documented.is_empty() {
            let (before, after) = (left.documented.clone(), right.documented.clone());
            self.both(
                Class::Documentation,
                key,
                ChangeKind::Retyped,
                (left, before),
                (right, after),
            );
        }
        self.features(key, left, right);
        self.documentation(key, left, right);
    }

    /// Returns whether the item is inherited, so that its changes are reported for the declaring type.
    fn is_inherited(&self, key: &Key, left: &Item, right: &Item) -> bool {
        match (&left.declared_by, &right.declared_by) {
            (Some(from), Some(now)) if from == now => {
                let above = Key::new(key.version, key.kind, from, &key.name);
                let same = |items: &Items, item: &Item| {
                    items.get(&above).is_some_and(|above| {
                        above.signature == item.signature && last(&above.path) == last(&item.path)
                    })
                };
                same(self.old, left) && same(self.new, right)
            }
            _ => false,
        }
    }

    /// Reports features that no longer enable the item.
    fn features(&mut self, key: &Key, left: &Item, right: &Item) {
        let is_feature = |name: &str| {
            let feature = Key::new(key.version, ItemKind::Feature, name, "");
            self.new.contains_key(&feature)
        };
        let loses = if right.when.is_always() {
            false
        } else if left.when.is_always() {
            true
        } else {
            let kept = &right.when.features;
            let reported = &left.reported_by_members.features;
            let had = left.when.features.iter();
            // The removal of a feature is reported for the feature itself.
            had.filter(|feature| !kept.contains(feature) && !reported.contains(feature))
                .any(|feature| is_feature(feature))
        };
        // Members are enabled with their owner.
        let has_features = matches!(
            key.kind,
            ItemKind::Type | ItemKind::Builder | ItemKind::Operation
        );
        if !loses || !has_features {
            return;
        }
        let shown = |item: &Item| match item.when.is_always() {
            true => "every feature".to_owned(),
            false => item.when.features.join(", "),
        };
        self.both(
            Class::Breaking,
            key,
            ChangeKind::Features,
            (left, shown(left)),
            (right, shown(right)),
        );
    }

    /// Reports changes of deprecation, permissions and description.
    fn documentation(&mut self, key: &Key, left: &Item, right: &Item) {
        match (&left.deprecated, &right.deprecated) {
            (None, Some(reason)) => {
                let after = reason.clone();
                self.both(
                    Class::Compatible,
                    key,
                    ChangeKind::Deprecated,
                    (left, String::new()),
                    (right, after),
                );
            }
            (Some(reason), None) => {
                let before = reason.clone();
                self.both(
                    Class::Compatible,
                    key,
                    ChangeKind::Reinstated,
                    (left, before),
                    (right, String::new()),
                );
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        if let (Some(before), Some(after)) = (&left.permissions, &right.permissions)
            && before != after
        {
            let (before, after) = (permissions(before), permissions(after));
            self.both(
                Class::Compatible,
                key,
                ChangeKind::Permissions,
                (left, before),
                (right, after),
            );
        }
        let reworded = left.description != right.description;
        let reasoned =
            matches!((&left.deprecated, &right.deprecated), (Some(was), Some(is)) if was != is);
        if reworded || reasoned {
            let (before, after) = (left.description.clone(), right.description.clone());
            self.both(
                Class::Documentation,
                key,
                ChangeKind::Redescribed,
                (left, before),
                (right, after),
            );
        }
    }

    fn renamed(&mut self, from: &Key, to: &Key) {
        let (left, right) = (&self.old[from], &self.new[to]);
        let was = left
            .earlier_name
            .clone()
            .unwrap_or_else(|| from.display_name());
        let same = left.path == right.path
            && left.module == right.module
            && self.translated(&left.signature) == right.signature;
        // The JSON name differs, even if code that uses the library stays valid.
        let class = if same {
            Class::Compatible
        } else {
            Class::Breaking
        };
        let kind = if from.kind == ItemKind::Operation {
            ChangeKind::Moved
        } else {
            ChangeKind::Renamed
        };
        let first = self.changes.len();
        self.both(
            class,
            to,
            kind,
            (left, was.clone()),
            (right, to.display_name()),
        );
        self.documentation(to, left, right);
        for change in &mut self.changes[first..] {
            change.was = Some(was.clone());
        }
    }

    fn removed(&mut self, key: &Key, renamed: &BTreeMap<Key, Key>) {
        let item = &self.old[key];
        // The removal of an owner implies that of its members.
        let is_implied = key
            .owner_key()
            .is_some_and(|owner| !self.new.contains_key(&owner) && !renamed.contains_key(&owner));
        // The removal of a builder follows from that of its operations.
        if is_implied
            || key.kind == ItemKind::Builder
            || self.follows_from_declaration(key, item, self.new, self.old)
        {
            return;
        }
        let before = seen(shown(item), item.place, self.before);
        self.push(
            Class::Breaking,
            key,
            ChangeKind::Removed,
            Some(before),
            None,
        );
    }

    fn added(&mut self, key: &Key, targets: &BTreeSet<&Key>) {
        let item = &self.new[key];
        let is_implied = key
            .owner_key()
            .is_some_and(|owner| !self.old.contains_key(&owner) && !targets.contains(&owner));
        if is_implied
            || key.kind == ItemKind::Builder
            || self.follows_from_declaration(key, item, self.old, self.new)
        {
            return;
        }
        let after = seen(shown(item), item.place, self.after);
        self.push(Class::Compatible, key, ChangeKind::Added, None, Some(after));
    }

    /// Returns whether the change of an item follows from the change of the type that declares it.
    fn follows_from_declaration(
        &self,
        key: &Key,
        item: &Item,
        without: &Items,
        with: &Items,
    ) -> bool {
        let of = |owner: &str| Key::new(key.version, ItemKind::Type, owner, "");
        if key.kind == ItemKind::Derivation {
            return !without.contains_key(&of(&key.name));
        }
        let Some(from) = &item.declared_by else {
            return false;
        };
        // Both states have the declaring type, which gains or loses the property: that is reported for the declaring type.
        let above = Key::new(key.version, key.kind, from, &key.name);
        with.contains_key(&above)
            && !without.contains_key(&above)
            && without.contains_key(&of(from))
    }

    /// Returns a signature with the new names of renamed types.
    fn translated(&self, signature: &str) -> String {
        let mut text = String::with_capacity(signature.len());
        let mut rest = signature;
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|letter: char| is_word(letter) != is_word(first));
            let (word, others) = rest.split_at(end.unwrap_or(rest.len()));
            text.push_str(self.idents.get(word).copied().unwrap_or(word));
            rest = others;
        }
        text
    }
}

fn last(path: &str) -> &str {
    path.rsplit(['.', ':']).next().unwrap_or(path)
}

fn shown(item: &Item) -> String {
    if item.signature.is_empty() || item.signature == "struct" || item.signature == "enum" {
        item.path.clone()
    } else if item.signature.starts_with("new(") || item.permissions.is_some() {
        item.signature.clone()
    } else {
        format!("{}: {}", item.path, item.signature)
    }
}

fn permissions(permissions: &Permissions) -> String {
    let one = |name: &str, grant: &Grant| match grant {
        Grant::Unstated => None,
        Grant::NotSupported => Some(format!("{name}: not supported")),
        Grant::AnyOf(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| set.join(" + ")).collect();
            Some(format!("{name}: {}", sets.join(", ")))
        }
    };
    let all = [
        one("work", &permissions.delegated_work),
        one("personal", &permissions.delegated_personal),
        one("application", &permissions.application),
    ];
    all.into_iter()
        .flatten()
        .collect::<Vec<String>>()
        .join("; ")
}
