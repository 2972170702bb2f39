//! Reads documentation pages from disk.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use generator::model::ApiVersion;
use generator::source::{FileId, Hashed, Source, Sources, TextHash};
use rayon::prelude::*;

use crate::stamp::{Stamp, Stamps};
use crate::{docs, project};

/// Files as they were last read. Those that nobody touched since need not be read again.
#[derive(Debug, Default)]
pub(crate) struct Index {
    files: BTreeMap<OsString, Read>,
    /// What was found just now, and is still to be read.
    found: Option<Vec<Found>>,
    /// Its stamps.
    looked: Option<Stamps>,
}

#[derive(Clone, Debug)]
struct Read {
    stamp: Option<Stamp>,
    source: Arc<Hashed>,
}

/// The files of a documentation folder.
#[derive(Debug)]
pub(crate) struct Docs {
    /// Pages and the files they include.
    pub(crate) sources: Sources,
    /// What stands before a source's path when it is shown: the folder as the user named it.
    pub(crate) prefix: PathBuf,
}

impl Docs {
    /// The path of a file as the user would open it.
    pub(crate) fn path(&self, file: FileId) -> String {
        let path = &self.sources.get(file).path;
        if path == generator::CORRECTIONS {
            path.clone()
        } else {
            slashed(&self.prefix.join(path))
        }
    }
}

/// Reads the pages of some versions, and all that may be included, from a documentation folder.
pub(crate) fn read(docs: &Path, versions: &[ApiVersion]) -> Result<Docs> {
    read_changed(docs, versions, &mut Index::default())
}

/// Does what [`read`] does, and leaves out what is as it was.
pub(crate) fn read_changed(
    docs: &Path,
    versions: &[ApiVersion],
    index: &mut Index,
) -> Result<Docs> {
    let lock = docs.join(docs::LOCK);
    if lock.is_file() && !docs::Lock::read(&lock)?.complete {
        bail!(
            "{}: its pull did not come to an end; run `cargo xtask docs pull` again",
            docs.display()
        );
    }
    read_all(docs, versions, index)
}

/// Reads a documentation folder, be its pull complete or not.
pub(crate) fn read_pulled(docs: &Path, versions: &[ApiVersion]) -> Result<Docs> {
    read_all(docs, versions, &mut Index::default())
}

