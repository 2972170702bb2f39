//! Documentation for tests: our own pages, and the real ones that `GRAPHWRIGHT_DOCS` names.

use std::fs;
use std::path::Path;

use generator::Analysis;
use generator::model::{Api, ApiVersion};
use generator::resolve::Corrections;
use generator::source::{Source, Sources};
use graphwright_tests::real_documentation;

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

/// The analysis of the real pages of July 2021.
pub(crate) fn real() -> Analysis {
    generator::analyze(&real_sources("2021-07"), &corrections(), &Silent)
}

/// The sources of the real pages at a tag of their history.
pub(crate) fn real_sources(tag: &str) -> Sources {
    let folder = real_documentation::checkout(tag).join("api-reference");
    let mut files = Vec::new();
    collect(&folder, "", &mut files);
    Sources::new(files)
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
