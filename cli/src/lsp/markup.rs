//! The text of hovers, as markdown or as plain text. Text from pages is escaped.

use crate::terminal::printable_line;

/// Builds a text.
pub(super) struct Markup {
    text: String,
    is_markdown: bool,
}

impl Markup {
    pub(super) fn markdown() -> Self {
        Self {
            text: String::new(),
            is_markdown: true,
        }
    }

    pub(super) fn plain() -> Self {
        Self {
            text: String::new(),
            is_markdown: false,
        }
    }

    /// Adds text of our own, which may contain code spans.
    pub(super) fn words(&mut self, words: &str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Adds text of a page, on one line.
    pub(super) fn page_text(&mut self, text: &str) -> &mut Self {
        let text = printable_line(text.trim());
        if self.is_markdown {
            self.text.push_str(&escape(&text));
        } else {
            self.text.push_str(&text);
        }
        self
    }

    /// Adds a name of a page as code.
    pub(super) fn code(&mut self, name: &str) -> &mut Self {
        let is_plain =
            |letter: char| letter.is_alphanumeric() || "._-@$#/(){}=',: ".contains(letter);
        if self.is_markdown && !name.trim().is_empty() && name.chars().all(is_plain) {
            self.text.push('`');
            self.text.push_str(name.trim());
            self.text.push('`');
            self
        } else {
            self.page_text(name)
        }
    }

    /// Adds a link to a place in a file.
    pub(super) fn link(&mut self, text: &str, uri: &str, line: u32) -> &mut Self {
        if !self.is_markdown {
            return self.page_text(text);
        }
        self.text.push('[');
        self.page_text(text);
        // The URIs of clients are parsed and have neither blanks nor angle brackets.
        self.text.push_str(&format!("](<{uri}#L{line}>)"));
        self
    }

    /// Ends the paragraph.
    pub(super) fn paragraph(&mut self) -> &mut Self {
        self.text.push_str("\n\n");
        self
    }

    /// Starts a table.
    pub(super) fn table(&mut self, columns: &[&str]) -> &mut Self {
        if self.is_markdown {
            let line = format!(
                "|{}|\n|{}\n",
                columns.join("|"),
                "---|".repeat(columns.len())
            );
            self.text.push_str(&line);
        }
        self
    }

    /// Starts a row.
    pub(super) fn row(&mut self) -> &mut Self {
        self.words(if self.is_markdown { "|" } else { "  " })
    }

    /// Ends a cell.
    pub(super) fn cell(&mut self) -> &mut Self {
        self.words(if self.is_markdown { "|" } else { "  " })
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) -> &mut Self {
        self.words("\n")
    }

    pub(super) fn finish(self) -> String {
        let lines: Vec<&str> = self.text.trim_end().lines().map(str::trim_end).collect();
        lines.join("\n")
    }
}

/// Escapes all characters that can have a meaning in markdown.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, ',' | ';' | '\'' | '"' | '%') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_pages_has_no_markup() {
        let check = |text: &str, expected: &str| {
            let mut markup = Markup::markdown();
            markup.page_text(text);
            assert_eq!(markup.finish(), expected);
        };
        check("plain, text", "plain, text");
        check(
            "<script>[a](command:x)|![b](http://c)",
            "\\<script\\>\\[a\\]\\(command\\:x\\)\\|\\!\\[b\\]\\(http\\:\\/\\/c\\)",
        );
        check("`a` **b**\n# c", "\\`a\\` \\*\\*b\\*\\* \\# c");
        check(
            "www.example.com \u{202e}\u{1b}[0m",
            "www\\.example\\.com \u{fffd}\u{fffd}\\[0m",
        );
        let mut markup = Markup::plain();
        markup.page_text("*a*").words(" ").code("b`c");
        assert_eq!(markup.finish(), "*a* b`c");
    }

    #[test]
    fn names_with_markup_are_no_code_spans() {
        let check = |name: &str, expected: &str| {
            let mut markup = Markup::markdown();
            markup.code(name);
            assert_eq!(markup.finish(), expected);
        };
        check("microsoft.graph.lamp", "`microsoft.graph.lamp`");
        check("a`b|c", "a\\`b\\|c");
        check(" ", "");
    }
}
