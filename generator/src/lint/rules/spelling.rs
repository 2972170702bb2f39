//! Words that are probably misspelled: few pages contain them, and many a word that differs in one letter.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use crate::report::{Code, Report};
use crate::source::Location;

/// The words of a page, sorted, each with its first place.
pub(super) struct PageWords<'a> {
    words: Vec<(&'a str, u32)>,
    file: crate::source::FileId,
}

/// Shorter words differ from others in one letter too often.
const MIN_LENGTH: usize = 7;
/// Shorter words are no stems.
const MIN_STEM: usize = 4;
/// The number of pages with a correct word at least, and with a misspelled one at most.
const MIN_PAGES: usize = 30;
const MAX_PAGES: usize = 3;

/// Returns the words of a page. Names, code and links are no words.
pub(super) fn collect<'a>(page: &Page<'a>) -> PageWords<'a> {
    let mut words = Vec::new();
    let is_english = page.facts.locale.is_none();
    let mut in_comment = false;
    let lines = page.lines.iter().enumerate();
    for (index, line) in lines.filter(|(_, line)| is_english && !line.is_code) {
        in_comment |= line.text.contains("<!--");
        if !in_comment {
            collect_line(line.text, index as u32 + 1, &mut words);
        }
        in_comment &= !line.text.contains("-->");
    }
    words.sort_unstable();
    words.dedup_by_key(|(word, _)| *word);
    PageWords {
        words,
        file: page.facts.file,
    }
}

/// Adds the words of a line: letters in lower case between spaces and punctuation.
fn collect_line<'t>(text: &'t str, line: u32, words: &mut Vec<(&'t str, u32)>) {
    // Every second piece is code.
    for prose in text.split('`').step_by(2) {
        for piece in prose.split([' ', '|', '(', ')', '[', ']', '"']) {
            let word = piece.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            let is_word =
                word.len() >= MIN_STEM && word.bytes().all(|byte| byte.is_ascii_lowercase());
            if is_word {
                words.push((word, line));
            }
        }
    }
}

/// Reports words that are probably misspelled.
pub(super) fn check(pages: &[PageWords<'_>], report: &mut Report) {
    let mut all: Vec<&str> = pages
        .iter()
        .flat_map(|page| page.words.iter().map(|(word, _)| *word))
        .collect();
    all.sort_unstable();
    let (mut frequent, mut rare, mut stems) = (Vec::new(), Vec::new(), Vec::new());
    for same in all.chunk_by(|left, right| left == right) {
        let (word, pages) = (same[0], same.len());
        let is_long = word.len() >= MIN_LENGTH;
        if pages > 1 {
            stems.push(word);
        }
        if pages >= MIN_PAGES && is_long {
            frequent.push(word);
        } else if pages <= MAX_PAGES && is_long {
            rare.push(word);
        }
    }
    rare.retain(|word| !is_inflected(word, &stems));
    let corrections = find_corrections(&frequent, &rare);
    if corrections.is_empty() {
        return;
    }
    for page in pages {
        for (word, line) in &page.words {
            let Some(correction) = corrections.get(word) else {
                continue;
            };
            let at = Location {
                file: page.file,
                line: *line,
                column: 1,
            };
            let message =
                format!("\"{word}\" is probably misspelled; other pages write \"{correction}\"");
            report.push(
                Code::MisspelledWord,
                at,
                0,
                message,
                "the text is kept as it is",
            );
        }
    }
}

/// Whether a word is another word of the pages with a suffix.
fn is_inflected(word: &str, stems: &[&str]) -> bool {
    const SUFFIXES: [&str; 9] = ["s", "es", "d", "ed", "ing", "er", "or", "ly", "able"];
    SUFFIXES.iter().any(|suffix| {
        word.strip_suffix(suffix).is_some_and(|stem| {
            let ends_in_e = || format!("{stem}e");
            stems.binary_search(&stem).is_ok() || stems.binary_search(&ends_in_e().as_str()).is_ok()
        })
    })
}

/// Returns the frequent word that differs from a rare one in a single letter within the word.
fn find_corrections<'w>(frequent: &[&'w str], rare: &[&'w str]) -> BTreeMap<&'w str, &'w str> {
    // Two words that differ in one letter are equal after a letter of each is removed.
    let mut by_shorter: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for word in frequent {
        for shorter in shorter_words(word) {
            by_shorter.entry(shorter).or_default().insert(word);
        }
    }
    let is_frequent = |word: &str| {
        frequent
            .binary_search(&word)
            .ok()
            .map(|index| frequent[index])
    };
    let mut corrections = BTreeMap::new();
    for word in rare {
        let mut candidates: BTreeSet<&str> = BTreeSet::new();
        candidates.extend(by_shorter.get(*word).into_iter().flatten());
        for shorter in shorter_words(word) {
            candidates.extend(is_frequent(&shorter));
            candidates.extend(by_shorter.get(&shorter).into_iter().flatten());
        }
        candidates
            .retain(|candidate| is_one_edit(word, candidate) && differ_within(word, candidate));
        if let Some(only) = candidates.first().filter(|_| candidates.len() == 1) {
            corrections.insert(*word, *only);
        }
    }
    corrections
}

/// The words without one of their letters.
fn shorter_words(word: &str) -> impl Iterator<Item = String> {
    (0..word.len().min(40)).map(move |at| format!("{}{}", &word[..at], &word[at + 1..]))
}

/// Whether two words differ in one letter, or in the order of two adjacent ones.
pub(super) fn is_one_edit(left: &str, right: &str) -> bool {
    let (left, right) = trim_common(left.as_bytes(), right.as_bytes());
    match (left, right) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether the difference is neither at the start nor at the end, where words are inflected.
fn differ_within(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    left.first() == right.first() && left.last() == right.last()
}

/// Returns what remains without the common start and the common end.
fn trim_common<'t>(left: &'t [u8], right: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[start..], &right[start..]);
    let end = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (&left[..left.len() - end], &right[..right.len() - end])
}
