//! Compares generated files with an output folder and writes them: atomically, only where they differ, and never over files
//! that the generator did not write.

pub(crate) mod folder_lock;
pub(crate) mod interrupts;
mod journal;
pub(crate) mod record;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::emit::File;

pub(crate) use journal::is_unfinished;
use record::Record;

/// The difference between an output folder and the generated files. Paths are relative to the folder and sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Files that do not exist.
    pub(crate) missing: Vec<String>,
    /// Files with different contents.
    pub(crate) stale: Vec<String>,
    /// Files that an earlier run generated and this one does not.
    pub(crate) orphans: Vec<String>,
    /// The number of files that are up to date.
    pub(crate) unchanged: usize,
}

impl Difference {
    pub(crate) fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.stale.is_empty() && self.orphans.is_empty()
    }
}

/// Adds the record of the files to them.
pub(crate) fn with_record(mut files: Vec<File>, record: &Record) -> Vec<File> {
    files.push(record.to_file());
    files
}

/// Compares the files with the folder. A folder or file that is not the result of an earlier run is an error.
pub(crate) fn compare(folder: &Path, files: &[File]) -> Result<Difference> {
    let owned = Owned::find(folder)?;
    let mut difference = Difference::default();
    let mut expected = BTreeSet::new();
    for file in files {
        validate(&file.path)?;
        reject_links(folder, &file.path)?;
        expected.insert(file.path.as_str());
        match fs::read(folder.join(&file.path)) {
            Ok(bytes) if bytes == file.text.as_bytes() => difference.unchanged += 1,
            Ok(_) if owned.contains(&file.path) => difference.stale.push(file.path.clone()),
            Ok(_) => bail!(
                "{}: not a generated file, and would be overwritten; set --out to an empty folder or to the output \
                 folder of an earlier run",
                folder.join(&file.path).display()
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                difference.missing.push(file.path.clone())
            }
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("{}: cannot be read", folder.join(&file.path).display())
                });
            }
        }
    }
    difference.orphans = owned.orphans(folder, &expected)?;
    difference.missing.sort();
    difference.stale.sort();
    Ok(difference)
}

/// The files in an output folder that earlier runs wrote.
struct Owned {
    record: Record,
    /// The files that an interrupted run may have written.
    interrupted: BTreeSet<String>,
}

impl Owned {
    /// Reads the record of the folder.
    fn find(folder: &Path) -> Result<Self> {
        let record = Record::read(folder)?;
        if record.is_none() && !is_unfinished(folder) {
            require_empty(folder)?;
        }
        Ok(Self {
            record: record.unwrap_or_default(),
            interrupted: journal::listed_files(folder),
        })
    }

    fn contains(&self, path: &str) -> bool {
        path == record::NAME || self.record.file(path).is_some() || self.interrupted.contains(path)
    }

    /// Returns the files that are not in `expected`. One that was edited since it was generated is not among them.
    fn orphans(&self, folder: &Path, expected: &BTreeSet<&str>) -> Result<Vec<String>> {
        let mut orphans = BTreeSet::new();
        let recorded = self.record.file_paths();
        for path in recorded.chain(self.interrupted.iter().map(String::as_str)) {
            if expected.contains(path) || validate(path).is_err() {
                continue;
            }
            reject_links(folder, path)?;
            let Ok(bytes) = fs::read(folder.join(path)) else {
                continue;
            };
            let is_unchanged = self.record.file(path) == Some(record::hash(&bytes).as_str());
            if is_unchanged || self.interrupted.contains(path) {
                orphans.insert(path.to_owned());
            }
        }
        Ok(orphans.into_iter().collect())
    }

    /// Returns the paths of all files of the earlier state and of the next one.
    fn with(&self, files: &[File]) -> BTreeSet<String> {
        let recorded = self.record.file_paths().map(str::to_owned);
        let next = files.iter().map(|file| file.path.clone());
        recorded
            .chain(self.interrupted.iter().cloned())
            .chain(next)
            .collect()
    }
}

