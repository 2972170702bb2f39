//! Blank lines between items: prettyplease sets none, and people read the output.

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

/// Puts a blank line between items, of a file and of an `impl` block.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut before = Line::default();
    for line in text.lines() {
        let now = Line::of(line);
        let parted = !(before.is_short && now.is_short);
        if before.ends && now.starts && now.depth == before.depth && parted {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = now;
    }
    spaced
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

/// Sets each row of a table on a line of its own: prettyplease does not know what the rows of a macro are.
pub(super) fn tabled(text: &str) -> String {
    let mut tabled = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        tabled.push_str(line);
        tabled.push('\n');
        if line.starts_with("runtime::") && line.ends_with("! {") {
            let rows = lines.by_ref().take_while(|line| *line != "}");
            let rows = rows.map(str::trim_start).filter(|row| !row.is_empty());
            let rows: Vec<&str> = rows.collect();
            write_rows(&rows.join(" "), &mut tabled);
            tabled.push_str("}\n");
        }
    }
    tabled
}

fn write_rows(rows: &str, text: &mut String) {
    let mut before = ' ';
    let mut in_literal = false;
    let mut is_escaped = false;
    let mut at_start = true;
    let mut letters = rows.chars().peekable();
    while let Some(letter) = letters.next() {
        if at_start && !letter.is_whitespace() {
            text.push_str("    ");
            at_start = false;
        }
        let next = letters.peek().copied().unwrap_or(' ');
        if in_literal {
            text.push(letter);
            in_literal = is_escaped || letter != '"';
            is_escaped = letter == '\\' && !is_escaped;
        } else if letter == ' ' {
            // Types and attributes as rustfmt would write them.
            if !at_start && !matches!(next, ':' | '<' | '>') && !matches!(before, '<' | '-') {
                text.push(' ');
            }
        } else {
            text.push(letter);
            in_literal = letter == '"';
            if letter == ';' || (letter == ']' && next == ' ') {
                text.push('\n');
                at_start = true;
            }
        }
        before = letter;
    }
}

#[cfg(test)]
mod tests {
    use super::{spaced, tabled};

    #[test]
    fn items_are_parted_and_imports_are_not() {
        let text = "//! A.\nuse a;\nuse b;\n/// C.\npub struct C {\n    pub d: E,\n    /// F;\n    /// F.\n    pub f: G,\n}\nimpl C {\n    const H: I = J;\n    fn k() {\n        l();\n    }\n    fn m() {}\n}\n";
        let expected = "//! A.\n\nuse a;\nuse b;\n\n/// C.\npub struct C {\n    pub d: E,\n    /// F;\n    /// F.\n    pub f: G,\n}\n\nimpl C {\n    const H: I = J;\n\n    fn k() {\n        l();\n    }\n\n    fn m() {}\n}\n";
        assert_eq!(spaced(text), expected);
    }

    #[test]
    fn each_row_of_a_table_has_its_line() {
        let text = "runtime::object! {\n    A = \"b < \\\"; :\"; #[cfg(c)] #[deprecated = \"d\"] e : F = \"g\",\n    H : Vec < i::J >; k\n    = - 1;\n}\n";
        let expected = "runtime::object! {\n    A = \"b < \\\"; :\";\n    #[cfg(c)]\n    #[deprecated = \"d\"]\n    e: F = \"g\", H: Vec<i::J>;\n    k = -1;\n}\n";
        assert_eq!(tabled(text), expected);
    }
}
