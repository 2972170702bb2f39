//! The documentation folder with its configuration, as `lint` reads them, and the analysis of its pages with the open documents in
//! the place of their files.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use generator::lint::SimilarNames;
use generator::model::ApiVersion;
use generator::report::Code;
use generator::resolve::Corrections;
use generator::source::{Source, Sources};
use graphwright_pages::Docs;

use super::documents::Documents;
use super::snapshot::Snapshot;
use super::uris;
use crate::arguments::LspArguments;
use crate::lint::{self, Baseline, Filter, Levels, LintLevel, Scope, Silent};
use crate::{docs, generate};

/// The folder and its configuration at one moment.
pub(super) struct Workspace {
    /// The pages on disk.
    docs: Docs,
    /// The documentation folder and the folder of the pages, as absolute paths.
    folder: PathBuf,
    root: PathBuf,
    /// The same folders without symbolic links.
    real_folder: PathBuf,
    real_root: PathBuf,
    versions: Vec<ApiVersion>,
    pub(super) corrections: Corrections,
    filter: Filter,
    pub(super) pool: rayon::ThreadPool,
}

impl Workspace {
    /// Reads the configuration and all pages. `folder` is the workspace folder, which is the current folder as well.
    pub(super) fn read(folder: &Path, arguments: &LspArguments) -> Result<Self> {
        let choices = arguments.docs.choices()?;
        let levels = Levels::read(arguments.docs.config.as_deref())?;
        let baseline = arguments.baseline.as_deref();
        let known = baseline.map(Baseline::read).transpose()?;
        let pages = docs::list(&choices.folder, &choices.versions)?;
        let pool = generate::threads(choices.jobs)?;
        let docs = pool.install(|| pages.read())?;
        let canonical = |path: &Path| {
            path.canonicalize()
                .with_context(|| format!("{}: cannot be read", path.display()))
        };
        Ok(Self {
            real_folder: canonical(&choices.folder)?,
            real_root: canonical(&docs.root)?,
            folder: absolute(folder, &choices.folder)?,
            root: absolute(folder, &docs.root)?,
            corrections: choices.read_corrections()?,
            filter: Filter {
                levels,
                scope: Scope::new(&[], &docs)?,
                known,
                earlier: None,
            },
            versions: choices.versions,
            docs,
            pool,
        })
    }

    /// Analyzes the pages with the open documents in the place of their files.
    pub(super) fn analyze(&self, documents: Documents) -> Snapshot {
        self.pool.install(|| {
            let (sources, open) = self.overlay(&documents);
            let docs = Docs {
                sources,
                root: self.root.clone(),
            };
            let (findings, analysis) =
                lint::check_sources(&docs.sources, &self.corrections, &Silent);
            let mut items = self.filter.items(&findings, &docs);
            let mut names = SimilarNames::new(&analysis.model, &docs.sources);
            for (_, item) in &mut items {
                item.similar = names.find(&item.problem);
            }
            Snapshot::new(docs, analysis, findings, items, documents, open)
        })
    }

    /// Returns the level of each rule.
    pub(super) fn levels(&self) -> &Levels {
        &self.filter.levels
    }

    /// Whether the problems of a rule are shown.
    pub(super) fn is_shown(&self, code: Code) -> bool {
        self.levels().level(code) != LintLevel::Allow
    }

    /// Returns the pages with the open documents in the place of their files, and the paths of the open documents among them by
    /// URI.
    fn overlay(&self, documents: &Documents) -> (Sources, BTreeMap<String, String>) {
        let mut open = BTreeMap::new();
        let mut overlays: BTreeMap<String, &str> = BTreeMap::new();
        for (uri, document) in documents.iter() {
            if let Some(path) = self.source_path(uri) {
                overlays.insert(path.clone(), document.text.as_str());
                open.insert(uri.to_owned(), path);
            }
        }
        let skipped = self.docs.sources.skipped().iter();
        let skipped: Vec<(String, String)> = skipped
            .map(|(file, reason)| (self.docs.sources.get(*file).path.clone(), reason.clone()))
            .collect();
        for (path, _) in &skipped {
            overlays.remove(path);
        }
        let on_disk = self.docs.sources.iter().map(|(_, source)| source);
        let mut files: Vec<Source> = on_disk
            .filter(|source| !overlays.contains_key(&source.path))
            .filter(|source| skipped.iter().all(|(path, _)| *path != source.path))
            .cloned()
            .collect();
        files.extend(overlays.into_iter().map(|(path, text)| Source {
            path,
            text: text.to_owned(),
        }));
        (Sources::with_skipped(files, skipped), open)
    }

    /// Returns the path of a file among the sources. `None` for files that are not read.
    fn source_path(&self, uri: &str) -> Option<String> {
        let path = uris::to_path(uri)?;
        let as_given = || relative_source(&path, &self.root, &self.folder);
        let real = || {
            // The file itself may be a link, or not exist yet.
            let folder = path.parent()?.canonicalize().ok()?;
            let path = folder.join(path.file_name()?);
            relative_source(&path, &self.real_root, &self.real_folder)
        };
        let is_lexical = path
            .components()
            .all(|part| !matches!(part, Component::ParentDir));
        as_given()
            .filter(|_| is_lexical)
            .or_else(real)
            .filter(|source| self.is_read(source))
    }

    /// Whether the command line reads a file with this path.
    fn is_read(&self, source: &str) -> bool {
        let below = source.strip_prefix("../").unwrap_or(source);
        let folder = below.split('/').next().unwrap_or_default();
        let is_version = || {
            let mut versions = self.versions.iter();
            source == below && versions.any(|version| version.name() == folder)
        };
        (folder == "includes" || is_version())
            && source.ends_with(".md")
            && !source.contains("/snippets/")
    }
}

/// Returns the path of a file relative to the root of the pages, with `/` as separator. A file in the documentation folder beside
/// that root starts with `../`.
fn relative_source(path: &Path, root: &Path, folder: &Path) -> Option<String> {
    let (start, below) = match path.strip_prefix(root) {
        Ok(below) => ("", below),
        Err(_) => ("../", path.strip_prefix(folder).ok()?),
    };
    let names: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Some(format!("{start}{}", names.join("/")))
}

/// Returns a path below a folder without `.` and `..`. Symbolic links stay as the client spells them, unless `..` follows one.
fn absolute(folder: &Path, path: &Path) -> Result<PathBuf> {
    let path = folder.join(path);
    if path.components().any(|part| part == Component::ParentDir) {
        return path
            .canonicalize()
            .with_context(|| format!("{}: cannot be read", path.display()));
    }
    Ok(path.components().collect())
}
