//! What stands around each page, kept between runs: a file of bytes with a seal in front.

use std::fs;
use std::path::{Path, PathBuf};

use generator::emit::File;
use generator::vicinity::Surroundings;

use super::cache;
use crate::output;

/// Says which form it has, and which generator wrote it.
const HEAD: &[u8] = concat!("graphwright surroundings 1 ", env!("GENERATOR"), "\n").as_bytes();

/// The bytes of a seal.
const SEAL: usize = 32;

/// What is known of a folder that was made from some pages; none if it is damaged, of another generator or of other pages.
pub(crate) fn open(folder: &Path, record: &File) -> Option<Surroundings> {
    let whole = fs::read(place(folder)).ok()?;
    let (seal, bytes) = whole.strip_prefix(HEAD)?.split_at_checked(SEAL)?;
    if seal != sealed(bytes, record) {
        return None;
    }
    Surroundings::of_bytes(bytes)
}

/// Writes it down, for as long as the folder has this record of pages. Where that fails, no time is saved and no harm is done.
pub(crate) fn keep(folder: &Path, surroundings: &Surroundings, record: &File) {
    let bytes = surroundings.bytes();
    let whole = [HEAD, &sealed(&bytes, record), &bytes].concat();
    let file = place(folder);
    if output::write_file(&file, &whole).is_err() {
        let _ = fs::remove_file(&file);
    }
}

fn place(folder: &Path) -> PathBuf {
    cache::place(folder).with_extension("surroundings")
}

fn sealed(bytes: &[u8], record: &File) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(HEAD)
        .update(bytes)
        .update(record.text.as_bytes());
    hasher.finalize().into()
}
