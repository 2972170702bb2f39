//! `graphwright.lock` in the output folder: the pages it was generated from and the generated files, with their hashes. A later
//! run finds the changed pages without access to the earlier ones, and knows which files it may replace or remove.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::emit::{File, MARK};
use generator::source::Sources;

use crate::terminal::is_control;

/// The file name in the output folder.
pub(super) const NAME: &str = "graphwright.lock";

/// The hashes of pages and of generated files by their paths.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pages: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Record {
    /// Creates the record of the pages that were read and the files that were generated from them.
    pub(crate) fn new(sources: &Sources, files: &[File]) -> Self {
        let pages = sources
            .iter()
            .map(|(_, source)| (source.path.clone(), hash(source.text.as_bytes())));
        // The output depends on the corrections as it does on the pages.
        let corrections = (
            "corrections.toml".to_owned(),
            hash(generator::CORRECTIONS.as_bytes()),
        );
        Self {
            pages: pages.chain([corrections]).collect(),
            ..Self::of_files(files)
        }
    }

    /// Creates the record of files that were not generated from pages.
    pub(crate) fn of_files(files: &[File]) -> Self {
        let files = files.iter();
        let files = files.map(|file| (file.path.clone(), hash(file.text.as_bytes())));
        Self {
            pages: BTreeMap::new(),
            files: files.collect(),
        }
    }

    /// Reads the record in an output folder; `None` if there is none.
    ///
    /// # Errors
    /// The file exists and was not written by `gen`.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("{}: cannot be read", path.display()));
            }
        };
        let table: toml::Table = text
            .parse()
            .with_context(|| format!("{}: not a record of `gen`", path.display()))?;
        let hashes = |name: &str| {
            let entries = table.get(name).and_then(toml::Value::as_table);
            entries
                .into_iter()
                .flatten()
                .filter_map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned())))
                .collect()
        };
        Ok(Some(Self {
            pages: hashes("pages"),
            files: hashes("files"),
        }))
    }

    /// Returns the record as a file of the output.
    pub(crate) fn to_file(&self) -> File {
        let mut text = format!(
            "# {MARK}. Do not edit.\n# The pages that the crate was generated from.\n[pages]\n"
        );
        text.push_str(&hash_lines(&self.pages));
        text.push_str("\n# The generated files.\n[files]\n");
        text.push_str(&hash_lines(&self.files));
        File {
            path: NAME.to_owned(),
            text,
        }
    }

    /// Returns the hash of a generated file.
    pub(super) fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns the paths of the generated files.
    pub(super) fn file_paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Returns the pages that were added, removed or changed since an earlier record.
    pub(crate) fn changed_since(&self, earlier: &Self) -> BTreeSet<String> {
        let paths = self.pages.keys().chain(earlier.pages.keys());
        paths
            .filter(|path| self.pages.get(*path) != earlier.pages.get(*path))
            .cloned()
            .collect()
    }
}

/// Returns the hash of a file, as records state it.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// Writes entries of a TOML table: a path and its hash on each line. Paths of other people's files contain any characters.
pub(crate) fn hash_lines(hashes: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (path, hash) in hashes {
        text.push('"');
        for letter in path.chars() {
            match letter {
                '"' | '\\' => text.extend(['\\', letter]),
                letter if letter == '\n' || is_control(letter) => {
                    write!(text, "\\u{:04x}", u32::from(letter))
                        .expect("writing to a string does not fail")
                }
                letter => text.push(letter),
            }
        }
        writeln!(text, "\" = \"{hash}\"").expect("writing to a string does not fail");
    }
    text
}

/// Returns the pages that a generated file names in its header.
fn header_pages(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.lines().take_while(|line| line.starts_with("//"));
    comments.filter_map(|line| line.strip_prefix("// From "))
}

/// Describes why a file is out of date: the changed pages that its header names, or else all changed pages.
pub(crate) fn reason(changed: &BTreeSet<String>, before: &str, after: &str) -> String {
    let pages: BTreeSet<&str> = header_pages(before)
        .chain(header_pages(after))
        .filter(|page| changed.contains(*page))
        .collect();
    if !pages.is_empty() {
        return format!("because of {}", list(pages.into_iter()));
    }
    if changed.is_empty() {
        return "because it was edited, or the generator changed".to_owned();
    }
    let all = changed.iter().map(String::as_str);
    format!("which depends on {}", list(all))
}

/// Lists up to three pages, and the number of the others.
fn list<'a>(pages: impl Iterator<Item = &'a str>) -> String {
    let pages: Vec<&str> = pages.collect();
    let shown = pages
        .iter()
        .take(3)
        .copied()
        .collect::<Vec<&str>>()
        .join(", ");
    match pages.len().saturating_sub(3) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_round_trip_with_any_path() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Record::read(folder.path()).unwrap().is_none());
        let file = File {
            path: "src/a\"\\\u{1b}\u{202e}\n.rs".to_owned(),
            text: "text".to_owned(),
        };
        let text = Record::of_files(std::slice::from_ref(&file)).to_file().text;
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        fs::write(folder.path().join(NAME), text).unwrap();
        let record = Record::read(folder.path()).unwrap().unwrap();
        assert_eq!(record.file(&file.path), Some(hash(b"text").as_str()));
    }

    #[test]
    fn reason_prefers_pages_in_the_header() {
        let changed = ["a.md", "b.md", "c.md", "d.md"].map(str::to_owned).into();
        let check = |text: &str, expected: &str| assert_eq!(reason(&changed, "", text), expected);
        check("// mark\n// From b.md\n\n// From a.md\n", "because of b.md");
        check(
            "// mark\n// From x.md\n",
            "which depends on a.md, b.md, c.md and 1 more",
        );
        let edited = reason(&BTreeSet::new(), "", "// From b.md\n");
        assert_eq!(edited, "because it was edited, or the generator changed");
    }
}
