//! Splits a template into segments.

use super::SegmentFact;
use crate::path::{Splitter, TEMPLATE_BRACKETS, is_guid, split_call, split_template};
use crate::report::Code;

/// Splits a template that starts with `/`.
pub(super) fn split(template: &str) -> Result<Vec<SegmentFact>, Code> {
    let mut segments = Vec::with_capacity(6);
    let pieces = split_template(template).ok_or(Code::UnbalancedTemplate)?;
    for piece in pieces {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        if piece.contains("...") || piece.contains('…') {
            return Err(Code::EllipsisInTemplate);
        }
        match piece.find("}$") {
            // The slash before `$ref` is missing.
            Some(end) => {
                segments.push(segment(&piece[..=end]));
                segments.push(SegmentFact::Name(piece[end + 1..].to_owned()));
            }
            None => segments.push(segment(piece)),
        }
    }
    if segments.is_empty() {
        return Err(Code::TemplateMissing);
    }
    Ok(segments)
}

fn segment(piece: &str) -> SegmentFact {
    if let Some(path) = piece.strip_suffix(':') {
        return SegmentFact::ItemPath(path.to_owned());
    }
    if let Some(key) = key(piece) {
        return SegmentFact::Key(key.to_owned());
    }
    if let Some((name, arguments)) = split_call(piece) {
        return SegmentFact::Call {
            name: name.trim().to_owned(),
            arguments: read_arguments(arguments),
        };
    }
    if let Some((property, value)) = piece.split_once('=') {
        let is_name = property
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name && !property.is_empty() {
            return SegmentFact::AlternateKey {
                property: property.to_owned(),
                value: key(value).unwrap_or(value).to_owned(),
            };
        }
    }
    SegmentFact::Name(piece.to_owned())
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
