//! A claim on a folder: only one run at a time changes it.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

/// As long as it lives, no other run changes the folder. The system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Claim {
    _file: File,
}

impl Claim {
    /// Claims a folder that is there. Where another run has it, this one says so and waits.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        let cannot = || format!("{}: cannot be locked", folder.display());
        let file = lockable(folder).with_context(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                eprintln!(
                    "{}: another run is at work there; waiting",
                    folder.display()
                );
                file.lock().with_context(cannot)?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
        Ok(Self { _file: file })
    }
}

/// The folder itself, so that nothing is left in it.
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
