//! Sets `PROGRAM`, a hash of the source code, so that a run ignores state files that another build has written, and `COMMIT`, the
//! commit of the source code for `--version`.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

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
    println!(
        "cargo::rustc-env=COMMIT={}",
        commit(root).map_or_else(String::new, |commit| format!(" ({commit})"))
    );
    // Tests over the real documentation are ignored unless `GRAPHWRIGHT_DOCS` names it.
    println!("cargo::rerun-if-env-changed=GRAPHWRIGHT_DOCS");
    println!("cargo::rustc-check-cfg=cfg(real_docs)");
    if std::env::var_os("GRAPHWRIGHT_DOCS").is_some() {
        println!("cargo::rustc-cfg=real_docs");
    }
}

/// Returns the short hash of the commit: recorded by `cargo package`, or of the clone. `None` outside both.
fn commit(root: &Path) -> Option<String> {
    if let Ok(text) = fs::read_to_string(root.join(".cargo_vcs_info.json")) {
        let (_, rest) = text.split_once("\"sha1\"")?;
        return Some(rest.split('"').nth(1)?.chars().take(10).collect());
    }
    let git = root.join("../.git");
    println!("cargo::rerun-if-changed={}", git.join("HEAD").display());
    println!(
        "cargo::rerun-if-changed={}",
        git.join("logs/HEAD").display()
    );
    if !git.exists() {
        return None;
    }
    let arguments = ["rev-parse", "--short=10", "HEAD"];
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|commit| !commit.is_empty())
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
