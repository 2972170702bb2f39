//! The lexer of path templates and request URLs: segments, arguments, keys, percent-encoding and GUIDs.
//!
//! Every function takes time proportional to its input and does not recurse.

/// Splits a text at a separator that stands outside quotes and brackets.
#[derive(Clone, Debug)]
pub struct Splitter<'t> {
    text: &'t str,
    separator: u8,
    brackets: &'static [(u8, u8)],
    /// The closing brackets that are still expected.
    open: Vec<u8>,
    in_quotes: bool,
    is_balanced: bool,
    start: usize,
    offset: usize,
}

/// The brackets of a template, in which a key or argument may contain any separator.
pub const TEMPLATE_BRACKETS: &[(u8, u8)] = &[(b'{', b'}'), (b'(', b')'), (b'<', b'>')];

/// The brackets around a placeholder.
pub const PLACEHOLDER_BRACKETS: &[(u8, u8)] = &[(b'{', b'}'), (b'<', b'>')];

/// The brackets of a request URL.
const URL_BRACKETS: &[(u8, u8)] = &[(b'(', b')')];

/// Returns the offset of a missing slash around the version of an absolute URL: `https://graph.microsoft.com/v1.0users`,
/// `https://graph.microsoft.comv1.0/users`.
pub fn version_without_slash(url: &str) -> Option<usize> {
    let (_, rest) = url.split_once("://")?;
    let start = url.len() - rest.len();
    let host = rest.split('/').next()?;
    let versions = ["v1.0", "beta"];
    let is_joined = |version: &&str| host.ends_with(&format!(".com{version}"));
    if let Some(version) = versions.iter().find(|version| is_joined(version)) {
        return Some(start + host.len() - version.len());
    }
    let path = rest[host.len()..].strip_prefix('/')?;
    let version = versions
        .iter()
        .find(|version| path.starts_with(**version))?;
    let is_name = |next: char| next.is_ascii_alphabetic() || matches!(next, '$' | '{');
    let next = path[version.len()..].chars().next()?;
    is_name(next).then(|| start + host.len() + 1 + version.len())
}

impl<'t> Splitter<'t> {
    /// Splits `text` at `separator`, an ASCII character.
    pub fn new(text: &'t str, separator: char, brackets: &'static [(u8, u8)]) -> Self {
        debug_assert!(separator.is_ascii(), "separators are ASCII characters");
        Self {
            text,
            separator: separator as u8,
            brackets,
            open: Vec::new(),
            in_quotes: false,
            is_balanced: true,
            start: 0,
            offset: 0,
        }
    }

    /// Whether every bracket and quote read so far has its counterpart. Complete once the iterator is exhausted.
    pub fn is_balanced(&self) -> bool {
        self.is_balanced && self.open.is_empty() && !self.in_quotes
    }

    fn read_byte(&mut self, byte: u8) {
        if byte == b'\'' {
            self.in_quotes = !self.in_quotes;
        } else if self.in_quotes {
        } else if let Some((_, close)) = self.brackets.iter().find(|(open, _)| *open == byte) {
            self.open.push(*close);
        } else if self.brackets.iter().any(|(_, close)| *close == byte) {
            if self.open.last() == Some(&byte) {
                self.open.pop();
            } else {
                self.is_balanced = false;
            }
        }
    }
}

impl<'t> Iterator for Splitter<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        if self.offset > bytes.len() {
            return None;
        }
        while let Some(byte) = bytes.get(self.offset) {
            if *byte == self.separator && !self.in_quotes && self.open.is_empty() {
                let piece = &self.text[self.start..self.offset];
                self.offset += 1;
                self.start = self.offset;
                return Some(piece);
            }
            self.read_byte(*byte);
            self.offset += 1;
        }
        self.offset += 1;
        Some(&self.text[self.start..])
    }
}

/// The largest number of segments of a path. Every prefix of a path becomes a request builder with the whole prefix in its name
/// and documentation, so that longer paths would make the output quadratic. No path of the service has a tenth of it.
pub const MAX_SEGMENTS: usize = 100;

/// Splits a path template at its slashes; `None` if brackets or quotes are unbalanced.
pub fn split_template(template: &str) -> Option<Vec<&str>> {
    let mut splitter = Splitter::new(template, '/', TEMPLATE_BRACKETS);
    let segments = splitter.by_ref().collect();
    splitter.is_balanced().then_some(segments)
}

/// Splits the path of a request URL into its segments, without empty ones. The names between two colons are one segment.
pub fn split_url_path(path: &str) -> Vec<&str> {
    let segments = Splitter::new(path, '/', URL_BRACKETS).filter(|segment| !segment.is_empty());
    join_item_paths(path, segments)
}

/// Splits the arguments of a function call at their commas.
pub fn split_arguments(arguments: &str) -> Vec<&str> {
    Splitter::new(arguments, ',', URL_BRACKETS).collect()
}

/// Splits `name(arguments)` into the name and the text in the parentheses.
pub fn split_call(segment: &str) -> Option<(&str, &str)> {
    segment.strip_suffix(')')?.split_once('(')
}

/// Joins the segments between two colons: `root:/Documents/plan.txt:/content`.
fn join_item_paths<'p>(path: &'p str, segments: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    let offset = |segment: &str| segment.as_ptr() as usize - path.as_ptr() as usize;
    let mut joined: Vec<&str> = Vec::new();
    let mut item_path_start = None;
    for segment in segments {
        match item_path_start {
            None => {
                joined.push(segment);
                if segment.ends_with(':') {
                    item_path_start = Some(offset(segment) + segment.len() + 1);
                }
            }
            Some(start) => {
                // The item path ends at its closing colon; each segment before that extends it.
                if offset(segment) > start {
                    joined.pop();
                }
                joined.push(&path[start..offset(segment) + segment.len()]);
                if segment.ends_with(':') {
                    item_path_start = None;
                }
            }
        }
    }
    joined
}

/// Whether the text in parentheses is a single key and not a list of named values.
pub fn is_single_key(text: &str) -> bool {
    let is_plain = !text.is_empty() && !text.contains(['=', ',']);
    is_plain || strip_quotes(text).is_some_and(|inside| !inside.contains('\''))
}

/// Splits a list of named values, `a='1',b={2}`, into names and values. The values keep their quotes. Returns `None` if a value
/// has no name.
pub fn split_named_values(text: &str) -> Option<Vec<(&str, &str)>> {
    let values = split_arguments(text).into_iter().map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_name = !name.trim().is_empty() && !name.contains(['{', '\'', '<']);
        is_name.then_some((name.trim(), value.trim()))
    });
    values.collect()
}

/// Returns the text between single quotes.
pub fn strip_quotes(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.strip_suffix('\'')
}

/// Decodes percent-encoding; returns the text unchanged if the result is not UTF-8.
pub fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (byte == b'%')
            .then(|| Some((hex_digit(ahead.next()?)?, hex_digit(ahead.next()?)?)))
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

fn hex_digit(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Whether a text is a GUID in its usual form: five groups of hexadecimal digits, joined by hyphens.
pub fn is_guid(text: &str) -> bool {
    let mut groups = text.split('-');
    let mut has_group = |length: usize| {
        groups.next().is_some_and(|group| {
            group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    text.len() == 36 && [8, 4, 4, 4, 12].into_iter().all(&mut has_group)
}

/// The name without its namespace: `send` of `microsoft.graph.send`.
pub fn strip_namespace(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
