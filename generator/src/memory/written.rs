//! What a page said, written down for other runs and other processes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::texts::Text;
use crate::facts::PageFacts;
use crate::report::Report;
use crate::source::{FileId, Source, Sources, TextHash, numbered};

/// What stands at the start of a record; what the page said follows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) path: String,
    pub(super) text: Text,
    /// The paths of the files that the page speaks of, in the order of their numbers; none if the file is no page.
    pub(super) files: Option<Vec<String>>,
}

/// What a page said, in bytes, and the files that it names.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) files: Vec<String>,
    pub(super) said: Range<usize>,
}

impl Head {
    /// The head of a record about a file as it is now.
    pub(super) fn of(source: &Source, hash: TextHash, files: Option<Vec<String>>) -> Self {
        Self {
            path: source.path.clone(),
            text: Text::of(source, hash),
            files,
        }
    }
}

/// What a page said as bytes, with the files that their numbers stand for.
pub(super) fn write(facts: &PageFacts, report: &Report) -> (Vec<FileId>, Vec<u8>) {
    numbered(Vec::new(), || {
        postcard::to_stdvec(&(facts, report)).expect("facts have no shape that cannot be written")
    })
}

/// What was written; none if it is damaged, or a file that it names is not there any more.
pub(super) fn read<'p>(
    said: &[u8],
    files: impl Iterator<Item = &'p str>,
    sources: &Sources,
) -> Option<(PageFacts, Report)> {
    let files: Vec<FileId> = files
        .map(|path| sources.find(path))
        .collect::<Option<_>>()?;
    let (_, read) = numbered(files, || postcard::from_bytes(said));
    read.ok()
}

/// A record, whole.
pub(super) fn record(head: &Head, said: &[u8]) -> Vec<u8> {
    let mut record = postcard::to_stdvec(head).expect("a head has no shape that cannot be written");
    record.extend(said);
    record
}

/// The head of a record, and how long it is.
pub(super) fn head(record: &[u8]) -> Option<(Head, usize)> {
    let (head, rest) = postcard::take_from_bytes(record).ok()?;
    Some((head, record.len() - rest.len()))
}
