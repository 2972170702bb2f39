//! The pages at one moment with their analysis, from which all requests are answered.

use std::collections::BTreeMap;

use generator::Analysis;
use generator::facts::PageFacts;
use generator::lint::{Finding, Fix};
use generator::model::{Api, EnumId, PageLink, QualifiedName, StructuredTypeId};
use generator::source::{FileId, Location, follow};
use graphwright_pages::Docs;

use super::documents::{Document, Documents};
use super::positions::{Encoding, Lines};
use super::uris;
use crate::lint::Item;

/// The analyzed pages.
pub(super) struct Snapshot {
    pub(super) docs: Docs,
    pub(super) analysis: Analysis,
    pub(super) findings: Vec<Finding>,
    /// The findings to show with their indexes, and those that a comment or the baseline accepts.
    pub(super) items: Vec<(usize, Item)>,
    pub(super) documents: Documents,
    /// The paths of the open documents that are pages, by URI.
    open: BTreeMap<String, String>,
    /// The fixes that have been searched for, by the index of the finding.
    pub(super) fixes: BTreeMap<usize, Option<Fix>>,
}

/// A type of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeId {
    Structured(StructuredTypeId),
    Enum(EnumId),
}

impl Snapshot {
    pub(super) fn new(
        docs: Docs,
        analysis: Analysis,
        findings: Vec<Finding>,
        items: Vec<(usize, Item)>,
        documents: Documents,
        open: BTreeMap<String, String>,
    ) -> Self {
        Self {
            docs,
            analysis,
            findings,
            items,
            documents,
            open,
            fixes: BTreeMap::new(),
        }
    }

    /// Returns the page that is open under a URI, with the document.
    pub(super) fn open_page(&self, uri: &str) -> Option<(FileId, &Document)> {
        let file = self.docs.sources.find(self.open.get(uri)?)?;
        Some((file, self.documents.get(uri)?))
    }

    /// Returns the URIs under which a page is open.
    fn open_uris(&self, file: FileId) -> impl Iterator<Item = &str> {
        let path = &self.docs.sources.get(file).path;
        let open = self.open.iter().filter(move |(_, open)| *open == path);
        open.map(|(uri, _)| uri.as_str())
    }

    /// Returns the URIs of a page: those under which it is open, or else that of its file.
    pub(super) fn uris(&self, file: FileId) -> Vec<String> {
        let mut uris: Vec<String> = self.open_uris(file).map(str::to_owned).collect();
        if uris.is_empty() {
            let source = &self.docs.sources.get(file).path;
            let path = match source.strip_prefix("../") {
                Some(rest) => self
                    .docs
                    .root
                    .parent()
                    .unwrap_or(&self.docs.root)
                    .join(rest),
                None => self.docs.root.join(source),
            };
            uris.push(uris::from_path(&path));
        }
        uris
    }

    /// Returns the first URI of a page.
    pub(super) fn uri(&self, file: FileId) -> String {
        self.uris(file).swap_remove(0)
    }

    /// Returns the lines of a page, as the client counts columns.
    pub(super) fn lines(&self, file: FileId, encoding: Encoding) -> Lines<'_> {
        let text = &self.docs.sources.get(file).text;
        let mut open = self
            .open_uris(file)
            .filter_map(|uri| self.documents.get(uri));
        match open.next() {
            Some(document) if document.text.starts_with('\u{feff}') => {
                Lines::after_mark(text, encoding)
            }
            _ => Lines::new(text, encoding),
        }
    }

    /// Whether the text of an open page is that of the document. The translation of a bilingual page is not part of its text.
    pub(super) fn is_verbatim(&self, file: FileId, document: &Document) -> bool {
        let text = document.text.trim_start_matches('\u{feff}');
        // Carriage returns may have been replaced by line feeds.
        text.len() == self.docs.sources.get(file).text.len()
    }

    /// Returns the facts of a page.
    pub(super) fn facts(&self, file: FileId) -> Option<&PageFacts> {
        let pages = &self.analysis.pages;
        let index = pages.binary_search_by_key(&file, |page| page.file).ok()?;
        Some(&pages[index])
    }

    /// Returns the API that a page belongs to; for a file that pages include, the first one.
    pub(super) fn api(&self, file: FileId) -> Option<&Api> {
        let path = &self.docs.sources.get(file).path;
        let version = path.split('/').next().unwrap_or_default();
        let apis = &self.analysis.model.apis;
        apis.iter()
            .find(|api| api.version.name() == version)
            .or(apis.first())
    }

    /// Returns the file and the anchor that a link of a page leads to.
    pub(super) fn target(&self, from: FileId, target: &str) -> Option<(FileId, Option<String>)> {
        let (path, anchor) = follow(&self.docs.sources.get(from).path, target)?;
        let mut sources = self.docs.sources.iter();
        let (file, _) = sources.find(|(_, source)| source.path.eq_ignore_ascii_case(&path))?;
        Some((file, anchor))
    }
}

/// Returns the type with a qualified name, with or without `#` and `Collection()`.
pub(super) fn find_type(api: &Api, name: &str) -> Option<TypeId> {
    let name = name.trim().trim_start_matches('#');
    let name = name
        .strip_prefix("Collection(")
        .and_then(|name| name.strip_suffix(')'))
        .unwrap_or(name);
    let (namespace, name) = name.rsplit_once('.')?;
    let name = QualifiedName {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    };
    let structured = api.find_structured_type(&name).map(TypeId::Structured);
    structured.or_else(|| {
        let index = api.enums.binary_search_by(|ty| ty.name.cmp(&name)).ok()?;
        Some(TypeId::Enum(EnumId(index as u32)))
    })
}

/// Returns all types of an API.
pub(super) fn types(api: &Api) -> impl Iterator<Item = TypeId> {
    let structured = (0..api.structured_types.len() as u32).map(StructuredTypeId);
    let enums = (0..api.enums.len() as u32).map(EnumId);
    structured
        .map(TypeId::Structured)
        .chain(enums.map(TypeId::Enum))
}

impl TypeId {
    pub(super) fn name(self, api: &Api) -> &QualifiedName {
        match self {
            Self::Structured(id) => &api.structured_type(id).name,
            Self::Enum(id) => &api.enum_type(id).name,
        }
    }

    pub(super) fn origin(self, api: &Api) -> Option<Location> {
        match self {
            Self::Structured(id) => api.structured_type(id).origin,
            Self::Enum(id) => Some(api.enum_type(id).origin),
        }
    }

    pub(super) fn pages(self, api: &Api) -> &[PageLink] {
        match self {
            Self::Structured(id) => &api.structured_type(id).pages,
            Self::Enum(id) => &api.enum_type(id).pages,
        }
    }
}
