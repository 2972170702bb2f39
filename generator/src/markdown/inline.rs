//! Converts inline markdown to plain text: links become their text, emphasis is removed, code spans are kept verbatim.

use std::borrow::Cow;

use super::links::{LinkDefinitions, link_at};

/// Returns the text as a reader sees it, on one line, with runs of whitespace collapsed.
pub fn plain<'t>(raw: &'t str, definitions: &LinkDefinitions<'_>) -> Cow<'t, str> {
    let raw = raw.trim();
    let is_plain = !raw.bytes().any(|byte| SPECIAL[usize::from(byte)]);
    if is_plain && memchr::memmem::find(raw.as_bytes(), b"  ").is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    plain_into(raw, definitions, &mut out);
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// The bytes that can start inline markup, an entity or whitespace.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < special.len() {
        special[byte] = is_special(byte as u8);
        byte += 1;
    }
    special
};

const fn is_special(byte: u8) -> bool {
    // 0xC2, 0xE2 and 0xEF are the first bytes of non-ASCII whitespace.
    matches!(
        byte,
        b'[' | b'*' | b'_' | b'\\' | b'<' | b'&' | b'\n' | b'\r' | b'\t' | 0xC2 | 0xE2 | 0xEF
    )
}

/// Whether a byte is plain text regardless of the bytes next to it.
fn is_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'.' | b',' | b':' | b';' | b'-' | b'/' | b'(' | b')')
}

/// Appends the plain text to a string.
pub fn plain_into(raw: &str, definitions: &LinkDefinitions<'_>, out: &mut String) {
    Reader {
        raw,
        definitions,
        closing: [usize::MAX; 2],
        closing_strong: usize::MAX,
        unmatched_tick: false,
    }
    .read(out);
}

struct Reader<'r, 'd> {
    raw: &'r str,
    definitions: &'r LinkDefinitions<'d>,
    /// The end of the open emphasis, for `*` and for `_`.
    closing: [usize; 2],
    /// The end of the open strong emphasis in `__`.
    closing_strong: usize,
    /// Whether an unclosed backtick was found; no later one is closed either.
    unmatched_tick: bool,
}

