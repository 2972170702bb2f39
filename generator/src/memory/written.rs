//! What a page said, written down for other runs and other processes.

use std::ops::Range;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use super::Record;
use super::texts::Text;
use crate::facts::PageFacts;
use crate::report::Report;
use crate::source::{FileId, Source, Sources, TextHash, hash_of, numbered};

/// What stands at the start of a record; what the page said follows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) path: String,
    pub(super) text: Text,
    /// What the page says; none if the file is no page.
    pub(super) said: Option<Seal>,
}

/// What the bytes of what a page said need to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// The paths of the files that the page speaks of, in the order of their numbers.
    files: Vec<String>,
    hash: TextHash,
}

/// What a page said: where its bytes stand, and their seal.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) place: Range<usize>,
    pub(super) seal: Seal,
}

impl Head {
    /// The head of a record about a file as it is now.
    pub(super) fn of(source: &Source, hash: TextHash, said: Option<Seal>) -> Self {
        Self {
            path: source.path.clone(),
            text: Text::of(source, hash),
            said,
        }
    }
}

/// What a page said as bytes, with their seal. The files are those of the facts.
pub(super) fn write(facts: &PageFacts, report: &Report, sources: &Sources) -> (Seal, Vec<u8>) {
    let (files, said) = numbered(Vec::new(), || {
        postcard::to_stdvec(&(facts, report)).expect("facts have no shape that cannot be written")
    });
    let files = files.iter().map(|file| sources.get(*file).path.clone());
    let seal = Seal {
        files: files.collect(),
        hash: hash_of(&said),
    };
    (seal, said)
}

/// What was written; none if it is damaged, or a file that it names is not there any more.
pub(super) fn read(said: &[u8], seal: &Seal, sources: &Sources) -> Option<(PageFacts, Report)> {
    if hash_of(said) != seal.hash {
        return None;
    }
    let files = seal.files.iter().map(|path| sources.find(path));
    let files: Vec<FileId> = files.collect::<Option<_>>()?;
    let (_, read) = numbered(files, || postcard::from_bytes(said));
    read.ok()
}

/// A record of a head and of what the page said, if the file is one.
pub(super) fn record(head: &Head, said: Vec<u8>) -> Record {
    let head = postcard::to_stdvec(head).expect("a head has no shape that cannot be written");
    Record { head, said }
}

/// The head of a record, and how long it is.
pub(super) fn head(record: &[u8]) -> Option<(Head, usize)> {
    let (head, rest) = postcard::take_from_bytes(record).ok()?;
    Some((head, record.len() - rest.len()))
}

/// Where a word may stand in what a page said. Texts are written behind their lengths, which may look like letters.
pub(super) fn mentions<'s>(
    said: &'s [u8],
    word: &'s Finder<'_>,
) -> impl Iterator<Item = usize> + 's {
    let length = word.needle().len();
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    word.find_iter(said).filter(move |start| {
        let before = |steps: usize| start.checked_sub(steps).and_then(|place| said.get(place));
        // All of a text, or its start: lengths that look like letters are behind what does not.
        let is_whole = before(1).is_some_and(|byte| usize::from(*byte) == length);
        let starts = !is_letter(before(1)) || !is_letter(before(2));
        is_whole || (starts && !is_letter(said.get(start + length)))
    })
}
