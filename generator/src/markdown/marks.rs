//! Recognises lines by their first characters: headings, list items, link definitions and thematic breaks.

use super::lines::{indentation, is_blank};

/// Returns the level and text of an ATX heading.
pub(super) fn heading(text: &str) -> Option<(u8, &str)> {
    let text = text.trim_start();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    if level == 0 || level > 6 || !(rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}'])) {
        return None;
    }
    Some((level as u8, rest.trim_end_matches(['#', ' ', '\t']).trim()))
}

/// Returns the tab id of `[C#](#tab/csharp)`, with or without an anchor before it.
pub(super) fn tab_id(heading: &str) -> Option<&str> {
    let anchored = heading.strip_prefix("<a name=");
    let heading = anchored
        .and_then(|rest| Some(rest.split_once("</a>")?.1))
        .unwrap_or(heading);
    let (_, rest) = heading.strip_prefix('[')?.split_once("](#tab/")?;
    Some(rest.split([')', '/']).next().unwrap_or(rest))
}

/// The languages whose tabs repeat the request of the HTTP tab.
pub(super) fn is_language_tab(id: &str) -> bool {
    const LANGUAGES: [&str; 13] = [
        "csharp",
        "javascript",
        "objc",
        "objective-c",
        "java",
        "cli",
        "go",
        "php",
        "powershell",
        "python",
        "typescript",
        "ruby",
        "swift",
    ];
    LANGUAGES
        .iter()
        .any(|language| id.eq_ignore_ascii_case(language))
}

/// Whether a line is a directive of the publishing system: `:::zone pivot="x"`, `:::zone-end`, `:::image source="x":::`.
pub(super) fn is_directive(line: &str) -> bool {
    let name = line.trim_start().strip_prefix(":::");
    name.is_some_and(|name| {
        name.trim_start()
            .starts_with(|first: char| first.is_ascii_alphabetic())
    })
}

pub(super) fn is_thematic_break(text: &str) -> bool {
    let text = text.trim();
    let Some(mark) = text
        .bytes()
        .next()
        .filter(|byte| matches!(byte, b'-' | b'*' | b'_'))
    else {
        return false;
    };
    text.bytes().all(|byte| byte == mark || byte == b' ')
        && text.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// Returns the label and target of `[label]: target`.
pub(super) fn link_definition(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.trim_start().strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    (!label.contains([']', '['])).then_some((label.trim(), target))
}

/// Returns the byte offset of the text of a list item.
pub(super) fn list_marker(text: &str) -> Option<usize> {
    let indentation = indentation(text);
    let item = &text[indentation..];
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match item.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = &item[marker..];
    (rest.starts_with([' ', '\t']) && !is_blank(rest)).then(|| indentation + marker)
}
