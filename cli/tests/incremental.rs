//! Incremental runs: the same files and messages as `--cold` after any change of input, output or options.

mod running;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use graphwright_tests::real_documentation;

fn command(scratch: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_graphwright"));
    command
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .args(["gen", "--docs", "docs"])
        .args(more);
    command
}

/// Generates from `docs`.
fn generate(scratch: &Path, more: &[&str]) -> Output {
    running::succeeded(&mut command(scratch, more))
}

/// Returns all files below a folder.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder");
                let bytes = fs::read(&path).expect("a file can be read");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}

/// Returns the output of a run without the elapsed time and the number of written files.
fn messages(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let out = text(&output.stdout);
    let lines = out
        .lines()
        .filter(|line| !line.starts_with("time") && !line.starts_with("files"));
    format!(
        "{}{}",
        text(&output.stderr),
        lines.collect::<Vec<_>>().join("\n")
    )
}

/// Runs twice with output `warm`, and once with `--cold` and output `cold`; compares files, messages and `--check`.
fn assert_same_as_cold(scratch: &Path, when: &str) {
    let warm = generate(scratch, &["--out", "warm"]);
    let again = generate(scratch, &["--out", "warm"]);
    let cold = generate(scratch, &["--out", "cold", "--cold"]);
    assert!(
        tree(&scratch.join("warm")) == tree(&scratch.join("cold")),
        "{when}"
    );
    assert_eq!(messages(&warm), messages(&cold), "{when}");
    assert_eq!(messages(&again), messages(&cold), "{when}, again");
    let check = generate(scratch, &["--out", "warm", "--check"]);
    let cold_check = generate(scratch, &["--out", "warm", "--check", "--cold"]);
    assert_eq!(messages(&check), messages(&cold_check), "{when}, --check");
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("pages are in folders"))
        .expect("the folder can be created");
    fs::write(path, text).expect("the page can be written");
}

/// Documentation in one of several states; types, members, bases, includes and the set of pages differ.
fn docs(scratch: &Path, state: usize) {
    let docs = scratch.join("docs");
    let _ = fs::remove_dir_all(&docs);
    let table = "|Property|Type|Description|\n|:---|:---|:---|\n";
    let head = |title: &str| format!("# {title} resource type\n\nNamespace: microsoft.graph\n\n");
    let ty = ["Int32", "Int64", "String"][state % 3];
    write(
        &docs.join("v1.0/resources/shelf.md"),
        format!(
            "{}[!INCLUDE [note](../../includes/note.md)]\n\n## Properties\n{table}|height|{ty}|How high.|\n|mount|mount|What holds it.|\n",
            head("shelf")
        ),
    );
    write(
        &docs.join("includes/note.md"),
        format!("> **Note:** State {}.\n", state / 2),
    );
    write(
        &docs.join("v1.0/resources/mount.md"),
        format!(
            "{}## Properties\n{table}|load|Int32|Kilograms.|\n",
            head("mount")
        ),
    );
    if state % 4 > 1 {
        let hook = format!(
            "{}Inherits from [mount](mount.md).\n\n## Properties\n{table}|bend|Int32|Degrees.|\n",
            head("hook")
        );
        write(&docs.join("v1.0/resources/hook.md"), hook);
    }
    for number in 0..state {
        let text = format!(
            "{}## Properties\n{table}|width|Int32|Centimetres.|\n",
            head(&format!("board{number}"))
        );
        write(&docs.join(format!("v1.0/resources/board{number}.md")), text);
    }
}

#[test]
fn output_does_not_depend_on_earlier_states() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    for state in (0..4).chain((0..4).rev()).chain([7, 2, 5]) {
        docs(scratch.path(), state);
        assert_same_as_cold(scratch.path(), &format!("state {state}"));
    }
}

/// A request example can determine a base type, which affects pages that the page of the example does not reference.
#[test]
fn base_type_found_in_an_example_updates_all_affected_files() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let docs = scratch.path().join("docs/v1.0");
    let resource = |name: &str, intro: &str, rows: &str| {
        let text = format!(
            "# {name} resource type\n\nNamespace: microsoft.graph\n\n{intro}\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}\n"
        );
        write(&docs.join(format!("resources/{name}.md")), text);
    };
    resource(
        "outline",
        "A line around something. The derived types are [ring](ring.md).",
        "|length|Int32|How long.|",
    );
    resource("ring", "A line without corners.", "|width|Int32|How wide.|");
    resource(
        "garden",
        "Land with plants.",
        "|id|String|The key.|\n|fence|[ring](ring.md)|What surrounds it.|",
    );
    let create = |fence: &str| {
        let text = format!(
            "# Create garden\n\nNamespace: microsoft.graph\n\nCreates a garden.\n\n## HTTP request\n```http\nPOST /gardens\n```\n\n\
             ## Request body\nIn the request body, supply a JSON representation of a [garden](../resources/garden.md) object.\n\n\
             ## Response\nIf successful, this method returns a `201 Created` response code and a [garden](../resources/garden.md) object.\n\n\
             ## Example\n### Request\n```http\nPOST https://graph.microsoft.com/v1.0/gardens\nContent-Type: application/json\n\n{{\n  \"id\": \"7\"{fence}\n}}\n```\n\
             ### Response\n```http\nHTTP/1.1 201 Created\nContent-Type: application/json\n\n{{\n  \"id\": \"7\"\n}}\n```\n"
        );
        write(&docs.join("api/garden-post.md"), text);
    };
    for fence in [
        "",
        ",\n  \"fence\": { \"width\": 1, \"length\": 2 }",
        "",
        ",\n  \"fence\": { \"width\": 1 }",
    ] {
        create(fence);
        assert_same_as_cold(scratch.path(), fence);
    }
}

