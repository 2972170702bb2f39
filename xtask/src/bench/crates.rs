//! The measured crates: the generated one, the same types with serde derive, and an empty one. Each has a readers crate that
//! reads and writes its types.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use generator::emit;
use generator::rust::{Crate, Version};

use super::scratch::{Scratch, touch};
use super::{derive, readers};
use graphwright_cli::output;

/// The crates of one slice.
#[derive(Debug)]
pub(crate) struct Crates {
    /// The generated crate: types, request builders and documentation.
    pub(crate) own: Measured,
    /// The same types with serde derive.
    pub(crate) derived: Measured,
    /// Only the dependencies.
    pub(crate) empty: Measured,
}

/// A measured crate.
#[derive(Debug)]
pub(crate) struct Measured {
    /// The name of the crate.
    pub(crate) name: &'static str,
    /// The folder of the crate.
    pub(crate) folder: PathBuf,
    /// The folder of the readers crate.
    pub(crate) readers: PathBuf,
    /// The number of lines without blank lines and comments.
    pub(crate) lines: usize,
}

impl Crates {
    /// Returns all crates, the empty one first: building it builds the dependencies of the others.
    pub(crate) fn all(&self) -> [&Measured; 3] {
        [&self.empty, &self.own, &self.derived]
    }
}

impl Measured {
    /// Makes cargo rebuild the crate and its readers.
    pub(crate) fn touch(&self) -> Result<()> {
        touch(&self.folder.join("src/lib.rs"))?;
        touch(&self.readers.join("src/lib.rs"))
    }
}

/// Returns the only API version of a library.
pub(crate) fn version(library: &Crate) -> Result<&Version> {
    library
        .versions
        .first()
        .context("the library has no API version")
}

/// Writes the crates of a slice.
pub(crate) fn write(scratch: &Scratch, slice: &str, library: &Crate) -> Result<Crates> {
    let version = version(library)?;
    let usages = readers::usages(version);
    let folder = |name: &str| scratch.path(&format!("crates/{slice}/{name}"));
    let own = {
        let folder = folder("ours");
        let files = emit::render(library, &crate::installation().manifest_settings(&folder)?);
        output::update(&folder, &files)?;
        let lines = files
            .iter()
            .filter(|file| file.path.ends_with(".rs"))
            .map(|file| lines(&file.text))
            .sum();
        measured(scratch, "graphwright", folder, lines)?
    };
    let derived = plain(
        scratch,
        "derived",
        folder("derived"),
        &derive::render_files(version),
    )?;
    let empty_files = [(
        "src/lib.rs".to_owned(),
        "pub use {graphwright_runtime, serde, serde_json};\n".to_owned(),
    )];
    let empty = plain(scratch, "empty", folder("empty"), &empty_files)?;
    let types = format!("graphwright::{}::types", version.ident);
    readers(scratch, &own, &readers::render(&usages, &types))?;
    readers(
        scratch,
        &derived,
        &readers::render(&usages, "derived::types"),
    )?;
    readers(scratch, &empty, "pub use empty::serde_json;\n")?;
    Ok(Crates {
        own,
        derived,
        empty,
    })
}

fn plain(
    scratch: &Scratch,
    name: &'static str,
    folder: PathBuf,
    files: &[(String, String)],
) -> Result<Measured> {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         graphwright-runtime = {{ path = {} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\n[workspace]\n",
        scratch.runtime()
    );
    scratch.write(&folder.join("Cargo.toml"), &manifest)?;
    for (path, text) in files {
        scratch.write(&folder.join(path), text)?;
    }
    let lines = files.iter().map(|(_, text)| lines(text)).sum();
    measured(scratch, name, folder, lines)
}

fn measured(
    scratch: &Scratch,
    name: &'static str,
    folder: PathBuf,
    lines: usize,
) -> Result<Measured> {
    let parent = folder
        .parent()
        .expect("crates are below the scratch folder");
    let readers = parent.join(format!("{name}-readers"));
    scratch.write(
        &readers.join("Cargo.toml"),
        &readers_manifest(name, &folder),
    )?;
    scratch.lock(&readers)?;
    Ok(Measured {
        name,
        folder,
        readers,
        lines,
    })
}

fn readers_manifest(name: &str, folder: &Path) -> String {
    format!(
        "[package]\nname = \"readers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {name} = {{ path = {:?} }}\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\n[workspace]\n",
        folder.to_string_lossy()
    )
}

fn readers(scratch: &Scratch, item: &Measured, text: &str) -> Result<()> {
    scratch.write(&item.readers.join("src/lib.rs"), text)
}

fn lines(text: &str) -> usize {
    let code = |line: &&str| {
        let code = line.trim_start();
        !code.is_empty() && !code.starts_with("//")
    };
    text.lines().filter(code).count()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn comments_and_blank_lines_do_not_count() {
        assert_eq!(
            lines("//! A.\n\nuse b;\n\n    /// C.\n    fn d() {} // e\n"),
            2
        );
    }
}
