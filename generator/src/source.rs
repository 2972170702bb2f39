//! The files given to the generator: their paths and texts, sorted by path.

mod bilingual;
mod links;

use std::fmt;

pub use links::follow;

/// A file of the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path below the documentation folder, with `/` as the separator: `v1.0/api/user-get.md`.
    pub path: String,
    /// The text of the file. [`Sources::new`] removes a byte order mark, replaces bare carriage returns by line
    /// feeds, and reduces bilingual pages to their original text.
    pub text: String,
}

impl Source {
    /// Whether the file is a page of the documentation: it lies in `v1.0/api`, `v1.0/resources`, `beta/api` or
    /// `beta/resources`. Other files are only included by pages.
    pub fn is_page(&self) -> bool {
        let mut folders = self.path.rsplit('/');
        let (name, kind, version) = (folders.next(), folders.next(), folders.next());
        name.is_some_and(|name| name.ends_with(".md"))
            && matches!(kind, Some("api" | "resources"))
            && matches!(version, Some("v1.0" | "beta"))
    }
}

/// Identifies a [`Source`] of a [`Sources`]: its index in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// All files of a run, sorted by path, so that the output does not depend on the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    skipped: Vec<(FileId, String)>,
}

impl Sources {
    /// Sorts the files by path. If two have the same path, the first is kept.
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files.dedup_by(|later, earlier| later.path == earlier.path);
        for file in &mut files {
            normalize_text(&mut file.text);
        }
        Self {
            files,
            skipped: Vec::new(),
        }
    }

    /// Like [`Sources::new`], for a folder with files that were not read: their paths, each with the reason. They count as empty
    /// files, and become problems.
    pub fn with_skipped(mut files: Vec<Source>, skipped: Vec<(String, String)>) -> Self {
        let empty = skipped.iter().map(|(path, _)| Source {
            path: path.clone(),
            text: String::new(),
        });
        files.extend(empty);
        let mut sources = Self::new(files);
        sources.skipped = skipped
            .into_iter()
            .filter_map(|(path, reason)| Some((sources.find(&path)?, reason)))
            .collect();
        sources
    }

    /// Returns the files that were not read, each with the reason.
    pub fn skipped(&self) -> &[(FileId, String)] {
        &self.skipped
    }

    /// Returns the file with an id.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// Returns the file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        Some(FileId(index as u32))
    }

    /// Iterates over the files and their ids, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), file))
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Removes a byte order mark, replaces each carriage return that no line feed follows by a line feed, and reduces the text of a
/// bilingual page to the original.
fn normalize_text(text: &mut String) {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    bilingual::keep_original(text);
    let bytes = text.as_bytes();
    let is_bare = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', bytes).any(is_bare) {
        return;
    }
    let mut characters = text.chars().peekable();
    let mut normalized = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let is_bare = character == '\r' && characters.peek() != Some(&'\n');
        normalized.push(if is_bare { '\n' } else { character });
    }
    *text = normalized;
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The line, starting at 1.
    pub line: u32,
    /// The column in characters, starting at 1.
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

/// A value that a page states, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub at: Location,
}

impl<T> At<T> {
    /// Combines a value and its place.
    pub fn new(value: T, at: Location) -> Self {
        Self { value, at }
    }
}
