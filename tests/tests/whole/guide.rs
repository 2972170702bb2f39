//! The guide and the other documents: links lead to files that exist, and every page of the guide is in its summary.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

use crate::tree;

const DOCUMENTS: [&str; 6] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "STYLE.md",
];

/// Returns the pages of the guide.
fn guide_pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(tree::root().join("guide/src")).expect("the guide can be listed");
    let paths = entries.map(|entry| entry.expect("the guide can be listed").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect()
}

/// Returns the targets of the links and images of a document, without anchors and URLs.
fn links(document: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(document).expect("documents are UTF-8");
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    };
    let targets = Parser::new(&text).filter_map(target);
    targets
        .filter(|target| !target.contains("://"))
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|path| !path.is_empty())
        .collect()
}

#[test]
fn links_of_documents_lead_to_files() {
    let documents = DOCUMENTS.map(|name| tree::root().join(name));
    for document in documents.into_iter().chain(guide_pages()) {
        let folder = document.parent().expect("a file has a folder");
        for link in links(&document) {
            let exists = folder.join(&link).exists();
            assert!(exists, "{}: {link} does not exist", document.display());
        }
    }
}

#[test]
fn summary_lists_every_page_of_the_guide() {
    let listed = links(&tree::root().join("guide/src/SUMMARY.md"));
    let names = guide_pages().into_iter().map(|path| {
        let name = path.file_name().expect("a file has a name");
        name.to_string_lossy().into_owned()
    });
    let pages: BTreeSet<String> = names.filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, pages);
}
