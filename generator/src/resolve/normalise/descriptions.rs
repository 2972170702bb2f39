//! The part of a description that documentation shows: without "Inherited from", and without the values of an enum.

use std::borrow::Cow;

/// Returns a description without the sentences that the model expresses: where a row is inherited from, and, if the row's type
/// is an enum, the list of its values.
pub(crate) fn description(text: &str, is_enum: bool) -> String {
    let mut kept = remove_inherited_from(text);
    if is_enum {
        kept = Cow::Owned(remove_listed_values(&kept));
    }
    collapse_whitespace(&kept)
}

fn collapse_whitespace(text: &str) -> String {
    // Most descriptions are one clean line; those are copied as they are.
    let mut before = b' ';
    let is_one_line = text.bytes().all(|byte| {
        let is_kept = matches!(byte, b'!'..=b'~') || (byte == b' ' && before != b' ');
        before = byte;
        is_kept
    });
    if is_one_line && before != b' ' {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Removes `Inherited from x`, wherever it stands.
fn remove_inherited_from(text: &str) -> Cow<'_, str> {
    let Some(start) = memchr::memmem::find(text.as_bytes(), b"Inherited from ") else {
        return Cow::Borrowed(text);
    };
    let rest = &text[start + "Inherited from ".len()..];
    let name_length = rest
        .find(|character: char| !(character.is_alphanumeric() || "_.*`[]".contains(character)))
        .unwrap_or(rest.len());
    let behind = rest[name_length..].trim_start_matches(['.', ' ']);
    let before = text[..start].trim_end();
    Cow::Owned(format!("{before} {behind}"))
}

/// Removes the sentence that lists possible values.
fn remove_listed_values(text: &str) -> String {
    const INTRODUCTIONS: [&str; 5] = [
        "Possible values are",
        "The possible values are",
        "Possible values:",
        "Allowed values:",
        "Supported values are",
    ];
    let Some(start) = INTRODUCTIONS
        .iter()
        .filter_map(|introduction| text.find(introduction))
        .min()
    else {
        return text.to_owned();
    };
    let end = sentence_end(&text[start..]).map_or(text.len(), |length| start + length);
    format!("{} {}", text[..start].trim_end(), text[end..].trim_start())
}

/// Returns the length of the first sentence; full stops in code spans do not count.
fn sentence_end(text: &str) -> Option<usize> {
    let mut in_code = false;
    let mut characters = text.char_indices().peekable();
    while let Some((place, character)) = characters.next() {
        match character {
            '`' => in_code = !in_code,
            '.' if !in_code => match characters.peek() {
                None | Some((_, ' ')) => return Some(place + 1),
                Some(_) => {}
            },
            _ => {}
        }
    }
    None
}
