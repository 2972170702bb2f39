//! What a page says now, held against what it said: the same, in other words, or on other lines.

use std::collections::BTreeMap;

use super::Page;
use super::written::{self, Seal};
use crate::source::{FileId, Sources, lineless};
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
    let ((lines, rest), (lines_now, rest_now)) = (
        without_lines(&before, sources),
        without_lines(&now, sources),
    );
    if rest != rest_now {
        return None;
    }
    let mut moved = BTreeMap::new();
    for ((of, line), (_, line_now)) in lines.into_iter().zip(lines_now) {
        // Of other files the page only shows a part.
        let is_known = moved.insert((of, line), line_now);
        if is_known.is_some_and(|known| known != line_now) || (of != file && line != line_now) {
            return None;
        }
    }
    let own = moved.range((file, 0)..=(file, u32::MAX));
    let lines: BTreeMap<u32, u32> = own.map(|((_, line), now)| (*line, *now)).collect();
    // What stood above still does.
    if !lines.values().is_sorted_by(|above, below| above < below) {
        return None;
    }
    let has_moved = lines.iter().any(|(line, now)| line != now);
    let page = sources.get(file).path.clone();
    let reworded = words.into_iter();
    Some(Restated {
        reworded: reworded
            .filter(|words| words.before != words.after)
            .collect(),
        moved: has_moved.then_some(Moved { page, lines }),
    })
}

/// What a page says but for the lines where it does, and these.
fn without_lines(page: &Page, sources: &Sources) -> (Vec<(FileId, u32)>, (Seal, Vec<u8>)) {
    lineless(|| written::write(&page.0, &page.1, sources))
}
