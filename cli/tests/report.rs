//! `report` as users run it.

mod program;

use std::fs;
use std::path::Path;

use program::{Run, run};

const LAMP: &str = "\
# lamp resource type

Namespace: microsoft.graph

A device that gives light.

## Properties
|Property|Type|Description|
|:---|:---|:---|
|colour|String|The colour of its light.|
";

fn report(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&["report"], arguments].concat())
}

/// A documentation folder `docs` with the page of one type.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be created");
    write(folder.path(), "docs/v1.0/resources/lamp.md", LAMP);
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))
        .expect("a folder can be created");
    fs::write(path, text).expect("a file can be written");
}

#[track_caller]
fn check_success(run: &Run, expected: &str) {
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains(expected), "{}", run.out);
}

#[test]
fn site_is_written_once_and_follows_the_pages() {
    let folder = project();
    let lamp = folder
        .path()
        .join("site/v1.0/types/microsoft.graph.lamp.html");
    let first = report(folder.path(), &["--docs", "docs", "--out", "site"]);
    check_success(&first, "0 removed, 0 unchanged; open site/index.html");
    let page = fs::read_to_string(&lamp).expect("the type has a page");
    assert!(page.contains("The colour of its light."), "{page}");

    let again = report(folder.path(), &["--docs", "docs"]);
    check_success(&again, "0 files written, 0 removed");

    write(
        folder.path(),
        "docs/v1.0/resources/lamp.md",
        &LAMP.replace("lamp resource", "torch resource"),
    );
    let renamed = report(folder.path(), &["--docs", "docs"]);
    check_success(&renamed, "1 removed");
    assert!(!lamp.exists());
}

#[test]
fn pulled_documentation_has_its_revision_as_the_name() {
    let folder = project();
    let lock = "# Written by `graphwright docs pull`.\nsource = \"somewhere\"\nrevision = \"2021-07\"\n\
                commit = \"0123456789abcdef\"\ncomplete = true\n\n[pages]\n";
    write(folder.path(), "docs/docs.lock", lock);
    check_success(&report(folder.path(), &["--docs", "docs"]), "files written");
    let page = fs::read_to_string(folder.path().join("site/index.html"));
    let page = page.expect("the site has an overview");
    assert!(page.contains("2021-07 (0123456789)"), "{page}");
}

#[track_caller]
fn check_refused(folder: &Path, out: &str, expected: &str) {
    let run = report(folder, &["--docs", "docs", "--out", out]);
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(run.err.contains(expected), "{}", run.err);
}

#[test]
fn other_files_are_not_overwritten() {
    let folder = project();
    write(folder.path(), "mine/index.html", "my page");
    check_refused(
        folder.path(),
        "mine",
        "mine: neither empty nor written by an earlier run",
    );
    let page = fs::read_to_string(folder.path().join("mine/index.html"));
    assert_eq!(page.expect("the page is still there"), "my page");
}

#[test]
fn site_is_not_written_into_the_documentation() {
    let folder = project();
    check_refused(
        folder.path(),
        "docs/site",
        "inside the documentation folder",
    );
    assert!(!folder.path().join("docs/site").exists());
}

#[test]
fn missing_documentation_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder can be created");
    check_refused(folder.path(), "site", "docs: no such folder");
    assert!(!folder.path().join("site").exists());
}

#[test]
fn changes_since_an_earlier_state_are_listed() {
    let folder = project();
    let torch = LAMP.replace("lamp resource", "torch resource");
    write(folder.path(), "docs/v1.0/resources/torch.md", &torch);
    write(folder.path(), "older/docs/v1.0/resources/lamp.md", LAMP);
    write(folder.path(), "oldest/v1.0/resources/torch.md", &torch);
    let arguments = ["--docs", "docs", "--from", "oldest", "--from", "older/docs"];
    check_success(&report(folder.path(), &arguments), "files written");
    let file = |path: &str| fs::read_to_string(folder.path().join("site").join(path));
    let changes = file("changes.html").expect("the site has a page of changes");
    assert!(changes.contains("before/index.html"), "{changes}");
    assert!(changes.contains("microsoft.graph.torch"), "{changes}");
    assert!(!changes.contains("microsoft.graph.lamp<"), "{changes}");
    // Both folders have the same name.
    let overview = file("index.html").expect("the site has an overview");
    let growth = "oldest: 1; older/docs: 1; docs: 2";
    assert!(overview.contains(growth), "{overview}");
    file("before/v1.0/types/microsoft.graph.lamp.html").expect("the earlier state has a site");

    let without = report(folder.path(), &["--docs", "docs"]);
    check_success(&without, "removed");
    assert!(!folder.path().join("site/before/index.html").exists());
}

#[test]
fn earlier_state_that_does_not_exist_is_an_error() {
    let folder = project();
    let arguments = [
        "--docs",
        "docs",
        "--from",
        "older/docs",
        "--source",
        "nowhere",
    ];
    let run = report(folder.path(), &arguments);
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(
        run.err.contains("older/docs: no such file or folder"),
        "{}",
        run.err
    );
    assert!(!folder.path().join("site").exists());
}

#[test]
fn site_is_not_written_into_an_earlier_state() {
    let folder = project();
    write(folder.path(), "older/v1.0/resources/lamp.md", LAMP);
    let arguments = ["--docs", "docs", "--from", "older", "--out", "older/site"];
    let run = report(folder.path(), &arguments);
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(
        run.err.contains("inside the documentation folder"),
        "{}",
        run.err
    );
}

#[test]
fn problems_follow_the_levels_of_the_linter() {
    let folder = project();
    let page = LAMP.replace("|colour|String|", "|colour|lampColour|");
    write(folder.path(), "docs/v1.0/resources/lamp.md", &page);
    let rule = folder.path().join("site/problems/undefined-type.html");
    check_success(&report(folder.path(), &["--docs", "docs"]), "files written");
    assert!(rule.exists());
    write(
        folder.path(),
        "graphwright.toml",
        "[lint]\nundefined-type = \"allow\"\n",
    );
    check_success(&report(folder.path(), &["--docs", "docs"]), "1 removed");
    assert!(!rule.exists());
}
