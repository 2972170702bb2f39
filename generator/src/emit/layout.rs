//! Line breaks: code stays on one line where that is at most [`WIDTH`] wide, else each part gets a line of its own.

/// The longest line that is not broken.
const WIDTH: usize = 89;

/// The spaces of one level of indentation.
const INDENT: usize = 4;

/// An expression that can be broken into lines.
pub(super) enum Code {
    /// Code that stays on one line.
    Text(String),
    /// A list between delimiters: a call `f(a, b)`, a tuple, or an array.
    List {
        /// The text up to the opening delimiter, included.
        open: String,
        /// The elements.
        items: Vec<Code>,
        /// The closing delimiter.
        close: &'static str,
    },
    /// Method calls on a receiver: `self.0.segment("a").request(b)`.
    Chain {
        /// The receiver.
        receiver: &'static str,
        /// The calls, each a list without its leading dot.
        calls: Vec<Code>,
    },
}

impl Code {
    /// A call of a function or method.
    pub(super) fn call(function: &str, arguments: Vec<Code>) -> Self {
        Self::List {
            open: format!("{function}("),
            items: arguments,
            close: ")",
        }
    }

    /// Writes the expression on one line.
    fn write_flat(&self, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::List { open, items, close } => {
                text.push_str(open);
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    item.write_flat(text);
                }
                text.push_str(close);
            }
            Self::Chain { receiver, calls } => {
                text.push_str(receiver);
                for call in calls {
                    text.push('.');
                    call.write_flat(text);
                }
            }
        }
    }

    /// Writes the expression behind what stands on the last line already. `indent` is the indentation of that line, and
    /// `tail` the width of what follows the expression there.
    pub(super) fn write(&self, text: &mut String, indent: usize, tail: usize) {
        let start = text.len();
        self.write_flat(text);
        if last_line_width(text) + tail <= WIDTH {
            return;
        }
        text.truncate(start);
        match self {
            Self::Text(own) => text.push_str(own),
            Self::List { open, items, close } => {
                text.push_str(open);
                for (index, item) in items.iter().enumerate() {
                    start_line(text, indent + INDENT);
                    let is_last = index + 1 == items.len();
                    item.write(text, indent + INDENT, usize::from(!is_last));
                    text.push(',');
                }
                start_line(text, indent);
                text.push_str(close);
            }
            Self::Chain { receiver, calls } => {
                text.push_str(receiver);
                for (index, call) in calls.iter().enumerate() {
                    start_line(text, indent + INDENT);
                    text.push('.');
                    let is_last = index + 1 == calls.len();
                    call.write(text, indent + INDENT, if is_last { tail } else { 0 });
                }
            }
        }
    }
}

/// A function's signature up to its opening brace, where the text ends behind the indentation.
pub(super) fn write_signature(
    text: &mut String,
    indent: usize,
    name: &str,
    parameters: &[String],
    result: &str,
) {
    let start = text.len();
    for part in ["pub fn ", name, "("] {
        text.push_str(part);
    }
    for (index, parameter) in parameters.iter().enumerate() {
        text.push_str(if index > 0 { ", " } else { "" });
        text.push_str(parameter);
    }
    for part in [") -> ", result, " {"] {
        text.push_str(part);
    }
    if last_line_width(text) <= WIDTH {
        return;
    }
    text.truncate(start);
    for part in ["pub fn ", name, "("] {
        text.push_str(part);
    }
    for parameter in parameters {
        start_line(text, indent + INDENT);
        text.push_str(parameter);
        text.push(',');
    }
    start_line(text, indent);
    text.push_str(") -> ");
    match result.split_once('<') {
        Some((outer, rest)) if indent + ") -> ".len() + result.len() + " {".len() > WIDTH => {
            text.push_str(outer);
            text.push('<');
            start_line(text, indent + INDENT);
            text.push_str(rest.strip_suffix('>').unwrap_or(rest));
            text.push(',');
            start_line(text, indent);
            text.push('>');
        }
        Some(_) | None => text.push_str(result),
    }
    text.push_str(" {");
}

/// `#[cfg(…)]` for any of some features, where the text ends behind the indentation.
pub(super) fn write_cfg(text: &mut String, indent: usize, features: &[String]) {
    let start = text.len();
    let flat = flat_condition(features);
    for part in ["#[cfg(", &flat, ")]"] {
        text.push_str(part);
    }
    if last_line_width(text) <= WIDTH || features.len() < 2 {
        return;
    }
    text.truncate(start);
    text.push_str("#[cfg(");
    start_line(text, indent + INDENT);
    if indent + INDENT + flat.len() <= WIDTH {
        text.push_str(&flat);
    } else {
        text.push_str("any(");
        for (index, feature) in features.iter().enumerate() {
            start_line(text, indent + 2 * INDENT);
            for part in ["feature = \"", feature, "\""] {
                text.push_str(part);
            }
            text.push_str(if index + 1 < features.len() { "," } else { "" });
        }
        start_line(text, indent + INDENT);
        text.push(')');
    }
    start_line(text, indent);
    text.push_str(")]");
}

