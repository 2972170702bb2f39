//! What pages said, kept between runs: a file of records that only grows. Before each record stand the
//! lengths of its parts and a hash of its head, so that one that is damaged or half-written is noticed; it and all behind it
//! count as unknown. The head tells what the rest has to be, and that is seen by whoever reads it.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use generator::{Memory, News, Record};

use super::cache;
use crate::output;

/// Says which form the log has, and which generator wrote it.
const HEAD: &[u8] = concat!("graphwright pages 2 ", env!("GENERATOR"), "\n").as_bytes();

/// The bytes of a length, and those of a hash.
const LENGTH: usize = 4;
const SEAL: usize = 16;

/// The log of one output folder.
#[derive(Debug)]
pub(crate) struct Log {
    file: PathBuf,
    /// Up to where the file can be relied on.
    end: usize,
}

impl Log {
    /// Opens the log of a folder, and hands what is in it to a memory. One that is damaged in part is said to be so.
    pub(crate) fn open(folder: &Path, memory: &mut Memory) -> Self {
        let file = cache::place(folder).with_extension("pages");
        let (bytes, is_there) = match fs::read(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => (Vec::new(), false),
            read => (read.unwrap_or_default(), true),
        };
        let (records, end) = records(&bytes);
        if is_there && (end == 0 || end < bytes.len()) {
            eprintln!(
                "{}: what is known of its pages is damaged or of another generator; what is missing is read anew",
                folder.display()
            );
        }
        memory.take_over(bytes, &records);
        Self { file, end }
    }

    /// Writes down what a run was told. A log that cannot be written saves no time and does no harm.
    pub(crate) fn add(&mut self, news: &News) {
        if self.write(news).is_err() {
            let _ = fs::remove_file(&self.file);
            self.end = 0;
        }
    }

    fn write(&mut self, news: &News) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        if self.end == 0 || news.is_everything {
            bytes.extend_from_slice(HEAD);
        }
        for Record { head, said } in &news.records {
            let lengths = [u32::try_from(head.len())?, u32::try_from(said.len())?];
            let lengths = lengths.map(u32::to_le_bytes).concat();
            bytes.extend_from_slice(&seal(&lengths, head));
            bytes.extend_from_slice(&lengths);
            bytes.extend_from_slice(head);
            bytes.extend_from_slice(said);
        }
        if bytes.starts_with(HEAD) {
            output::write_file(&self.file, &bytes)?;
            self.end = bytes.len();
        } else if !bytes.is_empty() {
            let mut file = File::options().append(true).open(&self.file)?;
            file.set_len(self.end as u64)?;
            file.write_all(&bytes)?;
            self.end += bytes.len();
        }
        Ok(())
    }
}

/// The places of all records that can be relied on, and where they end.
fn records(bytes: &[u8]) -> (Vec<Range<usize>>, usize) {
    let mut records = Vec::new();
    if !bytes.starts_with(HEAD) {
        return (records, 0);
    }
    let mut end = HEAD.len();
    while let Some(record) = record(bytes, end) {
        end = record.end;
        records.push(record);
    }
    (records, end)
}

/// The record whose seal stands at some place.
fn record(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let (own, rest) = bytes.get(start..)?.split_at_checked(SEAL)?;
    let (lengths, rest) = rest.split_at_checked(2 * LENGTH)?;
    let (head, said) = lengths.split_at(LENGTH);
    let head = length(head)?;
    let is_whole = own == seal(lengths, rest.get(..head)?);
    let start = start + SEAL + 2 * LENGTH;
    let place = start..start.checked_add(head)?.checked_add(length(said)?)?;
    (is_whole && place.end <= bytes.len()).then_some(place)
}

fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

fn seal(lengths: &[u8], head: &[u8]) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(lengths).update(head);
    let mut seal = [0; SEAL];
    hasher.finalize_xof().fill(&mut seal);
    seal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of some records.
    fn log(records: &[&str]) -> (tempfile::TempDir, Log, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        let mut log = Log { file, end: 0 };
        for record in records {
            log.add(&news(record, false));
        }
        let bytes = fs::read(&log.file).unwrap();
        (folder, log, bytes)
    }

    fn news(head: &str, is_everything: bool) -> News {
        let record = Record {
            head: head.as_bytes().to_owned(),
            said: b" said".to_vec(),
        };
        News {
            records: vec![record],
            is_everything,
        }
    }

    fn held(bytes: &[u8]) -> Vec<&[u8]> {
        let (records, _) = records(bytes);
        records.into_iter().map(|place| &bytes[place]).collect()
    }

    #[test]
    fn what_is_damaged_ends_the_log() {
        let (_folder, _, bytes) = log(&["one", "", "three"]);
        let whole: [&[u8]; 3] = [b"one said", b" said", b"three said"];
        assert_eq!(held(&bytes), whole);
        for end in 0..bytes.len() {
            let held = held(&bytes[..end]);
            assert!(held.len() < 3 && whole.starts_with(&held), "cut at {end}");
        }
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            let held = held(&bytes);
            // Of what a page said its head has a hash.
            let is_said = held.len() == 3 && held != whole;
            let is_ended = held.len() < 3 && whole.starts_with(&held);
            assert!(is_said || is_ended, "byte {place}");
        }
    }

    #[test]
    fn what_is_damaged_is_written_over() {
        let (_folder, mut log, bytes) = log(&["one", "two"]);
        fs::write(&log.file, &bytes[..bytes.len() - 1]).unwrap();
        log.end = records(&fs::read(&log.file).unwrap()).1;
        log.add(&news("three", false));
        let whole: [&[u8]; 2] = [b"one said", b"three said"];
        assert_eq!(held(&fs::read(&log.file).unwrap()), whole);
        log.add(&news("four", true));
        assert_eq!(held(&fs::read(&log.file).unwrap()), [b"four said"]);
    }
}
