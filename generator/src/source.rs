//! The pages handed to the generator: a path and a text each, in an order of their own.

mod links;

use std::fmt;

pub use links::follow;

/// One file of documentation, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the file lies below the documentation folder, with `/` between the folders: `v1.0/api/user-get.md`.
    pub path: String,
    /// The text of the file.
    pub text: String,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// All files of one run, sorted by path, so that nothing depends on the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Sorts the files by path; of two with one path the first stays.
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files.dedup_by(|later, earlier| later.path == earlier.path);
        Self { files }
    }

    /// The file that an id stands for.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// The file at a path, if there is one.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        Some(FileId(index as u32))
    }

    /// Every file with its id, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), file))
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1 in characters.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
