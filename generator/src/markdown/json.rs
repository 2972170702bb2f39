//! Parses the JSON of pages, and converts it to strict JSON. The order of keys is preserved.

use std::borrow::Cow;

/// The maximum nesting depth of JSON. Deeper text is an error.
const DEEPEST: usize = 100;

/// Strict JSON text of an object or an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<'a> {
    /// The text, without surrounding whitespace.
    pub text: Cow<'a, str>,
    /// What was changed, in order: a trailing or missing comma, a comment, an unquoted key, an unescaped line end.
    pub repairs: Vec<JsonRepair>,
}

/// A change that makes JSON text strict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonRepair {
    /// The byte offset of the first byte that is replaced.
    pub start: usize,
    /// The byte offset after the last byte that is replaced.
    pub end: usize,
    /// The text in their place.
    pub text: Cow<'static, str>,
}

/// Parses an object or an array. The error is the number of bytes before the first one that is invalid.
pub fn strict_json(text: &str) -> Result<Json<'_>, usize> {
    let start = text.len() - text.trim_start().len();
    let mut reader = Reader {
        text,
        at: start,
        repairs: Vec::new(),
    };
    let read = matches!(reader.peek(), Some(b'{' | b'[')) && reader.value(0).is_some();
    if !read {
        return Err(reader.at);
    }
    let end = reader.at;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.at);
    }
    let mut repairs = reader.repairs;
    if repairs.is_empty() {
        return Ok(Json {
            text: Cow::Borrowed(&text[start..end]),
            repairs,
        });
    }
    // That a comma is a trailing one is seen after it.
    repairs.sort_by_key(|repair| repair.start);
    let mut strict = String::with_capacity(end - start);
    let mut copied = start;
    for repair in &repairs {
        strict.push_str(&text[copied..repair.start.min(end)]);
        strict.push_str(&repair.text);
        copied = repair.end.min(end);
    }
    strict.push_str(&text[copied..end]);
    Ok(Json {
        text: Cow::Owned(strict),
        repairs,
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    repairs: Vec<JsonRepair>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Replaces the text from `from` to `to` by `with`.
    fn replace(&mut self, start: usize, end: usize, text: impl Into<Cow<'static, str>>) {
        let text = text.into();
        self.repairs.push(JsonRepair { start, end, text });
    }

    /// Skips whitespace, and removes comments.
    fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') if self.rest().starts_with("//") => {
                    let length = self.rest().find('\n').unwrap_or(self.rest().len());
                    self.drop_next(length);
                }
                Some(b'/') if self.rest().starts_with("/*") => {
                    let length = self
                        .rest()
                        .find("*/")
                        .map_or(self.rest().len(), |end| end + 2);
                    self.drop_next(length);
                }
                Some(0xC2) if self.rest().starts_with('\u{a0}') => {
                    self.replace(self.at, self.at + 2, " ");
                    self.at += 2;
                }
                _ => return,
            }
        }
    }

    fn drop_next(&mut self, length: usize) {
        self.replace(self.at, self.at + length, "");
        self.at += length;
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            b'{' => self.members(b'}', depth),
            b'[' => self.members(b']', depth),
            b'"' => self.string(1),
            b'\'' => self.single_quoted(),
            0xE2 if self.opens_curly() => self.curly_string(),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<()> {
        let word = ["true", "false", "null"]
            .into_iter()
            .find(|word| self.rest().starts_with(word));
        if let Some(word) = word {
            self.at += word.len();
            return (!self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric())).then_some(());
        }
        let spelled = ["True", "False", "TRUE", "FALSE", "NULL", "Null"];
        let word = spelled
            .into_iter()
            .find(|word| self.rest().starts_with(word))?;
        self.replace(self.at, self.at + word.len(), word.to_ascii_lowercase());
        self.at += word.len();
        (!self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric())).then_some(())
    }

    /// Parses the members of an object or the values of an array, including the brackets.
    fn members(&mut self, close: u8, depth: usize) -> Option<()> {
        self.at += 1;
        // The last comma, as long as no member has followed it.
        let mut comma = None;
        let mut previous_end = None;
        loop {
            self.blanks();
            if self.peek()? == close {
                if let Some(comma) = comma {
                    self.replace(comma, comma + 1, "");
                }
                self.at += 1;
                return Some(());
            }
            if self.rest().starts_with("...") || self.rest().starts_with('…') {
                let length = if self.peek() == Some(b'.') {
                    self.rest().len() - self.rest().trim_start_matches('.').len()
                } else {
                    3
                };
                self.drop_next(length);
                self.blanks();
                if self.peek() == Some(b',') {
                    self.drop_next(1);
                }
                continue;
            }
            if let Some(end) = previous_end.filter(|_| comma.is_none()) {
                // The comma between two members is missing.
                self.replace(end, end, ",");
            }
            if close == b'}' {
                self.key()?;
            }
            self.value(depth + 1)?;
            previous_end = Some(self.at);
            self.blanks();
            comma = None;
            if self.peek() == Some(b',') {
                comma = Some(self.at);
                self.at += 1;
            }
        }
    }

    fn key(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(1)?,
            b'\'' => self.single_quoted()?,
            0xE2 if self.opens_curly() => self.curly_string()?,
            byte if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'@' | b'$') => {
                let is_key = |byte: &u8| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'$' | b'.')
                };
                let length = self.rest().bytes().take_while(is_key).count();
                let quoted = format!("\"{}\"", &self.rest()[..length]);
                self.replace(self.at, self.at + length, quoted);
                self.at += length;
            }
            _ => return None,
        }
        self.blanks();
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        self.blanks();
        Some(())
    }

    fn opens_curly(&self) -> bool {
        self.rest().starts_with(['\u{201c}', '\u{201d}'])
    }

    /// Parses a string in curly quotes.
    fn curly_string(&mut self) -> Option<()> {
        let inner = &self.text[self.at + 3..];
        let end = inner.find(['\u{201c}', '\u{201d}', '"', '\n'])?;
        let quote = inner[end..].chars().next().filter(|quote| *quote != '\n')?;
        let quoted = format!("\"{}\"", inner[..end].replace('\\', "\\\\"));
        let to = self.at + 3 + end + quote.len_utf8();
        self.replace(self.at, to, quoted);
        self.at = to;
        Some(())
    }

    /// Parses a string in single quotes.
    fn single_quoted(&mut self) -> Option<()> {
        let inner = &self.text[self.at + 1..];
        let end = inner.find(['\'', '\n'])?;
        if inner[end..].starts_with('\n') {
            return None;
        }
        let quoted = format!(
            "\"{}\"",
            inner[..end].replace('\\', "\\\\").replace('"', "\\\"")
        );
        let to = self.at + 1 + end + 1;
        self.replace(self.at, to, quoted);
        self.at = to;
        Some(())
    }

    fn string(&mut self, quote: usize) -> Option<()> {
        self.at += quote;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.escape()?,
                byte if byte < 0x20 => {
                    let escape = match byte {
                        b'\n' => "\\n".to_owned(),
                        b'\r' => "\\r".to_owned(),
                        b'\t' => "\\t".to_owned(),
                        other => format!("\\u{other:04x}"),
                    };
                    self.replace(self.at, self.at + 1, escape);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.text.as_bytes().get(self.at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
            b'u' => match self.code_unit(self.at) {
                Some(0xD800..=0xDBFF)
                    if matches!(self.code_unit(self.at + 6), Some(0xDC00..=0xDFFF)) =>
                {
                    self.at += 12
                }
                Some(0xD800..=0xDFFF) => {
                    self.replace(self.at, self.at + 6, "\\uFFFD");
                    self.at += 6;
                }
                Some(_) => self.at += 6,
                None => self.double_backslash(),
            },
            _ => self.double_backslash(),
        }
        Some(())
    }

    fn double_backslash(&mut self) {
        self.replace(self.at, self.at + 1, "\\\\");
        self.at += 1;
    }

    /// Parses the number in `\uXXXX`.
    fn code_unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Option<()> {
        let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest().bytes().take_while(is_number).count();
        let number = &self.rest()[..length];
        let digits = number.strip_prefix('-').unwrap_or(number);
        let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
        let bare_fraction = digits[whole..]
            .strip_prefix('.')
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()));
        let leading_zero = whole > 1 && digits.starts_with('0');
        if whole == 0
            || leading_zero
            || bare_fraction
            || !number.parse::<f64>().is_ok_and(f64::is_finite)
        {
            return None;
        }
        self.at += length;
        Some(())
    }
}

#[cfg(test)]
mod tests;
