//! Rust expressions and their layout. Text of pages only occurs in string literals.

/// The maximum width of a line.
const WIDTH: usize = 90;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// Code that stays on one line.
    Plain(String),
    /// An expression with a prefix and a suffix: `Some(` and `)`.
    Around(String, Box<Expression>, &'static str),
    /// Expressions in braces or brackets.
    List {
        /// The text up to the opening bracket, included.
        open: String,
        /// The expressions, with the names of fields.
        items: Vec<(Option<String>, Expression)>,
        /// The number of omitted fields, for which `..Default::default()` is written; none for other lists.
        more: Option<usize>,
        /// The bracket.
        close: &'static str,
    },
}

impl Expression {
    /// A string literal.
    pub(super) fn string(text: &str) -> Self {
        Self::Plain(string(text))
    }

    /// Wraps the expression in a prefix and a suffix.
    pub(super) fn within(self, before: impl Into<String>, after: &'static str) -> Self {
        Self::Around(before.into(), Box::new(self), after)
    }

    /// The expression after `start` and before `end`, indented by `depth` spaces.
    pub(super) fn layout(&self, start: &str, end: &str, depth: usize) -> String {
        if let Some(line) = self.one_line() {
            let line = format!("{start}{line}{end}");
            if depth + line.len() <= WIDTH || matches!(self, Self::Plain(_)) {
                return line;
            }
        }
        match self {
            Self::Plain(text) => format!("{start}{text}{end}"),
            Self::Around(before, inside, after) => {
                inside.layout(&format!("{start}{before}"), &format!("{after}{end}"), depth)
            }
            Self::List {
                open,
                items,
                more,
                close,
            } => {
                let deeper = depth + 4;
                let space = " ".repeat(deeper);
                let mut text = format!("{start}{open}\n");
                for (name, item) in items {
                    let name = name
                        .as_ref()
                        .map_or(String::new(), |name| format!("{name}: "));
                    text.push_str(&format!("{space}{}\n", item.layout(&name, ",", deeper)));
                }
                if let Some(more) = more {
                    if *more > 0 {
                        let noun = if *more == 1 { "property" } else { "properties" };
                        text.push_str(&format!("{space}// and {more} more {noun}\n"));
                    }
                    text.push_str(&format!("{space}..Default::default()\n"));
                }
                text.push_str(&format!("{}{close}{end}", " ".repeat(depth)));
                text
            }
        }
    }

    /// The expression on one line; none if it contains a comment.
    fn one_line(&self) -> Option<String> {
        match self {
            Self::Plain(text) => Some(text.clone()),
            Self::Around(before, inside, after) => {
                Some(format!("{before}{}{after}", inside.one_line()?))
            }
            Self::List {
                open,
                items,
                more,
                close,
            } => {
                let mut all = Vec::with_capacity(items.len() + 1);
                for (name, item) in items {
                    let item = item.one_line()?;
                    all.push(match name {
                        Some(name) => format!("{name}: {item}"),
                        None => item,
                    });
                }
                match more {
                    None => return Some(format!("{open}{}{close}", all.join(", "))),
                    Some(0) => all.push("..Default::default()".to_owned()),
                    Some(_) => return None,
                }
                Some(format!("{open} {} {close}", all.join(", ")))
            }
        }
    }
}

/// A string literal. Characters with a meaning in doc comments, and invisible ones, are escaped.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => literal.extend(['\\', letter]),
            '\n' => literal.push_str("\\n"),
            '`' => literal.push_str("\\u{60}"),
            ' '..='~' => literal.push(letter),
            _ if letter.is_alphanumeric() => literal.push(letter),
            _ => literal.extend(letter.escape_unicode()),
        }
    }
    literal.push('"');
    literal
}
