//! The real documentation, for the tests that read it.
//!
//! These tests run when the environment variable `GRAPHWRIGHT_DOCS` names a folder that holds `graph-docs.bundle`, a git bundle
//! of the documentation with a tag per date, and `seeds`, single pages in several renditions. A relative path is relative to the
//! project's root. Without the variable the test harness lists them as ignored.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The environment variable that names the folder.
pub const VARIABLE: &str = "GRAPHWRIGHT_DOCS";

/// The folder that `GRAPHWRIGHT_DOCS` names.
///
/// # Panics
/// Panics if the variable is not set or names no folder: no test may pass because its input is absent.
pub fn folder() -> PathBuf {
    let value = std::env::var_os(VARIABLE)
        .unwrap_or_else(|| panic!("{VARIABLE} is not set, so this test has nothing to read"));
    let folder = root().join(value);
    assert!(
        folder.is_dir(),
        "{VARIABLE}: {} is no folder",
        folder.display()
    );
    folder
}

/// The git bundle of the documentation.
///
/// # Panics
/// Panics if the folder is absent or holds no bundle.
pub fn bundle() -> PathBuf {
    let bundle = folder().join("graph-docs.bundle");
    assert!(bundle.is_file(), "{}: no such file", bundle.display());
    bundle
}

/// The seed page whose file name starts with `number`, such as `003`.
///
/// # Panics
/// Panics if there is no such file.
pub fn seed(number: &str) -> PathBuf {
    let seeds = folder().join("seeds");
    let entries = fs::read_dir(&seeds)
        .unwrap_or_else(|error| panic!("{} cannot be listed: {error}", seeds.display()));
    let prefix = format!("{number}_");
    entries
        .map(|entry| entry.expect("an entry of a folder can be read").path())
        .find(|path| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().starts_with(&prefix)
        })
        .unwrap_or_else(|| panic!("{}: no page starts with {prefix}", seeds.display()))
}

/// Held by the thread that creates a checkout.
static CHECKOUT: Mutex<()> = Mutex::new(());

/// A checkout of the documentation at `tag`, such as `2021-07`. It is created once per build folder and shared by all tests,
/// which only read it.
///
/// # Panics
/// Panics if the bundle cannot be cloned.
pub fn checkout(tag: &str) -> PathBuf {
    let bundle = bundle();
    let folder = root().join("target/real-documentation").join(tag);
    let _guard = CHECKOUT.lock().unwrap_or_else(PoisonError::into_inner);
    if !folder.join("api-reference").is_dir() {
        // The clone is renamed into place, so that another process sees either all of it or nothing.
        let clone = folder.with_extension(std::process::id().to_string());
        let status = Command::new("git")
            .args([
                "-c",
                "advice.detachedHead=false",
                "clone",
                "--quiet",
                "--branch",
                tag,
            ])
            .arg(&bundle)
            .arg(&clone)
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "{} cannot be cloned at {tag}",
            bundle.display()
        );
        if fs::rename(&clone, &folder).is_err() {
            fs::remove_dir_all(&clone).expect("a clone of our own can be removed");
        }
    }
    folder
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package lies in a folder of the project")
}
