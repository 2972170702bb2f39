//! Names for which letter case does not matter, as keys of maps. Looking one up makes no copy of it.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;

/// A name without regard to the case of its letters. The order is good for looking up only: short names come first.
#[derive(Clone, Debug)]
pub(crate) struct Folded<'a>(Cow<'a, str>);

impl<'a> Folded<'a> {
    /// A name to look up.
    pub(crate) fn of(name: &'a str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl Folded<'static> {
    /// A name to keep.
    pub(crate) fn owned(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }
}

/// What a name is looked up with, so that what is found does not live as short as the name.
pub(crate) trait Name {
    /// The name as written.
    fn text(&self) -> &str;
}

impl Name for Folded<'_> {
    fn text(&self) -> &str {
        &self.0
    }
}

impl Name for &str {
    fn text(&self) -> &str {
        self
    }
}

impl<'n, 'a: 'n> Borrow<dyn Name + 'n> for Folded<'a> {
    fn borrow(&self) -> &(dyn Name + 'n) {
        self
    }
}

fn order(left: &str, right: &str) -> Ordering {
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
    ($($own:ty)*) => {
        $(impl Ord for $own {
            fn cmp(&self, other: &Self) -> Ordering {
                order(self.text(), other.text())
            }
        }

        impl PartialOrd for $own {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl PartialEq for $own {
            fn eq(&self, other: &Self) -> bool {
                self.text().eq_ignore_ascii_case(other.text())
            }
        }

        impl Eq for $own {})*
    };
}

compare_by_name!(Folded<'_> dyn Name + '_);

/// A name without its namespace.
pub(crate) fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a text ends in another, whatever the case of its letters.
pub(crate) fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    let tail = start.and_then(|start| text.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// Whether a text starts with another, whatever the case of its letters.
pub(crate) fn starts_with(text: &str, start: &str) -> bool {
    let head = text.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The singular of a name, as far as that can be told.
pub(crate) fn singular(name: &str) -> String {
    match (name.strip_suffix("ies"), name.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn case_does_not_matter() {
        let map: BTreeMap<Folded, u8> = [("driveItem", 1), ("driveitems", 2), ("Item", 3)]
            .into_iter()
            .map(|(name, number)| (Folded::owned(name), number))
            .collect();
        let check =
            |name: &str, expected| assert_eq!(map.get(&name as &dyn Name), expected, "{name}");
        check("DRIVEITEM", Some(&1));
        check("driveItems", Some(&2));
        check("item", Some(&3));
        check("drive", None);
        assert!(ends_with("workbookChart", "chart"));
        assert!(!ends_with("art", "chart"));
    }
}
