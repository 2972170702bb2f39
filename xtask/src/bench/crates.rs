//! The crates that are measured: ours, the same types with serde derive, and an empty one. Each comes with a second crate
//! that reads and writes its types.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use generator::emit;
use generator::rust::{Crate, Version};

use super::scratch::{Scratch, touch};
use super::{derive, readers};
use graphwright_cli::{output, project};

/// The crates of one slice.
#[derive(Debug)]
pub(crate) struct Crates {
    /// Ours: types, request builders and documentation.
    pub(crate) own: Measured,
    /// The same types with serde derive.
    pub(crate) derived: Measured,
    /// Nothing but the dependencies.
    pub(crate) empty: Measured,
}

/// A crate that is measured.
#[derive(Debug)]
pub(crate) struct Measured {
    /// Its name for rustc.
    pub(crate) name: &'static str,
    /// Where it lies.
    pub(crate) folder: PathBuf,
    /// Where the crate lies that reads and writes its types.
    pub(crate) readers: PathBuf,
    /// Lines of code, without blank ones and comments.
    pub(crate) lines: usize,
}

impl Crates {
    /// All of them, the empty one first: building it builds the dependencies of the others.
    pub(crate) fn all(&self) -> [&Measured; 3] {
        [&self.empty, &self.own, &self.derived]
    }
}

impl Measured {
    /// Makes cargo build it and its readers again.
    pub(crate) fn touch(&self) -> Result<()> {
        touch(&self.folder.join("src/lib.rs"))?;
        touch(&self.readers.join("src/lib.rs"))
    }
}

/// The one version that a library of the bench has.
pub(crate) fn version(library: &Crate) -> Result<&Version> {
    library
        .versions
        .first()
        .context("nothing of the API is left")
}

/// Writes the crates of a slice.
pub(crate) fn write(scratch: &Scratch, slice: &str, library: &Crate) -> Result<Crates> {
    let version = version(library)?;
    let carried = readers::carried(version);
    let folder = |name: &str| scratch.path(&format!("crates/{slice}/{name}"));
    let own = {
        let folder = folder("ours");
        let files = emit::render(library, &project::manifest_settings(&folder)?);
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
        &derive::files(version),
    )?;
    let nothing = [(
        "src/lib.rs".to_owned(),
        "pub use {graphwright_runtime, serde, serde_json};\n".to_owned(),
    )];
    let empty = plain(scratch, "empty", folder("empty"), &nothing)?;
    let types = format!("graphwright::{}::types", version.ident);
    readers(scratch, &own, &readers::text(&carried, &types))?;
    readers(
        scratch,
        &derived,
        &readers::text(&carried, "derived::types"),
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
        .expect("crates lie below the scratch folder");
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

fn readers(scratch: &Scratch, of: &Measured, text: &str) -> Result<()> {
    scratch.write(&of.readers.join("src/lib.rs"), text)
}

fn lines(text: &str) -> usize {
    let code = |line: &&str| {
        let words = line.trim_start();
        !words.is_empty() && !words.starts_with("//")
    };
    text.lines().filter(code).count()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn comments_and_blank_lines_are_no_code() {
        assert_eq!(
            lines("//! A.\n\nuse b;\n\n    /// C.\n    fn d() {} // e\n"),
            2
        );
    }
}
