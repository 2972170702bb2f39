//! Tests of the passes on small pages: from markdown to the text view of the model.

mod types;
mod usage;
mod bases;
mod property_rows;
mod enums;
mod operations;
mod permissions;
mod responses;
mod operations_from_examples;
mod alternate_keys;
mod unreferenced_enums;
mod types_from_paths;
mod relationships;
mod corrections;
mod descriptions;

use super::{Corrections, resolve};
use crate::facts;
use crate::model::{Api, view};
use crate::report::Report;
use crate::source::{Source, Sources};

/// Resolves pages given by path and text; everything is about v1.0.
fn resolve_pages(pages: &[(&str, &str)], corrections: &str) -> (Api, Report) {
    let files = pages
        .iter()
        .map(|(path, text)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    let sources = Sources::new(files);
    let read: Vec<_> = sources
        .iter()
        .map(|(file, _)| facts::extract_page(&sources, file).0)
        .collect();
    let corrections = Corrections::parse(corrections).unwrap();
    let (mut model, report) = resolve(&read, &sources, &corrections);
    assert_eq!(model.apis.len(), 1, "the pages are about one version");
    (model.apis.remove(0), report)
}

/// Checks one item of the view: the lines from the one that starts with `head` to the next empty one.
fn check(pages: &[(&str, &str)], head: &str, expected: &str) {
    let (api, _) = resolve_pages(pages, "");
    check_item(&api, head, expected);
}

fn check_item(api: &Api, head: &str, expected: &str) {
    let text = view::text(api);
    let items: Vec<&str> = text.split("\n\n").map(str::trim_end).collect();
    let item = items.iter().find(|item| item.starts_with(head));
    let expected: Vec<&str> = expected
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let found: Vec<&str> = item.map(|item| item.lines().collect()).unwrap_or_default();
    assert_eq!(found, expected, "in\n{text}");
}

/// Checks the codes of all problems, in the order of their places.
fn check_codes(pages: &[(&str, &str)], expected: &[&str]) {
    let (_, report) = resolve_pages(pages, "");
    let found: Vec<&str> = report
        .problems()
        .iter()
        .map(|problem| problem.code.id())
        .collect();
    assert_eq!(found, expected, "{:#?}", report.problems());
}