/// The condition of a `cfg` attribute on one line. Names of features are made of identifiers.
pub(super) fn flat_condition(features: &[String]) -> String {
    let mut text = String::new();
    text.push_str(if features.len() > 1 { "any(" } else { "" });
    for (index, feature) in features.iter().enumerate() {
        text.push_str(if index > 0 { ", " } else { "" });
        for part in ["feature = \"", feature, "\""] {
            text.push_str(part);
        }
    }
    text.push_str(if features.len() > 1 { ")" } else { "" });
    text
}

/// `pub use from::{…};`, with as many names on a line as fit. Returns whether it takes one line.
pub(super) fn write_use(text: &mut String, from: &str, names: &[&str]) -> bool {
    for part in ["pub use ", from, "::"] {
        text.push_str(part);
    }
    if let [name] = names {
        text.push_str(name);
        text.push(';');
        return true;
    }
    let start = text.len();
    text.push('{');
    text.push_str(&names.join(", "));
    text.push_str("};");
    if last_line_width(text) <= WIDTH {
        return true;
    }
    text.truncate(start);
    text.push('{');
    start_line(text, INDENT);
    let mut width = INDENT;
    for (index, name) in names.iter().enumerate() {
        let is_last = index + 1 == names.len();
        let needed = name.len() + usize::from(!is_last);
        if index > 0 && width + 1 + needed > WIDTH {
            start_line(text, INDENT);
            width = INDENT;
        } else if index > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(name);
        text.push(',');
        width += name.len() + 1;
    }
    text.push_str("\n};");
    false
}

/// Starts a line with an indentation.
pub(super) fn start_line(text: &mut String, indent: usize) {
    text.push('\n');
    (0..indent).for_each(|_| text.push(' '));
}

/// The width of the last line in characters.
fn last_line_width(text: &str) -> usize {
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    text[start..].chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &Code, width: usize, expected: &str) {
        let mut text = " ".repeat(4);
        code.write(&mut text, 4, WIDTH - width);
        assert_eq!(text, expected);
    }

    fn chain() -> Code {
        let argument = |text: &str| vec![Code::Text(text.to_owned())];
        Code::Chain {
            receiver: "self.0",
            calls: vec![
                Code::call("segment", argument("\"a\"")),
                Code::call("request", argument("&b")),
            ],
        }
    }

    #[test]
    fn code_is_broken_where_it_does_not_fit() {
        check(&chain(), 80, "    self.0.segment(\"a\").request(&b)");
        check(
            &chain(),
            30,
            "    self.0\n        .segment(\"a\")\n        .request(&b)",
        );
        check(
            &Code::call("f", vec![chain()]),
            30,
            "    f(\n        self.0.segment(\"a\").request(&b),\n    )",
        );
    }

    #[test]
    fn signatures_are_broken_where_they_do_not_fit() {
        let check = |result: &str, expected: &str| {
            let mut text = String::new();
            write_signature(&mut text, 0, "f", &["&self".to_owned()], result);
            assert_eq!(text, expected);
        };
        check("A", "pub fn f(&self) -> A {");
        let long = "A".repeat(75);
        check(&long, &format!("pub fn f(\n    &self,\n) -> {long} {{"));
        let long = format!("B<{}>", "A".repeat(83));
        let inner = &long[2..85];
        check(
            &long,
            &format!("pub fn f(\n    &self,\n) -> B<\n    {inner},\n> {{"),
        );
    }

    #[test]
    fn conditions_are_broken_where_they_do_not_fit() {
        let check = |length: usize, expected: &str| {
            let features: Vec<String> = ["a", "b"].map(|name| name.repeat(length)).into();
            let mut text = String::new();
            write_cfg(&mut text, 0, &features);
            let short = text.replace(&"a".repeat(length), "a");
            assert_eq!(short.replace(&"b".repeat(length), "b"), expected);
        };
        check(9, "#[cfg(any(feature = \"a\", feature = \"b\"))]");
        check(26, "#[cfg(\n    any(feature = \"a\", feature = \"b\")\n)]");
        check(
            60,
            "#[cfg(\n    any(\n        feature = \"a\",\n        feature = \"b\"\n    )\n)]",
        );
    }

    #[test]
    fn imported_names_fill_lines() {
        let check = |names: &[&str], expected: &str| {
            let mut text = String::new();
            write_use(&mut text, "a", names);
            assert_eq!(text, expected);
        };
        check(&["B"], "pub use a::B;");
        check(&["B", "C"], "pub use a::{B, C};");
        let long = "B".repeat(50);
        check(
            &[&long, "C", &long],
            &format!("pub use a::{{\n    {long}, C,\n    {long},\n}};"),
        );
    }
}