fn read_all(docs: &Path, versions: &[ApiVersion], index: &mut Index) -> Result<Docs> {
    if !docs.is_dir() {
        bail!(
            "{}: there is no such folder; --docs takes the folder that holds the pages",
            docs.display()
        );
    }
    let root = root(docs);
    let files = match index.found.take() {
        Some(found) => found,
        None => all(docs, &root, versions)?,
    };
    let read = files
        .into_par_iter()
        .map(|file| index.read(file))
        .collect::<Result<Vec<_>>>()?;
    index.files = read.into_iter().collect();
    let sources = index.files.values().map(|read| read.source.clone());
    let sources = Sources::shared(sources.chain([Arc::new(corrections().into())]).collect());
    if !sources.iter().any(|(_, source)| source.is_page()) {
        let names: Vec<&str> = versions.iter().map(|version| version.name()).collect();
        bail!(
            "{}: no pages found; expected *.md below {{{}}}/api and /resources, or the same below api-reference",
            docs.display(),
            names.join(",")
        );
    }
    Ok(Docs {
        sources,
        prefix: root,
    })
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
            files.push(read_file(Path::new(&file.disk), file.path)?);
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

/// The files of a documentation folder: those of some versions, and all that they may include.
fn all(docs: &Path, root: &Path, versions: &[ApiVersion]) -> Result<Vec<Found>> {
    let mut files = Vec::new();
    for version in versions {
        collect(&root.join(version.name()), version.name(), &mut files)?;
    }
    collect(&root.join("includes"), "includes", &mut files)?;
    if root != docs {
        collect(&docs.join("includes"), "../includes", &mut files)?;
    }
    Ok(files)
}

impl Index {
    /// Looks at all files that would be read, and gives their stamps in the order of paths; none if any was touched just now.
    /// What is read next is what was found here.
    pub(crate) fn look(
        &mut self,
        docs: &Path,
        versions: &[ApiVersion],
        now: SystemTime,
    ) -> Option<Stamps> {
        let lock = docs.join(docs::LOCK);
        if lock.is_file() && !docs::Lock::read(&lock).ok()?.complete {
            return None;
        }
        let mut files = all(docs, &root(docs), versions).ok()?;
        files.sort_by(|left, right| left.disk.cmp(&right.disk));
        let mut stamps = Some(Stamps::default());
        for file in &files {
            let stamp = file.stamp.and_then(|stamp| stamp.settled(now));
            match (stamp, &mut stamps) {
                (Some(stamp), Some(stamps)) => stamp.add_to(&file.disk, stamps),
                (None, _) | (_, None) => stamps = None,
            }
        }
        self.found = Some(files);
        self.looked = stamps.clone();
        stamps
    }

    /// The stamps of what was found when it was looked at.
    pub(crate) fn looked(&self) -> Option<Stamps> {
        self.looked.clone()
    }

    /// What was found, of which the pages that have a stamp of earlier are not read: a hash of their texts is known.
    pub(crate) fn read_since(
        &self,
        earlier: &Stamps,
        hash: &(dyn Fn(&str) -> Option<TextHash> + Sync),
    ) -> Result<Option<Sources>> {
        let (Some(found), Some(earlier)) = (&self.found, earlier.by_path()) else {
            return Ok(None);
        };
        let read = |file: &Found| {
            let stamp = file.stamp.as_ref();
            let is_same = stamp.is_some_and(|stamp| earlier.has(&file.disk, stamp));
            let known = hash(&file.path).filter(|_| is_same);
            let known = known.and_then(|hash| Hashed::unread(&file.path, hash));
            match known {
                Some(known) => Ok(known),
                None => read_file(Path::new(&file.disk), file.path.clone()).map(Hashed::from),
            }
        };
        let read = found.par_iter().map(read).collect::<Result<Vec<_>>>()?;
        let all = read.into_iter().chain([corrections().into()]);
        Ok(Some(Sources::shared(all.map(Arc::new).collect())))
    }

    /// The same for the files that were read: their stamps from before that.
    pub(crate) fn stamps(&self) -> Option<Stamps> {
        let mut stamps = Stamps::default();
        for (path, read) in &self.files {
            read.stamp?.add_to(path, &mut stamps);
        }
        Some(stamps)
    }

    /// Reads a file, unless it is as it was.
    fn read(&self, file: Found) -> Result<(OsString, Read)> {
        let known = self.files.get(&file.disk).filter(|known| {
            known.stamp.is_some()
                && known.stamp == file.stamp
                && known.source.source().path == file.path
        });
        if let Some(known) = known {
            return Ok((file.disk, known.clone()));
        }
        // What is changed while it is read has another stamp later on.
        let now = SystemTime::now();
        let source = read_file(Path::new(&file.disk), file.path)?;
        let read = Read {
            stamp: file.stamp.and_then(|stamp| stamp.settled(now)),
            source: Arc::new(source.into()),
        };
        Ok((file.disk, read))
    }
}

#[derive(Debug)]
struct Found {
    disk: OsString,
    path: String,
    /// What the system noted of it before it is read.
    stamp: Option<Stamp>,
}

/// Gathers the markdown files below a folder; a folder that is not there has none.
fn collect(folder: &Path, path: &str, files: &mut Vec<Found>) -> Result<()> {
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
            let found = fs::metadata(&disk).ok();
            files.push(Found {
                stamp: found.map(|found| Stamp::unsettled(&found)),
                disk: disk.into_os_string(),
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
