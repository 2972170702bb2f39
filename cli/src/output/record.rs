//! `pages.lock` in the output folder: the pages it was generated from, with their hashes. A later run finds the changed pages
//! without access to the earlier ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use generator::emit::{File, MARK};
use generator::source::Sources;
use graphwright_pages::CORRECTIONS;

/// The file name in the output folder.
const NAME: &str = "pages.lock";

/// The hashes of pages by their paths.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pages: BTreeMap<String, String>,
}

impl Record {
    /// Creates the record of the pages that were read.
    pub(crate) fn new(sources: &Sources) -> Self {
        let pages = sources.iter().map(|(_, source)| {
            let hash = blake3::hash(source.text.as_bytes()).to_hex();
            (source.path.clone(), hash[..16].to_owned())
        });
        // The output depends on the corrections as it does on the pages.
        let corrections = blake3::hash(CORRECTIONS.as_bytes()).to_hex();
        let corrections = (
            "generator/corrections.toml".to_owned(),
            corrections[..16].to_owned(),
        );
        Self {
            pages: pages.chain([corrections]).collect(),
        }
    }

    /// Reads the record in an output folder; empty if there is none.
    pub(crate) fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pages = lines.filter_map(|line| line.split_once(' '));
        Self {
            pages: pages
                .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
                .collect(),
        }
    }

    /// Returns the record as a file of the output.
    pub(crate) fn to_file(&self) -> File {
        let mut text =
            format!("# {MARK}. Do not edit.\n# The pages that the library was generated from.\n");
        for (path, hash) in &self.pages {
            let path = path.replace(['\n', '\r'], " ");
            writeln!(text, "{hash} {path}").expect("writing to a string does not fail");
        }
        File {
            path: NAME.to_owned(),
            text,
        }
    }

    /// Returns the pages that were added, removed or changed since an earlier record.
    pub(crate) fn changed_since(&self, earlier: &Self) -> BTreeSet<String> {
        let paths = self.pages.keys().chain(earlier.pages.keys());
        paths
            .filter(|path| self.pages.get(*path) != earlier.pages.get(*path))
            .cloned()
            .collect()
    }

    /// Returns whether the record has no pages.
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

/// Returns the pages that a generated file names in its header.
fn header_pages(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.lines().take_while(|line| line.starts_with("//"));
    comments.filter_map(|line| line.strip_prefix("// From "))
}

/// Describes why a file is out of date: the changed pages that its header names, or else all changed pages.
pub(crate) fn reason(changed: &BTreeSet<String>, before: &str, after: &str) -> String {
    let pages: BTreeSet<&str> = header_pages(before)
        .chain(header_pages(after))
        .filter(|page| changed.contains(*page))
        .collect();
    if !pages.is_empty() {
        return format!("because of {}", list(pages.into_iter()));
    }
    if changed.is_empty() {
        return "because it was edited, or the generator changed".to_owned();
    }
    let all = changed.iter().map(String::as_str);
    format!("which depends on {}", list(all))
}

/// Lists up to three pages, and the number of the others.
fn list<'a>(pages: impl Iterator<Item = &'a str>) -> String {
    let pages: Vec<&str> = pages.collect();
    let shown = pages
        .iter()
        .take(3)
        .copied()
        .collect::<Vec<&str>>()
        .join(", ");
    match pages.len().saturating_sub(3) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_prefers_pages_in_the_header() {
        let changed = ["a.md", "b.md", "c.md", "d.md"].map(str::to_owned).into();
        let check = |text: &str, expected: &str| assert_eq!(reason(&changed, "", text), expected);
        check("// mark\n// From b.md\n\n// From a.md\n", "because of b.md");
        check(
            "// mark\n// From x.md\n",
            "which depends on a.md, b.md, c.md and 1 more",
        );
        let edited = reason(&BTreeSet::new(), "", "// From b.md\n");
        assert_eq!(edited, "because it was edited, or the generator changed");
    }
}
