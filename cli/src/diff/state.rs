//! A state of the documentation by what the user calls it: a folder, a page, a lock file or a revision.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::Analysis;
use generator::diff::Seen;
use generator::facts::{self, PageKind};
use generator::model::ApiVersion;
use generator::source::Sources;

use crate::arguments::{ApiChoice, PullArguments};
use crate::docs::{self, Lock};
use crate::progress::Counter;
use graphwright_pages::Docs;

/// The pages of one state.
pub(super) struct State {
    pub(super) docs: Docs,
    /// The path of the page, if there is but one.
    page: Option<String>,
    /// What the user calls that page.
    called: String,
}

impl State {
    /// Finds the pages; those of a revision are pulled below `target`, once.
    pub(super) fn find(name: &str, source: &str, api: ApiChoice) -> Result<Self> {
        let path = Path::new(name);
        if path.is_dir() {
            return Self::folder(path, api);
        }
        if path.is_file() {
            if path
                .extension()
                .is_some_and(|extension| extension == "lock")
            {
                return Self::locked(path, api);
            }
            let (docs, page) = graphwright_pages::read_page(path)?;
            return Ok(Self {
                docs,
                called: page.clone(),
                page: Some(page),
            });
        }
        if path.components().count() > 1 && path.is_absolute() {
            bail!("{name}: there is no such folder or file");
        }
        let folder = pulled(source, name).with_context(|| {
            format!("{name}: is no folder and no file here, and was looked for as a revision")
        })?;
        Self::folder(&folder, api)
    }

    /// Builds the model of the pages.
    pub(super) fn analyze(&self) -> Analysis {
        let sources = &self.docs.sources;
        let corrections = graphwright_pages::corrections();
        match self.page.as_ref().and_then(|page| sources.find(page)) {
            Some(file) => generator::analyze_single_page(file, sources, &corrections),
            None => {
                let counter = Counter::new(sources.iter().filter(|(_, own)| own.is_page()).count());
                let analysis = generator::analyze(sources, &corrections, &counter);
                counter.clear();
                analysis
            }
        }
    }

    /// Calls a single page what the user does.
    pub(super) fn name(&self, seen: Option<&mut Seen>) {
        if let Some(seen) = seen
            && seen.page.is_some()
            && seen.page == self.page
        {
            seen.page = Some(self.called.clone());
        }
    }

    fn folder(folder: &Path, api: ApiChoice) -> Result<Self> {
        Ok(Self {
            docs: docs::list(folder, &api.versions())?.read()?,
            page: None,
            called: String::new(),
        })
    }

    /// The pages of a lock file: beside it, if it lies with them, else from its source. They must be those that it names.
    fn locked(path: &Path, api: ApiChoice) -> Result<Self> {
        let lock = Lock::read(path)?;
        if !lock.complete {
            bail!(
                "{}: the pull is incomplete; run `docs pull` again",
                path.display()
            );
        }
        let beside = path.parent().unwrap_or(Path::new(""));
        let folder = if beside.join("api-reference").is_dir() {
            beside.to_owned()
        } else {
            pulled(&lock.source, &lock.commit)?
        };
        let all = docs::list(&folder, &ApiVersion::ALL)?.read()?;
        let differing = lock.differing(&all.sources);
        if let Some(first) = differing.first() {
            bail!(
                "{}: {} pages in {} are not those that it names, {first} the first",
                path.display(),
                differing.len(),
                folder.display()
            );
        }
        Self::folder(&folder, api)
    }
}

/// The folder with the pages of a revision. A commit that was pulled stays what it is; other names may mean another today.
fn pulled(source: &str, revision: &str) -> Result<PathBuf> {
    let name = blake3::hash(format!("{source}\n{revision}").as_bytes()).to_hex();
    let into = PathBuf::from("target/docs").join(&name[..16]);
    let lock = into.join(docs::LOCK);
    let known = Lock::read(&lock).is_ok_and(|lock| lock.complete && lock.commit == revision);
    if !known {
        docs::pull(&PullArguments {
            source: source.to_owned(),
            rev: revision.to_owned(),
            into: into.clone(),
        })?;
    }
    Ok(into)
}

/// Two pages that are compared are two states of one page, whatever they are called: both get the place in the documentation
/// that the later says it has.
pub(super) fn aligned(before: State, after: State) -> (State, State) {
    let (Some(left), Some(right)) = (&before.page, &after.page) else {
        return (before, after);
    };
    let place = place(&after.docs.sources, right).or_else(|| place(&before.docs.sources, left));
    let Some(place) = place else {
        return (before, after);
    };
    let moved = |state: &State, page: &str| State {
        docs: Docs {
            sources: placed(&state.docs.sources, page, &place),
            root: PathBuf::new(),
        },
        page: Some(place.clone()),
        called: state.called.clone(),
    };
    (moved(&before, left), moved(&after, right))
}

/// Where a page belongs, by what it says of itself.
fn place(sources: &Sources, page: &str) -> Option<String> {
    let (facts, _) = facts::read(sources, sources.find(page)?);
    let version = facts.version.unwrap_or(ApiVersion::V1_0).name();
    let folder = match facts.kind {
        PageKind::Operation => "api",
        PageKind::Resource | PageKind::Enum => "resources",
        PageKind::Conceptual => return None,
    };
    Some(format!("{version}/{folder}/page.md"))
}

fn placed(sources: &Sources, page: &str, place: &str) -> Sources {
    let files = sources.iter().map(|(_, source)| {
        let mut source = source.clone();
        if source.path == page {
            source.path = place.to_owned();
        }
        source
    });
    Sources::new(files.collect())
}
