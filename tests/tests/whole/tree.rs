//! The project's own files, for tests that look at them.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of the project.
pub(crate) struct RustFile {
    /// The path from the project's root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a folder of the project")
        .to_owned()
}

/// Every Rust file below a folder of the project, in the order of paths.
pub(crate) fn rust_files(folder: &str) -> Vec<RustFile> {
    let mut files = Vec::new();
    collect(&root().join(folder), folder, &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    assert!(!files.is_empty(), "{folder} has no Rust files");
    files
}

fn collect(folder: &Path, path: &str, files: &mut Vec<RustFile>) {
    for entry in fs::read_dir(folder).expect("the project's folders can be listed") {
        let entry = entry.expect("the project's folders can be listed");
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).expect("the project's files are UTF-8");
            files.push(RustFile { path, text });
        }
    }
}
