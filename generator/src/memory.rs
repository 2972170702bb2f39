//! What an earlier run found out, for runs that follow it, in this process or in another: a page that is as it was, and so is
//! what it may include, says what it said.

mod restated;
mod texts;
mod told;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::Generated;
use crate::conformance;
use crate::facts::PageFacts;
use crate::report::Report;
use crate::rust;
use crate::source::{FileId, Sources, TextHash};
use texts::Texts;
pub use told::{Changed, Told};
use written::Written;

/// What is remembered of an earlier run.
#[derive(Debug, Default)]
pub struct Memory {
    texts: Texts,
    said: Said,
    log: Log,
    examples: conformance::Memory,
    lowering: rust::Memory,
    takes_notice: bool,
}

/// What pages said in the last run of this process.
#[derive(Debug, Default)]
struct Said {
    sources: Sources,
    /// The pages, in the order of paths.
    files: Vec<FileId>,
    /// What they said. It is lent to the run that is at work, and none is there if that did not give it back.
    pages: Vec<PageFacts>,
    /// What was odd about them.
    reports: Vec<Report>,
}

/// What pages said in the runs of other processes.
#[derive(Debug, Default)]
struct Log {
    bytes: Vec<u8>,
    /// What each page said, by path.
    written: BTreeMap<String, Written>,
    /// The files that no record tells of as they are now.
    unwritten: BTreeSet<String>,
    /// Whether records are to be written from the first one on.
    is_over: bool,
}

/// What a page said, and what was odd about it.
pub(crate) type Page = (PageFacts, Report);

/// A page on its way from one run to the next.
#[derive(Debug)]
enum Known<'m> {
    /// It says the same.
    Here(Page),
    /// It says the same, but files had other ids.
    Moved(Page, &'m Sources),
    Written(&'m Written),
    Nothing,
}

/// What is to be written down of a file: two parts that stand behind each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The path, a hash of the text, and a hash of the other part. Whoever keeps it sees to it that it is whole.
    pub head: Vec<u8>,
    /// What the page said; empty if the file is none.
    pub said: Vec<u8>,
}

/// What is to be written down after a run.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// Records to be added to those that there are.
    pub records: Vec<Record>,
    /// Whether what was written before is of no use any more, and the records are all that there is to know.
    pub is_everything: bool,
}

impl Memory {
    /// A memory for runs of this process that follow each other. The default one knows nothing, and keeps nothing.
    pub fn kept() -> Self {
        Self {
            examples: conformance::Memory::kept(),
            lowering: rust::Memory::kept(),
            takes_notice: true,
            ..Self::default()
        }
    }

    /// Takes over what earlier processes wrote down: the places of records in a log, of which the last one about a file
    /// holds. What cannot be read is as if it had not been written. From now on [`news`](Self::news) tells what is new.
    pub fn take_over(&mut self, log: Vec<u8>, records: &[Range<usize>]) {
        self.takes_notice = true;
        self.log.is_over = records.is_empty();
        for place in records {
            let Some((head, length)) = log.get(place.clone()).and_then(written::head) else {
                continue;
            };
            if let Some(seal) = head.said {
                let place = place.start + length..place.end;
                let written = Written { place, seal };
                self.log.written.insert(head.path.clone(), written);
            }
            self.texts.add(head.path, head.text);
        }
        // Records that later ones replaced are carried along until they are as many as the rest.
        self.log.is_over |= self.texts.len() * 2 < records.len();
        self.log.bytes = log;
    }

    /// What was found in the examples.
    pub(crate) fn examples(&mut self) -> &mut conformance::Memory {
        &mut self.examples
    }

    /// What was decided about the output.
    pub(crate) fn lowering(&mut self) -> &mut rust::Memory {
        &mut self.lowering
    }

    /// Takes back what a run was lent and what it found.
    pub fn keep(&mut self, generated: Generated) {
        self.said.pages = generated.understood.pages;
    }

