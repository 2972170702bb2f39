//! A state of the documentation that the user names: a folder, a page, a lock file or a revision.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::Analysis;
use generator::diff::Seen;
use generator::facts::{self, PageKind};
use generator::model::ApiVersion;
use generator::source::Sources;

use crate::arguments::PullArguments;
use crate::docs::{self, Lock};
use crate::progress::Counter;
use crate::project;
use graphwright_pages::Docs;

/// The pages of one state.
pub(crate) struct State {
    pub(crate) docs: Docs,
    /// The path of the page, if the state is a single page.
    page: Option<String>,
    /// The path of that page as the user gave it.
    given_path: String,
}

impl State {
    /// Reads the pages. The pages of a revision are pulled into the cache folder, if they are not there.
    pub(crate) fn find(name: &str, source: &str, versions: &[ApiVersion]) -> Result<Self> {
        let path = Path::new(name);
        if path.is_dir() {
            return Self::folder(path, versions);
        }
        if path.is_file() {
            if path
                .extension()
                .is_some_and(|extension| extension == "lock")
            {
                return Self::locked(path, versions);
            }
            let (docs, page) = graphwright_pages::read_page(path)?;
            return Ok(Self {
                docs,
                given_path: page.clone(),
                page: Some(page),
            });
        }
        if path.components().count() > 1 && path.is_absolute() {
            bail!("{name}: no such file or folder");
        }
        let folder = pull(source, name).with_context(|| {
            format!("{name}: no such file or folder, and not a revision that can be pulled")
        })?;
        Self::folder(&folder, versions)
    }

    /// Builds the model of the pages.
    pub(crate) fn analyze(&self) -> Analysis {
        let sources = &self.docs.sources;
        let corrections = graphwright_pages::corrections();
        match self.page.as_ref().and_then(|page| sources.find(page)) {
            Some(file) => generator::analyze_single_page(file, sources, &corrections),
            None => {
                let counter = Counter::new(
                    sources
                        .iter()
                        .filter(|(_, source)| source.is_page())
                        .count(),
                );
                let analysis = generator::analyze(sources, &corrections, &counter);
                counter.clear();
                analysis
            }
        }
    }

    /// Replaces the path of a single page by the path that the user gave.
    pub(super) fn rename_page(&self, seen: Option<&mut Seen>) {
        if let Some(seen) = seen
            && seen.page.is_some()
            && seen.page == self.page
        {
            seen.page = Some(self.given_path.clone());
        }
    }

    fn folder(folder: &Path, versions: &[ApiVersion]) -> Result<Self> {
        Ok(Self {
            docs: docs::list(folder, versions)?.read()?,
            page: None,
            given_path: String::new(),
        })
    }

    /// Reads the pages of a lock file: from its folder if the pages are there, else from its source. Their hashes must match.
    fn locked(path: &Path, versions: &[ApiVersion]) -> Result<Self> {
        let lock = Lock::read(path)?;
        if !lock.complete {
            bail!(
                "{}: the pull is incomplete; run `docs pull` again",
                path.display()
            );
        }
        let parent = path.parent().unwrap_or(Path::new(""));
        let folder = if parent.join("api-reference").is_dir() {
            parent.to_owned()
        } else {
            pull(&lock.source, &lock.commit)?
        };
        let all = docs::list(&folder, &ApiVersion::ALL)?.read()?;
        let differing = lock.differing(&all.sources);
        if let Some(first) = differing.first() {
            bail!(
                "{}: {} pages in {} do not match their hashes, the first is {first}",
                path.display(),
                differing.len(),
                folder.display()
            );
        }
        Self::folder(&folder, versions)
    }
}

/// Returns the folder with the pages of a revision. Only commits are reused: branches and tags can move.
fn pull(source: &str, revision: &str) -> Result<PathBuf> {
    let name = blake3::hash(format!("{source}\n{revision}").as_bytes()).to_hex();
    let cache = project::cache_folder().context("no folder for pulled pages; set HOME")?;
    let into = cache.join("docs").join(&name[..16]);
    let lock = into.join(docs::LOCK);
    let is_present = Lock::read(&lock).is_ok_and(|lock| lock.complete && lock.commit == revision);
    if !is_present {
        docs::pull(&PullArguments {
            source: source.to_owned(),
            rev: revision.to_owned(),
            into: into.clone(),
        })?;
    }
    Ok(into)
}

/// Gives two single pages the same path, which is derived from the contents of the later one: pages that are compared are two
/// states of one page, whatever their file names are.
pub(super) fn align(before: State, after: State) -> (State, State) {
    let (Some(left), Some(right)) = (&before.page, &after.page) else {
        return (before, after);
    };
    let path =
        derive_path(&after.docs.sources, right).or_else(|| derive_path(&before.docs.sources, left));
    let Some(path) = path else {
        return (before, after);
    };
    let moved = |state: &State, page: &str| State {
        docs: Docs {
            sources: move_page(&state.docs.sources, page, &path),
            root: PathBuf::new(),
        },
        page: Some(path.clone()),
        given_path: state.given_path.clone(),
    };
    (moved(&before, left), moved(&after, right))
}

/// Derives the path of a page in the documentation from its version and its kind.
fn derive_path(sources: &Sources, page: &str) -> Option<String> {
    let (facts, _) = facts::extract_page(sources, sources.find(page)?);
    let version = facts.version.unwrap_or(ApiVersion::V1_0).name();
    let folder = match facts.kind {
        PageKind::Operation => "api",
        PageKind::Resource | PageKind::Enum => "resources",
        PageKind::Conceptual => return None,
    };
    Some(format!("{version}/{folder}/page.md"))
}

fn move_page(sources: &Sources, page: &str, path: &str) -> Sources {
    let files = sources.iter().map(|(_, source)| {
        let mut source = source.clone();
        if source.path == page {
            source.path = path.to_owned();
        }
        source
    });
    Sources::new(files.collect())
}
