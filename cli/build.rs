//! Sets `PROGRAM`, a hash of the source code, so that a run ignores state files that another build has written.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("../Cargo.lock")];
    for folder in [
        root.join("src"),
        root.join("../pages"),
        root.join("../generator"),
    ] {
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        // An unreadable file hashes like an empty one.
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=PROGRAM={:016x}", hasher.finish());
    // Tests over the real documentation are ignored unless `GRAPHWRIGHT_DOCS` names it.
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
