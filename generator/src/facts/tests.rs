//! Small pages in our own words, one for each habit that real pages have.

mod members;
mod messages;
mod operations;
mod renditions;
mod types;

use super::{Outcome, PageFacts, PageKind, PropertyFact};
use crate::report::{Code, Report};
use crate::source::{Source, Sources};

/// What a page says; nothing of it may be unaccounted for.
pub(in crate::facts) fn facts(path: &str, text: &str) -> (PageFacts, Report) {
    let sources = Sources::new(vec![Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }]);
    let file = sources.find(path).unwrap();
    let (facts, report) = super::extract_page(&sources, file);
    for entry in &facts.ledger {
        assert_ne!(entry.outcome, Outcome::Unaccounted, "{entry:?} of {text}");
    }
    (facts, report)
}

pub(in crate::facts) fn api(text: &str) -> (PageFacts, Report) {
    facts("v1.0/api/thing-get.md", text)
}

pub(in crate::facts) fn resource(text: &str) -> (PageFacts, Report) {
    facts("v1.0/resources/thing.md", text)
}

fn codes(report: &Report) -> Vec<Code> {
    let problems = report.problems().iter();
    problems.map(|problem| problem.code).collect()
}

pub(in crate::facts) fn names(rows: &[PropertyFact]) -> Vec<&str> {
    rows.iter().map(|row| row.name.value.as_str()).collect()
}

#[test]
fn kinds_of_pages() {
    let check =
        |path: &str, text: &str, expected| assert_eq!(facts(path, text).0.kind, expected, "{text}");
    let properties =
        "\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|id|String|Key.|\n";
    check(
        "v1.0/resources/a.md",
        &format!("# thing resource type{properties}"),
        PageKind::Resource,
    );
    check(
        "v1.0/api/a.md",
        &format!("# thing resource type{properties}"),
        PageKind::Resource,
    );
    check(
        "v1.0/resources/a.md",
        "# hue enum type\n\n## Members\n\n|Member|\n|:--|\n|red|\n",
        PageKind::Enum,
    );
    check(
        "v1.0/resources/a.md",
        "# Enum values\n\n### hue values\n\n|Member|\n|:--|\n|red|\n",
        PageKind::Enum,
    );
    check(
        "v1.0/resources/a.md",
        "# Working with things\n\nWords.\n",
        PageKind::Conceptual,
    );
    check(
        "v1.0/api/a.md",
        "# Get thing\n\n## HTTP request\n\n```http\nGET /things\n```\n",
        PageKind::Operation,
    );
    check(
        "a.md",
        "# Get thing\n\n## HTTP request\n\n```http\nGET /things\n```\n",
        PageKind::Operation,
    );
    check("", "", PageKind::Conceptual);
}

#[test]
fn a_page_that_explains_is_accounted_for() {
    let (facts, report) =
        resource("# Things and you\n\n|a|b|\n|--|--|\n|1|2|\n\n```json\n{}\n```\n");
    assert_eq!(facts.ledger.len(), 2);
    assert!(report.problems().is_empty());
}

#[test]
fn namespaces() {
    let check = |line: &str, expected: Option<&str>| {
        let (facts, _) = api(&format!(
            "# Get thing\n\n{line}\n\nReads.\n\n## HTTP request\n\n```http\nGET /a\n```\n"
        ));
        assert_eq!(
            facts.namespace.map(|namespace| namespace.value).as_deref(),
            expected,
            "{line}"
        );
        assert_eq!(
            facts.summary.map(|summary| summary.value).as_deref(),
            Some("Reads.")
        );
    };
    check("Namespace: microsoft.graph", Some("microsoft.graph"));
    check("Namespace: microsoft.graph. ", Some("microsoft.graph"));
    check("", None);
}

#[test]
fn unknown_tables_are_problems() {
    let (facts, report) = resource(
        "# thing resource type\n\n## Properties\n\n|Property|Type|Description|\n|--|--|--|\n|id|String|Key.|\n\n## More\n\n\
         |Colour|Shape|\n|--|--|\n|red|round|\n",
    );
    assert_eq!(names(&facts.resources[0].properties), ["id"]);
    assert_eq!(codes(&report), [Code::UnreadTable]);
}
