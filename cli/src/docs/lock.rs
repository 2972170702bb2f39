//! The lock file of a pull: source, revision, commit, and the hash of each page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use generator::source::Sources;

use crate::output;
use crate::output::record::hash_lines;

/// The file name in the folder of the pages.
pub(crate) const NAME: &str = "docs.lock";

const MARK: &str = "# Written by `graphwright docs pull`.";

/// The contents of a lock file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// The repository, as the user named it.
    pub(crate) source: String,
    /// The revision, as the user named it.
    pub(crate) revision: String,
    /// The commit of the revision; empty until it is fetched.
    pub(crate) commit: String,
    /// Whether the pull completed.
    pub(crate) complete: bool,
    /// The hashes of files by their paths.
    pub(crate) pages: BTreeMap<String, String>,
}

impl Lock {
    /// Creates the lock of a pull that is starting.
    pub(crate) fn new(source: &str, revision: &str) -> Self {
        Self {
            source: source.to_owned(),
            revision: revision.to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        Self::parse(&text)
            .with_context(|| format!("{}: not a lock file of `docs pull`", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        if !text.starts_with(MARK) {
            bail!("expected the file to start with {MARK:?}");
        }
        let table: toml::Table = text.parse()?;
        let string = |key: &str| {
            let value = table.get(key).and_then(toml::Value::as_str);
            value
                .map(str::to_owned)
                .with_context(|| format!("`{key}` is missing"))
        };
        let pages = table.get("pages").and_then(toml::Value::as_table);
        let pages = pages.into_iter().flatten().map(|(path, hash)| {
            let hash = hash
                .as_str()
                .with_context(|| format!("the hash of {path} must be a string"))?;
            Ok((path.clone(), hash.to_owned()))
        });
        Ok(Self {
            source: string("source")?,
            revision: string("revision")?,
            commit: string("commit")?,
            complete: table.get("complete").and_then(toml::Value::as_bool) == Some(true),
            pages: pages.collect::<Result<_>>()?,
        })
    }

    /// Writes the lock into the folder of its pages.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        output::write_file(&folder.join(NAME), self.to_toml())
    }

    fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut text = format!(
            "{MARK}\nsource = {}\nrevision = {}\ncommit = {}\ncomplete = {}\n\n[pages]\n",
            quoted(&self.source),
            quoted(&self.revision),
            quoted(&self.commit),
            self.complete
        );
        text.push_str(&hash_lines(&self.pages));
        text
    }

    /// Returns the pages that are missing or have another hash.
    pub(crate) fn differing(&self, sources: &Sources) -> Vec<String> {
        let present = hashes(sources);
        let expected = self.pages.iter();
        expected
            .filter(|(path, hash)| present.get(*path) != Some(hash))
            .map(|(path, _)| path.clone())
            .collect()
    }
}

/// Returns the hash of each file by its path.
pub(crate) fn hashes(sources: &Sources) -> BTreeMap<String, String> {
    sources
        .iter()
        .map(|(_, source)| {
            let hash = blake3::hash(source.text.as_bytes()).to_hex().to_string();
            (source.path.clone(), hash)
        })
        .collect()
}
