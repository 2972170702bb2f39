//! Text of pages, prepared for templates.

use maud::{Markup, html};

/// The maximum size of the HTML of a part of a page of the documentation, in bytes, by estimate.
const MAX_PART: usize = 120_000;

/// The maximum length of a shown line in characters.
pub(crate) const MAX_LINE: usize = 4_000;

/// Returns the first line of each part of a text. A part that is rendered with line numbers stays below the maximum size of a page.
pub(crate) fn split_lines(text: &str) -> Vec<u32> {
    let mut starts = vec![1];
    let mut size = 0;
    for (index, line) in text.lines().enumerate() {
        let escaped = line
            .bytes()
            .filter(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"'));
        let cost = 60 + line.len().min(MAX_LINE * 4) + 4 * escaped.count().min(MAX_LINE);
        if size > 0 && size + cost > MAX_PART {
            starts.push(index as u32 + 1);
            size = 0;
        }
        size += cost;
    }
    starts
}

/// Returns at most `max` characters of a text, with an ellipsis if it is longer.
pub(crate) fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// Splits a line at the place of a problem: before it, the affected text, and after it. `column` counts characters from 1; a width of
/// 0 stands for the rest of the line. Long lines are shortened around the place.
pub(crate) fn split_at(line: &str, column: u32, width: u32) -> [String; 3] {
    const CONTEXT: usize = 200;
    let byte = |characters: usize| {
        let mut places = line.char_indices();
        places.nth(characters).map_or(line.len(), |(byte, _)| byte)
    };
    let start = (column as usize).saturating_sub(1);
    let length = match width {
        0 => usize::MAX - start,
        width => width as usize,
    };
    let (from, to) = (byte(start), byte(start + length.min(MAX_LINE)));
    let before = byte(start.saturating_sub(CONTEXT)).min(from);
    let ellipsis = if before > 0 { "…" } else { "" };
    [
        format!("{ellipsis}{}", &line[before..from]),
        shorten(&line[from..to], CONTEXT),
        shorten(&line[to..], CONTEXT),
    ]
}

/// Returns a count with its noun: `1 type`, `2 types`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Renders plain text of a page: paragraphs, and code spans between backticks.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p { (inline(paragraph)) }
        }
    }
}

/// Renders plain text with code spans between backticks.
pub(crate) fn inline(text: &str) -> Markup {
    let is_balanced = text.matches('`').count().is_multiple_of(2);
    html! {
        @if is_balanced {
            @for (index, piece) in text.split('`').enumerate() {
                @if index % 2 == 0 { (piece) } @else { code { (piece) } }
            }
        } @else { (text) }
    }
}
