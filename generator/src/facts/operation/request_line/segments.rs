//! Splits a template into segments.

use super::SegmentFact;
use crate::path::{
    MAX_SEGMENTS, Splitter, TEMPLATE_BRACKETS, is_guid, split_call, split_named_values,
    split_template,
};
use crate::report::Code;

/// The segments of a template.
pub(super) struct Split {
    pub(super) segments: Vec<SegmentFact>,
    /// The first text in which a slash beside a placeholder is missing, and the text with the slash.
    pub(super) missing_slash: Option<(String, String)>,
}

/// Splits a template that starts with `/`.
pub(super) fn split(template: &str) -> Result<Split, Code> {
    let mut split = Split {
        segments: Vec::with_capacity(6),
        missing_slash: None,
    };
    let pieces = split_template(template).ok_or(Code::UnbalancedTemplate)?;
    for piece in pieces {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        if piece.contains("...") || piece.contains('…') {
            return Err(Code::EllipsisInTemplate);
        }
        let parts = split_at_missing_slashes(piece);
        if parts.len() > 1 && split.missing_slash.is_none() {
            split.missing_slash = Some((piece.to_owned(), parts.join("/")));
        }
        split.segments.extend(parts.into_iter().map(segment));
    }
    match split.segments.len() {
        0 => Err(Code::TemplateMissing),
        1..=MAX_SEGMENTS => Ok(split),
        _ => Err(Code::PathTooLong),
    }
}

/// Splits a segment where a placeholder and a name touch: `gadgets{id}`, `{id}$ref`.
fn split_at_missing_slashes(piece: &str) -> Vec<&str> {
    if piece.contains(['(', '=', '\'', '<', '|', ':']) {
        return vec![piece];
    }
    let is_name = |character: char| character.is_alphanumeric() || character == '$';
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut previous = None;
    for (place, character) in piece.char_indices() {
        let is_border = match character {
            '{' => depth == 0 && previous.is_some_and(is_name),
            _ => depth == 0 && previous == Some('}') && is_name(character),
        };
        if is_border {
            parts.push(&piece[start..place]);
            start = place;
        }
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        previous = Some(character);
    }
    parts.push(&piece[start..]);
    parts
}

fn segment(piece: &str) -> SegmentFact {
    if let Some(path) = piece.strip_suffix(':') {
        return SegmentFact::ItemPath(path.to_owned());
    }
    let is_alternate_key = piece.starts_with('(') && piece.contains('=');
    if !is_alternate_key && let Some(key) = key(piece) {
        return SegmentFact::Key(key.to_owned());
    }
    if let Some((name, arguments)) = split_call(piece) {
        let name = name.trim();
        return match split_alternate_key(arguments) {
            Some(values) if name.is_empty() => SegmentFact::AlternateKey(values),
            _ => SegmentFact::Call {
                name: name.to_owned(),
                arguments: read_arguments(arguments),
            },
        };
    }
    match split_alternate_key(piece) {
        Some(values) => SegmentFact::AlternateKey(values),
        None => SegmentFact::Name(piece.to_owned()),
    }
}

/// Splits `name='value',…` into the names and values of an alternate key.
fn split_alternate_key(text: &str) -> Option<Vec<(String, String)>> {
    let is_property = |(name, value): &(&str, &str)| {
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // Keys in Base64 end with `=`.
        is_name && !value.is_empty() && !value.starts_with('=')
    };
    let values = split_named_values(text)?;
    values.iter().all(is_property).then(|| {
        let values = values.into_iter();
        values
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    })
}

/// The words of a key.
fn key(piece: &str) -> Option<&str> {
    let pairs = [('{', '}'), ('<', '>'), ('(', ')'), ('\'', '\'')];
    for (open, close) in pairs {
        let inner = piece
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) =
            inner.filter(|inner| !inner.is_empty() && !inner.contains([open, close]))
        {
            return Some(key(inner.trim()).unwrap_or(inner.trim()));
        }
    }
    // `{user-id} | user-principal-name`: the closing brace is misplaced.
    let early = piece
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'));
    if early.is_some_and(|(first, rest)| !first.is_empty() && rest.trim_start().starts_with('|')) {
        return Some(piece);
    }
    is_guid(piece).then_some(piece)
}

/// Reads `a='x',b={y}` as pairs of name and value; the name of a positional argument is empty.
fn read_arguments(text: &str) -> Vec<(String, String)> {
    Splitter::new(text, ',', TEMPLATE_BRACKETS)
        .map(str::trim)
        .filter(|argument| !argument.is_empty())
        .map(|argument| match argument.split_once('=') {
            Some((name, value)) if !name.contains(['{', '\'', '<']) => {
                (name.trim().to_owned(), value.trim().to_owned())
            }
            _ => (String::new(), argument.to_owned()),
        })
        .collect()
}
