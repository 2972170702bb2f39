//! Reads documentation pages from disk for the command line, the local server and tests.

pub mod stamp;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::model::ApiVersion;
use generator::resolve::Corrections;
use generator::source::{FileId, Source, Sources};
use rayon::prelude::*;

use crate::stamp::Stamp;

/// The files of a documentation folder.
#[derive(Debug)]
pub struct Docs {
    /// Pages, and the files they include.
    pub sources: Sources,
    /// The folder that the paths of the sources are relative to, as the caller gave it.
    pub root: PathBuf,
}

impl Docs {
    /// Returns the path of a file as the caller can open it, with `/` as separator.
    pub fn path(&self, file: FileId) -> String {
        with_slashes(&self.root.join(&self.sources.get(file).path))
    }
}

/// The list of files to read from a documentation folder.
#[derive(Debug)]
pub struct Listing {
    files: Vec<Listed>,
    /// The paths of files that are not read, each with the reason.
    skipped: Vec<(String, String)>,
    docs: PathBuf,
    root: PathBuf,
    versions: Vec<ApiVersion>,
}

#[derive(Debug)]
struct Listed {
    disk: PathBuf,
    path: String,
    /// The stamp of the file, taken before the file is read.
    stamp: Option<Stamp>,
}

/// Parses the built-in corrections.
pub fn corrections() -> Corrections {
    Corrections::parse(generator::CORRECTIONS).expect("a test parses the built-in corrections")
}

/// Reads the pages of the given API versions, and all files that they can include, from a documentation folder.
///
/// The folder contains `v1.0/api`, `v1.0/resources` and the same folders of `beta`, at the top level or, as in the
/// documentation's repository, below `api-reference`.
///
/// # Errors
/// The folder does not exist or has no pages, or a file cannot be read or is not UTF-8. The message names the file.
pub fn read(docs: &Path, versions: &[ApiVersion]) -> io::Result<Docs> {
    list(docs, versions)?.read()
}

/// Lists the files that [`read`] reads.
///
/// # Errors
/// The folder does not exist or cannot be listed.
pub fn list(docs: &Path, versions: &[ApiVersion]) -> io::Result<Listing> {
    if !docs.is_dir() {
        return Err(io::Error::new(
            ErrorKind::NotFound,
            format!(
                "{}: no such folder; expected a documentation folder",
                docs.display()
            ),
        ));
    }
    let nested = docs.join("api-reference");
    let (root, is_nested) = if nested.is_dir() {
        (nested, true)
    } else {
        (docs.to_owned(), false)
    };
    let mut found = Found::below(docs)?;
    for version in versions {
        found.collect(&root.join(version.name()), version.name())?;
    }
    found.collect(&root.join("includes"), "includes")?;
    if is_nested {
        found.collect(&docs.join("includes"), "../includes")?;
    }
    found.skip_equal_paths();
    Ok(Listing {
        files: found.files,
        skipped: found.skipped,
        docs: docs.to_owned(),
        root,
        versions: versions.to_vec(),
    })
}

impl Listing {
    /// Returns a digest of the stamps of all files, or `None` if a file changed too shortly before `now` for its stamp to be
    /// reliable.
    pub fn digest(&self, now: SystemTime) -> Option<String> {
        let files = self
            .files
            .iter()
            .map(|file| Some((file.disk.as_os_str(), file.stamp?)))
            .collect::<Option<_>>()?;
        stamp::digest(files, now)
    }

    /// Reads the files.
    ///
    /// # Errors
    /// There are no pages, or a file cannot be read or is not UTF-8.
    pub fn read(self) -> io::Result<Docs> {
        let files = self
            .files
            .into_par_iter()
            .map(|file| read_file(&file.disk, file.path))
            .collect::<io::Result<Vec<_>>>()?;
        if !files.iter().any(Source::is_page) {
            let names: Vec<&str> = self.versions.iter().map(|version| version.name()).collect();
            return Err(io::Error::new(
                ErrorKind::NotFound,
                format!(
                    "{}: no pages found; expected *.md files in api and resources below {}, at the top level or below api-reference",
                    self.docs.display(),
                    names.join(" or ")
                ),
            ));
        }
        Ok(Docs {
            sources: Sources::with_skipped(files, self.skipped),
            root: self.root,
        })
    }
}

