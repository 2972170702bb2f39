//! Gives the program a fingerprint that changes with its code, so that a run does not rely on the note of another program.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![own.join("../Cargo.lock")];
    for folder in [
        own.join("src"),
        own.join("../pages"),
        own.join("../generator"),
    ] {
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        // A file that cannot be read is another state than one that can.
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=PROGRAM={:016x}", hasher.finish());
    // The tests that read the real documentation are ignored where it is not named.
    println!("cargo::rerun-if-env-changed=GRAPHWRIGHT_DOCS");
    println!("cargo::rustc-check-cfg=cfg(real_docs)");
    if std::env::var_os("GRAPHWRIGHT_DOCS").is_some() {
        println!("cargo::rustc-cfg=real_docs");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
