//! `lint` as writers of pages run it.

mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use program::{Run, run};

fn lint(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&["lint"], arguments].concat())
}

/// A documentation folder `docs` with the given pages.
fn project(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be created");
    for (path, text) in pages {
        write(&folder.path().join("docs"), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))
        .expect("a folder can be created");
    fs::write(path, text).expect("a file can be written");
}

/// A page that defines a type; the rows are those of its properties.
fn resource(name: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}"
    )
}

fn lamp() -> String {
    resource(
        "lamp",
        "|id|String|The key.|\n|bulb|[blub](blub.md)|Gives light.|\n",
    )
}

fn findings(run: &Run) -> Vec<String> {
    let list: Vec<Value> = serde_json::from_str(&run.out).expect("the output is JSON");
    list.iter()
        .map(|finding| {
            let file = finding["file"].as_str().unwrap_or_default();
            let name = file.rsplit('/').next().unwrap_or_default();
            format!(
                "{name}:{} {} {}",
                finding["line"],
                finding["level"].as_str().unwrap_or_default(),
                finding["rule"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn levels_decide_what_is_shown_and_whether_the_command_fails() {
    let folder = project(&[("v1.0/resources/lamp.md", &lamp())]);
    let run = lint(folder.path(), &["--format", "json"]);
    assert_eq!(
        findings(&run),
        [
            "lamp.md:10 warn undefined-type",
            "lamp.md:10 note broken-link"
        ]
    );
    assert_eq!(run.code, Some(0));

    let config = "[lint]\nundefined-type = \"deny\"\nbroken-link = \"allow\"\n";
    write(folder.path(), "graphwright.toml", config);
    let run = lint(folder.path(), &["--format", "json"]);
    assert_eq!(findings(&run), ["lamp.md:10 deny undefined-type"]);
    assert_eq!(run.code, Some(1));

    write(
        &folder.path().join("docs"),
        "v1.0/resources/bulb.md",
        &resource("bulb", "|id|String|The key.|\n"),
    );
    let run = lint(folder.path(), &[]);
    assert!(run.out.contains("error[GW3004]"), "{}", run.out);
    assert!(run.out.contains("did you mean `bulb`?"), "{}", run.out);
    assert!(
        run.out.contains("1 denied, 0 warnings, 0 notes"),
        "{}",
        run.out
    );

    write(
        folder.path(),
        "graphwright.toml",
        "[lint]\nundefned-type = \"deny\"\n",
    );
    let run = lint(folder.path(), &[]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains(
            "graphwright.toml:2: unknown rule `undefned-type`; did you mean `undefined-type`?"
        ),
        "{}",
        run.err
    );
}

#[test]
fn comments_in_pages_allow_problems() {
    let page = lamp().replace(
        "|Property",
        "<!-- graphwright: allow(undefined-type, broken-link) the page comes later -->\n|Property",
    );
    let folder = project(&[("v1.0/resources/lamp.md", &page)]);
    let run = lint(folder.path(), &[]);
    assert!(
        run.out.contains("0 notes; 2 allowed by comments"),
        "{}",
        run.out
    );
}

#[test]
fn only_the_problems_of_the_given_paths_are_shown() {
    let room = resource(
        "room",
        "|id|String|The key.|\n|lamps|[lmap](lmap.md) collection|Lamps.|\n",
    );
    let folder = project(&[
        ("v1.0/resources/lamp.md", &lamp()),
        ("v1.0/resources/room.md", &room),
    ]);
    let run = lint(
        folder.path(),
        &["docs/v1.0/resources/room.md", "--format", "json"],
    );
    assert_eq!(
        findings(&run),
        [
            "room.md:10 warn undefined-type",
            "room.md:10 note broken-link"
        ]
    );
    let run = lint(folder.path(), &["docs/v1.0/resources"]);
    assert!(run.out.contains("2 warnings, 2 notes"), "{}", run.out);
    let run = lint(folder.path(), &["docs/v1.0/resources/rom.md"]);
    assert!(run.err.contains("no such file or folder"), "{}", run.err);
    write(folder.path(), "elsewhere/a.md", "# A\n");
    let run = lint(folder.path(), &["elsewhere"]);
    assert!(run.err.contains("contains no page of docs"), "{}", run.err);
}

#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(arguments)
        .output()
        .expect("git starts")
        .status;
    assert!(status.success(), "{arguments:?}");
}

#[test]
fn a_baseline_accepts_what_is_known() {
    let folder = project(&[("v1.0/resources/lamp.md", &lamp())]);
    let missing = lint(folder.path(), &["--baseline", "known.toml"]);
    assert!(
        missing.err.contains("--update-baseline creates it"),
        "{}",
        missing.err
    );
    let written = lint(
        folder.path(),
        &["--baseline", "known.toml", "--update-baseline"],
    );
    assert_eq!(written.out, "baseline  2 problems written to known.toml\n");

    let known = &["--baseline", "known.toml", "--format", "json"];
    assert_eq!(findings(&lint(folder.path(), known)), [""; 0]);
    let pages = folder.path().join("docs");
    let changed = lamp().replace("\n\n## Prop", "\n\nA lamp.\n\n## Prop")
        + "|shade|[shde](shde.md)|Dims the light.|\n";
    write(&pages, "v1.0/resources/lamp.md", &changed);
    assert_eq!(
        findings(&lint(folder.path(), known)),
        [
            "lamp.md:13 warn undefined-type",
            "lamp.md:13 note broken-link"
        ]
    );

    write(
        &pages,
        "v1.0/resources/lamp.md",
        &resource("lamp", "|id|String|The key.|\n"),
    );
    assert_eq!(
        findings(&lint(folder.path(), known)),
        [
            "known.toml:5 note stale-baseline",
            "known.toml:8 note stale-baseline"
        ]
    );
    write(
        folder.path(),
        "graphwright.toml",
        "[lint]\nstale-baseline = \"deny\"\n",
    );
    assert_eq!(lint(folder.path(), known).code, Some(1));
}

#[test]
fn since_shows_what_a_change_brings() {
    let bulb = resource("bulb", "|id|String|The key.|\n");
    let lamp = lamp();
    let room = resource("room", "|bulbs|[bulb](bulb.md) collection|Bulbs.|\n");
    let folder = project(&[
        ("api-reference/v1.0/resources/lamp.md", &lamp),
        ("api-reference/v1.0/resources/bulb.md", &bulb),
        ("api-reference/v1.0/resources/room.md", &room),
        ("api-reference/v1.0/resources/\u{e9} \"a\".md", &bulb),
    ]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "docs"]);
    git(folder.path(), &["commit", "--quiet", "-m", "one"]);
    let since = &["--since", "HEAD", "--format", "json"];
    assert_eq!(findings(&lint(folder.path(), since)), [""; 0]);

    // A problem of another page, since a type no longer exists.
    let pages = folder.path().join("docs/api-reference/v1.0/resources");
    fs::remove_file(pages.join("bulb.md")).unwrap();
    fs::remove_file(pages.join("\u{e9} \"a\".md")).unwrap();
    write(
        &pages,
        "shade.md",
        &resource("shade", "|kind|[knd](knd.md)|Kind.|\n"),
    );
    write(&pages, "lamp.md", &format!("<!-- moved -->\n{lamp}"));
    let expected = [
        "room.md:9 warn undefined-type",
        "room.md:9 note broken-link",
        "shade.md:9 warn undefined-type",
        "shade.md:9 note broken-link",
    ];
    assert_eq!(findings(&lint(folder.path(), since)), expected);
    git(folder.path(), &["add", "docs"]);
    git(folder.path(), &["commit", "--quiet", "-m", "two"]);
    assert_eq!(findings(&lint(folder.path(), since)), [""; 0]);
    let since = &["--since", "HEAD~1", "--format", "json"];
    assert_eq!(findings(&lint(folder.path(), since)), expected);

    let unknown = lint(folder.path(), &["--since", "nosuch"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("git diff failed"), "{}", unknown.err);
    let invalid = lint(folder.path(), &["--since=--output=x"]);
    assert!(invalid.err.contains("not a revision"), "{}", invalid.err);
}

#[test]
fn github_annotations_count_columns_in_characters() {
    let page = resource(
        "lamp",
        "|id|String|The key.|\n|\t宽\u{1f4a1}|[blub](#x)|Light.|\n",
    );
    let folder = project(&[("v1.0/resources/lamp.md", &page)]);
    let run = lint(folder.path(), &["--format", "github"]);
    assert_eq!(
        run.out,
        "::warning file=docs/v1.0/resources/lamp.md,line=10,endLine=10,col=3,endColumn=5,title=invalid-row-name (GW2003)::`宽\u{1f4a1}` is not \
         the name of a property or parameter; the row is ignored\n"
    );
}

#[test]
fn all_formats_suggest_similar_names() {
    let folder = project(&[
        (
            "v1.0/resources/lamp.md",
            &resource("lamp", "|id|String|The key.|\n|bulb|**blub**|Light.|\n"),
        ),
        (
            "v1.0/resources/bulb.md",
            &resource("bulb", "|id|String|The key.|\n"),
        ),
    ]);
    for format in ["text", "json", "sarif", "github"] {
        let run = lint(folder.path(), &["--format", format]);
        let count = run.out.matches("did you mean `bulb`?").count();
        assert_eq!(count, 1, "{format}: {}", run.out);
    }
    let run = lint(folder.path(), &["--format", "json"]);
    let found: Value = serde_json::from_str(&run.out).expect("the output is JSON");
    let finding = &found[0];
    assert_eq!(finding["similar"], "bulb");
    // The place is that of the name, which `similar` can replace.
    assert_eq!(
        (&finding["column"], &finding["width"]),
        (&9.into(), &4.into())
    );
}

#[test]
fn sarif_counts_columns_in_code_points() {
    // A tab, a wide character and one outside the basic multilingual plane are one column each.
    let page = resource(
        "lamp",
        "|id|String|The key.|\n|\t宽\u{1f4a1}|[blub](#x)|Light \u{1f4a1} | dark.|\n",
    );
    let folder = project(&[("v1.0/resources/lamp.md", &page)]);
    let run = lint(folder.path(), &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.out).expect("the output is JSON");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    let region = |result: &Value| result["locations"][0]["physicalLocation"]["region"].clone();
    let regions: Vec<Value> = results.iter().map(region).collect();
    let expected =
        |start, end| serde_json::json!({ "startLine": 10, "startColumn": start, "endColumn": end });
    assert_eq!(regions, [expected(3, 5), expected(17, 32)]);
    let change = &results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["deletedRegion"]["startColumn"], 25);
}

/// The schema of OASIS, as the package `serde-sarif` contains it, without blanks and without a stray bracket in one pattern.
const SARIF_SCHEMA: &str = include_str!("schemas/sarif-2.1.0.json");

#[test]
fn sarif_follows_its_schema() {
    let allowed = lamp().replace(
        "|Property",
        "<!-- graphwright: allow(undefined-type) later -->\n|Property",
    );
    let folder = project(&[
        ("v1.0/resources/lamp.md", &lamp()),
        (
            "v1.0/resources/lamp two.md",
            &allowed.replace("lamp", "lampTwo"),
        ),
    ]);
    let log: Value = serde_json::from_str(&lint(folder.path(), &["--format", "sarif"]).out)
        .expect("the output is JSON");
    let schema = serde_json::from_str(SARIF_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })));

    let results = log["runs"][0]["results"].as_array().unwrap();
    let shown: Vec<String> = results
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let region = &place["region"];
            format!(
                "{} {} {}:{}-{} {}",
                result["level"].as_str().unwrap(),
                result["ruleId"].as_str().unwrap(),
                region["startLine"],
                region["startColumn"],
                region["endColumn"],
                place["artifactLocation"]["uri"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(shown.len(), 4, "{shown:#?}");
    assert_eq!(
        shown[0],
        "warning undefined-type 11:8-12 docs/v1.0/resources/lamp%20two.md"
    );
    let suppressed = results
        .iter()
        .filter(|result| result["suppressions"][0]["justification"] == "later");
    assert_eq!(suppressed.count(), 1);
}

#[test]
fn fixes_are_written_and_part_of_sarif() {
    let lamp = resource(
        "lamp",
        "|id|String|The key.|\n|room|[room](../api/room.md)|A | b.|\n",
    );
    let room = resource("room", "|id|String|The key.|\n");
    let corrected = lamp
        .replace("(../api/room.md)", "(room.md)")
        .replace("A | b", "A \\| b");
    // A byte order mark stays, and a page with bare carriage returns is left unchanged.
    let marked = format!("\u{feff}{}", lamp.replace("lamp", "lampTwo"));
    let old = lamp.replace("lamp", "lampThree").replace('\n', "\r");
    let folder = project(&[
        ("v1.0/resources/lamp.md", &lamp),
        ("v1.0/resources/lamptwo.md", &marked),
        ("v1.0/resources/lampthree.md", &old),
        ("v1.0/resources/room.md", &room),
    ]);
    let log: Value = serde_json::from_str(&lint(folder.path(), &["--format", "sarif"]).out)
        .expect("the output is JSON");
    let fix = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(
        fix["replacements"][0],
        serde_json::json!({
            "deletedRegion": { "startLine": 10, "startColumn": 14, "endLine": 10, "endColumn": 28 },
            "insertedContent": { "text": "room.md" },
        })
    );
    let schema = serde_json::from_str(SARIF_SCHEMA).expect("the schema is JSON");
    assert!(jsonschema::is_valid(&schema, &log));

    let run = lint(folder.path(), &["--fix", "docs/v1.0/resources/lamp.md"]);
    assert!(
        run.err
            .contains("fixed 2 problems in 1 files; 0 fixes rejected"),
        "{}",
        run.err
    );
    let read = |path: &str| {
        let path = folder.path().join("docs/v1.0/resources").join(path);
        fs::read_to_string(path).expect("the page can be read")
    };
    assert_eq!(read("lamp.md"), corrected);
    assert_eq!(read("lamptwo.md"), marked);
    let run = lint(folder.path(), &["--fix"]);
    assert!(run.err.contains("lampthree.md: not changed"), "{}", run.err);
    assert_eq!(
        read("lamptwo.md"),
        format!("\u{feff}{}", corrected.replace("lamp", "lampTwo"))
    );
    assert_eq!(read("lampthree.md"), old);
}
