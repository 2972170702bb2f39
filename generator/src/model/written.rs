//! Matches the path of an example, such as `/users('7')/events`, against the path of an operation, and extracts the keys and
//! arguments.

use super::{FunctionParameter, Path, Segment};

/// The path of an example, matched against that of its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPath {
    /// The values of the keys, relative paths and function arguments, in the order of the path.
    pub arguments: Vec<WrittenArgument>,
    /// The path with each key in parentheses as a segment of its own.
    pub path: String,
}

/// The value of a key or argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenArgument {
    /// The decoded value, without the quotes of a literal.
    pub text: String,
    /// Whether the value was quoted.
    pub quoted: bool,
}

impl Path {
    /// Matches the path of an example; returns `None` if its segments differ from those of this path.
    pub fn take_apart(&self, written: &str) -> Option<WrittenPath> {
        let segments = split(written);
        self.align(&segments)
            .or_else(|| self.align(&split_keys(&segments)))
    }

    fn align(&self, written: &[&str]) -> Option<WrittenPath> {
        let mut path = String::new();
        for segment in written {
            path.push('/');
            path.push_str(segment);
        }
        let mut arguments = Vec::new();
        let mut rest = written.iter();
        for segment in &self.segments {
            let own = rest.next()?;
            match segment {
                Segment::Key(_) => arguments.push(WrittenArgument::key(own.trim_end_matches(':'))),
                Segment::AlternateKey { property, .. } => {
                    let (name, value) = own.split_once('=')?;
                    if !name.eq_ignore_ascii_case(property) {
                        return None;
                    }
                    arguments.push(WrittenArgument::key(value));
                }
                Segment::ItemPath(_) => {
                    arguments.push(WrittenArgument::key(own.trim_end_matches(':')))
                }
                Segment::Function { parameters, .. } => read_call(own, parameters, &mut arguments)?,
                Segment::Name(_)
                | Segment::Cast(_)
                | Segment::Action(_)
                | Segment::Ref
                | Segment::Value
                | Segment::Count => {}
            }
        }
        // The remaining segments can only belong to a relative path without a closing colon.
        let more: Vec<&str> = rest.copied().collect();
        if !more.is_empty() {
            let Some(Segment::ItemPath(_)) = self.segments.last() else {
                return None;
            };
            let last = arguments.last_mut()?;
            last.text = format!("{}/{}", last.text, decode(&more.join("/")));
        }
        Some(WrittenPath { arguments, path })
    }
}

impl WrittenArgument {
    /// A key, whose quotes are part of it.
    fn key(text: &str) -> Self {
        Self {
            text: decode(text),
            quoted: false,
        }
    }

    /// A literal: strings are quoted, and quotes in them doubled.
    fn literal(text: &str) -> Self {
        let text = decode(text.trim());
        let inside = text
            .strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''));
        match inside {
            Some(inside) => Self {
                text: inside.replace("''", "'"),
                quoted: true,
            },
            None => Self {
                text,
                quoted: false,
            },
        }
    }
}

/// Parses `name(a='x',b=2)`; arguments without names are assigned by position.
fn read_call(
    written: &str,
    parameters: &[FunctionParameter],
    arguments: &mut Vec<WrittenArgument>,
) -> Option<()> {
    if parameters.is_empty() {
        return Some(());
    }
    let (_, inside) = written.split_once('(')?;
    let inside = inside.strip_suffix(')')?;
    let given: Vec<(&str, &str)> = split_outside(inside, ',')
        .into_iter()
        .map(|argument| argument.split_once('=').unwrap_or(("", argument)))
        .collect();
    if given.len() != parameters.len() {
        return None;
    }
    for (index, parameter) in parameters.iter().enumerate() {
        let named = given
            .iter()
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(&parameter.name));
        let (_, value) = named.or_else(|| given.get(index))?;
        arguments.push(WrittenArgument::literal(value));
    }
    Some(())
}

/// Splits a path at slashes outside of parentheses and quotes; a relative path between two colons is a single segment.
pub fn split(path: &str) -> Vec<&str> {
    let mut segments = split_outside(path, '/');
    segments.retain(|segment| !segment.is_empty());
    join_item_paths(path, segments)
}

/// Splits text outside of parentheses and quotes.
pub fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut in_quotes, mut start) = (0_u32, false, 0);
    for (place, character) in text.char_indices() {
        match character {
            '\'' => in_quotes = !in_quotes,
            '(' if !in_quotes => depth += 1,
            ')' if !in_quotes => depth = depth.saturating_sub(1),
            _ if character == separator && !in_quotes && depth == 0 => {
                parts.push(&text[start..place]);
                start = place + separator.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Joins the segments of a relative path between two colons: `root:/Documents/plan.txt:/content`.
fn join_item_paths<'p>(path: &'p str, segments: Vec<&'p str>) -> Vec<&'p str> {
    let offset = |segment: &str| segment.as_ptr() as usize - path.as_ptr() as usize;
    let mut joined: Vec<&str> = Vec::new();
    let mut start = None;
    for segment in segments {
        match start {
            None => {
                joined.push(segment);
                if segment.ends_with(':') {
                    start = Some(offset(segment) + segment.len() + 1);
                }
            }
            Some(from) => {
                let until = offset(segment) + segment.len();
                // The relative path is extended until its colon.
                if offset(segment) > from {
                    joined.pop();
                }
                joined.push(&path[from..until]);
                if segment.ends_with(':') {
                    start = None;
                }
            }
        }
    }
    joined
}

/// Splits `events('7')` into `events` and `7`.
pub fn split_keys<'p>(segments: &[&'p str]) -> Vec<&'p str> {
    let mut split = Vec::with_capacity(segments.len());
    for segment in segments {
        let call = segment
            .strip_suffix(')')
            .and_then(|rest| rest.split_once('('));
        match call {
            Some((name, key)) if is_key(key) => {
                split.push(name);
                split.push(unquoted(key).unwrap_or(key));
            }
            _ => split.push(*segment),
        }
    }
    split
}

/// Whether the text in parentheses is a single key instead of function arguments.
fn is_key(text: &str) -> bool {
    let is_plain = !text.is_empty() && !text.contains(['=', ',']);
    is_plain || unquoted(text).is_some_and(|inside| !inside.contains('\''))
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.strip_suffix('\'')
}

/// Decodes percent-encoding; text that is not UTF-8 afterwards is returned as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (byte == b'%')
            .then(|| Some((hex(ahead.next()?)?, hex(ahead.next()?)?)))
            .flatten();
        match digits {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests;
