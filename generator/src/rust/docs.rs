//! Text of the pages to doc comments. The text is data: whatever it holds, it ends up as words, never as markdown that
//! means something, never as code.

mod escape;
pub(crate) mod facts;
pub(crate) mod requests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::model;

pub(crate) use escape::{code, plain, prose, url};

/// The lines of a doc comment, without the slashes. An empty line parts paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Arc<Vec<String>>,
}

impl Docs {
    /// Starts with text of a page, or with a sentence of ours where the page says nothing. The sentence is markdown.
    pub(crate) fn describe(described: &model::Docs, otherwise: impl FnOnce() -> String) -> Self {
        let mut docs = Self::default();
        for paragraph in prose(&described.description) {
            docs.paragraph(paragraph);
        }
        if docs.lines.is_empty() {
            docs.paragraph(otherwise());
        }
        docs
    }

    /// A paragraph that is markdown already, and may get more behind it.
    pub(crate) fn starting(markdown: impl Into<String>) -> Self {
        let mut docs = Self::default();
        docs.paragraph(markdown);
        docs
    }

    /// Adds a paragraph that is markdown already.
    pub(crate) fn paragraph(&mut self, markdown: impl Into<String>) {
        let lines = Arc::make_mut(&mut self.lines);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(markdown.into());
    }

    /// Adds Rust that is compiled and not run. No line may start with `#` unless it is to be hidden.
    pub(crate) fn code_block(&mut self, lines: Vec<String>) {
        self.paragraph("```no_run");
        let all = Arc::make_mut(&mut self.lines);
        all.extend(lines);
        all.push("```".to_owned());
    }

    /// The lines, in their order. None holds a line break.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// A link to the published page, if its address is one that a link can hold.
pub(crate) fn page_link(text: &str, address: &str) -> Option<String> {
    let whole = url(address);
    (!whole.is_empty() && whole == address).then(|| format!("[{text}]({address})"))
}
