//! Gives the generator a name that changes with its code, so that nothing is taken over from another generator.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![project.join("Cargo.lock")];
    collect(&project.join("generator"), &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        // A file that cannot be read is another state than one that can.
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!(
        "cargo::rerun-if-changed={}",
        project.join("generator/src").display()
    );
    println!("cargo::rustc-env=GENERATOR={:016x}", hasher.finish());
    // What is said at the end of a run is the command line's own.
    let mut files = Vec::new();
    collect(&project.join("xtask/src"), &mut files);
    files.sort();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!(
        "cargo::rerun-if-changed={}",
        project.join("xtask/src").display()
    );
    println!("cargo::rustc-env=PROGRAM={:016x}", hasher.finish());
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
