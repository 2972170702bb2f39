//! What pages say that is new, if that is so little that most of the output stays as it is.

use std::collections::BTreeSet;

use memchr::memmem::Finder;

use super::restated::{names_touched, restated};
use super::texts;
use super::written::{self, Head};
use super::{Memory, News, Page};
use crate::source::{FileId, Sources};
use crate::wording::Restatements;

/// What is new about pages, where that is little.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What is to be written down.
    pub news: News,
    /// What is said in another way.
    pub restatements: Restatements,
    /// Pages that say something else, but only what their own operations show.
    pub changed: Vec<Changed>,
    /// The others, as they were and as they are now; they have no names of which something else is said.
    pub(crate) restated: Vec<Changed>,
}

impl Told {
    /// Whether nothing is different about the output.
    pub fn is_nothing(&self) -> bool {
        self.restatements == Restatements::default() && self.changed.is_empty()
    }

    /// Takes what is said in another way for something else that is said.
    #[must_use]
    pub fn looking_around(mut self) -> Self {
        self.restatements = Restatements::default();
        self.changed.append(&mut self.restated);
        self
    }
}

/// A page that says something else about its own operations and types.
#[derive(Clone, Debug)]
pub struct Changed {
    pub(crate) file: FileId,
    pub(crate) before: Page,
    pub(crate) now: Page,
    /// The names of which it says something that others may see who have them, too.
    pub(crate) names: BTreeSet<String>,
}

impl Memory {
    /// What pages say now and did not say when that was written down, if nothing that others are judged by changed: they say
    /// the same in other words or on other lines, or something else about their own operations alone. Then most of the output
    /// stays as it is, and the news are to be written down. None if there is more to it, or if what is shown of a page has to
    /// be as it is now. Pages that are as they were need not be read.
    pub fn told(&self, sources: &Sources, is_shown: &dyn Fn(&str) -> bool) -> Option<Told> {
        if self.log.is_over || self.texts.has_more_than(sources) {
            return None;
        }
        let fresh = self.texts.fresh(sources);
        if texts::needs_unread(sources, &fresh) {
            return None;
        }
        let mut told = Told::default();
        for file in fresh {
            let source = sources.get(file);
            if is_shown(&source.path) || source.path == crate::CORRECTIONS {
                return None;
            }
            if !source.is_page() {
                let head = Head::of(source, sources.hash(file), None);
                told.news.records.push(written::record(&head, Vec::new()));
                continue;
            }
            let before = self.page(file, sources)?;
            let now = crate::read_page(file, sources);
            let (seal, said) = written::write(&now.0, &now.1, sources);
            let head = Head::of(source, sources.hash(file), Some(seal));
            told.news.records.push(written::record(&head, said));
            match restated(file, before.clone(), now.clone(), sources) {
                Some(found) => {
                    told.restatements.reworded.extend(found.reworded);
                    told.restatements.moved.extend(found.moved);
                    told.restated.push(Changed {
                        file,
                        before,
                        now,
                        names: BTreeSet::new(),
                    });
                }
                None => {
                    let names = names_touched(&before, &now, sources)?;
                    let spelled = [before.0.spelled(), now.0.spelled()];
                    if spelled[0] != spelled[1] && self.is_spelled_otherwise(&spelled.concat()) {
                        return None;
                    }
                    told.changed.push(Changed {
                        file,
                        before,
                        now,
                        names,
                    });
                }
            }
        }
        Some(told)
    }

    /// The pages that may say something of any of some names, whatever the case of the letters.
    pub(crate) fn mentioning(&self, names: &BTreeSet<String>) -> BTreeSet<&str> {
        if names.is_empty() {
            return BTreeSet::new();
        }
        let names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let names: Vec<_> = names.iter().map(Finder::new).collect();
        let bytes = self.log.bytes.to_ascii_lowercase();
        let pages = self.log.written.iter();
        let pages = pages.filter(|(_, written)| {
            let said = bytes.get(written.place.clone()).unwrap_or_default();
            let mut names = names.iter();
            names.any(|name| written::mentions(said, name).next().is_some())
        });
        pages.map(|(path, _)| path.as_str()).collect()
    }

    /// Whether any of some words may stand in what some page said with other capitals, in a path or as a name.
    fn is_spelled_otherwise(&self, words: &[&str]) -> bool {
        let words: BTreeSet<&str> = words.iter().copied().collect();
        let folded: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
        let words: Vec<_> = words.iter().zip(folded.iter().map(Finder::new)).collect();
        let bytes = self.log.bytes.to_ascii_lowercase();
        self.log.written.values().any(|written| {
            let place = written.place.clone();
            let (said, folded) = (self.log.bytes.get(place.clone()), bytes.get(place));
            let (said, folded) = (said.unwrap_or_default(), folded.unwrap_or_default());
            words.iter().any(|(word, folded_word)| {
                let mut found = written::mentions(folded, folded_word);
                found.any(|start| {
                    let before = start.checked_sub(1).and_then(|place| said.get(place));
                    let is_name = before
                        .is_some_and(|byte| *byte == b'/' || usize::from(*byte) == word.len());
                    is_name && said.get(start..start + word.len()) != Some(word.as_bytes())
                })
            })
        })
    }

    /// What was written down of a page.
    pub(crate) fn page(&self, file: FileId, sources: &Sources) -> Option<Page> {
        let known = self.log.written.get(&sources.get(file).path)?;
        let said = self.log.bytes.get(known.place.clone())?;
        written::read(said, &known.seal, sources)
    }
}
