//! Finds misspelled names of permissions: names that differ from a more frequent one by vowels, doubled letters, plural or dots.

use std::collections::BTreeMap;

use crate::facts::{GrantFact, PermissionFact};
use crate::report::{Code, NameKind, Report};
use crate::resolve::operation_pages::OperationPage;
use crate::source::At;

/// Returns the names of permissions in a row.
pub(crate) fn permission_names(row: &PermissionFact) -> impl Iterator<Item = &At<String>> {
    let alternatives = match &row.grant {
        GrantFact::AnyOf(alternatives) => Some(alternatives),
        GrantFact::NotSupported | GrantFact::Words(_) => None,
    };
    alternatives.into_iter().flat_map(|alternatives| {
        let sets = alternatives
            .sets
            .iter()
            .chain(&alternatives.resource_specific);
        sets.flatten()
    })
}

/// A name is misspelled if another with the same skeleton is used at least this many times as often.
const RATIO: usize = 3;

/// Reports names that are probably misspelled, with the frequent name as a suggestion.
pub(crate) fn report_misspelled_permissions(operations: &[OperationPage], report: &mut Report) {
    let rows = operations
        .iter()
        .flat_map(|operation| &operation.facts.permissions);
    let names = || rows.clone().flat_map(permission_names);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names() {
        *counts.entry(&name.value).or_default() += 1;
    }
    let mut frequent: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (name, count) in &counts {
        let best = frequent.entry(skeleton(name)).or_insert((*count, name));
        if *count > best.0 {
            *best = (*count, name);
        }
    }
    for name in names() {
        let (count, best) = frequent[&skeleton(&name.value)];
        if best != name.value && count >= RATIO * counts[name.value.as_str()] {
            report.push(
                Code::UnknownPermission,
                name.at,
                name.value.chars().count(),
                format!(
                    "unknown permission `{}`; other pages use `{best}`",
                    name.value
                ),
                "the name is used as written",
            );
            report.suggest(name.value.as_str(), best);
            report.set_unknown_name(name.value.as_str(), NameKind::Permission);
        }
    }
}

/// Returns what the usual misspellings of a name have in common.
fn skeleton(name: &str) -> String {
    let mut skeleton = String::with_capacity(name.len());
    for part in name.split('.') {
        // A plural is the most frequent difference, in the middle of a word as well.
        let singular = part.strip_suffix('s').unwrap_or(part);
        for letter in singular.chars().map(|letter| letter.to_ascii_lowercase()) {
            let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
            if !is_vowel && !skeleton.ends_with(letter) {
                skeleton.push(letter);
            }
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn misspellings_share_a_skeleton() {
        for (left, right, is_same) in [
            (
                "Lamp.PriviligedOperation.All",
                "Lamp.PrivilegedOperations.All",
                true,
            ),
            ("Lamp.ReadWrite.Alll", "Lamp.ReadWrite.All", true),
            ("Lamp.Read.WriteAll", "Lamp.ReadWrite.All", true),
            ("Lamp.Read.All", "Lamps.Read.All", true),
            ("Lamp.Read.All", "Lamp.ReadWrite.All", false),
            ("Lamp.Read", "Lamp.Read.All", false),
            ("Lamp.ReadBasic.All", "Lamp.Read.All", false),
        ] {
            assert_eq!(skeleton(left) == skeleton(right), is_same, "{left} {right}");
        }
    }
}
