//! Runs that are killed while they write, and concurrent runs in one folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The number of times that a run is killed.
const POINTS: usize = 50;
const TYPES: usize = 25;

fn generate(folder: &Path, docs: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_graphwright"));
    command
        .current_dir(folder)
        .args(["gen", "--docs", docs, "--out", "out", "--jobs", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Writes documentation of some types, numbered from `first`.
fn docs(folder: &Path, name: &str, first: usize, ty: &str) {
    let resources = folder.join(name).join("v1.0/resources");
    fs::create_dir_all(&resources).expect("a folder can be created");
    for number in first..first + TYPES {
        let text = format!(
            "# board{number} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|height|{ty}|Centimetres.|\n"
        );
        fs::write(resources.join(format!("board{number}.md")), text)
            .expect("the page can be written");
    }
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let Ok(entries) = fs::read_dir(&current) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                let name = path.strip_prefix(folder).expect("it is below the folder");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}

/// Waits until a file has its new contents or the run has ended.
fn until_written(child: &mut Child, path: &Path, wanted: Option<&Vec<u8>>) {
    while child.try_wait().expect("the run can be watched").is_none() {
        if fs::read(path).ok().as_ref() == wanted {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn killed_run_leaves_old_files_new_files_or_the_marker() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let out = scratch.path().join("out");
    // Some types change, some are removed and some are added.
    docs(scratch.path(), "old", 0, "Int32");
    docs(scratch.path(), "new", 10, "Int64");
    let mut states = Vec::new();
    for name in ["old", "new"] {
        let run = generate(scratch.path(), name)
            .output()
            .expect("the program starts");
        assert!(run.status.success(), "{}", err(&run));
        states.push(tree(&out));
    }
    let differing: Vec<&String> = states[0]
        .keys()
        .chain(states[1].keys())
        .filter(|path| states[0].get(*path) != states[1].get(*path))
        .collect();
    let mut interrupted = 0;
    // The folder has the new state, so the first run generates the old one.
    for point in 0..POINTS {
        let (name, target) = [("old", 0), ("new", 1)][point % 2];
        let (state, other) = (&states[target], &states[1 - target]);
        let path = differing[point * differing.len() / POINTS];
        let mut child = generate(scratch.path(), name)
            .spawn()
            .expect("the program starts");
        until_written(&mut child, &out.join(path), state.get(path));
        // The run may have ended already.
        let _ = child.kill();
        child.wait().expect("a killed run ends");
        let actual = tree(&out);
        let is_complete = actual == *state || actual == *other;
        let is_marked = actual.contains_key(".graphwright-unfinished");
        assert!(
            is_complete || is_marked,
            "point {point}: a partial tree without a marker"
        );
        interrupted += usize::from(is_marked);
        if is_marked {
            let check = generate(scratch.path(), name).arg("--check").output();
            let check = check.expect("the program starts");
            assert_eq!(check.status.code(), Some(1));
            assert!(
                err(&check).contains("a run was interrupted"),
                "{}",
                err(&check)
            );
        }
        let repair = generate(scratch.path(), name)
            .output()
            .expect("the program starts");
        assert!(repair.status.success(), "{}", err(&repair));
        assert_eq!(err(&repair).contains("are repaired"), is_marked);
        assert!(
            tree(&out) == *state,
            "point {point}: the tree was not repaired"
        );
    }
    println!("{interrupted} of {POINTS} runs were killed amid the writing");
    assert!(interrupted > 0, "no run was killed while it wrote");
}

#[test]
fn concurrent_runs_do_not_mix_files() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    docs(scratch.path(), "old", 0, "Int32");
    docs(scratch.path(), "new", 10, "Int64");
    let out = scratch.path().join("out");
    let mut states = Vec::new();
    for name in ["old", "new"] {
        let run = generate(scratch.path(), name)
            .output()
            .expect("the program starts");
        assert!(run.status.success(), "{}", err(&run));
        states.push(tree(&out));
    }
    for _ in 0..5 {
        let runs = ["old", "new", "old"].map(|name| generate(scratch.path(), name).spawn());
        for run in runs {
            let run = run
                .expect("the program starts")
                .wait_with_output()
                .expect("it ends");
            assert!(run.status.success(), "{}", err(&run));
        }
        assert!(states.contains(&tree(&out)), "two states are mixed");
    }
}

#[test]
fn check_names_the_page_of_each_stale_file() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    docs(scratch.path(), "docs", 0, "Int32");
    let run = generate(scratch.path(), "docs")
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", err(&run));
    let page = scratch.path().join("docs/v1.0/resources/board3.md");
    let text = fs::read_to_string(&page).expect("the page exists");
    fs::write(&page, text.replace("Int32", "Int64")).expect("the page can be written");
    let check = generate(scratch.path(), "docs")
        .arg("--check")
        .output()
        .expect("the program starts");
    assert_eq!(check.status.code(), Some(1));
    let err = err(&check);
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), 2, "{err}");
    let line = "error: stale: out/src/v1_0/core/board3.rs, because of v1.0/resources/board3.md; run `gen` to update it";
    assert!(lines.contains(&line), "{err}");
    let line = "error: stale: out/graphwright.lock, which depends on v1.0/resources/board3.md; run `gen` to update it";
    assert!(lines.contains(&line), "{err}");
}
