//! The links of a site.

use std::collections::{BTreeMap, BTreeSet};

/// The links and anchors of all pages of a site, by the paths of the pages.
pub(crate) struct Links {
    links: BTreeMap<String, Vec<String>>,
    anchors: BTreeMap<String, BTreeSet<String>>,
}

impl Links {
    /// Reads the files of a site: their paths and texts.
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all = Self {
            links: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        for (path, text) in files {
            all.links.insert(path.to_owned(), values(text, " href=\""));
            let anchors = values(text, " id=\"").into_iter().collect();
            all.anchors.insert(path.to_owned(), anchors);
        }
        all
    }

    /// Returns the links to files or anchors that do not exist, each with its page.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (page, links) in &self.links {
            for link in links.iter().filter(|link| !link.starts_with("https://")) {
                let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = resolve(page, path);
                let anchors = self.anchors.get(&target);
                // A fragment such as `operations=get-users` is state that the script of the page reads.
                let is_anchor = !anchor.is_empty() && !anchor.contains('=');
                let exists = anchors.is_some_and(|anchors| !is_anchor || anchors.contains(anchor));
                if !exists {
                    broken.push(format!("{page}: {link}"));
                }
            }
        }
        broken
    }
}

/// Returns the values of an attribute.
fn values(text: &str, attribute: &str) -> Vec<String> {
    let starts = text.match_indices(attribute);
    let values = starts.filter_map(|(start, _)| {
        let value = text[start + attribute.len()..].split('"').next()?;
        Some(value.replace("&amp;", "&"))
    });
    values.collect()
}

/// Resolves a relative link.
fn resolve(page: &str, link: &str) -> String {
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
