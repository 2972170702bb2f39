//! Text of pages to doc comments. The text is escaped: it is never interpreted as markdown or code.

mod escape;
pub(crate) mod facts;
pub(crate) mod requests;
pub(crate) mod usage;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use escape::{code, plain, prose, url};

/// The lines of a doc comment, without the slashes. An empty line separates paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Arc<Vec<String>>,
}

impl Docs {
    /// Starts with the description from a page, or with the given markdown if there is none.
    pub(crate) fn describe(description: &str, otherwise: impl FnOnce() -> String) -> Self {
        let mut docs = Self::default();
        for paragraph in prose(description) {
            docs.paragraph(paragraph);
        }
        if docs.lines.is_empty() {
            docs.paragraph(otherwise());
        }
        docs
    }

    /// Starts with a paragraph of markdown.
    pub(crate) fn starting(markdown: impl Into<String>) -> Self {
        let mut docs = Self::default();
        docs.paragraph(markdown);
        docs
    }

    /// Adds a paragraph of markdown.
    pub(crate) fn paragraph(&mut self, markdown: impl Into<String>) {
        let lines = Arc::make_mut(&mut self.lines);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(markdown.into());
    }

    /// Adds a code block that is compiled but not run. Lines that start with `#` are hidden.
    pub(crate) fn code_block(&mut self, lines: Vec<String>) {
        self.paragraph("```no_run");
        let all = Arc::make_mut(&mut self.lines);
        all.extend(lines);
        all.push("```".to_owned());
    }

    /// The lines. None holds a line break.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The lines of the code sample, without those that rustdoc hides; none if there is no sample.
    pub fn code_lines(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().map(String::as_str);
        lines
            .skip_while(|line| !line.starts_with("```"))
            .skip(1)
            .take_while(|line| *line != "```")
            .filter(|line| !line.starts_with("# "))
    }
}

/// A link to a published page; none if its address is not a valid link.
pub(crate) fn page_link(text: &str, address: &str) -> Option<String> {
    let whole = url(address);
    (!whole.is_empty() && whole == address).then(|| format!("[{text}]({address})"))
}
