//! Pages that changed little: they say what they said, if in other words or on other lines, or they say something else that
//! only their own operations and types show. What quotes these words, names these lines or shows these things is written anew,
//! and the record of the pages, and nothing else is looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use generator::emit::File;
use generator::source::Sources;
use generator::vicinity::{self, Difference, Surroundings};
use generator::wording::{Moved, Restatements, Reworded};
use generator::{Memory, Told};

use super::settled::Said;
use crate::choices::Choices;
use crate::output::cache::Cache;
use crate::output::log::Log;
use crate::output::quotes::Quotes;
use crate::output::record::Record;
use crate::output::{self, surroundings};
use crate::pages::Index;
use crate::project;
use crate::stamp::Stamps;

/// Texts of files, by path.
type Files = BTreeMap<String, String>;

/// What is to be in the output, and what is known and said of it then.
#[derive(Clone)]
struct State {
    files: Files,
    said: Said,
    known: Option<Known>,
}

/// What is known of an output folder.
#[derive(Clone)]
struct Known {
    quotes: Quotes,
    surroundings: Surroundings,
}

/// Ends a run for which nothing but texts of pages changed, if they changed little. Tells what it wrote, and what is said then;
/// none if there is more to do. The output folder is claimed already.
pub(super) fn settle(
    choices: &Choices,
    (said, stamps): (&Said, &Stamps),
    index: &Index,
    (memory, log): (&Memory, &mut Log),
) -> Result<Option<(output::Difference, Said)>> {
    let hash = |path: &str| memory.hash(path);
    let read = || index.read_since(stamps, &hash);
    let threads = super::threads(choices.docs.jobs)?;
    let Some(sources) = threads.install(read)? else {
        return Ok(None);
    };
    // A problem is shown with the line that it is about.
    let is_shown = |path: &str| said.problems.contains(path);
    let Some(told) = memory.told(&sources, &is_shown) else {
        return Ok(None);
    };
    let out = choices.out.as_path();
    let lying = Record::lying(out);
    let known = lying.as_ref().and_then(|record| Known::open(out, record));
    let state = State {
        files: Files::new(),
        said: said.clone(),
        known,
    };
    let state = if told.is_nothing() {
        Some(state)
    } else {
        let pages = (memory, &sources);
        let work = || match state.clone().with(choices, &told, pages)? {
            // Which of the quotes of some words are meant may be seen by what is around them.
            None if told.restatements != Restatements::default() => {
                state.with(choices, &told.clone().looking_around(), pages)
            }
            state => Ok(state),
        };
        threads.install(work)?
    };
    let Some(State { files, said, known }) = state else {
        return Ok(None);
    };
    let files = files.into_iter().map(|(path, text)| File { path, text });
    let mut files: Vec<File> = files.collect();
    Cache::forget(out, &files);
    let record = Record::of(&sources).file();
    if lying.as_ref() != Some(&record) {
        files.push(record.clone());
    }
    let difference = output::Difference {
        unchanged: said.files - files.len(),
        stale: files.iter().map(|file| file.path.clone()).collect(),
        ..output::Difference::default()
    };
    output::write(out, &files, &difference)?;
    if let Some(known) = known {
        known.keep(out, &record);
    }
    log.add(&told.news);
    Ok(Some((difference, said)))
}

impl State {
    /// What comes of what pages say now; none if there is more to do.
    fn with(
        mut self,
        choices: &Choices,
        told: &Told,
        (memory, sources): (&Memory, &Sources),
    ) -> Result<Option<Self>> {
        let out = choices.out.as_path();
        let Some(Known {
            quotes,
            surroundings,
        }) = &mut self.known
        else {
            return Ok(None);
        };
        let Some(restated) = restate(out, quotes, told) else {
            return Ok(None);
        };
        self.files = restated;
        if told.changed.is_empty() {
            return Ok(Some(self));
        }
        // Where a part of all is generated, what is around a page is not all of it.
        if !choices.include.is_empty() || !choices.exclude.is_empty() {
            return Ok(None);
        }
        let manifest = project::manifest_settings(out)?;
        let found = vicinity::difference(told, surroundings, memory, sources, &manifest);
        let Some(found) = found.filter(|found| self.said.count(&found.problems)) else {
            return Ok(None);
        };
        let is_done = patch(out, quotes, &found, &mut self.files).is_some();
        Ok(is_done.then_some(self))
    }
}

impl Known {
    fn open(out: &Path, record: &File) -> Option<Self> {
        Some(Self {
            quotes: Quotes::open(out, record)?,
            surroundings: surroundings::open(out, record)?,
        })
    }

    fn keep(self, out: &Path, record: &File) {
        surroundings::keep(out, &self.surroundings, record);
        self.quotes.keep(record);
    }
}

/// Puts what differs into the files; none if there is more to do.
fn patch(
    out: &Path,
    quotes: &mut Quotes,
    difference: &Difference,
    files: &mut Files,
) -> Option<()> {
    for requoted in &difference.quotes {
        quotes.exchange(requoted)?;
    }
    for patch in &difference.patches {
        let beside = quotes.beside(&patch.path);
        let paths = if beside.is_empty() {
            vec![patch.path.clone()]
        } else {
            beside
        };
        let texts = paths.iter().map(|path| match files.get(path) {
            Some(text) => Some(text.clone()),
            None => fs::read_to_string(out.join(path)).ok(),
        });
        let before: Vec<String> = texts.collect::<Option<_>>()?;
        let now = patch.apply(&before)?;
        for (path, (before, now)) in paths.into_iter().zip(before.into_iter().zip(now)) {
            if before != now {
                files.insert(path, now);
            }
        }
    }
    Some(())
}

/// The files of the output that show what is said in another way, as they are to be; none if there is more to do.
fn restate(out: &Path, quotes: &mut Quotes, told: &Told) -> Option<Files> {
    let restated = &told.restatements;
    let mut files = quotes.requote(out, &once(restated.reworded.clone()))?;
    for moved in &restated.moved {
        quotes.relocate(moved)?;
        relocate(out, moved, &mut files)?;
    }
    Some(files)
}

/// Lets the examples of a page name the lines where they are now. No version has to have examples.
fn relocate(out: &Path, moved: &Moved, files: &mut Files) -> Option<()> {
    let path = moved.examples();
    let before = match files.get(&path) {
        Some(known) => known.clone(),
        None if !out.join(&path).exists() => return Some(()),
        None => fs::read_to_string(out.join(&path)).ok()?,
    };
    let now = moved.relined(&before)?;
    if now != before {
        files.insert(path, now);
    }
    Some(())
}

/// The same words at the same place may be said of several things.
fn once(mut reworded: Vec<Reworded>) -> Vec<Reworded> {
    let place = |words: &Reworded| (words.page.clone(), words.line, words.column);
    reworded.sort_by_cached_key(|words| (place(words), words.before.clone(), words.after.clone()));
    reworded.dedup();
    reworded
}
