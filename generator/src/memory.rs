//! What an earlier run found out, for runs that follow it. A page that is as it was says what it said, as long as the files are
//! the same ones and what it may include is as it was.

use std::collections::BTreeSet;

use crate::Generated;
use crate::examples;
use crate::facts::PageFacts;
use crate::report::Report;
use crate::rust;
use crate::source::{FileId, Source, Sources};

/// What a line that includes another file holds.
const INCLUDE: &str = "[!INCLUDE";

/// What is remembered of an earlier run.
#[derive(Debug, Default)]
pub struct Memory {
    sources: Sources,
    /// The lines of each file that may include others.
    including: Vec<String>,
    /// What was odd about each page.
    reports: Vec<Report>,
    /// What each page said. It is lent to the run that is at work, and none is there if that did not give it back.
    pages: Vec<PageFacts>,
    examples: examples::Memory,
    lowering: rust::Memory,
    is_kept: bool,
}

impl Memory {
    /// A memory for runs that follow each other. The default one knows nothing, and keeps nothing.
    pub fn kept() -> Self {
        Self {
            examples: examples::Memory::kept(),
            lowering: rust::Memory::kept(),
            is_kept: true,
            ..Self::default()
        }
    }

    /// What was found in the examples.
    pub(crate) fn examples(&mut self) -> &mut examples::Memory {
        &mut self.examples
    }

    /// What was decided about the output.
    pub(crate) fn lowering(&mut self) -> &mut rust::Memory {
        &mut self.lowering
    }

    /// Takes back what a run was lent and what it found.
    pub fn keep(&mut self, generated: Generated) {
        self.pages = generated.understood.pages;
    }

    /// Gives away what pages said that would say the same now; the pages are in the order of files.
    pub(crate) fn recall(
        &mut self,
        sources: &Sources,
        files: &[FileId],
    ) -> Vec<Option<(PageFacts, Report)>> {
        let pages = std::mem::take(&mut self.pages);
        let reports = std::mem::take(&mut self.reports);
        let Some(fresh) = self.fresh(sources) else {
            return files.iter().map(|_| None).collect();
        };
        if pages.len() != files.len() || reports.len() != files.len() {
            return files.iter().map(|_| None).collect();
        }
        let known = pages.into_iter().zip(reports).zip(files);
        known
            .map(|(known, file)| (!fresh.contains(file)).then_some(known))
            .collect()
    }

    /// The pages that may say something else now; none if all may.
    fn fresh(&self, sources: &Sources) -> Option<BTreeSet<FileId>> {
        if self.sources.len() != sources.len() {
            return None;
        }
        let changed = || {
            let all = sources.iter();
            all.filter(|(file, _)| !sources.is_same(*file, &self.sources))
        };
        let is_page_still = |file: FileId, source: &Source| {
            source.is_page() && self.sources.get(file).path == source.path
        };
        if !changed().all(|(file, source)| is_page_still(file, source)) {
            return None;
        }
        let mut fresh: BTreeSet<FileId> = changed().map(|(file, _)| file).collect();
        // Who includes a page that changed is another page, too, and so is who includes that one.
        let mut latest = fresh.clone();
        while !latest.is_empty() {
            let including = self.including(sources, &latest);
            latest = including.difference(&fresh).copied().collect();
            fresh.extend(&latest);
        }
        let is_page = |file: &FileId| sources.get(*file).is_page();
        fresh.iter().all(is_page).then_some(fresh)
    }

    /// The files that may have included any of some files: they named one of them.
    fn including(&self, sources: &Sources, files: &BTreeSet<FileId>) -> BTreeSet<FileId> {
        let paths = files.iter().map(|file| &sources.get(*file).path);
        let names: Vec<&str> = paths.filter_map(|path| path.rsplit('/').next()).collect();
        let lines = sources.iter().zip(&self.including);
        let including = lines.filter(|(_, lines)| names.iter().any(|name| lines.contains(name)));
        including.map(|((file, _), _)| file).collect()
    }

    /// Takes notice of what is read, if any run is to follow.
    pub(crate) fn note(&mut self, sources: &Sources, reports: &[Report]) {
        if !self.is_kept {
            return;
        }
        let mut earlier = std::mem::take(&mut self.including);
        let including = sources.iter().map(|(file, source)| {
            let known = earlier.get_mut(file.0 as usize);
            match known.filter(|_| sources.is_same(file, &self.sources)) {
                Some(lines) => std::mem::take(lines),
                None => including_lines(&source.text),
            }
        });
        self.including = including.collect();
        self.sources = sources.clone();
        self.reports = reports.to_vec();
    }
}
/// The lines that may include other files.
fn including_lines(text: &str) -> String {
    let lines = text.lines().filter(|line| line.contains(INCLUDE));
    lines.flat_map(|line| [line, "\n"]).collect()
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
        let of = |sources: &Sources| -> Vec<FileId> {
            let pages = sources.iter().filter(|(_, source)| source.is_page());
            pages.map(|(file, _)| file).collect()
        };
        let read = |file: &FileId| crate::read_page(*file, &before);
        let (pages, reports): (Vec<PageFacts>, Vec<Report>) = of(&before).iter().map(read).unzip();
        let mut memory = Memory::kept();
        memory.note(&before, &reports);
        memory.pages = pages;
        let files = of(&after);
        let known = memory.recall(&after, &files).into_iter().zip(&files);
        let known = known.filter(|(known, _)| known.is_some());
        known
            .map(|(_, file)| after.get(*file).path.clone())
            .collect()
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
        assert_eq!(recalled(&including, &changed), ["v1.0/api/d.md"]);
    }
}
