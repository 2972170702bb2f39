//! Pages whose texts changed and that say what they said, if in other words or on other lines: what quotes these words or names
//! these lines is written anew, and the record of the pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use generator::Memory;
use generator::emit::File;
use generator::wording::{Restatements, Reworded};

use super::settled::Said;
use crate::choices::Choices;
use crate::output::cache::Cache;
use crate::output::log::Log;
use crate::output::quotes::Quotes;
use crate::output::record::Record;
use crate::output::{self, Difference};
use crate::pages::Index;
use crate::stamp::Stamps;

/// Ends a run for which nothing but texts of pages changed, if all of them say what they said. Tells what it wrote; none if
/// there is more to do. The output folder is claimed already.
pub(super) fn settle(
    choices: &Choices,
    (said, stamps): (&Said, &Stamps),
    index: &Index,
    (memory, log): (&Memory, &mut Log),
) -> Result<Option<Difference>> {
    let hash = |path: &str| memory.hash(path);
    let read = || index.read_since(stamps, &hash);
    let Some(sources) = super::threads(choices.docs.jobs)?.install(read)? else {
        return Ok(None);
    };
    // A problem is shown with the line that it is about.
    let is_shown = |path: &str| said.problems.contains(path);
    let Some((news, restated)) = memory.says_the_same(&sources, &is_shown) else {
        return Ok(None);
    };
    let lying = Record::lying(&choices.out);
    let mut quotes = lying
        .as_ref()
        .and_then(|record| Quotes::open(&choices.out, record));
    let mut files = if restated == Restatements::default() {
        Vec::new()
    } else {
        let files = quotes.as_mut();
        match files.and_then(|quotes| restate(&choices.out, quotes, restated)) {
            Some(files) => files,
            None => return Ok(None),
        }
    };
    Cache::forget(&choices.out, &files);
    let record = Record::of(&sources).file();
    if lying.as_ref() != Some(&record) {
        files.push(record.clone());
    }
    let difference = Difference {
        unchanged: said.files - files.len(),
        stale: files.iter().map(|file| file.path.clone()).collect(),
        ..Difference::default()
    };
    output::write(&choices.out, &files, &difference)?;
    if let Some(quotes) = quotes {
        quotes.keep(&record);
    }
    log.add(&news);
    Ok(Some(difference))
}

/// The files of the output that show what is said in another way, as they are to be; none if there is more to do.
fn restate(out: &Path, quotes: &mut Quotes, restated: Restatements) -> Option<Vec<File>> {
    let mut files = quotes.requote(out, &once(restated.reworded))?;
    let mut examples: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for moved in &restated.moved {
        quotes.relocate(moved)?;
        let path = moved.examples();
        let [before, now] = match examples.remove(&path) {
            Some(known) => known,
            // No version has to have examples.
            None if !out.join(&path).exists() => continue,
            None => {
                let text = fs::read_to_string(out.join(&path)).ok()?;
                [text.clone(), text]
            }
        };
        let now = moved.relined(&now)?;
        examples.insert(path, [before, now]);
    }
    for (path, [before, text]) in examples {
        if text != before {
            files.push(File { path, text });
        }
    }
    Some(files)
}

/// The same words at the same place may be said of several things.
fn once(mut reworded: Vec<Reworded>) -> Vec<Reworded> {
    let place = |words: &Reworded| (words.page.clone(), words.line, words.column);
    reworded.sort_by_cached_key(|words| (place(words), words.before.clone(), words.after.clone()));
    reworded.dedup();
    reworded
}
