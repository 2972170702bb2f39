//! Text of the pages to doc comments. The text is data: whatever it holds, it ends up as words, never as markdown that
//! means something, never as code.

mod escape;
pub(crate) mod facts;
pub(crate) mod requests;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::model;
use crate::source::Location;

pub(crate) use escape::{code, plain, prose, url};

/// The lines of a doc comment, without the slashes. An empty line parts paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Arc<Vec<String>>,
    /// Where a page says what it starts with, and how many lines that takes.
    words: Option<(Location, usize)>,
}

/// Where a page says something makes no difference for what is shown.
impl Hash for Docs {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lines.hash(state);
    }
}

/// The lines in which text of a page is quoted; none if it says nothing.
pub(crate) fn quote(text: &str) -> Vec<String> {
    let mut docs = Docs::default();
    for paragraph in prose(text) {
        docs.paragraph(paragraph);
    }
    Arc::unwrap_or_clone(docs.lines)
}

impl Docs {
    /// Starts with text of a page, or with a sentence of ours where the page says nothing. The sentence is markdown.
    pub(crate) fn describe(described: &model::Docs, otherwise: impl FnOnce() -> String) -> Self {
        let mut docs = Self {
            lines: Arc::new(quote(&described.description)),
            words: None,
        };
        if docs.lines.is_empty() {
            docs.paragraph(otherwise());
        } else {
            docs.words = described.described_at.map(|at| (at, docs.lines.len()));
        }
        docs
    }

    /// The lines in which a page is quoted, and where it says so.
    pub(crate) fn words(&self) -> Option<(Location, &[String])> {
        let (at, length) = self.words?;
        Some((at, self.lines.get(..length)?))
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