/// Reads a single page of any file name, and the includes of its documentation folder, if there is one. Also returns the path
/// of the page among the sources.
///
/// # Errors
/// A file cannot be read or is not UTF-8.
pub fn read_page(page: &Path) -> io::Result<(Docs, String)> {
    let path = with_slashes(page);
    let mut files = vec![read_file(page, path.clone())?];
    // `…/v1.0/api/page.md` includes files from `…/includes` and `…/v1.0/includes`.
    if let Some(version) = page.parent().and_then(Path::parent) {
        let documentation = version.parent().unwrap_or(version);
        let mut includes = Found::below(documentation)?;
        for folder in [version.to_owned()]
            .into_iter()
            .chain(version.parent().map(Path::to_owned))
        {
            let folder = folder.join("includes");
            includes.collect(&folder, &with_slashes(&folder))?;
        }
        for file in includes.files {
            files.push(read_file(&file.disk, file.path)?);
        }
    }
    let docs = Docs {
        sources: Sources::new(files),
        root: PathBuf::new(),
    };
    Ok((docs, path))
}

/// The markdown files found in a documentation folder.
struct Found {
    /// The real path of the folder, which links must not leave.
    boundary: PathBuf,
    files: Vec<Listed>,
    skipped: Vec<(String, String)>,
}

impl Found {
    fn below(docs: &Path) -> io::Result<Self> {
        // A page without a folder, such as `page.md`, has an empty parent.
        let docs = if docs.as_os_str().is_empty() {
            Path::new(".")
        } else {
            docs
        };
        let boundary = docs
            .canonicalize()
            .map_err(|error| with_context(error, docs, "cannot be read"))?;
        Ok(Self {
            boundary,
            files: Vec::new(),
            skipped: Vec::new(),
        })
    }

    /// Collects the markdown files below a folder. A folder that does not exist contains no files.
    fn collect(&mut self, folder: &Path, path: &str) -> io::Result<()> {
        if !folder.is_dir() {
            return Ok(());
        }
        let cannot_list = |error| with_context(error, folder, "cannot be listed");
        for entry in fs::read_dir(folder).map_err(cannot_list)? {
            let entry = entry.map_err(cannot_list)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let kind = entry
                .file_type()
                .map_err(|error| with_context(error, &entry.path(), "cannot be read"))?;
            let path = format!("{path}/{name}");
            // The tens of thousands of code snippets are not used.
            if kind.is_dir() && name != "snippets" {
                self.collect(&entry.path(), &path)?;
            } else if !kind.is_dir() && name.ends_with(".md") {
                let disk = entry.path();
                match self.reason_to_skip(&disk, kind) {
                    Some(reason) => self.skipped.push((path, reason)),
                    None => self.files.push(Listed {
                        stamp: fs::metadata(&disk).ok().as_ref().map(Stamp::new),
                        disk,
                        path,
                    }),
                }
            }
        }
        Ok(())
    }

    /// Returns why a file is not read. Reading a pipe or a device might never end, and a link could lead to any file of the user.
    fn reason_to_skip(&self, disk: &Path, kind: fs::FileType) -> Option<String> {
        if kind.is_file() {
            return None;
        }
        if !kind.is_symlink() {
            return Some("the file is a pipe, a socket or a device".to_owned());
        }
        match disk.canonicalize() {
            Err(_) => Some("the symbolic link leads to no file".to_owned()),
            Ok(target) if !target.starts_with(&self.boundary) => {
                Some("the symbolic link leaves the documentation folder".to_owned())
            }
            Ok(target) if !target.is_file() => {
                Some("the symbolic link leads to something other than a file".to_owned())
            }
            Ok(_) => None,
        }
    }

    /// Skips all but one of the files whose names decode to the same text.
    fn skip_equal_paths(&mut self) {
        self.files
            .sort_by(|left, right| (&left.path, &left.disk).cmp(&(&right.path, &right.disk)));
        let skipped = &mut self.skipped;
        self.files.dedup_by(|later, earlier| {
            let is_equal = later.path == earlier.path;
            if is_equal {
                let reason = "another file name decodes to the same text".to_owned();
                skipped.push((later.path.clone(), reason));
            }
            is_equal
        });
    }
}

