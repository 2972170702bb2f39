//! Fenced code blocks, indented or not, and block quotes.

use std::borrow::Cow;

use super::lines::{Lines, indentation};
use super::{Callout, Text};
use crate::source::Location;

/// The opening line of a code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    /// The first word of the info string.
    pub(super) language: &'a str,
    /// The number of characters of the fence.
    pub(super) length: usize,
    /// The indentation of the fence.
    pub(super) indentation: usize,
    mark: char,
}

/// A code block without its fences.
pub(super) struct FencedText<'a> {
    pub(super) text: Text<'a>,
    pub(super) closed: bool,
    /// The index of the line after the closing fence.
    pub(super) next: usize,
}

/// Parses an opening fence. A backtick after a fence of backticks makes the line a code span instead.
pub(super) fn opening(text: &str) -> Option<Fence<'_>> {
    let indentation = indentation(text);
    let trimmed = &text[indentation..];
    let mark = trimmed
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    if length < 3 || (mark == '`' && rest.contains('`')) {
        return None;
    }
    Some(Fence {
        language: rest.split_whitespace().next().unwrap_or(""),
        length,
        indentation,
        mark,
    })
}

/// Parses the code block whose opening fence is at a line.
pub(super) fn parse_fence<'a>(lines: &Lines<'a>, index: usize, fence: Fence<'a>) -> FencedText<'a> {
    let opening = lines.get(index).expect("the fence is a line");
    let first = index + 1;
    let closes = |text: &str| {
        let trimmed = text.trim();
        trimmed.len() >= fence.length && trimmed.chars().all(|mark| mark == fence.mark)
    };
    let close =
        (first..lines.len()).find(|index| lines.get(*index).is_some_and(|line| closes(line.text)));
    let end = close.unwrap_or(lines.len());
    let at_end = lines.location(opening, opening.text.len());
    let text = match (lines.get(first), lines.get(end.wrapping_sub(1))) {
        (Some(first_line), Some(last_line)) if end > first => {
            let blanks = fence.indentation.min(indentation(first_line.text));
            Text {
                raw: dedent(lines.span(first_line, last_line), fence.indentation),
                at: lines.location(first_line, blanks),
            }
        }
        _ => Text::borrowed("", at_end),
    };
    FencedText {
        text,
        closed: close.is_some(),
        next: close.map_or(lines.len(), |close| close + 1),
    }
}

/// Removes the indentation of the fence from every line.
fn dedent(text: &str, by: usize) -> Cow<'_, str> {
    if by == 0 {
        return Cow::Borrowed(text);
    }
    let mut dedented = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            dedented.push('\n');
        }
        dedented.push_str(&line[indentation(line).min(by)..]);
    }
    Cow::Owned(dedented)
}

/// Builds a callout from the lines of a block quote. Returns `None` if all are blank.
pub(super) fn callout<'a>(lines: &[(Location, &'a str)]) -> Option<Callout<'a>> {
    let first = lines.iter().position(|(_, text)| !text.is_empty())?;
    let (mut at, line) = lines[first];
    let (label, mut rest) = label(line).unwrap_or((Cow::Borrowed(""), line));
    at.column += line[..line.len() - rest.len()].chars().count() as u32;
    let mut following = &lines[first + 1..];
    while rest.is_empty() {
        let [(next, text), tail @ ..] = following else {
            break;
        };
        (at, rest, following) = (*next, text, tail);
    }
    let mut raw = Cow::Borrowed(rest);
    for (_, text) in following {
        let raw = raw.to_mut();
        raw.push('\n');
        raw.push_str(text);
    }
    Some(Callout {
        label,
        text: Text { raw, at },
    })
}

/// Splits the label of a callout from its text.
pub(super) fn label(text: &str) -> Option<(Cow<'_, str>, &str)> {
    if let Some((word, rest)) = text
        .strip_prefix("[!")
        .and_then(|text| text.split_once(']'))
    {
        let mut label = word.to_ascii_lowercase();
        label.get_mut(..1)?.make_ascii_uppercase();
        return Some((Cow::Owned(label), rest.trim_start()));
    }
    if let Some((word, rest)) = text
        .strip_prefix("**")
        .and_then(|text| text.split_once("**"))
    {
        let label = word.trim().trim_end_matches(':');
        let is_label = LABELS.iter().any(|known| known.eq_ignore_ascii_case(label));
        return is_label.then(|| {
            (
                Cow::Borrowed(label),
                rest.trim_start_matches([':', ' ', '\t']),
            )
        });
    }
    let (word, rest) = text.split_once(':')?;
    let is_label = LABELS.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_label.then(|| (Cow::Borrowed(word), rest.trim_start()))
}

const LABELS: [&str; 8] = [
    "Note",
    "Notes",
    "Important",
    "Tip",
    "Caution",
    "Warning",
    "Remarks",
    "Deprecated",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, language: &str, content: &str, closed: bool) {
        let lines = Lines::new(FileId(0), text);
        let fence = opening(lines.get(0).unwrap().text).unwrap();
        let block = parse_fence(&lines, 0, fence);
        assert_eq!(fence.language, language);
        assert_eq!(block.text.raw, content);
        assert_eq!(block.closed, closed);
    }

    #[test]
    fn fences() {
        check("``` http\nGET /a\n\nb\n```\nx", "http", "GET /a\n\nb", true);
        check(
            "  ```json\n  {\n    \"a\": 1\n  }\n  ```",
            "json",
            "{\n  \"a\": 1\n}",
            true,
        );
        check("```\nrest", "", "rest", false);
        check("```\n```", "", "", true);
        check("```", "", "", false);
    }

    #[test]
    fn code_spans_are_no_fences() {
        assert_eq!(opening("```204 No Content``` comes back"), None);
        assert_eq!(opening("``two"), None);
    }

    #[test]
    fn labels() {
        let label_of = |text| label(text).map(|(label, rest)| (label.into_owned(), rest));
        let note = |rest| Some(("Note".to_owned(), rest));
        assert_eq!(label_of("**Note:** a"), note("a"));
        assert_eq!(label_of("**Note**: a"), note("a"));
        assert_eq!(label_of("[!NOTE]"), note(""));
        assert_eq!(label_of("Note: a"), note("a"));
        assert_eq!(label_of("A: b"), None);
    }
}
