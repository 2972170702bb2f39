//! Runs that take over what earlier ones left, held against runs that do not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::running;

/// Generates from `docs`, in a folder of its own.
pub(crate) fn generate(scratch: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .args(["gen", "--docs", "docs"])
        .args(more);
    running::succeeded(&mut command)
}

/// All files below a folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder");
                let bytes = fs::read(&path).expect("a file can be read");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}

/// Runs both ways, and holds the results against each other.
pub(crate) fn hold(scratch: &Path, when: &str) -> Output {
    let output = generate(scratch, &["--out", "warm"]);
    generate(scratch, &["--out", "cold", "--cold"]);
    assert!(
        tree(&scratch.join("warm")) == tree(&scratch.join("cold")),
        "{when}"
    );
    output
}
