//! How generated crates find the runtime, and where files that only save time are kept.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use etcetera::BaseStrategy;
use generator::emit::{ManifestSettings, Package, RuntimeSource};

use crate::config::{Choices, FILE};

/// The place that the program runs from, which decides how crates depend on the runtime unless `graphwright.toml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installation {
    /// The installed program: crates depend on the published runtime.
    Installed,
    /// A clone of the project, with its root folder: crates depend on the runtime in it by path, and its own `generated` is a
    /// member of its workspace.
    Clone(PathBuf),
}

impl Installation {
    /// Returns the manifest settings of a crate in a folder, without a configuration.
    ///
    /// # Errors
    /// The root folder does not exist, or `out` is an invalid path.
    pub fn manifest_settings(&self, out: &Path) -> Result<ManifestSettings> {
        let Self::Clone(root) = self else {
            return Ok(ManifestSettings::Package(Box::default()));
        };
        let root = root
            .canonicalize()
            .context("the project's folder cannot be found; rebuild the command line")?;
        let out = absolute(out)?;
        if out == root.join("generated") {
            return Ok(ManifestSettings::Workspace);
        }
        Ok(ManifestSettings::Package(Box::new(Package {
            runtime: RuntimeSource::Path(relative(&out, &root.join("runtime"))),
            ..Package::default()
        })))
    }

    /// Returns the manifest settings of the output of `gen`.
    pub(crate) fn manifest_settings_of(&self, choices: &Choices) -> Result<ManifestSettings> {
        let default = match self.manifest_settings(&choices.out)? {
            ManifestSettings::Workspace => return Ok(ManifestSettings::Workspace),
            ManifestSettings::Package(package) => package.runtime,
        };
        let runtime = match &choices.runtime {
            Some(runtime) => {
                runtime.source(|path| Ok(relative(&absolute(&choices.out)?, &absolute(path)?)))?
            }
            None => default,
        };
        let package = choices.package.package(runtime)?;
        Ok(ManifestSettings::Package(Box::new(package)))
    }
}

/// Returns the folder for files that only save time: below cargo's target folder if `CARGO_TARGET_DIR` is set or the current folder
/// belongs to a project, otherwise in the user's cache folder. `None` if there is none.
pub(crate) fn cache_folder() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => here.join(target),
        None => match project_folder(&here) {
            Some(project) => project.join("target"),
            None => etcetera::choose_base_strategy().ok()?.cache_dir(),
        },
    };
    Some(target.join("graphwright"))
}

/// Returns the root of the cargo workspace around a folder, or else the nearest folder with `graphwright.toml` or a package.
fn project_folder(here: &Path) -> Option<PathBuf> {
    let is_workspace = |folder: &&Path| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.trim() == "[workspace]")
    };
    let is_project = |folder: &&Path| {
        [FILE, "Cargo.toml"]
            .iter()
            .any(|file| folder.join(file).is_file())
    };
    let project = here.ancestors().find(is_workspace);
    project
        .or_else(|| here.ancestors().find(is_project))
        .map(Path::to_owned)
}

/// Returns the absolute path of a file or folder, which may not exist. Symbolic links are resolved in the part that exists.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf> {
    let path =
        std::path::absolute(path).with_context(|| format!("{}: invalid path", path.display()))?;
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
pub(crate) fn relative(from: &Path, to: &Path) -> String {
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

/// Rejects an output folder in the documentation folder, whose pages could be mistaken for written files and the reverse.
pub(crate) fn reject_output_in_docs(out: &Path, docs: &Path) -> Result<()> {
    if absolute(out)?.starts_with(absolute(docs)?) {
        bail!(
            "--out {}: inside the documentation folder {}; set --out to another folder",
            out.display(),
            docs.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_workspaces_or_packages() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let write =
            |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
        let check = |expected: &str| {
            assert_eq!(project_folder(&deep).unwrap(), folder.path().join(expected));
        };
        write("a/b/Cargo.toml", "[package]\n");
        check("a/b");
        write("a/Cargo.toml", "[workspace]\nmembers = [\"b\"]\n");
        check("a");
    }

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
