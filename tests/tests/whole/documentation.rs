//! Documentation for tests: our own pages, and the real ones where they are at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use generator::Analysis;
use generator::model::{Api, ApiVersion};
use generator::resolve::Corrections;
use generator::source::{Source, Sources};

use crate::tree;

/// Tells nobody about progress.
pub(crate) struct Silent;

impl generator::Progress for Silent {
    fn page_read(&self) {}
}

/// The sources of our own pages.
pub(crate) fn own_sources() -> Sources {
    let mut files = Vec::new();
    collect(&tree::root().join("docs-input"), "", &mut files);
    assert!(!files.is_empty(), "docs-input has no pages");
    Sources::new(files)
}

/// What our own pages say.
pub(crate) fn own() -> Analysis {
    generator::analyze(&own_sources(), &corrections(), &Silent)
}

/// What the real pages of July 2021 say; none, with a word about it, where they are not at hand.
pub(crate) fn real() -> Option<Analysis> {
    Some(generator::analyze(
        &real_sources("2021-07")?,
        &corrections(),
        &Silent,
    ))
}

/// The sources of the real pages at a tag of their history.
pub(crate) fn real_sources(tag: &str) -> Option<Sources> {
    let folder = real_folder(tag)?.join("api-reference");
    let mut files = Vec::new();
    collect(&folder, "", &mut files);
    Some(Sources::new(files))
}

/// Held by the thread that makes a checkout.
static MAKING: Mutex<()> = Mutex::new(());

/// A checkout of the real pages: `GRAPHWRIGHT_DOCS`, else one made from the bundle beside the project.
pub(crate) fn real_folder(tag: &str) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("GRAPHWRIGHT_DOCS") {
        return Some(PathBuf::from(folder));
    }
    let bundle = shared("graph-docs.bundle")?;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("documentation-{tag}"));
    // One thread makes it, the others wait; a test that failed while it did says so itself.
    let _turn = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if !folder.join("api-reference").is_dir() {
        // Made beside its place and moved there, so that processes that run at once meet all of it or nothing.
        let fresh = folder.with_extension(std::process::id().to_string());
        let status = Command::new("git")
            .args([
                "-c",
                "advice.detachedHead=false",
                "clone",
                "--quiet",
                "--branch",
                tag,
            ])
            .arg(&bundle)
            .arg(&fresh)
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "{} cannot be cloned",
            bundle.display()
        );
        if fs::rename(&fresh, &folder).is_err() {
            fs::remove_dir_all(&fresh).expect("a folder just made can be removed");
        }
    }
    Some(folder)
}

/// A file beside the project; none, with a word about it, where it is not at hand.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = tree::root().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    println!(
        "{} is not at hand: this test looked at nothing",
        path.display()
    );
    None
}

/// One version of what pages say.
pub(crate) fn api(analysis: &Analysis, version: ApiVersion) -> &Api {
    let api = analysis
        .model
        .apis
        .iter()
        .find(|api| api.version == version);
    api.unwrap_or_else(|| panic!("no page is about {}", version.name()))
}

/// The built-in corrections.
pub(crate) fn corrections() -> Corrections {
    graphwright_pages::corrections()
}

fn collect(folder: &Path, path: &str, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the folder of pages can be listed") {
        let entry = entry.expect("the folder of pages can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}/{name}")
        };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files);
        } else if name.ends_with(".md") {
            files.push(Source {
                path,
                text: fs::read_to_string(entry.path()).expect("pages are UTF-8"),
            });
        }
    }
}
