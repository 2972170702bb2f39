//! Pages that changed in what only they show, looked at with those around them instead of all pages: the same run over both
//! states of this part tells which parts of the output differ.

mod finder;
mod patches;
mod reach;
mod rendering;
mod shape;
mod state;
mod surroundings;

use std::collections::{BTreeMap, BTreeSet};

pub use patches::Patch;
use reach::Reached;
use state::State;
pub use surroundings::Surroundings;
use surroundings::oddities;

use crate::emit::ManifestSettings;
use crate::memory::{Changed, Memory, Page, Told};
use crate::report::Code;
use crate::source::{FileId, Sources};
use crate::wording;

/// What is different about the output because pages changed.
#[derive(Debug)]
pub struct Difference {
    /// What is to be replaced in which files.
    pub patches: Vec<Patch>,
    /// What the output quotes of each of the pages, before and now.
    pub quotes: Vec<Requoted>,
    /// How many problems of each kind came, less those that went.
    pub problems: BTreeMap<Code, isize>,
}

/// What the output quotes of a page, before and now.
#[derive(Debug)]
pub struct Requoted {
    /// The page, by its path.
    pub page: String,
    /// What was quoted.
    pub before: Vec<Quote>,
    /// What is.
    pub now: Vec<Quote>,
}

/// Something that the output quotes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The line and column where the page says it.
    pub place: wording::Place,
    /// How it is quoted.
    pub lines: wording::Lines,
    /// The files that may quote it.
    pub files: Vec<String>,
}

/// What is different about the output; none if that cannot be told from the pages around those that changed. The surroundings
/// are those of the pages as they are now, if anything is told.
pub fn difference(
    told: &Told,
    surroundings: &mut Surroundings,
    memory: &Memory,
    sources: &Sources,
    manifest: &ManifestSettings,
) -> Option<Difference> {
    let Reached {
        mut pages,
        looked_at,
    } = reach::reach(&told.changed, surroundings, memory, sources)?;
    for page in &told.restated {
        // What is only said in another way is written anew by itself; here it is said as it is now.
        if let Some(known) = pages.get_mut(&page.file) {
            known.clone_from(&page.now);
        }
    }
    let free: BTreeSet<(FileId, String)> = told
        .changed
        .iter()
        .flat_map(|page| page.now.0.enums.iter().map(|own| (page.file, own)))
        .map(|(file, own)| (file, own.name.value.trim().to_lowercase()))
        .collect();
    let mut shared = Memory::kept();
    let mut state = |of: fn(&Changed) -> &Page| {
        let changed = told.changed.iter().map(|page| (page.file, of(page)));
        let pages = pages.iter().map(|(file, page)| (*file, page));
        State::of(pages.chain(changed), (sources, &free), &mut shared)
    };
    let before = state(|page| &page.before);
    let now = state(|page| &page.now);
    let changed: BTreeSet<FileId> = told.changed.iter().map(|page| page.file).collect();
    if before.shape != now.shape {
        return None;
    }
    let problems = before.problems_until(&now, &looked_at)?;
    for file in &looked_at {
        let path = &sources.get(*file).path;
        if oddities(before.problems(*file)) != surroundings.oddities(path)? {
            return None;
        }
        surroundings.set_oddities(path, oddities(now.problems(*file)));
    }
    let quotes = changed.iter().map(|file| Requoted {
        page: sources.get(*file).path.clone(),
        before: before.quotes(*file),
        now: now.quotes(*file),
    });
    let quotes = quotes.collect();
    let patches = rendering::patches(&before.library, &now.library, manifest)?;
    Some(Difference {
        patches,
        quotes,
        problems,
    })
}
