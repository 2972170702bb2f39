use std::fs;
use std::path::Path;

use generator::emit::{File, MARK};

use super::{Difference, Record, compare, with_record, write};

fn file(path: &str, body: &str) -> File {
    File {
        path: path.to_owned(),
        text: format!("// {MARK}\n{body}\n"),
    }
}

/// Adds the record to files and compares them with the folder.
fn compared(folder: &Path, files: &[File]) -> (Vec<File>, Difference) {
    let files = with_record(files.to_vec(), &Record::of_files(files));
    let difference = compare(folder, &files).unwrap();
    (files, difference)
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
    let (files, difference) = compared(folder.path(), &first);
    assert_eq!(
        difference.missing,
        ["graphwright.lock", "src/a/b.rs", "src/lib.rs"]
    );
    write(folder.path(), &files, &difference).unwrap();
    assert!(compared(folder.path(), &first).1.is_empty());

    let second = [file("src/lib.rs", "")];
    let (files, difference) = compared(folder.path(), &second);
    assert_eq!(difference.stale, ["graphwright.lock", "src/lib.rs"]);
    assert_eq!(difference.orphans, ["src/a/b.rs"]);
    write(folder.path(), &files, &difference).unwrap();
    assert_eq!(names(&folder.path().join("src")), ["lib.rs"]);
}

#[test]
fn folders_of_others_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let files = [file("src/lib.rs", "")];
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert!(
        compare(folder.path(), &files).is_ok(),
        "an empty repository"
    );
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let error = compare(folder.path(), &files).unwrap_err().to_string();
    assert!(
        error.contains("neither empty nor written by an earlier run"),
        "{error}"
    );
}

#[test]
fn files_that_no_run_recorded_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (files, difference) = compared(folder.path(), &[file("src/a.rs", "")]);
    write(folder.path(), &files, &difference).unwrap();

    // Looks generated, but no run wrote it.
    let foreign = file("src/notes.rs", "");
    fs::write(folder.path().join("src/notes.rs"), &foreign.text).unwrap();
    assert!(
        compared(folder.path(), &[file("src/a.rs", "")])
            .1
            .is_empty()
    );
    let error = compare(folder.path(), &[file("src/notes.rs", "new")]);
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("src/notes.rs: not a generated file"),
        "{error}"
    );

    // A file that is no longer generated is removed, unless it was edited.
    assert_eq!(compared(folder.path(), &[]).1.orphans, ["src/a.rs"]);
    fs::write(folder.path().join("src/a.rs"), "// edited").unwrap();
    assert!(compared(folder.path(), &[]).1.orphans.is_empty());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_symbolic_links() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let (files, difference) = compared(folder.path(), &[file("src/a.rs", "old")]);
    write(folder.path(), &files, &difference).unwrap();
    let (files, difference) = compared(folder.path(), &[file("src/a.rs", "new")]);
    // The journal replaces a link at its place.
    symlink(&victim, folder.path().join(".graphwright-unfinished")).unwrap();
    write(folder.path(), &files, &difference).unwrap();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");

    fs::remove_dir_all(folder.path().join("src")).unwrap();
    symlink(outside.path(), folder.path().join("src")).unwrap();
    let error = compare(folder.path(), &files).unwrap_err().to_string();
    assert!(error.contains("src: a symbolic link"), "{error}");
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
