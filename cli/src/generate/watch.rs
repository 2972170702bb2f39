//! Runs again whenever a page below a folder changes. Polls the folder, which works on every system and file system.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::Outcome;
use crate::terminal::{err, out};

/// The polling interval.
const INTERVAL: Duration = Duration::from_millis(300);

/// The modification times and lengths of files.
type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Calls `work` now and after every change, until the process ends. Errors are printed and do not end the loop.
pub(super) fn watch(folder: &Path, mut work: impl FnMut() -> Result<Outcome>) -> Result<Outcome> {
    loop {
        // Taken before the work, so that files saved in the meantime count as changed.
        let state = state(folder);
        if let Err(error) = work() {
            err!("error: {error:#}\n");
        }
        out!("watching  {}\n", folder.display());
        while self::state(folder) == state {
            std::thread::sleep(INTERVAL);
        }
    }
}

fn state(folder: &Path) -> State {
    let mut state = State::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        // Folders that cannot be listed and files that were removed are skipped.
        for entry in fs::read_dir(&current).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_dir() && entry.file_name() != ".git" && entry.file_name() != "snippets" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                state.insert(path, (metadata.modified().ok(), metadata.len()));
            }
        }
    }
    state
}
