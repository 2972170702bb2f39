//! What the files of an output folder were rendered from, kept between runs. The files themselves are in the folder: the cache
//! holds two hashes for each, of what it was rendered from and of its text. A file that was edited since counts as unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use generator::emit::{File, Rendered};

use crate::{output, project};

/// Says which form the cache has, and which generator wrote it.
const HEAD: &str = concat!("graphwright cache 2 ", env!("GENERATOR"), "\n");

/// The two hashes of a file.
type Known = (String, String);

/// The cache of one output folder.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    file: PathBuf,
    earlier: BTreeMap<String, Known>,
    now: Mutex<BTreeMap<String, Known>>,
    /// The files that are known to be in place, if nobody touched any since the run that wrote the cache.
    in_place: Option<Mutex<BTreeSet<String>>>,
}

impl Cache {
    /// The cache of a folder. One that is damaged, half-written or of another generator is empty, and that is said.
    pub(crate) fn open(folder: &Path) -> Self {
        let file = place(folder);
        let earlier = match fs::read_to_string(&file) {
            Ok(text) => read(&text).unwrap_or_else(|| Self::unusable(folder)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(_) => Self::unusable(folder),
        };
        Self {
            folder: folder.to_owned(),
            file,
            earlier,
            now: Mutex::default(),
            in_place: None,
        }
    }

    /// Relies on it that nobody touched a file of the folder: those that stay as they are need not be read.
    pub(crate) fn trust_folder(&mut self) {
        self.in_place = Some(Mutex::default());
    }

    /// Whether a file was found to be in place; its text was not read then.
    pub(crate) fn is_in_place(&self, path: &str) -> bool {
        let in_place = self.in_place.as_ref();
        in_place.is_some_and(|paths| {
            paths
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .contains(path)
        })
    }

    fn unusable(folder: &Path) -> BTreeMap<String, Known> {
        eprintln!(
            "{}: what is known of it is damaged or of another generator; all is rendered anew",
            folder.display()
        );
        BTreeMap::new()
    }

    /// Knows nothing any more of some files of a folder, which are to be written by hand.
    pub(crate) fn forget(folder: &Path, files: &[File]) {
        let cache = Self::open(folder);
        let mut known = cache.earlier.clone();
        known.retain(|path, _| files.iter().all(|file| file.path != *path));
        if known != cache.earlier && output::write_file(&cache.file, text(&known)).is_err() {
            let _ = fs::remove_file(&cache.file);
        }
    }

    /// Writes down what is known now. A cache that cannot be written saves no time and does no harm.
    pub(crate) fn close(self) {
        let now = self.now.into_inner().unwrap_or_default();
        if now != self.earlier {
            let _ = output::write_file(&self.file, text(&now));
        }
    }
}

impl Rendered for Cache {
    fn find(&self, path: &str, items: &[u8]) -> Option<String> {
        let (from, hash) = self.earlier.get(path)?;
        if *from != hash_of(items) {
            return None;
        }
        if let Some(in_place) = &self.in_place {
            self.note(path, (from.clone(), hash.clone()));
            let mut in_place = in_place.lock().unwrap_or_else(PoisonError::into_inner);
            in_place.insert(path.to_owned());
            return Some(String::new());
        }
        let text = fs::read_to_string(self.folder.join(path)).ok()?;
        if *hash != hash_of(text.as_bytes()) {
            return None;
        }
        self.note(path, (from.clone(), hash.clone()));
        Some(text)
    }

    fn keep(&self, path: &str, items: &[u8], text: &str) {
        self.note(path, (hash_of(items), hash_of(text.as_bytes())));
    }
}

impl Cache {
    fn note(&self, path: &str, known: Known) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.insert(path.to_owned(), known);
    }
}

/// Where what is known of a folder is kept.
pub(crate) fn place(folder: &Path) -> PathBuf {
    let name = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = blake3::hash(name.to_string_lossy().as_bytes()).to_hex();
    project::target().join("gen").join(&name[..16])
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn text(known: &BTreeMap<String, Known>) -> String {
    let mut text = HEAD.to_owned();
    for (path, (from, hash)) in known {
        writeln!(text, "{from} {hash} {path}").expect("a String takes all that is written to it");
    }
    let seal = hash_of(text.as_bytes());
    text + &seal
}

/// Reads what [`text`] wrote; the seal at its end tells that it is all there.
fn read(text: &str) -> Option<BTreeMap<String, Known>> {
    let (body, seal) = text.split_at_checked(text.len().checked_sub(64)?)?;
    if seal != hash_of(body.as_bytes()) {
        return None;
    }
    let lines = body.strip_prefix(HEAD)?.lines();
    lines
        .map(|line| {
            let mut parts = line.splitn(3, ' ').map(str::to_owned);
            let known = (parts.next()?, parts.next()?);
            Some((parts.next()?, known))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_damaged_is_not_believed() {
        let known = BTreeMap::from([("src/a b.rs".to_owned(), (hash_of(b"x"), hash_of(b"y")))]);
        let whole = text(&known);
        assert_eq!(read(&whole), Some(known));
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "cut at {end}");
        }
        assert_eq!(read(&whole.replace("a b", "a c")), None);
        let other = whole.replace("cache 2", "cache 1");
        let other = &other[..other.len() - 64];
        assert_eq!(read(&format!("{other}{}", hash_of(other.as_bytes()))), None);
    }
}
