//! Items of both sides, paired: what has the same name, and what seems to be the same under another.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Grant, Permissions};
use crate::source::Sources;

use super::items::{Item, Key};
use super::renames::renamed;
use super::{Change, ChangeKind, Class, ItemKind, Items, Seen, owners, seen};

/// All changes, in no order.
pub(super) fn changes(old: Items, new: &Items, before: &Sources, after: &Sources) -> Vec<Change> {
    // First what others belong to: with it, they may be what they were.
    let is_owner = |key: &Key| matches!(key.kind, ItemKind::Type | ItemKind::Operation);
    let owners = renamed(&old, new, is_owner);
    let old = &owners::renamed(old, &owners);
    let others = renamed(old, new, |key| !is_owner(key));
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
    /// The Rust names of types that have another now.
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
        let name = key.shown();
        // Under another name of the documentation it comes by `renamed`.
        let is_kept = self.old.contains_key(key) && self.new.contains_key(key);
        let by_name = matches!(kind, ChangeKind::Renamed | ChangeKind::Moved);
        let earlier = self.old.get(key).and_then(|item| item.was.clone());
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

    /// What is on both sides under one name.
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
        self.words(key, left, right);
    }

    /// Whether what the item says was said of the type it is inherited from.
    fn is_inherited(&self, key: &Key, left: &Item, right: &Item) -> bool {
        match (&left.from, &right.from) {
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

    /// A feature that brings the item no more.
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
            let (kept, told) = (&right.when.features, &left.told.features);
            let had = left.when.features.iter();
            // With a feature that is gone goes all that it brought: that is told of the feature.
            had.filter(|feature| !kept.contains(feature) && !told.contains(feature))
                .any(|feature| is_feature(feature))
        };
        // What has no features of its own goes where its type goes.
        let of_its_own = matches!(
            key.kind,
            ItemKind::Type | ItemKind::Builder | ItemKind::Operation
        );
        if !loses || !of_its_own {
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

    fn words(&mut self, key: &Key, left: &Item, right: &Item) {
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
        let was = left.was.clone().unwrap_or_else(|| from.shown());
        let same = left.path == right.path
            && left.module == right.module
            && self.translated(&left.signature) == right.signature;
        // What goes over the wire is another, even where code stays as it is.
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
        self.both(class, to, kind, (left, was.clone()), (right, to.shown()));
        self.words(to, left, right);
        for change in &mut self.changes[first..] {
            change.was = Some(was.clone());
        }
    }

    fn removed(&mut self, key: &Key, renamed: &BTreeMap<Key, Key>) {
        let item = &self.old[key];
        // With a type goes all that belongs to it.
        let goes = key
            .whole()
            .is_some_and(|whole| !self.new.contains_key(&whole) && !renamed.contains_key(&whole));
        // A builder goes with its operations.
        let goes = goes || key.kind == ItemKind::Builder;
        if goes || self.follows(key, item, self.new, self.old) {
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
        let comes = key
            .whole()
            .is_some_and(|whole| !self.old.contains_key(&whole) && !targets.contains(&whole));
        let comes = comes || key.kind == ItemKind::Builder;
        if comes || self.follows(key, item, self.old, self.new) {
            return;
        }
        let after = seen(shown(item), item.place, self.after);
        self.push(Class::Compatible, key, ChangeKind::Added, None, Some(after));
    }

    /// Whether an item is on one side only because the type it comes from is.
    fn follows(&self, key: &Key, item: &Item, without: &Items, with: &Items) -> bool {
        let of = |owner: &str| Key::new(key.version, ItemKind::Type, owner, "");
        if key.kind == ItemKind::Derivation {
            return !without.contains_key(&of(&key.name));
        }
        let Some(from) = &item.from else {
            return false;
        };
        // The type that declares it is on both sides, and has it on this one only: that is told there.
        let above = Key::new(key.version, key.kind, from, &key.name);
        with.contains_key(&above)
            && !without.contains_key(&above)
            && without.contains_key(&of(from))
    }

    /// A signature with the new names of types.
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
