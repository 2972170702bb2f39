//! Parses the text of a page into sections and blocks with their places. Independent of the content of pages.
//!
//! All three renditions are parsed into the same [`Page`]: raw markdown, rendered text with pipe tables, and rendered
//! text with tables without pipes. Text is borrowed from the source where possible.

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
pub use json::{Json, JsonRepair, strict_json};
pub use links::{Link, LinkDefinitions, first_link, links};
pub use rendition::Rendition;

use crate::report::Report;
use crate::source::{FileId, Location, Sources};

/// A page, parsed into sections and blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<'a> {
    /// The file.
    pub file: FileId,
    /// How the page is written.
    pub rendition: Rendition,
    /// The entries of the front matter, in order.
    pub front_matter: Vec<FrontMatterEntry<'a>>,
    /// The sections. Never empty: the first one contains the blocks above the first heading.
    pub sections: Vec<Section<'a>>,
    /// Link definitions of the page: `[label]: target`.
    pub link_definitions: LinkDefinitions<'a>,
    /// Everything that must be accounted for, in the order of the page. A [`MatterId`] is an index into it.
    pub matter: Vec<Matter>,
}

/// One `key: value` of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterEntry<'a> {
    /// The key.
    pub key: &'a str,
    /// The value without quotes.
    pub value: &'a str,
    /// The place of the value.
    pub at: Location,
}

/// A heading and the blocks below it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq)]
pub struct Section<'a> {
    /// The heading; `None` for the blocks above the first heading.
    pub heading: Option<Text<'a>>,
    /// The level of the heading, 1 to 6; 0 without a heading.
    pub level: u8,
    /// The blocks.
    pub blocks: Vec<Block<'a>>,
}

/// One block of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Text<'a>),
    /// The items of a list, including nested ones.
    List(Vec<Text<'a>>),
    /// A block quote, often with a label.
    Callout(Callout<'a>),
    /// A table.
    Table(Table<'a>),
    /// A code block with its annotation.
    Code(Code<'a>),
    /// An annotation that no code block follows.
    Annotation(Annotation<'a>),
    /// An include whose file was not found.
    Include(Include<'a>),
}

/// Text with inline markdown, and the place of its first character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text as written; lines are separated by `\n`.
    pub raw: Cow<'a, str>,
    /// The place of its start.
    pub at: Location,
}

/// A block quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callout<'a> {
    /// The label, such as `Note` or `Important`; empty without one.
    pub label: Cow<'a, str>,
    /// The text after the label.
    pub text: Text<'a>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a> {
    /// The cells of the header row.
    pub header: Vec<Text<'a>>,
    /// The rows below it.
    pub rows: Vec<Row<'a>>,
    /// The place of the header row.
    pub at: Location,
    /// Whether rows could be split into cells. If not, each row has a single cell.
    pub has_cells: bool,
}

/// A row of a table. It has as many cells as the header; missing cells are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The cells.
    pub cells: Vec<Text<'a>>,
    /// The place of the start of the row.
    pub at: Location,
    /// Whether the row is a heading of the rows below it: only its first cell has text.
    pub is_group: bool,
    /// Its entry in [`Page::matter`].
    pub matter: MatterId,
}

/// A code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Code<'a> {
    /// The language after the fence, as written; empty without one.
    pub language: &'a str,
    /// The lines between the fences.
    pub text: Text<'a>,
    /// The annotation above it.
    pub annotation: Option<Annotation<'a>>,
    /// Its entry in [`Page::matter`].
    pub matter: MatterId,
}

/// A comment that contains a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation<'a> {
    /// The text between `<!--` and `-->`.
    pub text: Text<'a>,
    /// Its entry in [`Page::matter`].
    pub matter: MatterId,
}

/// An include that could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include<'a> {
    /// The text in the inner brackets.
    pub label: &'a str,
    /// The path as written.
    pub path: &'a str,
    /// Its place.
    pub at: Location,
}

/// A piece of a page that must become a fact or a problem, or belong to a class without meaning for the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// What it is.
    pub kind: MatterKind,
    /// The place of its start.
    pub at: Location,
}

/// The kinds of matter that the markdown parser recognises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterKind {
    /// A row of a table, except for the header.
    Row,
    /// An annotation.
    Annotation,
    /// A code block.
    Code,
    /// A code block in the tab of a programming language.
    CodeInLanguageTab,
}

/// An index into [`Page::matter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatterId(pub u32);

/// Parses a page. Included files are looked up in `sources`.
pub fn parse<'a>(sources: &'a Sources, file: FileId) -> (Page<'a>, Report) {
    let text = &sources.get(file).text;
    match rendition::recognise(text) {
        Rendition::Markdown => scanner::scan(sources, file),
        Rendition::PipedText => rendered::scan(sources, file, Rendition::PipedText),
        Rendition::PlainText => rendered::scan(sources, file, Rendition::PlainText),
    }
}

impl<'a> Page<'a> {
    /// Returns the value of the first of `keys` that the front matter contains.
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

    /// Returns the place of the character that starts at byte `offset` of the text.
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
