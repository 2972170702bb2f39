//! Compares the items of both states: those with the same name, renamed ones, removed ones and added ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Account, Grant, Permissions};
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
    let kept: Vec<Pair> = old
        .iter()
        .filter_map(|(key, before)| {
            let after = new.get(key)?;
            Some(Pair { key, before, after })
        })
        .collect();
    let stable = kept
        .iter()
        .filter(|item| item.key.kind == ItemKind::Type && item.before.path != item.after.path)
        .map(|item| (item.before.path.as_str(), item.after.path.as_str()));
    let mut comparison = Comparison {
        old,
        new,
        before,
        after,
        idents: idents.chain(stable).collect(),
        changes: Vec::new(),
    };
    for item in &kept {
        comparison.kept(item);
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

/// The two states of an item.
struct Pair<'a> {
    key: &'a Key,
    before: &'a Item,
    after: &'a Item,
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
        // Items with another documented name are reported by `renamed`.
        let is_kept = self.old.contains_key(key) && self.new.contains_key(key);
        let by_name = matches!(kind, ChangeKind::Renamed | ChangeKind::Moved);
        let earlier = self.old.get(key).and_then(|item| item.earlier_key.clone());
        self.changes.push(Change {
            class,
            key: key.clone(),
            earlier_key: earlier.filter(|earlier| earlier != key),
            kind,
            is_unstable: is_kept && by_name,
            before,
            after,
        });
    }

    /// Adds a change of an attribute that both states of an item have.
    fn push_attribute(
        &mut self,
        class: Class,
        kind: ChangeKind,
        item: &Pair<'_>,
        attribute: impl Fn(&Item) -> String,
    ) {
        let before = seen(attribute(item.before), item.before.place, self.before);
        let after = seen(attribute(item.after), item.after.place, self.after);
        self.push(class, item.key, kind, Some(before), Some(after));
    }

    /// Compares an item that both states have.
    fn kept(&mut self, item: &Pair<'_>) {
        if self.is_inherited(item) {
            return;
        }
        let Pair { key, before, after } = item;
        let is_moved_operation = key.kind == ItemKind::Operation && before.path != after.path;
        if last(&before.path) != last(&after.path) || is_moved_operation {
            self.push_attribute(Class::Breaking, ChangeKind::Renamed, item, |item| {
                item.path.clone()
            });
        } else if before.module != after.module {
            self.push_attribute(Class::Breaking, ChangeKind::Moved, item, |item| {
                item.module.clone()
            });
        } else if self.translated(&before.signature) != after.signature {
            self.push_attribute(Class::Breaking, ChangeKind::Retyped, item, |item| {
                item.signature.clone()
            });
        } else if before.documented != after.documented && !after.documented.is_empty() {
            self.push_attribute(Class::Documentation, ChangeKind::Retyped, item, |item| {
                item.documented.clone()
            });
        }
        self.features(item);
        self.documentation(item);
    }

    /// Returns whether the item is inherited, so that its changes are reported for the declaring type.
    fn is_inherited(&self, item: &Pair<'_>) -> bool {
        let Pair { key, before, after } = item;
        match (&before.declared_by, &after.declared_by) {
            (Some(declaring), Some(now)) if declaring == now => {
                let above = Key::new(key.version, key.kind, declaring, &key.name);
                let same = |items: &Items, item: &Item| {
                    items.get(&above).is_some_and(|above| {
                        above.signature == item.signature && last(&above.path) == last(&item.path)
                    })
                };
                same(self.old, before) && same(self.new, after)
            }
            _ => false,
        }
    }

    /// Reports features that no longer enable the item.
    fn features(&mut self, item: &Pair<'_>) {
        let Pair { key, before, after } = item;
        let is_feature = |name: &str| {
            let feature = Key::new(key.version, ItemKind::Feature, name, "");
            self.new.contains_key(&feature)
        };
        let loses = if after.when.is_always() {
            false
        } else if before.when.is_always() {
            true
        } else {
            let kept = &after.when.features;
            let reported = &before.reported_by_members.features;
            let had = before.when.features.iter();
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
        self.push_attribute(
            Class::Breaking,
            ChangeKind::Features,
            item,
            |item| match item.when.is_always() {
                true => "every feature".to_owned(),
                false => item.when.features.join(", "),
            },
        );
    }

    /// Reports changes of deprecation, permissions and description.
    fn documentation(&mut self, item: &Pair<'_>) {
        let Pair { before, after, .. } = item;
        let deprecation = match (&before.deprecated, &after.deprecated) {
            (None, Some(_)) => Some(ChangeKind::Deprecated),
            (Some(_), None) => Some(ChangeKind::Reinstated),
            (Some(_), Some(_)) | (None, None) => None,
        };
        if let Some(kind) = deprecation {
            self.push_attribute(Class::Compatible, kind, item, |item| {
                item.deprecated.clone().unwrap_or_default()
            });
        }
        let has_permissions = before.permissions.is_some() && after.permissions.is_some();
        if has_permissions && before.permissions != after.permissions {
            self.push_attribute(Class::Compatible, ChangeKind::Permissions, item, |item| {
                let permissions = item.permissions.as_ref();
                permissions.map(format_permissions).unwrap_or_default()
            });
        }
        let is_reworded = before.description != after.description;
        let has_other_reason = deprecation.is_none() && before.deprecated != after.deprecated;
        if is_reworded || has_other_reason {
            self.push_attribute(
                Class::Documentation,
                ChangeKind::Redescribed,
                item,
                |item| item.description.clone(),
            );
        }
    }

    /// Reports an item whose documented name changed.
    fn renamed(&mut self, from: &Key, to: &Key) {
        let (before, after) = (&self.old[from], &self.new[to]);
        let earlier_key = before.earlier_key.clone().unwrap_or_else(|| from.clone());
        let is_same_code = before.path == after.path
            && before.module == after.module
            && self.translated(&before.signature) == after.signature;
        // The JSON name differs, even if code that uses the library stays valid.
        let class = match is_same_code {
            true => Class::Compatible,
            false => Class::Breaking,
        };
        let kind = match from.kind {
            ItemKind::Operation => ChangeKind::Moved,
            _ => ChangeKind::Renamed,
        };
        let first = self.changes.len();
        let old_name = seen(earlier_key.display_name(), before.place, self.before);
        let new_name = seen(to.display_name(), after.place, self.after);
        self.push(class, to, kind, Some(old_name), Some(new_name));
        self.documentation(&Pair {
            key: to,
            before,
            after,
        });
        for change in &mut self.changes[first..] {
            change.earlier_key = Some(earlier_key.clone());
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

pub(super) fn format_permissions(permissions: &Permissions) -> String {
    let mut all = Vec::new();
    for account in Account::ALL {
        let name = match account {
            Account::DelegatedWork => "work",
            Account::DelegatedPersonal => "personal",
            Account::Application => "application",
        };
        all.extend(format_grant(name, permissions.grant(account)));
        for conditional in permissions.conditional_for(account) {
            let name = format!("{name} ({})", conditional.condition.text());
            all.extend(format_grant(&name, &conditional.grant));
        }
    }
    if !permissions.roles.is_empty() {
        all.push(format!("roles: {}", permissions.roles.join(", ")));
    }
    all.join("; ")
}

fn format_grant(name: &str, grant: &Grant) -> Option<String> {
    match grant {
        Grant::Unstated => None,
        Grant::NotSupported => Some(format!("{name}: not supported")),
        Grant::Conditional => Some(format!("{name}: conditional")),
        Grant::AnyOf(alternatives) => {
            let sets = alternatives.sets.iter();
            let sets: Vec<String> = sets.map(|set| set.join(" + ")).collect();
            Some(format!("{name}: {}", sets.join(", ")))
        }
    }
}
