//! Compares generated files with an output folder and writes them: atomically, only where they differ, and never over files
//! that the generator did not write.

pub(crate) mod folder_lock;
mod journal;
pub(crate) mod record;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::emit::{self, File};

pub(crate) use journal::is_unfinished;

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

/// Compares the files with the folder. A file that would be overwritten and was not generated is an error.
pub(crate) fn compare(folder: &Path, files: &[File]) -> Result<Difference> {
    let mut difference = Difference::default();
    let mut expected = BTreeSet::new();
    for file in files {
        validate(&file.path)?;
        expected.insert(file.path.as_str());
        match fs::read(folder.join(&file.path)) {
            Ok(bytes) if bytes == file.text.as_bytes() => difference.unchanged += 1,
            Ok(bytes) if is_generated(&bytes) => difference.stale.push(file.path.clone()),
            Ok(_) => bail!(
                "{}: not a generated file, and would be overwritten; set --out to an empty folder or to the folder of \
                 a generated crate",
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
    difference.orphans = orphans(folder, &expected)?;
    difference.missing.sort();
    difference.stale.sort();
    Ok(difference)
}

/// Compares the files with the folder and writes those that differ.
///
/// # Errors
/// A file that was not generated would be overwritten, or the folder cannot be read or written.
pub fn update(folder: &Path, files: &[File]) -> Result<()> {
    write(folder, files, &compare(folder, files)?)
}

/// Writes the files that differ, and removes orphans.
///
/// Each file is replaced atomically, and a marker file exists while files are replaced: an interrupted run leaves the old
/// files, the new files, or the marker file.
pub(crate) fn write(folder: &Path, files: &[File], difference: &Difference) -> Result<()> {
    let unfinished = is_unfinished(folder);
    if unfinished {
        journal::clean(folder)?;
    }
    if difference.is_empty() && !unfinished {
        return Ok(());
    }
    let journal = journal::Journal::begin(folder)?;
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

/// Returns the generated files in the folder that are not in `expected`, relative to the folder and sorted.
fn orphans(folder: &Path, expected: &BTreeSet<&str>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let roots = ["src", "tests"];
    let mut folders: Vec<(PathBuf, String)> = roots
        .iter()
        .map(|root| (folder.join(root), (*root).to_owned()))
        .collect();
    while let Some((current, path)) = folders.pop() {
        if !current.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&current)
            .with_context(|| format!("{}: cannot be listed", current.display()))?;
        for entry in entries {
            let entry =
                entry.with_context(|| format!("{}: cannot be listed", current.display()))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // Temporary files of an interrupted run are removed by `journal::clean`.
            if name.starts_with(journal::TEMPORARY) {
                continue;
            }
            let path = format!("{path}/{name}");
            let kind = entry
                .file_type()
                .with_context(|| format!("{}: cannot be read", entry.path().display()))?;
            if kind.is_dir() {
                folders.push((entry.path(), path));
            } else if !expected.contains(path.as_str())
                && kind.is_file()
                && fs::read(entry.path()).is_ok_and(|bytes| is_generated(&bytes))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_generated(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(400)];
    String::from_utf8_lossy(head).contains(emit::MARK)
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
