//! The pages of one version, each with its namespace, file name and published address.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{PageFacts, PageKind};
use crate::model::{ApiVersion, Callout, PageLink};
use crate::resolve::names::{MAIN_NAMESPACE, trim_namespace};
use crate::source::{Location, Sources, follow};

/// One page.
pub(crate) struct Page<'a> {
    pub(crate) facts: &'a PageFacts,
    pub(crate) path: &'a str,
    /// The namespace that unqualified names on this page are looked up in first.
    pub(crate) namespace: String,
    /// The callouts, except those about examples.
    pub(crate) callouts: Vec<Callout>,
}

impl Page<'_> {
    /// Returns the file name without its extension.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// Returns the folder of the page; empty at the top.
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the link to the page in the published documentation.
    fn link(&self, version: ApiVersion) -> PageLink {
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

    /// Resolves the target of a link on this page: the lower-cased path of a file, and the anchor in it.
    pub(crate) fn follow(&self, target: &str) -> Option<(String, Option<String>)> {
        follow(self.path, target)
    }

    /// Whether the title says that the operation creates or adds something.
    pub(crate) fn has_create_title(&self) -> bool {
        self.facts.title.as_ref().is_some_and(|title| {
            let title = title.value.trim().to_lowercase();
            ["create ", "add ", "post "]
                .iter()
                .any(|verb| title.starts_with(verb))
        })
    }
}

/// Returns the pages of one version, sorted by path. A namespace with several spellings gets the most frequent one.
pub(crate) fn pages_of_version<'a>(
    facts: &[&'a PageFacts],
    version: ApiVersion,
    sources: &'a Sources,
) -> Vec<Page<'a>> {
    let facts: Vec<&PageFacts> = facts
        .iter()
        .copied()
        .filter(|page| page.version == Some(version))
        .collect();
    let mut pages: Vec<Page> = facts
        .iter()
        .zip(callouts_of_pages(&facts))
        .map(|(page, callouts)| Page {
            callouts,
            facts: page,
            path: &sources.get(page.file).path,
            namespace: stated_namespace(page).unwrap_or_else(|| MAIN_NAMESPACE.to_owned()),
        })
        .collect();
    let spellings = most_frequent_spellings(&pages);
    for page in &mut pages {
        if let Some(spelling) = spellings.get(&page.namespace.to_lowercase()) {
            page.namespace.clone_from(spelling);
        }
    }
    pages.sort_by_key(|page| page.facts.file);
    pages
}

/// Returns the namespace that a page states: in the annotation of its first type, else in its `Namespace:` line.
fn stated_namespace(page: &PageFacts) -> Option<String> {
    let annotated = page
        .resources
        .iter()
        .filter_map(|resource| resource.annotation.as_ref()?.type_name.as_deref())
        .find_map(|name| name.rsplit_once('.'))
        .map(|(namespace, _)| trim_namespace(namespace));
    annotated
        .or_else(|| {
            let line = page.namespace.as_ref();
            line.map(|line| trim_namespace(&line.value))
        })
        .filter(|namespace| !namespace.is_empty())
        .map(str::to_owned)
}

/// Returns the most frequent spelling of each namespace, by its lower-cased form; ties go to the first in the alphabet.
fn most_frequent_spellings(pages: &[Page]) -> BTreeMap<String, String> {
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

/// Returns links to the pages, each once.
pub(crate) fn page_links<'a>(
    pages: impl IntoIterator<Item = &'a Page<'a>>,
    version: ApiVersion,
) -> Vec<PageLink> {
    let mut links: Vec<PageLink> = Vec::new();
    for page in pages {
        if !links.iter().any(|link| link.file == page.facts.file) {
            links.push(page.link(version));
        }
    }
    links
}

/// Returns the workload of the first page that names one, in lower case.
pub(crate) fn first_workload<'a>(pages: impl IntoIterator<Item = &'a Page<'a>>) -> Option<String> {
    pages
        .into_iter()
        .find_map(|page| page.facts.workload.as_ref())
        .map(|workload| workload.value.trim().to_lowercase())
        .filter(|workload| !workload.is_empty())
}

/// Returns the location of a problem that concerns a whole page.
pub(crate) fn page_start(facts: &PageFacts) -> Location {
    Location {
        file: facts.file,
        line: 1,
        column: 1,
    }
}

/// Returns the callouts of pages, each once.
pub(crate) fn collect_callouts<'a>(pages: impl Iterator<Item = &'a Page<'a>>) -> Vec<Callout> {
    let mut callouts = Vec::new();
    for page in pages {
        extend_distinct(&mut callouts, page.callouts.iter().cloned());
    }
    callouts
}

/// Returns the callouts of each page, without those about examples.
fn callouts_of_pages<'a>(pages: &[&'a PageFacts]) -> Vec<Vec<Callout>> {
    /// The number of pages from which a callout is general.
    const GENERAL: usize = 20;
    let stated = |page: &'a PageFacts| {
        let callouts = page.callouts.iter();
        callouts.filter(|callout| !callout.in_example)
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        let texts: BTreeSet<&str> = stated(page)
            .map(|callout| callout.text.value.as_str())
            .collect();
        for text in texts {
            *counts.entry(text).or_default() += 1;
        }
    }
    let callouts = |page: &&'a PageFacts| {
        stated(page)
            .map(|callout| Callout {
                label: callout.label.clone(),
                text: callout.text.value.clone(),
                is_general: counts[callout.text.value.as_str()] >= GENERAL,
            })
            .collect()
    };
    pages.iter().map(callouts).collect()
}

/// Appends the items that a list does not contain.
pub(crate) fn extend_distinct<T: Ord + Clone>(list: &mut Vec<T>, items: impl Iterator<Item = T>) {
    let mut known: BTreeSet<T> = list.iter().cloned().collect();
    list.extend(items.filter(|item| known.insert(item.clone())));
}
