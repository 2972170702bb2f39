//! A page's text in, its sections and blocks out, each with its place. Knows how pages are written, not what they say.
//!
//! Three renditions give one [`Page`]: the documentation's own markdown, rendered text whose tables keep pipes, and
//! rendered text whose tables are words. Nothing is copied that can be borrowed from the source.

mod lines;
mod marks;
mod front_matter;
mod rendition;
mod scanner;
mod comment;
mod fence;
mod table;
mod include;
mod rendered;
mod flattened;
mod inline;
mod links;
mod json;

use std::borrow::Cow;

pub use inline::{plain, plain_into};
pub use json::{Json, strict_json};
pub use links::{Link, LinkDefinitions, first_link, links};
pub use rendition::Rendition;

use crate::report::Report;
use crate::source::{FileId, Location, Sources};

/// A page, read into blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<'a> {
    /// The file.
    pub file: FileId,
    /// How the page is written.
    pub rendition: Rendition,
    /// The entries of the front matter, in their order.
    pub front_matter: Vec<FrontMatterEntry<'a>>,
    /// Never empty: the first section holds what stands above the first heading.
    pub sections: Vec<Section<'a>>,
    /// Link definitions of the page: `[label]: target`.
    pub link_definitions: LinkDefinitions<'a>,
    /// Everything that has to be accounted for, in the page's order; a [`MatterId`] is a place in it.
    pub matter: Vec<Matter>,
}

/// One `key: value` of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterEntry<'a> {
    /// The key.
    pub key: &'a str,
    /// The value without quotes.
    pub value: &'a str,
    /// Where the value stands.
    pub at: Location,
}

/// A heading and what stands below it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq)]
pub struct Section<'a> {
    /// The heading; none for what stands above the first one.
    pub heading: Option<Text<'a>>,
    /// How deep the heading is: 1 to 6, and 0 where there is none.
    pub level: u8,
    /// The blocks.
    pub blocks: Vec<Block<'a>>,
}

/// One block of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block<'a> {
    /// Lines of prose.
    Paragraph(Text<'a>),
    /// The items of a list, nested ones among them.
    List(Vec<Text<'a>>),
    /// A quoted paragraph, often with a label.
    Callout(Callout<'a>),
    /// A table.
    Table(Table<'a>),
    /// A code block with the annotation bound to it.
    Code(Code<'a>),
    /// An annotation that no code block follows.
    Annotation(Annotation<'a>),
    /// An include whose file is not at hand.
    Include(Include<'a>),
}

/// Text with inline markdown, and the place of its first character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text as written; lines are separated by `\n`.
    pub raw: Cow<'a, str>,
    /// Where it starts.
    pub at: Location,
}

/// A quoted paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callout<'a> {
    /// `Note`, `Important`; empty if there is none.
    pub label: Cow<'a, str>,
    /// What stands behind the label.
    pub text: Text<'a>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a> {
    /// The cells of the header row.
    pub header: Vec<Text<'a>>,
    /// The rows below it.
    pub rows: Vec<Row<'a>>,
    /// The header row's place.
    pub at: Location,
    /// Whether the words of a row could be told apart into cells. If not, each row has one cell.
    pub has_cells: bool,
}

/// A row of a table: as many cells as the header, missing ones empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The cells.
    pub cells: Vec<Text<'a>>,
    /// Where the row starts.
    pub at: Location,
    /// Only the first of several cells has text: the row is a heading for those below it.
    pub is_group: bool,
    /// Its entry among the page's matter.
    pub matter: MatterId,
}

/// A code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Code<'a> {
    /// The word behind the fence, as written; empty if there is none.
    pub language: &'a str,
    /// The lines between the fences.
    pub text: Text<'a>,
    /// The annotation above it.
    pub annotation: Option<Annotation<'a>>,
    /// Its entry among the page's matter.
    pub matter: MatterId,
}

/// A comment that holds a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation<'a> {
    /// The text between the comment's marks.
    pub text: Text<'a>,
    /// Its entry among the page's matter.
    pub matter: MatterId,
}

/// An include that could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include<'a> {
    /// The words in the inner brackets.
    pub label: &'a str,
    /// The path as written.
    pub path: &'a str,
    /// Where it stands.
    pub at: Location,
}

/// Something that must become a fact or a problem, or belong to a class without meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// What it is.
    pub kind: MatterKind,
    /// Where it starts.
    pub at: Location,
}

/// The kinds of matter that the reader of markdown sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterKind {
    /// A row of a table, the header aside.
    Row,
    /// An annotation.
    Annotation,
    /// A code block.
    Code,
    /// A code block inside the tab of a programming language.
    CodeInLanguageTab,
}

/// A place in [`Page::matter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatterId(pub u32);

/// Reads a page. Includes are looked up among `sources`.
pub fn parse<'a>(sources: &'a Sources, file: FileId) -> (Page<'a>, Report) {
    let text = &sources.get(file).text;
    match rendition::recognise(text) {
        Rendition::Markdown => scanner::scan(sources, file),
        Rendition::PipedText => rendered::scan(sources, file, Rendition::PipedText),
        Rendition::PlainText => rendered::scan(sources, file, Rendition::PlainText),
    }
}

impl<'a> Page<'a> {
    /// The value of the first of `keys` that the front matter has.
    pub fn front_matter(&self, keys: &[&str]) -> Option<&FrontMatterEntry<'a>> {
        keys.iter()
            .find_map(|key| self.front_matter.iter().find(|entry| entry.key == *key))
    }
}

impl<'a> Text<'a> {
    /// Text borrowed from a page.
    pub fn borrowed(raw: &'a str, at: Location) -> Self {
        Self {
            raw: Cow::Borrowed(raw),
            at,
        }
    }

    /// The place of the character that starts at byte `offset` of the text.
    pub fn location_of(&self, offset: usize) -> Location {
        let before = self.raw.get(..offset).unwrap_or(&self.raw);
        let lines = before.bytes().filter(|byte| *byte == b'\n').count();
        let last = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
        let column = last.chars().count() as u32;
        Location {
            file: self.at.file,
            line: self.at.line + lines as u32,
            column: if lines == 0 {
                self.at.column + column
            } else {
                column + 1
            },
        }
    }
}
