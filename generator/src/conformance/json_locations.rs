//! Locates a value within the JSON of an example on its page.

use super::values::Step;
use crate::source::{At, Location};

/// Returns the location of the value at a path, or the start of the text if there is none.
pub(super) fn locate(json: &At<String>, path: &[Step]) -> Location {
    let offset = find(&json.value, path).unwrap_or(0);
    let before = &json.value[..offset];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[start..].chars().count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Location {
        line: json.at.line.saturating_add(count(line)),
        // Only the first line of the text may start in the middle of a line of the page.
        column: match line {
            0 => json.at.column.saturating_add(count(column)),
            _ => count(column).saturating_add(1),
        },
        ..json.at
    }
}

/// Returns the byte offset of the key or item at a path.
fn find(json: &str, path: &[Step]) -> Option<usize> {
    let mut reader = Reader {
        text: json.as_bytes(),
        at: 0,
    };
    let mut found = 0;
    for step in path {
        found = match step {
            Step::Key(key) => reader.enter_member(key)?,
            Step::Item(index) => reader.enter_item(*index)?,
        };
    }
    Some(found)
}

/// A scanner over valid JSON.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    /// Skips to the value of a key, and returns the offset of the key.
    fn enter_member(&mut self, key: &str) -> Option<usize> {
        self.expect(b'{')?;
        let wanted = serde_json::to_string(key).ok()?;
        loop {
            self.skip_whitespace();
            let start = self.at;
            if self.text.get(start) != Some(&b'"') {
                return None;
            }
            self.skip_string()?;
            let is_wanted = self.text.get(start..self.at) == Some(wanted.as_bytes());
            self.expect(b':')?;
            if is_wanted {
                return Some(start);
            }
            self.skip_value()?;
            self.expect(b',')?;
        }
    }

    /// Skips to an item, and returns its offset.
    fn enter_item(&mut self, index: usize) -> Option<usize> {
        self.expect(b'[')?;
        for _ in 0..index {
            self.skip_value()?;
            self.expect(b',')?;
        }
        self.skip_whitespace();
        Some(self.at)
    }

    fn skip_whitespace(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_whitespace();
        (self.text.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    /// Skips a string.
    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.text.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Skips a value.
    fn skip_value(&mut self) -> Option<()> {
        self.skip_whitespace();
        let mut depth = 0_usize;
        loop {
            match *self.text.get(self.at)? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.text.get(self.at), Some(b',' | b'}' | b']') | None) {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn values_are_located_by_line_and_column() {
        let json = "{\n  \"a\": [1, {\"b\": \"]},\"}],\n  \"c\\\"\": {\n    \"a\": null\n  }\n}";
        let start = Location {
            file: FileId(0),
            line: 10,
            column: 3,
        };
        let text = At::new(json.to_owned(), start);
        let key = |key: &str| Step::Key(key.to_owned());
        let check = |path: &[Step], line, column| {
            let found = locate(&text, path);
            assert_eq!((found.line, found.column), (line, column), "{path:?}");
        };
        check(&[], 10, 3);
        check(&[key("a")], 11, 3);
        check(&[key("a"), Step::Item(1)], 11, 12);
        check(&[key("a"), Step::Item(1), key("b")], 11, 13);
        check(&[key("c\""), key("a")], 13, 5);
        check(&[key("x")], 10, 3);
        check(&[key("a"), Step::Item(7)], 10, 3);
    }
}
