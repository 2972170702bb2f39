//! The documents that are open in the client, with the client's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{
    TextDocumentContentChangeEvent, TextDocumentItem, VersionedTextDocumentIdentifier,
};

use super::positions::{Encoding, Lines};

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) version: i32,
    pub(super) text: Arc<String>,
}

/// The open documents by URI, as the client spells it.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

impl Documents {
    pub(super) fn open(&mut self, document: TextDocumentItem) {
        let uri = document.uri.as_str().to_owned();
        let document = Document {
            version: document.version,
            text: Arc::new(document.text),
        };
        self.0.insert(uri, document);
    }

    /// Applies changes in their order.
    ///
    /// # Errors
    /// The document is not open.
    pub(super) fn change(
        &mut self,
        document: &VersionedTextDocumentIdentifier,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Result<(), String> {
        let uri = document.uri.as_str();
        let Some(open) = self.0.get_mut(uri) else {
            return Err(format!("{uri} is changed, but not open"));
        };
        open.version = document.version;
        let text = Arc::make_mut(&mut open.text);
        for change in changes {
            let Some(range) = change.range else {
                text.clone_from(&change.text);
                continue;
            };
            let lines = Lines::new(text, encoding);
            let start = lines.offset(range.start);
            let end = lines.offset(range.end).max(start);
            text.replace_range(start..end, &change.text);
        }
        Ok(())
    }

    pub(super) fn close(&mut self, uri: &str) {
        self.0.remove(uri);
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.0.get(uri)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.0
            .iter()
            .map(|(uri, document)| (uri.as_str(), document))
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::{Position, Range};

    use super::*;

    #[test]
    fn changes_are_applied_in_their_order() {
        let uri: lsp_types::Uri = "file:///a%20b.md".parse().unwrap();
        let mut documents = Documents::default();
        let id = |version| VersionedTextDocumentIdentifier {
            uri: uri.clone(),
            version,
        };
        let change = |range: Option<[u32; 4]>, text: &str| TextDocumentContentChangeEvent {
            range: range.map(|[line, column, end_line, end_column]| Range {
                start: Position::new(line, column),
                end: Position::new(end_line, end_column),
            }),
            range_length: None,
            text: text.to_owned(),
        };
        let error = documents.change(&id(1), &[], Encoding::Utf16).unwrap_err();
        assert_eq!(error, "file:///a%20b.md is changed, but not open");
        documents.open(TextDocumentItem {
            uri: uri.clone(),
            language_id: "markdown".to_owned(),
            version: 1,
            text: "\u{1f4a1}a\r\nb".to_owned(),
        });
        let mut check =
            |version: i32, changes: &[TextDocumentContentChangeEvent], expected: &str| {
                documents
                    .change(&id(version), changes, Encoding::Utf16)
                    .unwrap();
                let document = documents.get(uri.as_str()).unwrap();
                assert_eq!(document.text.as_str(), expected);
                assert_eq!(document.version, version);
            };
        check(2, &[change(Some([0, 2, 0, 3]), "c宽")], "\u{1f4a1}c宽\r\nb");
        check(
            3,
            &[
                change(Some([0, 3, 1, 0]), "\n\n"),
                change(Some([2, 0, 2, 1]), "d"),
            ],
            "\u{1f4a1}c\n\nd",
        );
        // Beyond the end, and with the end before the start.
        check(4, &[change(Some([9, 9, 9, 9]), "e")], "\u{1f4a1}c\n\nde");
        check(5, &[change(Some([2, 1, 0, 0]), "f")], "\u{1f4a1}c\n\ndfe");
        check(6, &[change(None, "new")], "new");
        documents.close(uri.as_str());
        assert!(documents.get(uri.as_str()).is_none());
    }
}
