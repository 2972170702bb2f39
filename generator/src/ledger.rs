//! In: what the pages say, and the model made of it. Out: what finally became of every row, annotation, code block, request
//! line and enum section. What became a fact is looked for in the model; where it is not there, a problem says why.

mod traces;
mod reached;
mod resources;
mod operations;

use std::collections::BTreeMap;

use crate::facts::{LedgerEntry, LedgerKind, NoMeaning, Outcome, PageFacts};
use crate::model::{ApiVersion, Model};
use crate::report::{Code, Report};
use crate::source::{FileId, Location, Sources};
use operations::OperationRows;
use reached::Reached;
use resources::ResourceRows;
use traces::{Losses, Traces};

/// What finally became of a piece of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The page that holds it, or includes what holds it.
    pub page: FileId,
    /// What it is.
    pub kind: LedgerKind,
    /// Where it starts.
    pub at: Location,
    /// What became of it.
    pub fate: Fate,
}

/// What can become of a piece of matter; of several parts, the first in this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is in the model: as an item of its own, or in one that several places describe.
    Reached,
    /// It is not; a problem says so.
    Problem(Code),
    /// It says nothing about the API.
    NoMeaning(NoMeaning),
    /// Nobody knows.
    Unaccounted,
}

/// Settles the matter of all pages, in the order of pages. Adds a problem for what did not reach the model, where no earlier
/// stage has said so.
pub fn settle(
    pages: &[PageFacts],
    model: &Model,
    sources: &Sources,
    report: &mut Report,
) -> Vec<Entry> {
    let losses = Losses::new(report);
    let reached: BTreeMap<ApiVersion, Reached> = model
        .apis
        .iter()
        .map(|api| (api.version, Reached::new(api)))
        .collect();
    let files = Files::new(pages, sources);
    let count = pages.iter().map(|page| page.ledger.len()).sum();
    let mut entries = Vec::with_capacity(count);
    for page in pages {
        let reached = page.version.and_then(|version| reached.get(&version));
        let mut traces = Traces::new(&losses);
        match reached {
            Some(reached) => {
                ResourceRows {
                    page,
                    reached,
                    files: &files,
                }
                .trace(&mut traces, report);
                OperationRows { page, reached }.trace(&mut traces, report);
            }
            // A page without a version is left out as a whole, with a problem.
            None => traces.lose_rest(Code::UnknownVersion),
        }
        close(page, &traces, &mut entries);
    }
    entries
}

/// Settles the entries of one page.
fn close(page: &PageFacts, traces: &Traces, entries: &mut Vec<Entry>) {
    // An annotation without a fate of its own shares that of the block behind it, so the last entry comes first.
    let start = entries.len();
    let mut block = Fate::Unaccounted;
    let mut next_block = None;
    for entry in page.ledger.iter().rev() {
        let fate = match entry.outcome {
            Outcome::Problem(code) => Fate::Problem(code),
            Outcome::NoMeaning(class) => Fate::NoMeaning(class),
            Outcome::Unaccounted => Fate::Unaccounted,
            Outcome::Fact => fact(entry, next_block, block, traces),
        };
        if entry.kind == LedgerKind::CodeBlock {
            block = fate;
            next_block = Some(entry.at);
        }
        entries.push(Entry {
            page: page.file,
            kind: entry.kind,
            at: entry.at,
            fate,
        });
    }
    entries[start..].reverse();
}

fn fact(entry: &LedgerEntry, next_block: Option<Location>, block: Fate, traces: &Traces) -> Fate {
    match entry.kind {
        LedgerKind::CodeBlock => traces.of_block(entry.at, next_block),
        LedgerKind::Annotation => traces.at(entry.at).unwrap_or(block),
        LedgerKind::EnumSection => traces.of_section(entry.at),
        LedgerKind::Row | LedgerKind::RequestLine => traces.of_line(entry.at),
    }
}

/// Which files are pages with requests, by their paths in lower case.
struct Files<'a> {
    sources: &'a Sources,
    by_folded_path: BTreeMap<String, FileId>,
}

impl<'a> Files<'a> {
    fn new(pages: &[PageFacts], sources: &'a Sources) -> Self {
        let operations = pages.iter().filter(|page| page.operation.is_some());
        let by_folded_path = operations
            .map(|page| (sources.get(page.file).path.to_ascii_lowercase(), page.file))
            .collect();
        Self {
            sources,
            by_folded_path,
        }
    }

    /// The page that a link leads to, if it describes requests.
    fn follow(&self, from: FileId, target: &str) -> Option<FileId> {
        let (path, _) = crate::source::follow(&self.sources.get(from).path, target)?;
        self.by_folded_path.get(&path).copied()
    }
}
