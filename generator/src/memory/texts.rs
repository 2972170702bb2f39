//! Which files an earlier run read, and which of those that are read now may say something else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::written::{Head, Seal};
use crate::source::{FileId, Source, Sources, TextHash};

/// What a line that includes another file holds.
const INCLUDE: &str = "[!INCLUDE";

/// What is known of the text of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    hash: TextHash,
    /// The lines that may include other files.
    including: String,
}

/// The files of an earlier run, by path.
#[derive(Debug, Default)]
pub(super) struct Texts {
    files: BTreeMap<String, Text>,
}

impl Text {
    pub(super) fn of(source: &Source, hash: TextHash) -> Self {
        let lines = source.text.lines().filter(|line| line.contains(INCLUDE));
        Self {
            hash,
            including: lines.flat_map(|line| [line, "\n"]).collect(),
        }
    }
}

impl Texts {
    /// Takes over a file of an earlier run.
    pub(super) fn add(&mut self, path: String, text: Text) {
        self.files.insert(path, text);
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The start of a record about a file.
    pub(super) fn head(&self, path: &str, said: Option<Seal>) -> Option<Head> {
        Some(Head {
            path: path.to_owned(),
            text: self.files.get(path)?.clone(),
            said,
        })
    }

    /// Whether there is a file that is not among some sources.
    pub(super) fn has_more_than(&self, sources: &Sources) -> bool {
        self.files.keys().any(|path| sources.find(path).is_none())
    }

    /// The files that may say something else now: they changed, or they may include one that did, came or went.
    pub(super) fn fresh(&self, sources: &Sources) -> BTreeSet<FileId> {
        let all = sources.iter();
        let mut fresh: BTreeSet<FileId> = all
            .filter(|(file, source)| self.hash(&source.path) != Some(sources.hash(*file)))
            .map(|(file, _)| file)
            .collect();
        let paths = fresh.iter().map(|file| sources.get(*file).path.as_str());
        let gone = self.files.keys().map(String::as_str);
        let gone = gone.filter(|path| sources.find(path).is_none());
        let mut latest: Vec<&str> = paths.chain(gone).collect();
        while !latest.is_empty() {
            let including = self.including(sources, &latest);
            let more: Vec<FileId> = including.difference(&fresh).copied().collect();
            latest = more
                .iter()
                .map(|file| sources.get(*file).path.as_str())
                .collect();
            fresh.extend(more);
        }
        fresh
    }

    /// Takes notice of what is read now.
    pub(super) fn note(&mut self, sources: &Sources) {
        let mut earlier = std::mem::take(&mut self.files);
        let now = sources.iter().map(|(file, source)| {
            let (known, hash) = (earlier.remove_entry(&source.path), sources.hash(file));
            known
                .filter(|(_, text)| text.hash == hash)
                .unwrap_or_else(|| (source.path.clone(), Text::of(source, hash)))
        });
        self.files = now.collect();
    }

    /// The hash of the text of a file.
    pub(super) fn hash(&self, path: &str) -> Option<TextHash> {
        self.files.get(path).map(|text| text.hash)
    }

    /// The files that may include any of some others: they name one of them. Files that changed are left out.
    fn including(&self, sources: &Sources, paths: &[&str]) -> BTreeSet<FileId> {
        let names: Vec<&str> = paths
            .iter()
            .filter_map(|path| path.rsplit('/').next())
            .collect();
        let known = sources
            .iter()
            .filter_map(|(file, source)| Some((file, self.files.get(&source.path)?)));
        let including =
            known.filter(|(_, text)| names.iter().any(|name| text.including.contains(name)));
        including.map(|(file, _)| file).collect()
    }
}

/// Whether reading some files, or any that is no page, may take texts that are not there.
pub(super) fn needs_unread(sources: &Sources, files: &BTreeSet<FileId>) -> bool {
    let unread = sources.iter().filter(|(file, _)| sources.is_unread(*file));
    let names: Vec<&str> = unread
        .filter_map(|(_, source)| source.path.rsplit('/').next())
        .collect();
    let read = sources
        .iter()
        .filter(|(file, source)| files.contains(file) || !source.is_page());
    let mut lines = read.flat_map(|(_, source)| source.text.lines());
    files.iter().any(|file| sources.is_unread(*file))
        || lines.any(|line| line.contains(INCLUDE) && names.iter().any(|name| line.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::tests::sources;

    #[test]
    fn a_page_is_read_again_when_it_may_say_something_else() {
        let check = |before: &[(&str, &str)], after: &[(&str, &str)], fresh: &[&str]| {
            let mut texts = Texts::default();
            texts.note(&sources(before));
            let after = sources(after);
            let found = texts.fresh(&after);
            let found: Vec<&str> = found
                .iter()
                .map(|file| after.get(*file).path.as_str())
                .collect();
            assert_eq!(found, fresh);
        };
        let (a, b, note) = ("v1.0/api/a.md", "v1.0/api/b.md", "includes/note.md");
        let before = [(a, "# A\n[!INCLUDE [x](note.md)]"), (b, "# B"), (note, "x")];
        check(&[], &before, &[note, a, b]);
        check(&before, &before, &[]);
        check(&before, &[before[0], (b, "# C"), before[2]], &[b]);
        // What is included changes, goes or comes.
        check(&before, &[before[0], before[1], (note, "y")], &[note, a]);
        check(&before, &before[..2], &[a]);
        check(&before[..2], &before, &[note, a]);
        // A page comes or goes: the others are as they were.
        check(&before, &[before[0], before[2]], &[]);
        check(&[before[0], before[2]], &before, &[b]);
        // A page may include another page, which may include one.
        let c = "v1.0/api/c.md";
        let including = [
            (a, "[!INCLUDE [x](b.md)]"),
            (b, "[!INCLUDE [x](c.md)]"),
            (c, "# C"),
            ("v1.0/api/d.md", "# D"),
        ];
        let mut changed = including;
        changed[2].1 = "# E";
        check(&including, &changed, &[a, b, c]);
    }
}
