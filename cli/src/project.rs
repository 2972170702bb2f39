//! Locates the runtime crate that generated crates depend on, and the target folder.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use generator::emit::ManifestSettings;

/// Returns how the crate in `out` declares its dependencies: as a member of this workspace if it is the project's `generated`,
/// or as a standalone crate with a relative path to the runtime.
///
/// # Errors
/// The project's folder does not exist, or `out` is an invalid path.
pub fn manifest_settings(out: &Path) -> Result<ManifestSettings> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = root
        .canonicalize()
        .context("the project's folder cannot be found; rebuild the command line")?;
    let out = absolute(out)?;
    if out == root.join("generated") {
        return Ok(ManifestSettings::Workspace);
    }
    Ok(ManifestSettings::Standalone {
        runtime_path: relative(&out, &root.join("runtime")),
    })
}

/// Returns the target folder, for files that only save time.
pub(crate) fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(target.unwrap_or_else(|| "target".into()))
}

/// Returns the absolute path of a folder, which may not exist.
fn absolute(path: &Path) -> Result<PathBuf> {
    let path =
        std::path::absolute(path).with_context(|| format!("{}: invalid path", path.display()))?;
    // Symbolic links are resolved in the part of the path that exists.
    let mut existing = path.as_path();
    let mut rest = Vec::new();
    loop {
        if let Ok(found) = existing.canonicalize() {
            return Ok(rest.iter().rev().fold(found, |path, name| path.join(name)));
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            return Ok(path);
        };
        rest.push(name.to_owned());
        existing = parent;
    }
}

/// Returns the relative path from one folder to another, with `/` as separator.
fn relative(from: &Path, to: &Path) -> String {
    let from: Vec<Component<'_>> = from.components().collect();
    let to: Vec<Component<'_>> = to.components().collect();
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(left, right)| left == right)
        .count();
    let up = from[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..]
        .iter()
        .map(|component| component.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<String>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(relative(Path::new(from), Path::new(to)), expected)
        };
        check("/a/b", "/a/runtime", "../runtime");
        check("/a", "/a/runtime", "runtime");
        check("/x/y", "/a/runtime", "../../a/runtime");
    }
}
