//! `pages.lock` in the output: which pages it was made from, with a hash of each. So a later run knows what changed, without
//! the pages as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use generator::emit::{File, MARK};
use generator::source::Sources;
use graphwright_pages::CORRECTIONS;

/// The name of the file below the output folder.
const NAME: &str = "pages.lock";

/// Pages with their hashes.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pages: BTreeMap<String, String>,
}

impl Record {
    /// The record of the pages that are read now.
    pub(crate) fn of(sources: &Sources) -> Self {
        let pages = sources.iter().map(|(_, source)| {
            let hash = blake3::hash(source.text.as_bytes()).to_hex();
            (source.path.clone(), hash[..16].to_owned())
        });
        // The corrections decide about the output as the pages do.
        let corrections = blake3::hash(CORRECTIONS.as_bytes()).to_hex();
        let corrections = (
            "generator/corrections.toml".to_owned(),
            corrections[..16].to_owned(),
        );
        Self {
            pages: pages.chain([corrections]).collect(),
        }
    }

    /// The record of the run that wrote the folder; empty if there is none.
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

    /// The record as a file of the output.
    pub(crate) fn file(&self) -> File {
        let mut text = format!("# {MARK}. Do not edit.\n# The pages that it was generated from.\n");
        for (path, hash) in &self.pages {
            let path = path.replace(['\n', '\r'], " ");
            writeln!(text, "{hash} {path}").expect("a String takes all that is written to it");
        }
        File {
            path: NAME.to_owned(),
            text,
        }
    }

    /// The pages that are new, gone or different since an earlier record.
    pub(crate) fn changed_since(&self, earlier: &Self) -> BTreeSet<String> {
        let paths = self.pages.keys().chain(earlier.pages.keys());
        paths
            .filter(|path| self.pages.get(*path) != earlier.pages.get(*path))
            .cloned()
            .collect()
    }

    /// Whether it is of any run at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

/// The pages that a generated file names at its start.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.lines().take_while(|line| line.starts_with("//"));
    comments.filter_map(|line| line.strip_prefix("// From "))
}

/// Why a file is not as it should be, in a few words: the changed pages that it is made from, else those that it can only
/// follow from.
pub(crate) fn reason(changed: &BTreeSet<String>, before: &str, after: &str) -> String {
    let own: BTreeSet<&str> = named(before)
        .chain(named(after))
        .filter(|page| changed.contains(*page))
        .collect();
    if !own.is_empty() {
        return format!("because of {}", list(own.into_iter()));
    }
    if changed.is_empty() {
        return "because it was edited, or the generator changed".to_owned();
    }
    let all = changed.iter().map(String::as_str);
    format!("as follows from {}", list(all))
}

/// Three of them, and how many more there are.
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
    fn pages_of_its_own_are_named_before_others() {
        let changed = ["a.md", "b.md", "c.md", "d.md"].map(str::to_owned).into();
        let check = |text: &str, words: &str| assert_eq!(reason(&changed, "", text), words);
        check("// mark\n// From b.md\n\n// From a.md\n", "because of b.md");
        check(
            "// mark\n// From x.md\n",
            "as follows from a.md, b.md, c.md and 1 more",
        );
        let edited = reason(&BTreeSet::new(), "", "// From b.md\n");
        assert_eq!(edited, "because it was edited, or the generator changed");
    }
}
