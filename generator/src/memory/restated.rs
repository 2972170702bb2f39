//! What a page says now, held against what it said: the same, in other words, or at other places.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use super::written::{self, Seal};
use crate::report::Report;
use crate::resolve;
use crate::source::{FileId, Location, Sources, unplaced};
use crate::wording::{Moved, Reworded};

/// What is different about a page that says what it said, if anything is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Restated {
    pub(super) reworded: Vec<Reworded>,
    pub(super) moved: Option<Moved>,
}

/// What is different about a page; none if it says something else.
pub(super) fn restated(
    file: FileId,
    mut before: Page,
    mut now: Page,
    sources: &Sources,
) -> Option<Restated> {
    if before == now {
        return Some(Restated::default());
    }
    let pairs = before.0.words().into_iter().zip(now.0.words());
    let words: Vec<Reworded> = pairs
        .map(|((at, before), (_, now))| Reworded {
            page: sources.get(at.file).path.clone(),
            line: at.line,
            column: at.column,
            before: std::mem::take(before),
            after: std::mem::take(now),
        })
        .collect();
    before.0.drop_asides();
    now.0.drop_asides();
    let ((places, rest), (places_now, rest_now)) = (
        without_places(&before, sources),
        without_places(&now, sources),
    );
    if rest != rest_now {
        return None;
    }
    let mut moved = BTreeMap::new();
    for (place, place_now) in places.into_iter().zip(places_now) {
        let is_known = moved.insert(place, place_now);
        // Of other files the page only shows a part.
        if is_known.is_some_and(|known| known != place_now)
            || (place.file != file && place != place_now)
        {
            return None;
        }
    }
    let own = moved.into_iter().filter(|(place, _)| place.file == file);
    let pair = |place: Location| (place.line, place.column);
    let places = own.map(|(place, now)| (pair(place), pair(now))).collect();
    let moved = Moved {
        page: sources.get(file).path.clone(),
        places,
    };
    if !moved.is_in_order() {
        return None;
    }
    let has_moved = moved.places.iter().any(|(place, now)| place != now);
    let reworded = words.into_iter();
    Some(Restated {
        reworded: reworded
            .filter(|words| words.before != words.after)
            .collect(),
        moved: has_moved.then_some(moved),
    })
}

/// The names of which a page says something else; none if it says something else of more than that and what nobody else sees.
pub(super) fn names_touched(
    before: &Page,
    now: &Page,
    sources: &Sources,
) -> Option<BTreeSet<String>> {
    let rest = |page: &Page| {
        let mut facts = page.0.clone();
        facts
            .words()
            .into_iter()
            .for_each(|(_, words)| words.clear());
        facts.drop_asides();
        facts.drop_leaves();
        without_places(&(facts, Report::new()), sources).1
    };
    let evidence = |page: &Page| page.0.evidence(resolve::is_primitive);
    if rest(before) != rest(now) || evidence(before) != evidence(now) {
        return None;
    }
    let (before, now) = (before.0.named(), now.0.named());
    let touched = before.symmetric_difference(&now);
    Some(touched.map(|named| named.name.clone()).collect())
}

/// What was written down of a page.
type Written = (Seal, Vec<u8>);

/// The places where a page says something, and what that is.
fn without_places(page: &Page, sources: &Sources) -> (Vec<Location>, Written) {
    unplaced(|| written::write(&page.0, &page.1, sources))
}
