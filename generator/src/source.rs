//! The pages handed to the generator: a path and a text each, in an order of their own.

mod links;
mod numbering;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

pub use links::follow;
pub(crate) use numbering::{numbered, unplaced};

/// One file of documentation, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Where the file lies below the documentation folder, with `/` between the folders: `v1.0/api/user-get.md`.
    pub path: String,
    /// The text of the file.
    pub text: String,
}

/// A file that several runs look at. Its text does not change any more, so that the hash of it is made once.
#[derive(Debug)]
pub struct Hashed {
    source: Source,
    hash: OnceLock<TextHash>,
    is_unread: bool,
}

/// Tells texts apart: 32 bytes of BLAKE3.
pub type TextHash = [u8; 32];

/// The hash of some bytes.
pub(crate) fn hash_of(bytes: &[u8]) -> TextHash {
    blake3::hash(bytes).into()
}

impl From<Source> for Hashed {
    fn from(source: Source) -> Self {
        Self {
            source,
            hash: OnceLock::new(),
            is_unread: false,
        }
    }
}

impl Hashed {
    /// A page that is not read, as its text is known to be one that was read before. There is no text here.
    pub fn unread(path: &str, hash: TextHash) -> Option<Self> {
        let source = Source {
            path: path.to_owned(),
            text: String::new(),
        };
        source.is_page().then(|| Self {
            source,
            hash: OnceLock::from(hash),
            is_unread: true,
        })
    }

    /// The file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The hash of the text.
    pub fn hash(&self) -> TextHash {
        *self
            .hash
            .get_or_init(|| hash_of(self.source.text.as_bytes()))
    }
}

impl Source {
    /// Whether the file is a page of the documentation: it lies in `v1.0/api`, `v1.0/resources`, `beta/api` or
    /// `beta/resources`. Other files are there to be included.
    pub fn is_page(&self) -> bool {
        let mut folders = self.path.rsplit('/');
        let (name, kind, version) = (folders.next(), folders.next(), folders.next());
        name.is_some_and(|name| name.ends_with(".md"))
            && matches!(kind, Some("api" | "resources"))
            && matches!(version, Some("v1.0" | "beta"))
    }
}

/// Stands for one [`Source`] of a [`Sources`]: its place in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// All files of one run, sorted by path, so that nothing depends on the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<Hashed>>,
}

impl Sources {
    /// Sorts the files by path; of two with one path the first stays.
    pub fn new(files: Vec<Source>) -> Self {
        let files = files.into_iter().map(Hashed::from);
        Self::shared(files.map(Arc::new).collect())
    }

    /// Does the same with files that others hold, too.
    pub fn shared(mut files: Vec<Arc<Hashed>>) -> Self {
        files.sort_by(|left, right| left.source.path.cmp(&right.source.path));
        files.dedup_by(|later, earlier| later.source.path == earlier.source.path);
        Self { files }
    }

    /// The file that an id stands for.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize].source
    }

    /// The hash of the text of a file.
    pub fn hash(&self, file: FileId) -> TextHash {
        self.files[file.0 as usize].hash()
    }

    /// Whether a file is there without its text.
    pub(crate) fn is_unread(&self, file: FileId) -> bool {
        self.files[file.0 as usize].is_unread
    }

    /// The file at a path, if there is one.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self
            .files
            .binary_search_by(|file| file.source.path.as_str().cmp(path))
            .ok()?;
        Some(FileId(index as u32))
    }

    /// Every file with its id, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), &file.source))
    }

    /// Whether there are the same files, so that ids stand for the same ones, whatever is in them.
    pub fn has_paths_of(&self, others: &Self) -> bool {
        let paths = self.files.iter().map(|file| &file.source.path);
        paths.eq(others.files.iter().map(|file| &file.source.path))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The line, counted from 1.
    #[serde(serialize_with = "numbering::line")]
    pub line: u32,
    /// The column, counted from 1 in characters.
    #[serde(serialize_with = "numbering::column")]
    pub column: u32,
}

impl Location {
    /// Writes the place as `path:line:column`.
    pub fn display(self, sources: &Sources) -> impl fmt::Display + '_ {
        DisplayLocation {
            location: self,
            sources,
        }
    }
}

struct DisplayLocation<'a> {
    location: Location,
    sources: &'a Sources,
}

impl fmt::Display for DisplayLocation<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Location { file, line, column } = self.location;
        write!(formatter, "{}:{line}:{column}", self.sources.get(file).path)
    }
}

/// Something a page says, with the place where it says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct At<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub at: Location,
}

impl<T> At<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, at: Location) -> Self {
        Self { value, at }
    }
}
