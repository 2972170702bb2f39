//! `diff` and the changelog as users run them: folders, pages, lock files, revisions.

use std::fs;
use std::path::Path;
use std::process::Command;

use graphwright_tests::real_documentation;
use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_graphwright"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command line starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all = [&["diff", "--format", "json"], arguments].concat();
    let (code, out, err) = run(folder, &all);
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("the diff is JSON")
}

fn docs(folder: &Path, name: &str, rows: &str) {
    let resources = folder.join(name).join("api-reference/v1.0/resources");
    fs::create_dir_all(&resources).expect("a folder can be created");
    let page = format!(
        "# shelf resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}"
    );
    fs::write(resources.join("shelf.md"), page).expect("a page can be written");
}

const OLD: &str = "|height|Int32|Centimetres.|\n";
const NEW: &str = "|height|Int64|Centimetres.|\n|depth|Int32|Centimetres.|\n";

#[test]
fn compares_folders_and_updates_the_changelog() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    docs(scratch.path(), "old", OLD);
    docs(scratch.path(), "new", NEW);
    let between = ["--from", "old", "--to", "new"];
    let report = json(scratch.path(), &between);
    assert_eq!(report["step"], "major");
    assert_eq!(report["counts"]["breaking"], 1);
    assert_eq!(report["counts"]["compatible"], 1);
    let retyped = &report["changes"][0];
    assert_eq!(retyped["name"], "microsoft.graph.shelf.height");
    assert_eq!(retyped["before"]["page"], "v1.0/resources/shelf.md");
    assert_eq!(retyped["after"]["line"], 8);
    let markdown = [&["diff", "--format", "markdown"], &between[..]].concat();
    let (_, entry, _) = run(scratch.path(), &markdown);
    let generate = [
        "gen",
        "--docs",
        "new",
        "--out",
        "out",
        "--since",
        "old",
        "--changelog",
        "CHANGELOG.md",
    ];
    for _ in 0..2 {
        let (code, _, err) = run(scratch.path(), &generate);
        assert_eq!(code, Some(0), "{err}");
        let log =
            fs::read_to_string(scratch.path().join("CHANGELOG.md")).expect("the changelog exists");
        assert_eq!(log, format!("# Changelog\n\n{entry}"));
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    let output = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .output();
    assert!(
        output.expect("git is installed").status.success(),
        "{arguments:?}"
    );
}

#[test]
fn compares_revisions_and_lock_files() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    docs(scratch.path(), "source", OLD);
    let source = scratch.path().join("source");
    git(&source, &["init", "--quiet"]);
    git(&source, &["add", "."]);
    git(&source, &["commit", "--quiet", "-m", "old"]);
    git(&source, &["tag", "old"]);
    docs(scratch.path(), "source", NEW);
    git(&source, &["commit", "--quiet", "-am", "new"]);
    git(&source, &["tag", "new"]);
    let by_name = json(
        scratch.path(),
        &["--source", "source", "--from", "old", "--to", "new"],
    );
    assert_eq!(by_name["counts"]["breaking"], 1);
    for name in ["old", "new"] {
        let pull = [
            "docs", "pull", "--source", "source", "--rev", name, "--into", name,
        ];
        assert_eq!(run(scratch.path(), &pull).0, Some(0));
    }
    // One lock file is in the folder of its pages, the other is a copy elsewhere.
    fs::copy(
        scratch.path().join("old/docs.lock"),
        scratch.path().join("kept.lock"),
    )
    .expect("a lock can be copied");
    let locked = ["--from", "kept.lock", "--to", "new/docs.lock"];
    assert_eq!(json(scratch.path(), &locked), by_name);
    let page = scratch
        .path()
        .join("new/api-reference/v1.0/resources/shelf.md");
    fs::write(page, "# another").expect("a page can be written");
    let (code, _, err) = run(scratch.path(), &[&["diff"], &locked[..]].concat());
    assert_eq!(code, Some(1));
    assert!(
        err.contains("1 pages in new do not match their hashes"),
        "{err}"
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn renditions_differ_in_two_properties_and_descriptions() {
    let seed = |number: &str| {
        real_documentation::seed(number)
            .to_string_lossy()
            .into_owned()
    };
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let report = json(
        scratch.path(),
        &["--from", &seed("001"), "--to", &seed("000")],
    );
    assert_eq!(report["counts"]["breaking"], 0, "{report:#}");
    assert_eq!(report["step"], "minor");
    let changes = report["changes"].as_array().expect("changes are a list");
    let names = |kind: &str| -> Vec<&str> {
        let of_kind = changes.iter().filter(|change| change["change"] == kind);
        of_kind
            .filter_map(|change| change["name"].as_str())
            .collect()
    };
    let owner = "microsoft.graph.mobileThreatDefenseConnector";
    assert_eq!(
        names("added"),
        [
            format!("{owner}.allowPartnerToCollectIosCertificateMetadata"),
            format!("{owner}.allowPartnerToCollectIosPersonalCertificateMetadata"),
        ]
    );
    let reworded = names("redescribed").len();
    assert_eq!(2 + reworded, changes.len(), "{report:#}");
    assert_eq!(reworded, 14);
    assert_eq!(changes[0]["after"]["page"], seed("000"));
    // Two renditions of one page are equivalent.
    let same = json(
        scratch.path(),
        &["--from", &seed("003"), "--to", &seed("004")],
    );
    assert_eq!(
        same["changes"].as_array().map(Vec::len),
        Some(0),
        "{same:#}"
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn one_month_of_real_documentation_renames_nothing() {
    let bundle = real_documentation::bundle();
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let source = bundle.to_string_lossy();
    let arguments = [
        "--source", &source, "--api", "v1.0", "--from", "2021-06", "--to", "2021-07",
    ];
    let report = json(scratch.path(), &arguments);
    println!("{:#}", report["counts"]);
    assert_eq!(report["counts"]["unstable"], 0);
    let changes = report["changes"].as_array().expect("changes are a list");
    let has = |name: &str, change: &str, class: &str| {
        let is_it =
            |one: &&Value| one["name"] == name && one["change"] == change && one["class"] == class;
        assert!(changes.iter().any(|one| is_it(&one)), "{name}: {change}");
    };
    // Changes on the pages, and changes that follow from them: types derive from identitySet for the first time.
    has(
        "microsoft.graph.changeNotification.changeType",
        "retyped",
        "breaking",
    );
    has("microsoft.graph.drive.owner", "retyped", "breaking");
    for change in changes {
        for side in ["before", "after"] {
            let seen = &change[side];
            // A feature can stand for a path prefix that no page documents.
            let follows = ["type", "derivation", "feature"].map(Value::from);
            let follows = follows.contains(&change["item"]);
            assert!(
                seen.is_null() || seen["page"].is_string() || follows,
                "{change:#}"
            );
        }
    }
}
