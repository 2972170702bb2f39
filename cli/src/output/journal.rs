//! The note in a folder that says that it is being changed. Who finds it without being the writer knows that a run broke off,
//! and that the folder may hold files of two states.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const NOTE: &str = ".graphwright-unfinished";
/// What the names of files start with that are not yet in their place.
pub(super) const TEMPORARY: &str = ".graphwright-new-";

/// The note, while the folder is changed.
#[derive(Debug)]
pub(super) struct Journal {
    note: PathBuf,
}

impl Journal {
    /// Notes that the folder is going to be changed. It stays noted until [`Journal::end`].
    pub(super) fn begin(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be made", folder.display()))?;
        let note = folder.join(NOTE);
        fs::write(&note, "A run of `gen` was interrupted; run it again.\n")
            .with_context(|| format!("{}: cannot be written", note.display()))?;
        Ok(Self { note })
    }

    /// All files are in their places.
    pub(super) fn end(self) -> Result<()> {
        fs::remove_file(&self.note)
            .with_context(|| format!("{}: cannot be removed", self.note.display()))
    }
}

/// Whether a run that changed the folder broke off.
pub(crate) fn is_unfinished(folder: &Path) -> bool {
    folder.join(NOTE).exists()
}

/// Removes what a run that broke off left beside its files.
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
