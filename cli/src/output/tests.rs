use std::fs;
use std::path::Path;

use generator::emit::{File, MARK};

use super::{compare, write};

fn file(path: &str, body: &str) -> File {
    File {
        path: path.to_owned(),
        text: format!("// {MARK}\n{body}\n"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn write_adds_replaces_and_removes_files() {
    let folder = tempfile::tempdir().unwrap();
    let first = [
        file("src/lib.rs", "mod a;"),
        file("src/a/b.rs", "struct B;"),
    ];
    let difference = compare(folder.path(), &first).unwrap();
    assert_eq!(difference.missing, ["src/a/b.rs", "src/lib.rs"]);
    write(folder.path(), &first, &difference).unwrap();
    assert!(compare(folder.path(), &first).unwrap().is_empty());

    let second = [file("src/lib.rs", "")];
    let difference = compare(folder.path(), &second).unwrap();
    assert_eq!(difference.stale, ["src/lib.rs"]);
    assert_eq!(difference.orphans, ["src/a/b.rs"]);
    write(folder.path(), &second, &difference).unwrap();
    assert_eq!(names(&folder.path().join("src")), ["lib.rs"]);
}

#[test]
fn files_that_were_not_generated_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/notes.rs"), "// mine").unwrap();
    let files = [file("src/lib.rs", "")];
    let difference = compare(folder.path(), &files).unwrap();
    assert!(difference.orphans.is_empty());

    fs::write(folder.path().join("src/lib.rs"), "// mine too").unwrap();
    let error = compare(folder.path(), &files).unwrap_err().to_string();
    assert!(
        error.contains("src/lib.rs: not a generated file"),
        "{error}"
    );
}

#[test]
fn paths_outside_the_folder_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "../lib.rs",
        "/lib.rs",
        "src/../../lib.rs",
        "src\\lib.rs",
        "",
    ] {
        assert!(compare(folder.path(), &[file(path, "")]).is_err(), "{path}");
    }
}
