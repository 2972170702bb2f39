//! An exclusive lock on a folder, so that only one run at a time changes it.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::terminal::err;

use anyhow::{Context, Result};

/// An exclusive lock on a folder, released on drop or when the process ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Locks an existing folder. If another run holds the lock, prints a message and waits.
    pub(crate) fn acquire(folder: &Path) -> Result<Self> {
        let cannot = || format!("{}: cannot be locked", folder.display());
        let file = lockable(folder).with_context(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                err!("{}: locked by another run; waiting\n", folder.display());
                file.lock().with_context(cannot)?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
        Ok(Self { _file: file })
    }
}

/// Opens the file to lock: the folder itself, so that no lock file is left behind.
#[cfg(unix)]
fn lockable(folder: &Path) -> std::io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn lockable(folder: &Path) -> std::io::Result<File> {
    let path = folder.join(".graphwright.claim");
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
}
