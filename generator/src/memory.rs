//! What pages said when they were last read. A page that is as it was says what it said, as long as the files are the same ones
//! and what it may include is as it was.

use std::collections::BTreeSet;

use crate::facts::PageFacts;
use crate::report::Report;
use crate::source::{FileId, Source, Sources};

/// Pages as they were last read.
#[derive(Debug, Default)]
pub struct Memory {
    sources: Sources,
    /// What each file said, in the order of files; none for what is no page.
    read: Vec<Option<(PageFacts, Report)>>,
}

/// What of a memory still holds for some files.
pub(crate) struct Recall<'a> {
    memory: &'a Memory,
    sources: &'a Sources,
    fits: bool,
    /// The names of the pages that changed: who includes one of them is another page, too.
    changed: BTreeSet<&'a str>,
}

impl Memory {
    /// Looks what still holds.
    pub(crate) fn recall<'a>(&'a self, sources: &'a Sources) -> Recall<'a> {
        let pairs = || {
            let now = sources.iter().map(|(_, source)| source);
            self.sources.iter().map(|(_, source)| source).zip(now)
        };
        let changed: BTreeSet<&str> = pairs()
            .filter(|(was, is)| was.text != is.text && is.is_page())
            .filter_map(|(_, is)| is.path.rsplit('/').next())
            .collect();
        let is_as_it_was = |(was, is): (&Source, &Source)| {
            let names = || changed.iter().any(|name| is.text.contains(name));
            was.path == is.path && (is.is_page() || (was.text == is.text && !names()))
        };
        let fits = self.sources.len() == sources.len() && pairs().all(is_as_it_was);
        Recall {
            memory: self,
            sources,
            fits,
            changed,
        }
    }

    /// Takes notice of what was read, in the order of files.
    pub(crate) fn keep(&mut self, sources: &Sources, read: &[(PageFacts, Report)]) {
        let mut pages = read.iter().cloned();
        self.read = sources
            .iter()
            .map(|(_, source)| source.is_page().then(|| pages.next()).flatten())
            .collect();
        self.sources = sources.clone();
    }
}

impl Recall<'_> {
    /// What a page said, if it would say the same now.
    pub(crate) fn page(&self, file: FileId) -> Option<(PageFacts, Report)> {
        let text = &self.sources.get(file).text;
        if !self.fits || self.memory.sources.get(file).text != *text {
            return None;
        }
        if self.changed.iter().any(|name| text.contains(name)) {
            return None;
        }
        self.memory.read.get(file.0 as usize)?.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Sources::new(files.iter().map(source).collect())
    }

    /// The pages that are not read again.
    fn recalled(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let (before, after) = (sources(before), sources(after));
        let pages = before.iter().filter(|(_, source)| source.is_page());
        let read: Vec<_> = pages
            .map(|(file, _)| crate::read_page(file, &before))
            .collect();
        let mut memory = Memory::default();
        memory.keep(&before, &read);
        let recall = memory.recall(&after);
        let known = after
            .iter()
            .filter(|(file, _)| recall.page(*file).is_some());
        known.map(|(_, source)| source.path.clone()).collect()
    }

    #[test]
    fn a_page_is_read_again_when_it_may_say_something_else() {
        let (a, b, note) = ("v1.0/api/a.md", "v1.0/api/b.md", "includes/note.md");
        let before = [(a, "# A"), (b, "# B"), (note, "words")];
        assert_eq!(recalled(&before, &before), [a, b]);
        assert_eq!(
            recalled(&before, &[(a, "# A"), (b, "# C"), (note, "words")]),
            [a]
        );
        // An include changed, or a page is gone: nothing is known.
        assert_eq!(
            recalled(&before, &[(a, "# A"), (b, "# B"), (note, "more")]),
            [""; 0]
        );
        assert_eq!(recalled(&before, &[(a, "# A"), (note, "words")]), [""; 0]);
        // A page may include another page.
        let including = [(a, "[!INCLUDE [x](b.md)]"), (b, "# B")];
        assert_eq!(recalled(&including, &[including[0], (b, "# C")]), [""; 0]);
    }
}
