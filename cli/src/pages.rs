//! Reads documentation pages from disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use generator::model::ApiVersion;
use generator::source::{FileId, Source, Sources};
use rayon::prelude::*;

use crate::stamp::{self, Stamp};
use crate::{docs, project};

/// The files of a documentation folder.
#[derive(Debug)]
pub struct Docs {
    /// Pages and the files they include.
    pub sources: Sources,
    /// What stands before a source's path when it is shown: the folder as the user named it.
    pub prefix: PathBuf,
}

impl Docs {
    /// The path of a file as the user would open it.
    pub fn path(&self, file: FileId) -> String {
        let path = &self.sources.get(file).path;
        if path == generator::CORRECTIONS {
            path.clone()
        } else {
            slashed(&self.prefix.join(path))
        }
    }
}

/// The files of a documentation folder that are going to be read.
#[derive(Debug)]
pub(crate) struct Listing {
    files: Vec<Listed>,
    root: PathBuf,
    versions: Vec<ApiVersion>,
    docs: PathBuf,
}

#[derive(Debug)]
struct Listed {
    disk: PathBuf,
    path: String,
    /// The stamp of the file before it is read.
    stamp: Option<Stamp>,
}

/// Reads the pages of some versions, and all files that they may include, from a documentation folder.
pub fn read(docs: &Path, versions: &[ApiVersion]) -> Result<Docs> {
    list(docs, versions)?.read()
}

/// Lists the files that [`read`] reads. A folder whose pull is incomplete is an error.
pub(crate) fn list(docs: &Path, versions: &[ApiVersion]) -> Result<Listing> {
    let lock = docs.join(docs::LOCK);
    if lock.is_file() && !docs::Lock::read(&lock)?.complete {
        bail!(
            "{}: the last pull is incomplete; run `docs pull` again",
            docs.display()
        );
    }
    list_files(docs, versions)
}

/// Reads a documentation folder, even if its pull is incomplete.
pub(crate) fn read_pulled(docs: &Path, versions: &[ApiVersion]) -> Result<Docs> {
    list_files(docs, versions)?.read()
}

fn list_files(docs: &Path, versions: &[ApiVersion]) -> Result<Listing> {
    if !docs.is_dir() {
        bail!(
            "{}: no such folder; --docs takes the folder with the documentation",
            docs.display()
        );
    }
    let root = root(docs);
    let mut files = Vec::new();
    for version in versions {
        collect(&root.join(version.name()), version.name(), &mut files)?;
    }
    collect(&root.join("includes"), "includes", &mut files)?;
    if root != docs {
        collect(&docs.join("includes"), "../includes", &mut files)?;
    }
    Ok(Listing {
        files,
        root,
        versions: versions.to_vec(),
        docs: docs.to_owned(),
    })
}

impl Listing {
    /// A digest of the stamps of all files; none if one of them was changed just before `now`.
    pub(crate) fn digest(&self, now: SystemTime) -> Option<String> {
        let files = self
            .files
            .iter()
            .map(|file| Some((file.disk.as_os_str(), file.stamp?)))
            .collect::<Option<_>>()?;
        stamp::digest(files, now)
    }

    /// Reads the files.
    pub(crate) fn read(self) -> Result<Docs> {
        let mut files = self
            .files
            .into_par_iter()
            .map(|file| read_file(&file.disk, file.path))
            .collect::<Result<Vec<_>>>()?;
        if !files.iter().any(Source::is_page) {
            let names: Vec<&str> = self.versions.iter().map(|version| version.name()).collect();
            bail!(
                "{}: no pages found; expected *.md below {{{}}}/api and /resources, or the same below api-reference",
                self.docs.display(),
                names.join(",")
            );
        }
        files.push(corrections());
        Ok(Docs {
            sources: Sources::new(files),
            prefix: self.root,
        })
    }
}

fn corrections() -> Source {
    Source {
        path: generator::CORRECTIONS.to_owned(),
        text: project::CORRECTIONS.to_owned(),
    }
}

/// Reads one page, whatever it is called, with the includes of the documentation folder it lies in, if it lies in one.
pub(crate) fn read_page(page: &Path) -> Result<(Docs, String)> {
    let path = slashed(page);
    let mut files = vec![read_file(page, path.clone())?];
    // `…/v1.0/api/page.md` includes files from `…/includes` and `…/v1.0/includes`.
    if let Some(version) = page.parent().and_then(Path::parent) {
        let mut includes = Vec::new();
        for folder in [version.to_owned()]
            .into_iter()
            .chain(version.parent().map(Path::to_owned))
        {
            let folder = folder.join("includes");
            collect(&folder, &slashed(&folder), &mut includes)?;
        }
        for file in includes {
            files.push(read_file(&file.disk, file.path)?);
        }
    }
    Ok((
        Docs {
            sources: Sources::new(files),
            prefix: PathBuf::new(),
        },
        path,
    ))
}

/// In the documentation's repository the versions lie one folder down, beside a folder of shared includes.
fn root(docs: &Path) -> PathBuf {
    let nested = docs.join("api-reference");
    if nested.is_dir() {
        nested
    } else {
        docs.to_owned()
    }
}

/// Gathers the markdown files below a folder; a folder that is not there has none.
fn collect(folder: &Path, path: &str, files: &mut Vec<Listed>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries =
        fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: cannot be listed", folder.display()))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry
            .file_type()
            .with_context(|| format!("{}: cannot be read", entry.path().display()))?;
        // Code snippets of other languages hold nothing about the API, and there are tens of thousands.
        if kind.is_dir() && name != "snippets" {
            collect(&entry.path(), &format!("{path}/{name}"), files)?;
        } else if !kind.is_dir() && name.ends_with(".md") {
            let disk = entry.path();
            files.push(Listed {
                stamp: fs::metadata(&disk).ok().as_ref().map(Stamp::of),
                disk,
                path: format!("{path}/{name}"),
            });
        }
    }
    Ok(())
}

fn read_file(disk: &Path, path: String) -> Result<Source> {
    let bytes = fs::read(disk).with_context(|| format!("{}: cannot be read", disk.display()))?;
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
            bail!(
                "{}:{line}:{column}: not UTF-8 from here on; pages must be UTF-8",
                disk.display()
            )
        }
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