/// Rejects a folder that exists and contains other people's files. A git repository may have been created first.
fn require_empty(folder: &Path) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(error).with_context(|| format!("{}: cannot be listed", folder.display()));
        }
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: cannot be listed", folder.display()))?;
        if entry.file_name() != ".git" {
            bail!(
                "{}: neither empty nor written by an earlier run ({} is missing); set --out to an empty folder, or to the \
                 output folder of an earlier run",
                folder.display(),
                record::NAME
            );
        }
    }
    Ok(())
}

/// Rejects a path that leads through a symbolic link: the file could be outside the folder.
fn reject_links(folder: &Path, path: &str) -> Result<()> {
    let mut current = folder.to_owned();
    for component in Path::new(path).components() {
        current.push(component);
        if fs::symlink_metadata(&current).is_ok_and(|metadata| metadata.is_symlink()) {
            bail!(
                "{}: a symbolic link; generated files are written only into real folders",
                current.display()
            );
        }
    }
    Ok(())
}

/// Compares the files and their record with the folder and writes those that differ.
///
/// # Errors
/// A file that was not generated would be overwritten, or the folder cannot be read or written.
pub fn update(folder: &Path, files: &[File]) -> Result<()> {
    let record = Record::of_files(files);
    let files = with_record(files.to_vec(), &record);
    write(folder, &files, &compare(folder, &files)?)
}

/// Writes the files that differ, and removes orphans.
///
/// Each file is replaced atomically, and a marker file exists while files are replaced: a killed run leaves the old files, the new
/// files, or the marker file. An interrupt from the keyboard waits until all files are written.
pub(crate) fn write(folder: &Path, files: &[File], difference: &Difference) -> Result<()> {
    let unfinished = is_unfinished(folder);
    if difference.is_empty() && !unfinished {
        return Ok(());
    }
    let _no_interrupts = interrupts::hold();
    let owned = Owned::find(folder)?;
    if unfinished {
        journal::clean(folder)?;
    }
    let journal = journal::Journal::begin(folder, &owned.with(files))?;
    let changed: BTreeSet<&str> = difference
        .missing
        .iter()
        .chain(&difference.stale)
        .map(String::as_str)
        .collect();
    for file in files
        .iter()
        .filter(|file| changed.contains(file.path.as_str()))
    {
        write_file(&folder.join(&file.path), &file.text)?;
    }
    for path in &difference.orphans {
        let path = folder.join(path);
        fs::remove_file(&path).with_context(|| format!("{}: cannot be removed", path.display()))?;
        remove_empty_folders(folder, &path);
    }
    journal.end()
}

/// Writes a file atomically: readers see the old contents or the new ones, never a part.
pub(crate) fn write_file(path: &Path, text: impl AsRef<[u8]>) -> Result<()> {
    let folder = path
        .parent()
        .with_context(|| format!("{}: not a file path", path.display()))?;
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    let mut temporary = tempfile::Builder::new()
        .prefix(journal::TEMPORARY)
        .tempfile_in(folder)
        .with_context(|| format!("{}: cannot be written to", folder.display()))?;
    temporary
        .write_all(text.as_ref())
        .with_context(|| format!("{}: cannot be written", path.display()))?;
    readable_by_all(temporary.as_file())?;
    temporary
        .persist(path)
        .with_context(|| format!("{}: cannot be replaced", path.display()))?;
    Ok(())
}

/// Makes a file readable by all users; temporary files are private to their owner.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
        .context("the permissions of a new file cannot be set")
}

#[cfg(not(unix))]
fn readable_by_all(_file: &fs::File) -> Result<()> {
    Ok(())
}

/// Rejects paths outside the output folder: parts of paths come from pages.
fn validate(path: &str) -> Result<()> {
    let inside = Path::new(path)
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    if !inside || path.contains('\\') || path.is_empty() {
        bail!(
            "{path:?}: the path of a generated file is outside the output folder; nothing was written"
        );
    }
    Ok(())
}

fn remove_empty_folders(root: &Path, removed: &Path) {
    let mut folder = removed.parent().map(PathBuf::from);
    while let Some(current) = folder {
        // Removing a folder that is not empty fails, which ends the loop.
        if current == root || fs::remove_dir(&current).is_err() {
            return;
        }
        folder = current.parent().map(PathBuf::from);
    }
}

#[cfg(test)]
mod tests;
