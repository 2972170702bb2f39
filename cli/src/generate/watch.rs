//! Does something again whenever a file below a folder changes. The folder is looked at from time to time, which works on every
//! system and every kind of disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::Outcome;

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// Files with their times and lengths.
type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Works now, and again after every change; ends with the process. What fails is told, and tried again after the next change.
pub(super) fn watch(folder: &Path, mut work: impl FnMut() -> Result<Outcome>) -> Result<Outcome> {
    loop {
        // What is saved while the work is done counts as a change.
        let state = state(folder);
        if let Err(error) = work() {
            eprintln!("error: {error:#}");
        }
        println!("watching  {}", folder.display());
        while self::state(folder) == state {
            std::thread::sleep(PAUSE);
        }
    }
}

fn state(folder: &Path) -> State {
    let mut state = State::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        // What cannot be listed or is gone by now is as if it were not there.
        for entry in fs::read_dir(&current).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(found) = entry.metadata() else {
                continue;
            };
            if found.is_dir() && entry.file_name() != ".git" && entry.file_name() != "snippets" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                state.insert(path, (found.modified().ok(), found.len()));
            }
        }
    }
    state
}
