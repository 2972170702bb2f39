//! Where in a page a part of an example's JSON stands.

use super::values::Step;
use crate::source::{At, Location};

/// The place of the value at a path, by counting lines; the text's start if the path leads nowhere.
pub(super) fn locate(json: &At<String>, path: &[Step]) -> Location {
    let offset = find(&json.value, path).unwrap_or(0);
    let before = &json.value[..offset];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[start..].chars().count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Location {
        line: json.at.line.saturating_add(count(line)),
        // Only the first line of the text may stand behind something else.
        column: match line {
            0 => json.at.column.saturating_add(count(column)),
            _ => count(column).saturating_add(1),
        },
        ..json.at
    }
}

/// The offset of the key or item that a path leads to.
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

/// Walks over strict JSON.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    /// Goes to the value of a key; gives the place of the key.
    fn enter_member(&mut self, key: &str) -> Option<usize> {
        self.expect(b'{')?;
        let wanted = serde_json::to_string(key).ok()?;
        loop {
            self.blanks();
            let start = self.at;
            if self.text.get(start) != Some(&b'"') {
                return None;
            }
            self.string()?;
            let is_wanted = self.text.get(start..self.at) == Some(wanted.as_bytes());
            self.expect(b':')?;
            if is_wanted {
                return Some(start);
            }
            self.value()?;
            self.expect(b',')?;
        }
    }

    /// Goes to an item; gives its place.
    fn enter_item(&mut self, index: usize) -> Option<usize> {
        self.expect(b'[')?;
        for _ in 0..index {
            self.value()?;
            self.expect(b',')?;
        }
        self.blanks();
        Some(self.at)
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (self.text.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    /// Goes behind a string.
    fn string(&mut self) -> Option<()> {
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

    /// Goes behind a value.
    fn value(&mut self) -> Option<()> {
        self.blanks();
        let mut depth = 0_usize;
        loop {
            match *self.text.get(self.at)? {
                b'"' => self.string()?,
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
    fn parts_are_found_by_line() {
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
