//! Interrupts from the keyboard: they end the program at once, but not while files are replaced.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

static WRITING: Mutex<()> = Mutex::new(());

/// The exit code of a program that SIGINT ended: 128 plus the number of the signal.
const INTERRUPTED: i32 = 130;

/// Makes interrupts wait for [`hold`].
pub(crate) fn handle() -> Result<()> {
    ctrlc::set_handler(|| {
        let _writing = hold();
        std::process::exit(INTERRUPTED);
    })
    .context("the handler of interrupts cannot be installed")
}

/// Delays interrupts until the guard is dropped.
pub(crate) fn hold() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}
