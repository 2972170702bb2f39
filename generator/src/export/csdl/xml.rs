//! XML elements and their serialization.

use std::fmt::Write;

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
            write!(text, " {name}=\"").expect(INFALLIBLE);
            push_escaped(text, value);
            text.push('"');
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

/// Appends the value of an attribute. XML 1.0 cannot represent most control characters, not even as character references; each
/// becomes U+FFFD.
fn push_escaped(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            // A parser turns literal white space in attributes into spaces.
            '\t' => text.push_str("&#9;"),
            '\n' => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push(char::REPLACEMENT_CHARACTER),
            other => text.push(other),
        }
    }
}

const INFALLIBLE: &str = "writing to a String does not fail";

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn attributes_are_well_formed_whatever_the_text() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                Element::new("E").with("A", text).to_document(),
                format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<E A=\"{expected}\"/>\n")
            );
        };
        check("<a & \"b\">", "&lt;a &amp; &quot;b&quot;&gt;");
        check("\u{1b}[1m\u{7}\u{0}", "\u{fffd}[1m\u{fffd}\u{fffd}");
        check("\u{fffe}\u{ffff}", "\u{fffd}\u{fffd}");
        check("a\tb\r\nc", "a&#9;b&#13;&#10;c");
        check("ä🦀\u{85}", "ä🦀\u{85}");
    }
}