impl Reader<'_, '_> {
    fn read(&mut self, out: &mut String) {
        let mut at = 0;
        loop {
            // Most bytes are plain text.
            let words = self.raw.as_bytes()[at..].iter();
            let length = words.take_while(|byte| is_itself(**byte)).count();
            out.push_str(&self.raw[at..at + length]);
            at += length;
            let Some(next) = self.raw[at..].chars().next() else {
                break;
            };
            at = match next {
                '\\' => self.escape(at, out),
                '`' => self.code_span(at, out),
                '*' | '_' => self.emphasis(at, next, out),
                '<' => self.tag(at, out),
                '&' => self.entity(at, out),
                '[' => self.link(at, out),
                '!' if self.raw[at + 1..].starts_with('[') => at + 1,
                ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{202f}' => {
                    blank(out);
                    at + next.len_utf8()
                }
                '\u{200b}' | '\u{feff}' => at + next.len_utf8(),
                _ => {
                    out.push(next);
                    at + next.len_utf8()
                }
            };
        }
    }

    fn escape(&self, at: usize, out: &mut String) -> usize {
        match self.raw[at + 1..].chars().next() {
            Some(next) if next.is_ascii_punctuation() => {
                out.push(next);
                at + 2
            }
            _ => {
                out.push('\\');
                at + 1
            }
        }
    }

    fn code_span(&mut self, at: usize, out: &mut String) -> usize {
        let rest = &self.raw[at..];
        let length = rest.len() - rest.trim_start_matches('`').len();
        let ticks = &rest[..length];
        let end = if self.unmatched_tick || length > 2 {
            None
        } else {
            rest[length..].find(ticks)
        };
        let Some(end) = end else {
            self.unmatched_tick |= length <= 2;
            out.push_str(ticks);
            return at + length;
        };
        out.push_str(ticks);
        let inner = rest[length..length + end].replace("\\|", "|");
        for (index, word) in inner.split_whitespace().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
        out.push_str(ticks);
        at + length + end + length
    }

    fn emphasis(&mut self, at: usize, mark: char, out: &mut String) -> usize {
        let kind = usize::from(mark == '_');
        if mark == '*' && self.raw[at..].starts_with("**") {
            return at + 2;
        }
        if mark == '_' && self.raw[at..].starts_with("__") {
            return self.underscores(at, out);
        }
        if self.closing[kind] == at {
            return at + 1;
        }
        let before = self.raw[..at].chars().next_back();
        let after = self.raw[at + 1..].chars().next();
        let opens = !before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(|next| !next.is_whitespace());
        match self.closing_mark(at, mark).filter(|_| opens) {
            Some(end) => self.closing[kind] = end,
            None => out.push(mark),
        }
        at + 1
    }

    /// Parses `__`, which opens or closes strong emphasis outside words only.
    fn underscores(&mut self, at: usize, out: &mut String) -> usize {
        let is_outside = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
        if self.closing_strong == at {
            return at + 2;
        }
        let before = self.raw[..at].chars().next_back();
        let after = self.raw[at + 2..].chars().next();
        let opens = is_outside(before) && after.is_some_and(char::is_alphanumeric);
        let window = &self.raw.as_bytes()[at + 2..(at + 402).min(self.raw.len())];
        let end = memchr::memmem::find(window, b"__").map(|offset| at + 2 + offset);
        let closing = end.filter(|end| {
            let before = self.raw[..*end].chars().next_back();
            before.is_some_and(|letter| !letter.is_whitespace())
                && is_outside(self.raw[end + 2..].chars().next())
        });
        match closing.filter(|_| opens) {
            Some(end) => self.closing_strong = end,
            None => out.push_str("__"),
        }
        at + 2
    }

    /// The offset of the delimiter that ends the emphasis opened at `at`. The search is bounded, to keep the time linear.
    fn closing_mark(&self, at: usize, mark: char) -> Option<usize> {
        let window_end = (at + 1 + 400).min(self.raw.len());
        let rest = &self.raw.as_bytes()[at + 1..window_end];
        let marks = rest
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == mark as u8)
            .take(4);
        for (offset, _) in marks {
            let end = at + 1 + offset;
            let before = self.raw[..end].chars().next_back()?;
            let after = self.raw[end + 1..].chars().next();
            if before.is_whitespace() {
                return None;
            }
            if before != mark && !after.is_some_and(|next| next.is_alphanumeric() || next == mark) {
                return Some(end);
            }
        }
        None
    }

    fn tag(&self, at: usize, out: &mut String) -> usize {
        let rest = &self.raw[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment
                .find("-->")
                .map_or(self.raw.len(), |end| at + 4 + end + 3);
        }
        let name = rest[1..].trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // Tags with attributes are short; anything longer is text that contains `<`.
        let mut window = rest.as_bytes().iter().take(300);
        let end = is_tag(&name[..length]).then(|| window.position(|byte| *byte == b'>'));
        let Some(end) = end.flatten() else {
            out.push('<');
            return at + 1;
        };
        match name[..length].to_ascii_lowercase().as_str() {
            "li" if !rest.starts_with("</") => {
                blank(out);
                out.push_str("- ");
            }
            "br" | "p" | "ul" | "ol" | "li" | "div" | "hr" => blank(out),
            _ => {}
        }
        at + end + 1
    }

    fn entity(&self, at: usize, out: &mut String) -> usize {
        let rest = &self.raw[at..];
        let end = rest
            .as_bytes()
            .iter()
            .take(10)
            .position(|byte| *byte == b';');
        match end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            Some((end, character)) => {
                if character.is_whitespace() {
                    blank(out);
                } else {
                    out.push(character);
                }
                at + end + 1
            }
            None => {
                out.push('&');
                at + 1
            }
        }
    }

    fn link(&self, at: usize, out: &mut String) -> usize {
        match link_at(self.raw, at, self.definitions) {
            Some(link) => {
                plain_into(link.text, &LinkDefinitions::default(), out);
                link.end
            }
            None => {
                out.push('[');
                at + 1
            }
        }
    }
}

fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// The character that an HTML entity denotes.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Whether a word in angle brackets is an HTML tag. Other words are placeholders: `<id>`.
fn is_tag(name: &str) -> bool {
    const TAGS: [&str; 24] = [
        "br", "ul", "ol", "li", "p", "b", "i", "em", "strong", "sup", "sub", "code", "pre", "span",
        "div", "hr", "img", "font", "tt", "nobr", "table", "tr", "td", "th",
    ];
    name.eq_ignore_ascii_case("a") || TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let definitions = LinkDefinitions::new(vec![("drive", "drive.md")]);
        assert_eq!(plain(raw, &definitions), expected, "{raw:?}");
    }

    #[test]
    fn links_and_emphasis() {
        check("a **bold** *soft* [**x**](y.md) z", "a bold soft x z");
        check("[drive][] [nothing]", "drive [nothing]");
        check(
            "set to __On__, not __v or a__b__c",
            "set to On, not __v or a__b__c",
        );
        check("_whole_ snake_case _id (old)", "whole snake_case _id (old)");
        check("files (*.a or *.b)", "files (*.a or *.b)");
    }

    #[test]
    fn code_spans_stay() {
        check("use `a_b_c` and `*`", "use `a_b_c` and `*`");
        check("`a \\| b`\u{a0}c", "`a | b` c");
        check("lone ` tick *x*", "lone ` tick x");
    }

    #[test]
    fn signs() {
        check("a\\|b &lt;c&gt; &#65; &x;", "a|b <c> A &x;");
        check("one<br/>two<ul><li>three</li></ul>", "one two - three");
        check("an <id> stays", "an <id> stays");
        check("a\u{200b}b\u{202f}c  d\ne", "ab c d e");
        check("x <!-- hidden --> y", "x y");
    }

    #[test]
    fn odd_input_ends() {
        for sign in [
            "[", "*", "_", "`", "<", "&", "\\", "![", "(", "**", "_a ", "[a](",
        ] {
            let text = sign.repeat(20_000);
            assert!(plain(&text, &LinkDefinitions::default()).len() <= text.len());
        }
    }
}
