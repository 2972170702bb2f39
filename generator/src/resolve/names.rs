//! Rules for names: comparison without letter case, namespaces, identifiers, singulars.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;

use crate::model::QualifiedName;

/// The namespace of names that state none.
pub(crate) const MAIN_NAMESPACE: &str = "microsoft.graph";

/// A name that is compared without regard to letter case. The order serves lookups only: short names come first.
#[derive(Clone, Debug)]
pub(crate) struct FoldedName<'a>(Cow<'a, str>);

impl<'a> FoldedName<'a> {
    /// A key that borrows the name.
    pub(crate) fn borrowed(name: &'a str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl FoldedName<'static> {
    /// A key that owns the name.
    pub(crate) fn owned(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }
}

/// The lookup key for maps of [`FoldedName`]. Values found by it can outlive the name that was looked up.
pub(crate) trait NameText {
    /// Returns the name as written.
    fn text(&self) -> &str;
}

impl NameText for FoldedName<'_> {
    fn text(&self) -> &str {
        &self.0
    }
}

impl NameText for &str {
    fn text(&self) -> &str {
        self
    }
}

impl<'n, 'a: 'n> Borrow<dyn NameText + 'n> for FoldedName<'a> {
    fn borrow(&self) -> &(dyn NameText + 'n) {
        self
    }
}

fn compare_folded(left: &str, right: &str) -> Ordering {
    let by_length = left.len().cmp(&right.len());
    by_length.then_with(|| {
        let pairs = left.bytes().zip(right.bytes());
        let mut orders =
            pairs.map(|(left, right)| left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase()));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    })
}

macro_rules! compare_by_name {
    ($($key:ty)*) => {
        $(impl Ord for $key {
            fn cmp(&self, other: &Self) -> Ordering {
                compare_folded(self.text(), other.text())
            }
        }

        impl PartialOrd for $key {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl PartialEq for $key {
            fn eq(&self, other: &Self) -> bool {
                self.text().eq_ignore_ascii_case(other.text())
            }
        }

        impl Eq for $key {})*
    };
}

compare_by_name!(FoldedName<'_> dyn NameText + '_);

/// Returns a name without its namespace.
pub(crate) fn unqualified(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a name states a namespace.
pub(crate) fn is_qualified(name: &str) -> bool {
    let name = name.trim().trim_start_matches('#');
    name.rsplit_once('.')
        .is_some_and(|(namespace, _)| !namespace.is_empty())
}

/// Qualifies a name: `microsoft.graph.user` is split at its last dot, and an unqualified name gets `namespace`.
pub(crate) fn qualify(name: &str, namespace: &str) -> QualifiedName {
    let (namespace, name) = split_name(name, namespace);
    QualifiedName {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    }
}

/// Returns the namespace and the unqualified name; `namespace` if the name states none.
pub(crate) fn split_name<'n>(name: &'n str, namespace: &'n str) -> (&'n str, &'n str) {
    let name = name.trim().trim_start_matches('#');
    match name.rsplit_once('.') {
        // The page's namespace has the most frequent spelling already.
        Some((stated, last)) if stated.eq_ignore_ascii_case(namespace) => (namespace, last),
        Some((stated, last)) if !stated.is_empty() => (trim_namespace(stated), last),
        _ => (namespace, name.trim_matches('.')),
    }
}

/// Trims dots and blanks, and removes a repeated last part: `microsoft.graph.x.x` becomes `microsoft.graph.x`.
pub(crate) fn trim_namespace(namespace: &str) -> &str {
    let namespace = namespace.trim().trim_matches('.');
    match namespace.rsplit_once('.') {
        Some((rest, tail)) if rest.rsplit('.').next() == Some(tail) => rest,
        _ => namespace,
    }
}

/// Whether a name is an OData identifier: usable for a type, a property or an enum member.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

/// Whether a text ends with another, without regard to letter case.
pub(crate) fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    let tail = start.and_then(|start| text.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// Whether a text starts with another, without regard to letter case.
pub(crate) fn starts_with(text: &str, start: &str) -> bool {
    let head = text.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Returns the singular of a name by the regular English rules.
pub(crate) fn singular(name: &str) -> String {
    match (name.strip_suffix("ies"), name.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => name.to_owned(),
    }
}

/// Returns the number of capitals. Of two spellings of a name, the one with more capitals marks more words.
pub(crate) fn capitals(name: &str) -> usize {
    name.chars().filter(|letter| letter.is_uppercase()).count()
}

/// Whether a name starts with a verb, as names of actions do.
pub(crate) fn starts_with_verb(name: &str) -> bool {
    const VERBS: [&str; 8] = [
        "create", "add", "get", "invite", "copy", "send", "import", "upload",
    ];
    VERBS.iter().any(|verb| {
        name.strip_prefix(verb)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn names_are_found_in_any_letter_case() {
        let map: BTreeMap<FoldedName, u8> = [("driveItem", 1), ("driveitems", 2), ("Item", 3)]
            .into_iter()
            .map(|(name, number)| (FoldedName::owned(name), number))
            .collect();
        let check =
            |name: &str, expected| assert_eq!(map.get(&name as &dyn NameText), expected, "{name}");
        check("DRIVEITEM", Some(&1));
        check("driveItems", Some(&2));
        check("item", Some(&3));
        check("drive", None);
        assert!(ends_with("workbookChart", "chart"));
        assert!(!ends_with("art", "chart"));
    }
}