fn read_file(disk: &Path, path: String) -> io::Result<Source> {
    let bytes = fs::read(disk).map_err(|error| with_context(error, disk, "cannot be read"))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source { path, text }),
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
            let start = valid
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |newline| newline + 1);
            let column = String::from_utf8_lossy(&valid[start..]).chars().count() + 1;
            Err(io::Error::new(
                ErrorKind::InvalidData,
                format!(
                    "{}:{line}:{column}: not UTF-8; pages must be UTF-8",
                    disk.display()
                ),
            ))
        }
    }
}

fn with_context(error: io::Error, path: &Path, what: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {what}: {error}", path.display()))
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_corrections_are_valid() {
        assert!(!corrections().is_empty());
    }

    #[test]
    fn reads_both_folder_layouts() {
        let check = |files: &[&str], expected: &[&str]| {
            let folder = tempfile::tempdir().unwrap();
            for file in files {
                let file = folder.path().join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "# lamp resource type\n").unwrap();
            }
            let docs = read(folder.path(), &[ApiVersion::V1_0]).unwrap();
            let paths: Vec<&str> = docs
                .sources
                .iter()
                .map(|(_, source)| source.path.as_str())
                .collect();
            assert_eq!(paths, expected);
        };
        check(
            &[
                "v1.0/resources/lamp.md",
                "beta/resources/lamp.md",
                "includes/note.md",
                "readme.md",
            ],
            &["includes/note.md", "v1.0/resources/lamp.md"],
        );
        check(
            &[
                "api-reference/v1.0/resources/lamp.md",
                "api-reference/v1.0/resources/snippets/lamp.md",
                "api-reference/includes/note.md",
                "includes/shared.md",
            ],
            &[
                "../includes/shared.md",
                "includes/note.md",
                "v1.0/resources/lamp.md",
            ],
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_the_folder_and_special_files_are_skipped() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::with_suffix(".md").unwrap();
        let resources = folder.path().join("v1.0/resources");
        fs::create_dir_all(&resources).unwrap();
        fs::write(resources.join("lamp.md"), "# lamp resource type\n").unwrap();
        symlink("lamp.md", resources.join("alias.md")).unwrap();
        symlink(outside.path(), resources.join("outside.md")).unwrap();
        symlink("nowhere", resources.join("dangling.md")).unwrap();
        symlink("..", resources.join("circle.md")).unwrap();
        let _socket = UnixListener::bind(resources.join("socket.md")).unwrap();
        for name in [b"a\xfe.md", b"a\xff.md"] {
            fs::write(resources.join(OsStr::from_bytes(name)), "# a\n").unwrap();
        }
        let docs = read(folder.path(), &[ApiVersion::V1_0]).unwrap();
        let mut skipped: Vec<(&str, &str)> = docs
            .sources
            .skipped()
            .iter()
            .map(|(file, reason)| (docs.sources.get(*file).path.as_str(), reason.as_str()))
            .collect();
        skipped.sort();
        let expected = [
            ("a\u{fffd}.md", "decodes to the same text"),
            ("circle.md", "other than a file"),
            ("dangling.md", "leads to no file"),
            ("outside.md", "leaves the documentation folder"),
            ("socket.md", "a socket"),
        ];
        assert_eq!(skipped.len(), expected.len(), "{skipped:?}");
        for ((path, reason), (name, words)) in skipped.iter().zip(expected) {
            assert!(
                path.ends_with(name) && reason.contains(words),
                "{path} {reason}"
            );
        }
        let alias = docs.sources.find("v1.0/resources/alias.md").unwrap();
        assert_eq!(docs.sources.get(alias).text, "# lamp resource type\n");
    }

    #[test]
    fn errors_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let check = |expected: &str| {
            let error = read(folder.path(), &ApiVersion::ALL).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        };
        check("no pages found");
        let page = folder.path().join("beta/api/lamp.md");
        fs::create_dir_all(page.parent().unwrap()).unwrap();
        fs::write(&page, b"# lamp\n\nan \xff").unwrap();
        check("lamp.md:3:4: not UTF-8");
    }
}