    /// What is to be written down, so that another process knows what this run was told.
    pub fn news(&mut self, generated: &Generated) -> News {
        let sources = &self.said.sources;
        let is_everything = std::mem::take(&mut self.log.is_over);
        let unwritten = std::mem::take(&mut self.log.unwritten);
        let is_new = |file: FileId| is_everything || unwritten.contains(&sources.get(file).path);
        let reports = self.said.files.iter().zip(&self.said.reports);
        let pages = generated.understood.pages.iter().zip(reports);
        let pages = pages.filter(|(_, (file, _))| is_new(**file));
        let pages: Vec<Record> = pages
            .collect::<Vec<_>>()
            .into_par_iter()
            .filter_map(|(facts, (file, report))| {
                let path = &sources.get(*file).path;
                let (seal, said) = written::write(facts, report, sources);
                let head = self.texts.head(path, Some(seal))?;
                Some(written::record(&head, said))
            })
            .collect();
        let others = sources.iter();
        let others = others.filter(|(file, source)| is_new(*file) && !source.is_page());
        let others = others.filter_map(|(_, source)| self.texts.head(&source.path, None));
        let others = others.map(|head| written::record(&head, Vec::new()));
        News {
            records: others.chain(pages).collect(),
            is_everything,
        }
    }

    /// A hash of the text that the file at a path had when what is known of it was written down.
    pub fn hash(&self, path: &str) -> Option<TextHash> {
        self.texts.hash(path)
    }

    /// Gives away what pages said that would say the same now; the pages are in the order of files.
    pub(crate) fn recall(&mut self, sources: &Sources, files: &[FileId]) -> Vec<Option<Page>> {
        if !self.takes_notice {
            return files.iter().map(|_| None).collect();
        }
        let fresh = self.texts.fresh(sources);
        let said = std::mem::take(&mut self.said);
        let earlier = said.sources.clone();
        let log = std::mem::take(&mut self.log.bytes);
        let written = std::mem::take(&mut self.log.written);
        let has_moved = !earlier.has_paths_of(sources);
        let mut here = said.pages();
        let known = files.iter().map(|file| {
            let path = sources.get(*file).path.as_str();
            if fresh.contains(file) {
                return Known::Nothing;
            }
            match (here.remove(path), written.get(path)) {
                (Some(known), _) if has_moved => Known::Moved(known, &earlier),
                (Some(known), _) => Known::Here(known),
                (None, Some(written)) => Known::Written(written),
                (None, None) => Known::Nothing,
            }
        });
        let known: Vec<Known<'_>> = known.collect();
        let known: Vec<_> = known
            .into_par_iter()
            .map(|known| known.now(&log, sources))
            .collect();
        let unknown = files.iter().zip(&known);
        let unknown = unknown.filter(|(_, known)| known.is_none());
        let unwritten = fresh.iter().chain(unknown.map(|(file, _)| file));
        let unwritten = unwritten.map(|file| sources.get(*file).path.clone());
        self.log.unwritten.extend(unwritten);
        self.log.is_over |= self.texts.has_more_than(sources);
        known
    }

    /// Takes notice of what is read, if any run is to follow.
    pub(crate) fn note(&mut self, sources: &Sources, files: &[FileId], reports: &[Report]) {
        if self.takes_notice {
            self.texts.note(sources);
            self.said = Said {
                sources: sources.clone(),
                files: files.to_vec(),
                pages: Vec::new(),
                reports: reports.to_vec(),
            };
        }
    }
}

impl Said {
    /// What pages said, by path.
    fn pages(self) -> BTreeMap<String, Page> {
        if self.pages.len() != self.files.len() {
            return BTreeMap::new();
        }
        let paths = self.files.iter();
        let paths = paths.map(|file| self.sources.get(*file).path.clone());
        paths
            .zip(self.pages.into_iter().zip(self.reports))
            .collect()
    }
}

impl Known<'_> {
    /// What the page says, with the ids that files have now.
    fn now(self, log: &[u8], sources: &Sources) -> Option<Page> {
        match self {
            Known::Here(known) => Some(known),
            Known::Moved((facts, report), earlier) => {
                let (seal, said) = written::write(&facts, &report, earlier);
                written::read(&said, &seal, sources)
            }
            Known::Written(Written { place, seal }) => {
                written::read(log.get(place.clone())?, seal, sources)
            }
            Known::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests;
