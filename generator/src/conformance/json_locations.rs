//! Locates values within the JSON of an example on its page.

use std::collections::BTreeMap;

use super::values::Step;
use crate::source::{At, Location};

/// The deepest nesting that is located; values below have the location of their ancestor at this depth.
const MAX_DEPTH: usize = 256;

/// The locations of all keys and items of a JSON text.
pub(super) struct JsonLocations<'t> {
    start: Location,
    root: Option<Node<'t>>,
}

/// A value, with the location of its key, or else of its first character.
struct Node<'t> {
    at: Location,
    /// The location of the first character.
    value_at: Location,
    children: Children<'t>,
}

enum Children<'t> {
    None,
    /// By the JSON text of the key.
    Members(BTreeMap<&'t str, Node<'t>>),
    Items(Vec<Node<'t>>),
}

impl<'t> JsonLocations<'t> {
    pub(super) fn new(json: &'t At<String>) -> Self {
        let mut scanner = Scanner {
            text: &json.value,
            offset: 0,
            at: json.at,
        };
        let root = scanner.scan_value(json.at, 0);
        Self {
            start: json.at,
            root,
        }
    }

    /// Returns the location of the key or item at a path, or the start of the text if there is none.
    pub(super) fn locate(&self, path: &[Step]) -> Location {
        self.find(path).map_or(self.start, |node| node.at)
    }

    /// Like [`Self::locate`], with the location behind the key.
    pub(super) fn locate_value(&self, path: &[Step]) -> Location {
        self.find(path).map_or(self.start, |node| node.value_at)
    }

    fn find(&self, path: &[Step]) -> Option<&Node<'t>> {
        let mut node = self.root.as_ref()?;
        for step in path {
            node = match (step, &node.children) {
                (Step::Key(key), Children::Members(members)) => {
                    members.get(serde_json::to_string(key).ok()?.as_str())?
                }
                (Step::Item(index), Children::Items(items)) => items.get(*index)?,
                (Step::Key(_) | Step::Item(_), _) => return None,
            };
        }
        Some(node)
    }
}

/// A scanner over valid JSON.
struct Scanner<'t> {
    text: &'t str,
    offset: usize,
    /// The location of the next character.
    at: Location,
}

impl<'t> Scanner<'t> {
    /// Scans the value ahead. `at` is the location of its key, if it has one.
    fn scan_value(&mut self, at: Location, depth: usize) -> Option<Node<'t>> {
        self.skip_whitespace();
        let value_at = self.at;
        let children = match self.peek()? {
            b'{' if depth < MAX_DEPTH => self.scan_members(depth)?,
            b'[' if depth < MAX_DEPTH => self.scan_items(depth)?,
            b'{' | b'[' => return None,
            b'"' => {
                self.scan_string()?;
                Children::None
            }
            _ => {
                let is_end = |byte: u8| matches!(byte, b',' | b'}' | b']');
                while self.peek().is_some_and(|byte| !is_end(byte)) {
                    self.advance();
                }
                Children::None
            }
        };
        Some(Node {
            at,
            value_at,
            children,
        })
    }

    fn scan_members(&mut self, depth: usize) -> Option<Children<'t>> {
        let mut members = BTreeMap::new();
        self.advance();
        loop {
            self.skip_whitespace();
            match self.peek()? {
                b'"' => {}
                b'}' => break,
                _ => return None,
            }
            let at = self.at;
            let key = self.scan_string()?;
            self.skip_whitespace();
            if self.peek()? != b':' {
                return None;
            }
            self.advance();
            let value = self.scan_value(at, depth + 1)?;
            members.entry(key).or_insert(value);
            self.skip_whitespace();
            if self.peek()? == b',' {
                self.advance();
            }
        }
        self.advance();
        Some(Children::Members(members))
    }

    fn scan_items(&mut self, depth: usize) -> Option<Children<'t>> {
        let mut items = Vec::new();
        self.advance();
        loop {
            self.skip_whitespace();
            match self.peek()? {
                b']' => break,
                b',' => self.advance(),
                _ => {
                    let at = self.at;
                    items.push(self.scan_value(at, depth + 1)?);
                }
            }
        }
        self.advance();
        Some(Children::Items(items))
    }

    /// Scans a string. Returns its text with the quotes.
    fn scan_string(&mut self) -> Option<&'t str> {
        let start = self.offset;
        self.advance();
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    self.advance();
                    self.advance();
                }
                _ => self.advance(),
            }
        }
        self.advance();
        self.text.get(start..self.offset)
    }

    fn skip_whitespace(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.advance();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    /// Moves past a character.
    fn advance(&mut self) {
        let Some(character) = self.text[self.offset..].chars().next() else {
            return;
        };
        self.offset += character.len_utf8();
        if character == '\n' {
            self.at.line = self.at.line.saturating_add(1);
            // Only the first line of the text may start in the middle of a line of the page.
            self.at.column = 1;
        } else {
            self.at.column = self.at.column.saturating_add(1);
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
            let found = JsonLocations::new(&text).locate(path);
            assert_eq!((found.line, found.column), (line, column), "{path:?}");
        };
        check(&[], 10, 3);
        check(&[key("a")], 11, 3);
        check(&[key("a"), Step::Item(1)], 11, 12);
        check(&[key("a"), Step::Item(1), key("b")], 11, 13);
        check(&[key("c\""), key("a")], 13, 5);
        check(&[key("x")], 10, 3);
        check(&[key("a"), Step::Item(7)], 10, 3);
        let value = |path: &[Step]| {
            let found = JsonLocations::new(&text).locate_value(path);
            (found.line, found.column)
        };
        assert_eq!(value(&[key("c\""), key("a")]), (13, 10));
        assert_eq!(value(&[key("a"), Step::Item(1), key("b")]), (11, 18));
        assert_eq!(value(&[]), (10, 3));
    }
}