#[test]
fn edited_output_is_restored() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let scratch = scratch.path();
    docs(scratch, 5);
    assert_same_as_cold(scratch, "at first");
    let path = scratch.join("warm/src/lib.rs");
    let text = fs::read_to_string(&path).expect("the crate has a root");
    fs::write(&path, format!("{text}\n// edited\n")).expect("a file can be edited");
    assert_same_as_cold(scratch, "after an edit");
}

#[test]
fn damaged_state_files_are_ignored() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let scratch = scratch.path();
    docs(scratch, 3);
    assert_same_as_cold(scratch, "at first");
    assert!(is_up_to_date(scratch, &[]));
    let state_file = state_file(scratch).expect("a state file is saved");
    let content = fs::read(&state_file).expect("it can be read");
    for broken in [
        Vec::new(),
        content[..content.len() / 2].to_vec(),
        b"nonsense".to_vec(),
        vec![0xff; 300],
    ] {
        fs::write(&state_file, &broken).expect("it can be written");
        assert!(!is_up_to_date(scratch, &[]));
        assert!(is_up_to_date(scratch, &[]));
    }
    fs::remove_dir_all(scratch.join("target")).expect("the folder can be removed");
    assert_same_as_cold(scratch, "without a state file");
}

/// Returns the state file of the only output folder that has one.
fn state_file(scratch: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(scratch.join("target/graphwright/gen")).ok()?;
    entries.flatten().map(|entry| entry.path()).next()
}

/// Runs when the output is up to date, and returns whether the run used the state file of an earlier run, in which case it
/// does not write the file again.
fn is_up_to_date(scratch: &Path, more: &[&str]) -> bool {
    let time = || {
        let metadata = fs::metadata(state_file(scratch)?).ok()?;
        metadata.modified().ok()
    };
    let before = time();
    let output = generate(scratch, &[&["--out", "warm"], more].concat());
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let verb = if more.contains(&"--check") {
        "to be written"
    } else {
        "written"
    };
    assert!(
        printed.contains(&format!("0 {verb}, 0 removed")),
        "{printed}"
    );
    assert!(printed.contains("structured types"), "{printed}");
    before.is_some() && before == time()
}

#[test]
fn run_without_changes_uses_the_state_file() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let scratch = scratch.path();
    docs(scratch, 4);
    let first = generate(scratch, &["--out", "warm"]);
    // No state file is saved while the modification times of pages are too recent to be reliable.
    generate(scratch, &["--out", "warm"]);
    let written = tree(&scratch.join("warm"));
    assert!(is_up_to_date(scratch, &[]));
    let again = generate(scratch, &["--out", "warm"]);
    assert!(is_up_to_date(scratch, &["--check"]));
    assert_eq!(messages(&first), messages(&again));
    assert!(!is_up_to_date(scratch, &["--api", "v1.0"]));
    generate(scratch, &["--out", "warm", "--cold"]);
    assert!(tree(&scratch.join("warm")) == written);
}

/// Replaces text in a file by text of the same length, in place, and restores the modification time.
fn touch(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let time = fs::metadata(path).and_then(|metadata| metadata.modified());
    let text = fs::read_to_string(path).expect("a file can be read");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("a file can be written");
    let file = fs::File::options().append(true).open(path);
    let file = file.expect("a file can be opened");
    file.set_modified(time.expect("it has a time"))
        .expect("it can be set");
}

