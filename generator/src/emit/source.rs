//! The text of one file while it is written: blank lines between items, the imports that the code needs, and the positions
//! of items.

use crate::rust::{Docs, Element, Ident, Value, Version, When};

use super::layout;
use super::values;

/// An item of a file whose position can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// A struct, an enum or a request builder.
    Type(&'a Ident),
    /// A field, a variant or a method of such a type.
    Member(&'a Ident, &'a Ident),
}

/// The lines of an item in its file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The first line of its documentation and attributes.
    pub first: usize,
    /// The line of its declaration.
    pub declaration: usize,
}

/// The offsets of an item in the text.
struct Position<'a> {
    item: Item<'a>,
    first: usize,
    declaration: usize,
}

/// What stands above the next item in the same file or block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    /// A one-line import or module declaration; they stand close together.
    Declaration,
    Item,
}

/// The text of a file below the imports, which follow from it.
pub(super) struct Source<'a> {
    text: String,
    version: Option<&'a Version>,
    indent: usize,
    above: Above,
    starts_with_declaration: bool,
    positions: Vec<Position<'a>>,
    uses_runtime: bool,
    uses_builders: bool,
    uses_types: bool,
    uses_deprecated: bool,
    has_conditions: bool,
}

impl<'a> Source<'a> {
    /// A file that brings its imports along.
    pub(super) fn new() -> Self {
        Self {
            text: String::new(),
            version: None,
            indent: 0,
            above: Above::Nothing,
            starts_with_declaration: false,
            positions: Vec::new(),
            uses_runtime: false,
            uses_builders: false,
            uses_types: false,
            uses_deprecated: false,
            has_conditions: false,
        }
    }

    /// A file of a version, which gets the imports that it needs.
    pub(super) fn of_version(version: &'a Version) -> Self {
        Self {
            version: Some(version),
            ..Self::new()
        }
    }

    /// Starts an item: a blank line parts it from the one above.
    pub(super) fn start_item(&mut self) {
        if self.above != Above::Nothing {
            self.text.push('\n');
        }
        self.above = Above::Item;
    }

    /// Writes a one-line import or module declaration.
    pub(super) fn declaration(&mut self, condition: (&When, &When), line: &str) {
        self.start_declaration(condition);
        self.line(line);
        self.above = Above::Declaration;
    }

    /// Writes `pub use from::{…};`.
    pub(super) fn reexport(&mut self, condition: (&When, &When), from: &str, names: &[&str]) {
        self.start_declaration(condition);
        if layout::write_use(&mut self.text, from, names) {
            self.above = Above::Declaration;
        }
        self.text.push('\n');
    }

    fn start_declaration(&mut self, (when, within): (&When, &When)) {
        let is_plain = when == within || when.is_always();
        if is_plain && self.above == Above::Nothing {
            self.starts_with_declaration = self.text.is_empty();
        }
        if !(is_plain && self.above == Above::Declaration) {
            self.start_item();
        }
        self.above = Above::Item;
        self.cfg(when, within);
    }

