//! A marker file that exists while a folder is being changed, and lists the files of both states. If a run finds one, an earlier
//! run was interrupted, and the folder may contain files of two states.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const MARKER: &str = ".graphwright-unfinished";
const TEXT: &str = "A run of `gen` was interrupted; run it again. The files of both states:\n";
/// The prefix of the names of temporary files.
pub(super) const TEMPORARY: &str = ".graphwright-new-";

/// The marker file of a folder that is being changed.
#[derive(Debug)]
pub(super) struct Journal {
    marker: PathBuf,
}

impl Journal {
    /// Creates the marker file, which exists until [`Journal::end`]. A symbolic link at its place is replaced.
    pub(super) fn begin(folder: &Path, files: &BTreeSet<String>) -> Result<Self> {
        let marker = folder.join(MARKER);
        let mut text = TEXT.to_owned();
        for file in files {
            text.push_str(file);
            text.push('\n');
        }
        super::write_file(&marker, text)?;
        Ok(Self { marker })
    }

    /// Removes the marker file after all files were written.
    pub(super) fn end(self) -> Result<()> {
        fs::remove_file(&self.marker)
            .with_context(|| format!("{}: cannot be removed", self.marker.display()))
    }
}

/// Returns whether a run was interrupted while it changed the folder.
pub(crate) fn is_unfinished(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(MARKER)).is_ok_and(|metadata| metadata.is_file())
}

/// Returns the files that an interrupted run may have written.
pub(super) fn listed_files(folder: &Path) -> BTreeSet<String> {
    if !is_unfinished(folder) {
        return BTreeSet::new();
    }
    let text = fs::read_to_string(folder.join(MARKER)).unwrap_or_default();
    let files = text.strip_prefix(TEXT).unwrap_or_default();
    files.lines().map(str::to_owned).collect()
}

/// Removes the temporary files of an interrupted run.
pub(super) fn clean(folder: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: cannot be listed", folder.display()))?;
        let kind = entry.file_type();
        let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        if is_temporary {
            fs::remove_file(entry.path())
                .with_context(|| format!("{}: cannot be removed", entry.path().display()))?;
        } else if kind.is_ok_and(|kind| kind.is_dir()) && entry.file_name() != "target" {
            clean(&entry.path())?;
        }
    }
    Ok(())
}
