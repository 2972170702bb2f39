//! A template to segments.

use super::SegmentFact;
use crate::report::Code;

/// Splits a template that starts with `/`.
pub(super) fn split(template: &str) -> Result<Vec<SegmentFact>, Code> {
    let mut segments = Vec::with_capacity(6);
    for piece in pieces(template)? {
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

/// The text between slashes; slashes in braces, parentheses and quotes do not count.
fn pieces(template: &str) -> Result<Vec<&str>, Code> {
    let mut pieces = Vec::with_capacity(8);
    let mut open: Vec<u8> = Vec::new();
    let mut quoted = false;
    let mut start = 0;
    for (offset, byte) in template.bytes().enumerate() {
        match byte {
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'{' => open.push(b'}'),
            b'(' => open.push(b')'),
            b'<' => open.push(b'>'),
            b'}' | b')' | b'>' if open.pop() != Some(byte) => return Err(Code::UnbalancedTemplate),
            b'/' if open.is_empty() => {
                pieces.push(&template[start..offset]);
                start = offset + 1;
            }
            _ => {}
        }
    }
    if quoted || !open.is_empty() {
        return Err(Code::UnbalancedTemplate);
    }
    pieces.push(&template[start..]);
    Ok(pieces)
}

fn segment(piece: &str) -> SegmentFact {
    if let Some(path) = piece.strip_suffix(':') {
        return SegmentFact::ItemPath(path.to_owned());
    }
    if let Some(key) = key(piece) {
        return SegmentFact::Key(key.to_owned());
    }
    if let Some((name, arguments)) = piece
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('))
    {
        return SegmentFact::Call {
            name: name.trim().to_owned(),
            arguments: arguments_of(arguments),
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
    // `{user-id} | user-principal-name`: the closing brace stands too early.
    let early = piece
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'));
    if early.is_some_and(|(first, rest)| !first.is_empty() && rest.trim_start().starts_with('|')) {
        return Some(piece);
    }
    is_guid(piece).then_some(piece)
}

fn is_guid(piece: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut groups = piece.split('-');
    let fits = |length: &usize| {
        let group = groups.next().unwrap_or("");
        group.len() == *length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    lengths.iter().all(fits) && piece.len() == 36
}

/// `a='x',b={y}` to pairs; commas in quotes and braces do not count.
fn arguments_of(text: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    let mut depth = 0_i32;
    let mut quoted = false;
    let mut start = 0;
    let mut push = |argument: &str| {
        let argument = argument.trim();
        if argument.is_empty() {
            return;
        }
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) if !name.contains(['{', '\'', '<']) => (name.trim(), value.trim()),
            _ => ("", argument),
        };
        arguments.push((name.to_owned(), value.to_owned()));
    };
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'\'' => quoted = !quoted,
            b'{' | b'(' | b'<' if !quoted => depth += 1,
            b'}' | b')' | b'>' if !quoted => depth -= 1,
            b',' if !quoted && depth <= 0 => {
                push(&text[start..offset]);
                start = offset + 1;
            }
            _ => {}
        }
    }
    push(&text[start..]);
    arguments
}