#[test]
fn every_change_is_detected() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let scratch = scratch.path();
    docs(scratch, 5);
    generate(scratch, &["--out", "warm"]);
    assert_same_as_cold(scratch, "at first");
    assert!(is_up_to_date(scratch, &[]));
    let steps: [(&str, &dyn Fn()); 8] = [
        ("a page", &|| {
            touch(
                &scratch.join("docs/v1.0/resources/shelf.md"),
                "String",
                "Double",
            );
        }),
        ("an include", &|| {
            touch(&scratch.join("docs/includes/note.md"), "State", "Shelf");
        }),
        ("a new page", &|| {
            let (from, to) = (
                "docs/v1.0/resources/board0.md",
                "docs/v1.0/resources/more.md",
            );
            fs::copy(scratch.join(from), scratch.join(to)).expect("a page can be copied");
        }),
        ("a removed page", &|| {
            fs::remove_file(scratch.join("docs/v1.0/resources/board1.md"))
                .expect("the file exists");
        }),
        ("a file of the output", &|| {
            touch(&scratch.join("warm/src/lib.rs"), "mod", "dom");
        }),
        ("a page and a file of the output", &|| {
            let page = scratch.join("docs/v1.0/resources/mount.md");
            touch(&page, "Kilograms", "Kilotons.");
            touch(&scratch.join("warm/src/lib.rs"), "mod", "dom");
        }),
        ("a page and a removed file of the output", &|| {
            let page = scratch.join("docs/v1.0/resources/mount.md");
            touch(&page, "Kilotons.", "Kilograms");
            fs::remove_file(scratch.join("warm/src/lib.rs")).expect("the file exists");
        }),
        ("the state file", &|| {
            let state_file = state_file(scratch).expect("a state file is saved");
            touch(&state_file, "structured", "unordered!");
        }),
    ];
    for (what, step) in steps {
        step();
        generate(scratch, &["--out", "warm"]);
        assert_same_as_cold(scratch, what);
        assert!(is_up_to_date(scratch, &[]), "{what}");
    }
}

#[test]
fn watch_regenerates_after_changes() {
    use std::io::{BufRead, BufReader};
    let scratch = tempfile::tempdir().expect("a folder can be created");
    docs(scratch.path(), 0);
    let mut child = command(scratch.path(), &["--out", "warm", "--watch"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command line starts");
    let out = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut rounds = out
        .lines()
        .map_while(Result::ok)
        .filter(|line| line.starts_with("watching"));
    assert!(rounds.next().is_some());
    let page = scratch.path().join("docs/v1.0/resources/shelf.md");
    for ty in ["Double", "Boolean"] {
        let text = fs::read_to_string(&page).expect("the page exists");
        let text = text.replace("Int32", "Double").replace("Double", ty);
        // Replaced atomically, as editors do, so that the run never reads a partial page.
        fs::write(scratch.path().join("page"), text).expect("the page can be written");
        fs::rename(scratch.path().join("page"), &page).expect("a page is replaced");
        assert!(rounds.next().is_some());
        generate(scratch.path(), &["--out", "cold", "--cold"]);
        let (warm, cold) = (
            tree(&scratch.path().join("warm")),
            tree(&scratch.path().join("cold")),
        );
        assert!(warm == cold, "{ty}");
    }
    child.kill().expect("it runs until it is stopped");
    child.wait().expect("it ends");
}

/// Returns the next number of a pseudo-random sequence.
fn next(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

/// Returns the markdown files below a folder, relative to it and sorted.
fn pages(folder: &Path) -> BTreeSet<String> {
    let files = tree(folder).into_keys();
    files.filter(|path| path.ends_with(".md")).collect()
}

/// Replaces `docs` by a random subset of the pages in `from`, about `percent` percent of them.
fn copy_pages(from: &Path, docs: &Path, seed: &mut u64, percent: u64) {
    let _ = fs::remove_dir_all(docs);
    for path in pages(from) {
        let is_page = path.contains("/api/") || path.contains("/resources/");
        if !is_page || next(seed) % 100 < percent {
            let text = fs::read(from.join(&path)).expect("a page can be read");
            write(&docs.join(&path), text);
        }
    }
}

#[test]
fn random_subsets_of_the_sample_pages_match_a_cold_run() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let mut seed = 7;
    for step in 0..4 {
        let percent = 30 + next(&mut seed) % 70;
        copy_pages(&samples, &scratch.path().join("docs"), &mut seed, percent);
        assert_same_as_cold(scratch.path(), &format!("step {step}"));
    }
}

/// The dates in the history of the real documentation.
const DATES: [&str; 9] = [
    "2020-01", "2020-07", "2020-10", "2021-01", "2021-03", "2021-04", "2021-05", "2021-06",
    "2021-07",
];

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn nine_dates_of_the_real_documentation_match_a_cold_run() {
    let bundle = real_documentation::bundle();
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let scratch = scratch.path();
    let git = |arguments: &[&str]| {
        running::succeeded(Command::new("git").current_dir(scratch).args(arguments));
    };
    git(&["clone", "--quiet", &bundle.to_string_lossy(), "checkout"]);
    let mut seed = 11;
    for date in DATES {
        git(&["-C", "checkout", "checkout", "--quiet", date]);
        let checkout = scratch.join("checkout");
        copy_pages(&checkout, &scratch.join("docs"), &mut seed, 100);
        assert_same_as_cold(scratch, date);
        let percent = 5 + next(&mut seed) % 40;
        copy_pages(&checkout, &scratch.join("docs"), &mut seed, percent);
        assert_same_as_cold(scratch, &format!("{percent} % of {date}"));
    }
}
