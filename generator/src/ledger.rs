//! Checks that every row, annotation, code block, request line and enum section of the pages is in the model or has a problem
//! that explains why it is not.

mod definitions;
mod operations;
mod model_index;
mod page_trace;
mod readability;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::facts::{LedgerEntry, LedgerKind, NoMeaning, Outcome, PageFacts};
use crate::model::{ApiVersion, Model};
use crate::report::{Code, Report};
use crate::source::{FileId, Location, Sources};
use definitions::DefinitionTracer;
use model_index::ModelIndex;
use operations::OperationTracer;
use page_trace::{Omissions, PageTrace};

/// A piece of a page and its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The page that contains it, directly or through an include.
    pub page: FileId,
    /// The kind of piece.
    pub kind: LedgerKind,
    /// Where it starts.
    pub at: Location,
    /// Whether it is in the model.
    pub status: Status,
}

/// Whether a piece of a page is in the model. If its parts differ, the first status in this order applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is in the model, as an item or as part of one.
    InModel,
    /// It is omitted, and a problem reports that.
    Problem(Code),
    /// It does not describe the API.
    NoMeaning(NoMeaning),
    /// It is omitted without a problem: an error of the generator.
    Unaccounted,
}

/// Returns the status of every piece of every page, in the order of pages. Reports a problem for each omitted row that no
/// earlier stage has reported, and an error if the documentation is mostly unreadable.
pub fn trace_pages(
    pages: &[PageFacts],
    model: &Model,
    sources: &Sources,
    report: &mut Report,
) -> Vec<Entry> {
    let omissions = Omissions::new(report);
    let indexes: BTreeMap<ApiVersion, ModelIndex> = model
        .apis
        .iter()
        .map(|api| (api.version, ModelIndex::new(api)))
        .collect();
    let operation_pages = OperationPages::new(pages, sources);
    let count = pages.iter().map(|page| page.ledger.len()).sum();
    let traced: Vec<(PageTrace, Report)> = pages
        .par_iter()
        .map(|page| {
            let mut report = Report::new();
            let index = page.version.and_then(|version| indexes.get(&version));
            let mut trace = PageTrace::new(&omissions);
            match index {
                Some(index) => {
                    DefinitionTracer {
                        page,
                        index,
                        operation_pages: &operation_pages,
                    }
                    .run(&mut trace, &mut report);
                    OperationTracer { page, index }.run(&mut trace, &mut report);
                    trace_callouts(page, index, &mut trace);
                }
                // `resolve` ignores a page without a version and reports that.
                None => trace.omit_rest(Code::UnknownVersion),
            }
            (trace, report)
        })
        .collect();
    let mut entries = Vec::with_capacity(count);
    for (page, (trace, problems)) in pages.iter().zip(traced) {
        append_entries(page, &trace, &mut entries);
        report.append(problems);
    }
    readability::check(pages, &entries, report);
    entries
}

/// Traces the callouts of a page to its operations or types.
fn trace_callouts(page: &PageFacts, index: &ModelIndex<'_>, trace: &mut PageTrace) {
    let known = index.callouts(page.file);
    // If the type of the page is omitted, so are its callouts.
    let mut types = page.resources.iter();
    let omission = types.find_map(|resource| trace.omission(resource.name.at));
    for callout in page.callouts.iter().filter(|callout| !callout.in_example) {
        let at = callout.text.at;
        match omission.filter(|_| known.is_empty()) {
            Some(code) => trace.record_line(at, Status::Problem(code)),
            None => trace.record_line_if(at, known.contains(callout.text.value.as_str())),
        }
    }
}

/// Appends the entries of a page.
fn append_entries(page: &PageFacts, trace: &PageTrace, entries: &mut Vec<Entry>) {
    // An annotation without a status has the status of the code block after it, so the entries are visited in reverse.
    let start = entries.len();
    let is_line = |entry: &&LedgerEntry| entry.kind == LedgerKind::RequestLine;
    let lines: BTreeMap<Location, Status> = page
        .ledger
        .iter()
        .filter(is_line)
        .map(|entry| {
            let status = outcome_status(entry.outcome);
            (
                entry.at,
                status.unwrap_or_else(|| trace.line_status(entry.at)),
            )
        })
        .collect();
    let mut block = Status::Unaccounted;
    let mut next_block = None;
    for entry in page.ledger.iter().rev() {
        let status = outcome_status(entry.outcome).unwrap_or_else(|| match entry.kind {
            LedgerKind::CodeBlock => trace.block_status(entry.at, next_block, &lines),
            LedgerKind::Annotation => trace.part_status(entry.at).unwrap_or(block),
            LedgerKind::EnumSection => trace.section_status(entry.at),
            LedgerKind::Row
            | LedgerKind::RequestLine
            | LedgerKind::Callout
            | LedgerKind::QueryText => trace.line_status(entry.at),
        });
        if entry.kind == LedgerKind::CodeBlock {
            block = status;
            next_block = Some(entry.at);
        }
        entries.push(Entry {
            page: page.file,
            kind: entry.kind,
            at: entry.at,
            status,
        });
    }
    entries[start..].reverse();
}

/// Returns the status of an outcome; `None` for a fact, whose status depends on the model.
fn outcome_status(outcome: Outcome) -> Option<Status> {
    match outcome {
        Outcome::Problem(code) => Some(Status::Problem(code)),
        Outcome::NoMeaning(class) => Some(Status::NoMeaning(class)),
        Outcome::Unaccounted => Some(Status::Unaccounted),
        Outcome::Fact => None,
    }
}

/// The operation pages by path in lower case.
struct OperationPages<'a> {
    sources: &'a Sources,
    by_folded_path: BTreeMap<String, FileId>,
}

impl<'a> OperationPages<'a> {
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

    /// Returns the target of a link if it is an operation page.
    fn resolve_link(&self, from: FileId, target: &str) -> Option<FileId> {
        let (path, _) = crate::source::follow(&self.sources.get(from).path, target)?;
        self.by_folded_path.get(&path).copied()
    }
}
