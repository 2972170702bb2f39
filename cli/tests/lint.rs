//! `lint` as writers of pages run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

#[track_caller]
fn lint(folder: &Path, arguments: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_graphwright"))
        .current_dir(folder)
        .arg("lint")
        .args(arguments)
        .output()
        .expect("the command line starts");
    let text = |bytes| String::from_utf8(bytes).expect("the command line prints UTF-8");
    Run {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
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

    let run = lint(folder.path(), &[]);
    assert!(run.out.contains("error[GW3004]"), "{}", run.out);
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
