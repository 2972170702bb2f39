//! In: the pages of one version. Out: each with its namespace, its file name and its published address at hand.

use std::collections::BTreeMap;

use crate::facts::{PageFacts, PageKind};
use crate::model::{ApiVersion, PageLink, QualifiedName};
use crate::source::{Location, Sources, follow};

/// The namespace of everything that names none.
pub(crate) const MAIN_NAMESPACE: &str = "microsoft.graph";

/// One page, with what every pass asks about it.
pub(crate) struct Page<'a> {
    pub(crate) facts: &'a PageFacts,
    pub(crate) path: &'a str,
    /// What a bare name on this page is looked up in first.
    pub(crate) namespace: String,
}

impl Page<'_> {
    /// The file name without its ending.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The folder that the page lies in; empty at the top.
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The page as readers of the published documentation find it.
    pub(crate) fn link(&self, version: ApiVersion) -> PageLink {
        let section = match self.facts.kind {
            PageKind::Operation => "",
            _ if self.folder().ends_with("api") => "",
            _ => "resources/",
        };
        let view = match version {
            ApiVersion::V1_0 => "graph-rest-1.0",
            ApiVersion::Beta => "graph-rest-beta",
        };
        let title = self.facts.title.as_ref();
        PageLink {
            file: self.facts.file,
            title: title.map_or_else(|| self.stem().to_owned(), |title| title.value.clone()),
            url: format!(
                "https://learn.microsoft.com/graph/api/{section}{}?view={view}",
                self.stem()
            ),
        }
    }

    /// The start of the page, for problems that are about all of it.
    pub(crate) fn start(&self) -> Location {
        Location {
            file: self.facts.file,
            line: 1,
            column: 1,
        }
    }

    /// Where a link of this page leads: the lower-cased path of a file, and the anchor in it.
    pub(crate) fn follow(&self, target: &str) -> Option<(String, Option<String>)> {
        follow(self.path, target)
    }
}

/// The pages of one version, in the order of paths. A namespace that is spelled in several ways takes its commonest spelling.
pub(crate) fn of_version<'a>(
    facts: &[&'a PageFacts],
    version: ApiVersion,
    sources: &'a Sources,
) -> Vec<Page<'a>> {
    let mut pages: Vec<Page> = facts
        .iter()
        .filter(|page| page.version == Some(version))
        .map(|page| Page {
            facts: page,
            path: &sources.get(page.file).path,
            namespace: stated_namespace(page).unwrap_or_else(|| MAIN_NAMESPACE.to_owned()),
        })
        .collect();
    let spellings = spellings(&pages);
    for page in &mut pages {
        if let Some(spelling) = spellings.get(&page.namespace.to_lowercase()) {
            page.namespace.clone_from(spelling);
        }
    }
    pages.sort_by_key(|page| page.facts.file);
    pages
}

/// The namespace that a page states: by the annotation of its first type, else by its `Namespace:` line.
fn stated_namespace(page: &PageFacts) -> Option<String> {
    let annotated = page
        .resources
        .iter()
        .filter_map(|resource| resource.annotation.as_ref()?.type_name.as_deref())
        .find_map(|name| name.rsplit_once('.'))
        .map(|(namespace, _)| tidy(namespace));
    annotated
        .or_else(|| page.namespace.as_ref().map(|line| tidy(&line.value)))
        .filter(|namespace| !namespace.is_empty())
        .map(str::to_owned)
}

/// Trims dots and blanks, and takes a tail away that is said twice: `microsoft.graph.x.x`.
fn tidy(namespace: &str) -> &str {
    let namespace = namespace.trim().trim_matches('.');
    match namespace.rsplit_once('.') {
        Some((rest, tail)) if rest.rsplit('.').next() == Some(tail) => rest,
        _ => namespace,
    }
}

/// The commonest spelling of each namespace, by its lower-cased form; of equally common ones the first in the alphabet.
fn spellings(pages: &[Page]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        *counts.entry(&page.namespace).or_default() += 1;
    }
    let mut best: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (spelling, count) in counts {
        let entry = best
            .entry(spelling.to_lowercase())
            .or_insert((count, spelling));
        if count > entry.0 {
            *entry = (count, spelling);
        }
    }
    best.into_iter()
        .map(|(folded, (_, spelling))| (folded, spelling.to_owned()))
        .collect()
}

/// Splits `microsoft.graph.user` at its last dot; a bare name belongs to `namespace`.
pub(crate) fn qualify(name: &str, namespace: &str) -> QualifiedName {
    let (namespace, name) = split_name(name, namespace);
    QualifiedName {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    }
}

/// The same without copies.
pub(crate) fn split_name<'n>(name: &'n str, namespace: &'n str) -> (&'n str, &'n str) {
    let name = name.trim().trim_start_matches('#');
    match name.rsplit_once('.') {
        // The page's spelling of its namespace is the common one.
        Some((stated, last)) if stated.eq_ignore_ascii_case(namespace) => (namespace, last),
        Some((stated, last)) if !stated.is_empty() => (tidy(stated), last),
        _ => (namespace, name.trim_matches('.')),
    }
}

/// Whether a name can be the name of a type, a property or an enum member in OData.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

/// The anchor that a heading gets: lower case, blanks to dashes, punctuation dropped.
pub(crate) fn anchor_of(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            character if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .collect()
}