    /// Opens a block of items: `impl A {`.
    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.indent += 4;
        self.above = Above::Nothing;
    }

    /// Closes a block of items.
    pub(super) fn close(&mut self) {
        self.indent -= 4;
        self.line("}");
        self.above = Above::Item;
    }

    /// Writes a line with the indentation of the block.
    pub(super) fn line(&mut self, line: &str) {
        self.start_line();
        self.push(line);
        self.push("\n");
    }

    /// Writes lines with the indentation of the block.
    pub(super) fn lines(&mut self, lines: &str) {
        for line in lines.lines() {
            if line.is_empty() {
                self.push("\n");
            } else {
                self.line(line);
            }
        }
    }

    /// Writes the indentation of the block.
    pub(super) fn start_line(&mut self) {
        (0..self.indent).for_each(|_| self.text.push(' '));
    }

    /// Writes text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes several texts as they are.
    pub(super) fn push_all(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    /// The text, for layout.
    pub(super) fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// The spaces in front of each line of the block.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// The offset of what is written next.
    pub(super) fn offset(&self) -> usize {
        self.text.len()
    }

    /// Records the position of an item whose documentation started at an offset, and whose declaration is written next.
    pub(super) fn record(&mut self, item: Item<'a>, first: usize) {
        self.positions.push(Position {
            item,
            first,
            declaration: self.text.len(),
        });
    }

    /// Writes a doc comment with the indentation of the block, and some spaces more.
    pub(super) fn docs_deeper(&mut self, docs: &Docs, deeper: usize) {
        for line in docs.lines() {
            (0..self.indent + deeper).for_each(|_| self.text.push(' '));
            self.text
                .push_str(if line.is_empty() { "///" } else { "/// " });
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Writes a doc comment.
    pub(super) fn docs(&mut self, docs: &Docs) {
        self.docs_deeper(docs, 0);
    }

    /// Writes the `cfg` attribute of an item whose features are not those of the item around it.
    pub(super) fn cfg(&mut self, when: &When, within: &When) {
        if when == within || when.is_always() {
            return;
        }
        self.has_conditions = true;
        self.start_line();
        layout::write_cfg(&mut self.text, self.indent, &when.features);
        self.text.push('\n');
    }

    /// Writes the attributes of a row of a table or a struct, each on one line, `indent` spaces deep.
    pub(super) fn row_attributes(
        &mut self,
        condition: (&When, &When),
        deprecated: Option<&String>,
        indent: &str,
    ) {
        let (when, within) = condition;
        if when != within && !when.is_always() {
            self.has_conditions = true;
            let condition = layout::flat_condition(&when.features);
            self.push_all(&[indent, "#[cfg(", &condition, ")]\n"]);
        }
        if let Some(reason) = deprecated {
            self.uses_deprecated = true;
            self.push_all(&[indent, "#[deprecated = ", &values::literal(reason), "]\n"]);
        }
    }

    /// Writes the attribute of a deprecated item.
    pub(super) fn deprecated(&mut self, reason: Option<&String>) {
        if let Some(reason) = reason {
            self.uses_deprecated = true;
            self.line(&format!("#[deprecated = {}]", values::literal(reason)));
        }
    }

    /// Notes that the code uses the runtime.
    pub(super) fn use_runtime(&mut self) {
        self.uses_runtime = true;
    }

    /// Notes that the code uses request builders.
    pub(super) fn use_builders(&mut self) {
        self.uses_builders = true;
    }

    /// Notes that the code uses a generated type.
    pub(super) fn use_type(&mut self, ident: &Ident) {
        self.uses_types = true;
        let mut deprecated = self.version.iter().flat_map(|version| &version.deprecated);
        self.uses_deprecated = self.uses_deprecated || deprecated.any(|known| known == ident);
    }

    /// Notes that the code uses the type of a value.
    pub(super) fn use_element(&mut self, element: &Element) {
        match element {
            Element::Primitive(primitive) => {
                self.uses_runtime |= primitive.rust_path().starts_with("runtime::");
            }
            Element::Enum(ident) | Element::Struct(ident) | Element::Any(ident) => {
                self.use_type(ident);
            }
            Element::Flags(ident) => {
                self.uses_runtime = true;
                self.use_type(ident);
            }
            Element::AnyEntity | Element::Json => self.uses_runtime = true,
        }
    }

    /// The type of an element as text; the file gets the imports for it.
    pub(super) fn element(&mut self, element: &Element) -> String {
        self.use_element(element);
        values::element(element)
    }

    /// The type of a value as text; the file gets the imports for it.
    pub(super) fn value(&mut self, value: &Value) -> String {
        let (Value::One(element) | Value::Many(element)) = value;
        self.use_element(element);
        values::value(value)
    }

    /// The whole file: the comment that says it is generated, the pages it comes from, inner documentation, imports, items.
    pub(super) fn finish(self, pages: &[String], docs: &str) -> String {
        self.finish_with_positions(pages, docs).0
    }

    /// The whole file, and what tells the lines of an item.
    pub(super) fn finish_with_positions(
        self,
        pages: &[String],
        docs: &str,
    ) -> (String, impl Fn(Item<'_>) -> Option<Lines>) {
        let mut text = String::with_capacity(self.text.len() + 1024);
        text.push_str(&format!("// {}. Do not edit.\n", super::MARK));
        for page in pages {
            text.push_str(&format!("// From {page}\n"));
        }
        text.push('\n');
        text.push_str(docs);
        let imports = self.imports();
        text.push_str(&imports);
        let ends_with_import = imports.trim_end().rsplit('\n').next().unwrap_or_default();
        let ends_with_import = ends_with_import.starts_with("use ");
        let is_close = ends_with_import && self.starts_with_declaration;
        if !self.text.is_empty() && !docs.is_empty() && !is_close {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&self.text);
        let (body, positions) = (self.text, self.positions);
        let before = text[..start].matches('\n').count();
        let lines = move |item: Item<'_>| {
            let position = positions.iter().find(|position| position.item == item)?;
            let line = |offset: usize| 1 + before + body[..offset].matches('\n').count();
            Some(Lines {
                first: line(position.first),
                declaration: line(position.declaration),
            })
        };
        (text, lines)
    }

    /// The imports, with the attribute that lets the file use deprecated items.
    fn imports(&self) -> String {
        let mut text = String::new();
        let Some(version) = self.version else {
            return text;
        };
        if self.uses_deprecated {
            text.push_str(values::ALLOW_DEPRECATED);
            text.push('\n');
        }
        let imports = [
            (self.uses_runtime, "crate::runtime".to_owned()),
            (
                self.uses_builders,
                format!("crate::{}::builders", version.ident),
            ),
            (self.uses_types, format!("crate::{}::types", version.ident)),
        ];
        let mut is_first = true;
        for (_, path) in imports.into_iter().filter(|(is_used, _)| *is_used) {
            if is_first || self.has_conditions {
                text.push('\n');
            }
            is_first = false;
            if self.has_conditions {
                // What uses the import may come with a feature only.
                text.push_str(
                    "#[allow(unused_imports, reason = \"some features leave out all uses\")]\n",
                );
            }
            text.push_str(&format!("use {path};\n"));
        }
        text
    }
}
