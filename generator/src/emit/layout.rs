//! Blank lines between items: prettyplease sets none, and people read the output.

use super::inserts::Inserts;

/// What items start with, and the comments and attributes in front of them.
const STARTS: [&str; 10] = [
    "///",
    "#[",
    "pub ",
    "impl ",
    "fn ",
    "const ",
    "static ",
    "mod ",
    "use ",
    "runtime::",
];

/// What items start with that stand close to others of their kind.
const SHORT: [&str; 4] = ["use ", "pub use ", "mod ", "pub mod "];

/// Puts a blank line between items, of a file and of an `impl` block, and the inserts where they belong.
pub(super) fn spaced(start: &str, items: &str, inserts: &Inserts<'_>) -> String {
    let mut text = String::with_capacity(start.len() + items.len() + inserts.len());
    let mut before = Line::default();
    for line in start.lines().chain(items.lines()) {
        let now = Line::of(line);
        let parted = !(before.is_short && now.is_short);
        if before.ends && now.starts && now.depth == before.depth && parted {
            text.push('\n');
        }
        inserts.write(line, &mut text);
        before = now;
    }
    text
}

/// What a line says about the items around it.
#[derive(Default)]
struct Line {
    depth: usize,
    starts: bool,
    ends: bool,
    is_short: bool,
}

impl Line {
    fn of(line: &str) -> Self {
        let words = line.trim_start();
        let depth = line.len() - words.len();
        // Deeper down there are statements and arms, which stand close.
        let may_be_item = depth <= 4;
        let is_inner = words.starts_with("//!") || words.starts_with("#![");
        // What code in documentation ends with ends no item.
        let is_docs = words.starts_with("///");
        Self {
            depth,
            starts: may_be_item && STARTS.iter().any(|start| words.starts_with(start)),
            ends: may_be_item && !is_docs && (words == "}" || words.ends_with(';') || is_inner),
            is_short: SHORT.iter().any(|start| words.starts_with(start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Inserts, spaced};

    #[test]
    fn items_are_parted_and_imports_are_not() {
        let text = "//! A.\nuse a;\nuse b;\n/// C.\npub struct C {\n    pub d: E,\n    /// F;\n    /// F.\n    pub f: G,\n}\nimpl C {\n    const H: I = J;\n    fn k() {\n        l();\n    }\n    fn m() {}\n}\n";
        let expected = "//! A.\n\nuse a;\nuse b;\n\n/// C.\npub struct C {\n    pub d: E,\n    /// F;\n    /// F.\n    pub f: G,\n}\n\nimpl C {\n    const H: I = J;\n\n    fn k() {\n        l();\n    }\n\n    fn m() {}\n}\n";
        assert_eq!(spaced("", text, &Inserts::default()), expected);
    }
}
