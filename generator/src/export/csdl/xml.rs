//! XML elements and their serialization.

use std::fmt::Write;

use quick_xml::escape::escape;

/// An element with attributes and child elements.
#[derive(Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn with_true(self, name: &'static str, value: bool) -> Self {
        if value { self.with(name, "true") } else { self }
    }

    pub(super) fn with_children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// Serializes the element as a document.
    pub(super) fn to_document(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        write!(text, "{indent}<{}", self.name).expect(INFALLIBLE);
        for (name, value) in &self.attributes {
            write!(text, " {name}=\"{}\"", escape(value.as_str())).expect(INFALLIBLE);
        }
        if self.children.is_empty() {
            text.push_str("/>\n");
            return;
        }
        text.push_str(">\n");
        for child in &self.children {
            child.write(text, depth + 1);
        }
        writeln!(text, "{indent}</{}>", self.name).expect(INFALLIBLE);
    }
}

const INFALLIBLE: &str = "writing to a String does not fail";
