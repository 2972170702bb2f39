//! Who may import whom: the stages of the generator look downwards only, and only outside of it is anything read or written.

use crate::tree;
use std::collections::BTreeMap;

/// For every top-level module of the generator, the modules that it may name.
const STAGES: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("report", &["source"]),
    ("markdown", &["source", "report"]),
    ("facts", &["markdown", "source", "report", "model"]),
    ("model", &["source"]),
    ("resolve", &["facts", "model", "source", "report"]),
    ("ledger", &["facts", "model", "source", "report"]),
    ("conformance", &["model", "source", "report"]),
    ("rust", &["model", "source", "report"]),
    ("emit", &["rust"]),
    ("export", &["model", "source"]),
    ("diff", &["rust", "model", "source"]),
    (
        "lib",
        &[
            "source",
            "report",
            "markdown",
            "facts",
            "model",
            "resolve",
            "ledger",
            "conformance",
            "rust",
            "emit",
            "export",
            "diff",
        ],
    ),
];

/// Crates that only these stages may name.
const CRATES: &[(&str, &[&str])] = &[
    ("heck", &["rust"]),
    ("quick_xml", &["export"]),
    ("toml", &["resolve"]),
    ("memchr", &["markdown", "facts", "resolve"]),
    (
        "rayon",
        &["lib", "resolve", "ledger", "conformance", "rust", "emit"],
    ),
];

/// What the generator may not touch at all.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::time",
    "std::io",
];

/// What facts may take from model: two words of HTTP and of the service, no types of the API.
const FACTS_FROM_MODEL: &[&str] = &["ApiVersion", "HttpMethod"];

#[test]
fn stages_look_downwards() {
    let allowed: BTreeMap<&str, &[&str]> = STAGES.iter().copied().collect();
    let mut faults = Vec::new();
    for file in tree::rust_files("generator/src") {
        let stage = stage(&file.path);
        let Some(allowed) = allowed.get(stage) else {
            faults.push(format!(
                "{}: the stage `{stage}` stands in no row of the table",
                file.path
            ));
            continue;
        };
        for (line, text) in code_lines(&file) {
            for name in names_after(text, "crate::") {
                // What is no stage stands in the text of the output, not in the generator.
                let is_stage = STAGES.iter().any(|(stage, _)| *stage == name);
                if is_stage && name != stage && !allowed.contains(&name) {
                    faults.push(format!(
                        "{}:{line}: `{stage}` may not name `{name}`",
                        file.path
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_stay_where_they_are_needed() {
    let mut faults = Vec::new();
    for file in tree::rust_files("generator/src") {
        let stage = stage(&file.path);
        for (line, text) in code_lines(&file) {
            for (name, stages) in CRATES {
                let named =
                    text.contains(&format!("{name}::")) || text.contains(&format!("use {name};"));
                if named && !text.contains(&format!("::{name}::")) && !stages.contains(&stage) {
                    faults.push(format!(
                        "{}:{line}: `{stage}` may not name the crate `{name}`",
                        file.path
                    ));
                }
            }
            for path in OUTSIDE {
                if text.contains(path) {
                    faults.push(format!(
                        "{}:{line}: the generator may not touch `{path}`",
                        file.path
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn facts_know_no_types_of_the_model() {
    let mut faults = Vec::new();
    for file in tree::rust_files("generator/src")
        .into_iter()
        .filter(|file| stage(&file.path) == "facts")
    {
        for (line, text) in code_lines(&file) {
            let Some((_, names)) = text.split_once("crate::model::") else {
                continue;
            };
            let names = names
                .trim_start_matches('{')
                .split([',', '}', ';', ':', ' ', '(', ')', '>']);
            for name in names.filter(|name| name.starts_with(char::is_uppercase)) {
                if !FACTS_FROM_MODEL.contains(&name) {
                    faults.push(format!(
                        "{}:{line}: facts may not name `model::{name}`",
                        file.path
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_runtime_knows_nothing_generated() {
    for (folder, barred) in [
        ("runtime/src", ["graphwright::", "generator::"]),
        ("generated/src", ["generator::", "xtask::"]),
        ("examples/src", ["generator::", "graphwright_runtime::"]),
        // What is served comes from the model alone: the client that is tested on it has no part in it.
        ("serve/src", ["graphwright::", "graphwright_runtime::"]),
    ] {
        for file in tree::rust_files(folder) {
            for (line, text) in code_lines(&file) {
                let found = barred
                    .iter()
                    .find(|name| text.starts_with(&format!("use {name}")));
                assert!(
                    found.is_none(),
                    "{}:{line}: may not name `{found:?}`",
                    file.path
                );
            }
        }
    }
}

/// The stage of a file: the first folder below `src`, or the file's own name.
fn stage(path: &str) -> &str {
    let below = path
        .strip_prefix("generator/src/")
        .expect("only files of the generator are looked at");
    below
        .split('/')
        .next()
        .expect("a path has a first part")
        .trim_end_matches(".rs")
}

/// Lines of code with their numbers: comments and test modules in the same file left out.
fn code_lines(file: &tree::RustFile) -> impl Iterator<Item = (usize, &str)> {
    let is_test = file.path.contains("/tests");
    let lines = file
        .text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    lines
        .take_while(move |(_, line)| !is_test && *line != "mod tests {")
        .filter(|(_, line)| !line.starts_with("//"))
}

/// The names behind every occurrence of a prefix; `{a, b::c}` gives `a` and `b`.
fn names_after<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (start, _) in text.match_indices(prefix) {
        let before = text[..start].chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '$') {
            continue;
        }
        let rest = &text[start + prefix.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            names.extend(
                list.trim_end_matches(['}', ';'])
                    .split(',')
                    .map(|name| first_word(name.trim())),
            );
        } else {
            names.push(first_word(rest));
        }
    }
    names
        .into_iter()
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

fn first_word(text: &str) -> &str {
    let end = text
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    &text[..end]
}

#[test]
fn names_are_found_in_every_form() {
    assert_eq!(names_after("use crate::model::Path;", "crate::"), ["model"]);
    assert_eq!(
        names_after("use crate::{facts::Row, source};", "crate::"),
        ["facts", "source"]
    );
    assert_eq!(
        names_after("fn f(path: &crate::rust::Item) {}", "crate::"),
        ["rust"]
    );
    assert!(names_after("mycrate::other::x", "crate::").is_empty());
}
