//! A run that takes files over from an earlier one gives what a run from nothing gives, whatever changed, and whatever became of
//! the cache.

mod running;
mod warm;

use std::fs;
use std::path::Path;

use std::process::Command;

use warm::{generate, hold, tree};

/// Documentation in one of several states; what changes is a type, a member, a base, an include and what pages there are.
fn docs(scratch: &Path, state: usize) {
    let docs = scratch.join("docs");
    let _ = fs::remove_dir_all(&docs);
    let write = |path: &str, text: String| {
        let path = docs.join(path);
        fs::create_dir_all(path.parent().expect("pages lie in folders")).expect("it is made");
        fs::write(path, text).expect("a page is written");
    };
    let table = "|Property|Type|Description|\n|:---|:---|:---|\n";
    let head = |title: &str| format!("# {title} resource type\n\nNamespace: microsoft.graph\n\n");
    let ty = ["Int32", "Int64", "String"][state % 3];
    write(
        "v1.0/resources/shelf.md",
        format!(
            "{}[!INCLUDE [note](../../includes/note.md)]\n\n## Properties\n{table}|height|{ty}|How high.|\n|mount|mount|What holds it.|\n",
            head("shelf")
        ),
    );
    write(
        "includes/note.md",
        format!("> **Note:** State {}.\n", state / 2),
    );
    write(
        "v1.0/resources/mount.md",
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
        write("v1.0/resources/hook.md", hook);
    }
    for number in 0..state {
        let text = format!(
            "{}## Properties\n{table}|width|Int32|Centimetres.|\n",
            head(&format!("board{number}"))
        );
        write(&format!("v1.0/resources/board{number}.md"), text);
    }
}

#[test]
fn any_way_through_the_states_gives_the_same_bytes() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    for state in (0..9).chain((0..9).rev()).chain([4, 0, 8, 1, 6]) {
        docs(scratch.path(), state);
        hold(scratch.path(), &format!("state {state}"));
    }
}

#[test]
fn neither_edits_nor_a_damaged_cache_get_into_the_output() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    docs(scratch.path(), 5);
    hold(scratch.path(), "at first");
    // A file that carries the mark and was edited by hand.
    let path = scratch.path().join("warm/src/lib.rs");
    let text = fs::read_to_string(&path).expect("the crate has a root");
    fs::write(&path, format!("{text}\n// edited\n")).expect("a file can be edited");
    hold(scratch.path(), "after an edit");
    for (end, consequence) in [("", "all is rendered anew"), ("pages", "is read anew")] {
        let caches = tree(&scratch.path().join("target/gen"));
        let mut caches = caches.keys();
        let name = caches.find(|name| Path::new(name).extension().unwrap_or_default() == end);
        let file = scratch.path().join("target/gen");
        let file = file.join(name.expect("something is kept"));
        let whole = fs::read(&file).expect("it can be read");
        let broken = [
            Vec::new(),
            whole[..whole.len() / 2].to_vec(),
            b"nonsense".to_vec(),
            vec![0xff; 300],
        ];
        for (place, broken) in broken.into_iter().enumerate() {
            docs(scratch.path(), 6 + place);
            fs::write(&file, &broken).expect("it can be written");
            let output = hold(scratch.path(), "after damage");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains(consequence), "{said}");
        }
        assert!(
            fs::read(&file).expect("it is there").len() > 300,
            "it is not built again"
        );
    }
    fs::remove_dir_all(scratch.path().join("target")).expect("it can be removed");
    hold(scratch.path(), "after it is gone");
}

/// Runs where nothing changed, and tells whether it was known that there is nothing to do: then the cache, which is removed
/// before, is not written again.
fn is_known(scratch: &Path, more: &[&str]) -> bool {
    let caches = scratch.join("target/gen");
    for name in tree(&caches).keys().filter(|name| !name.ends_with("note")) {
        fs::remove_file(caches.join(name)).expect("a cache can be removed");
    }
    let output = generate(scratch, &[&["--out", "warm"], more].concat());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let verb = if more.contains(&"--check") {
        "to be written"
    } else {
        "written"
    };
    assert!(said.contains(&format!("0 {verb}, 0 removed")), "{said}");
    assert!(said.contains("structured types"), "{said}");
    tree(&caches).keys().all(|name| name.ends_with("note"))
}

#[test]
fn a_run_with_nothing_to_do_does_nothing() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    docs(scratch, 4);
    let first = generate(scratch, &["--out", "warm"]);
    // Pages that were written just before are not relied on at once.
    generate(scratch, &["--out", "warm"]);
    let written = tree(&scratch.join("warm"));
    assert!(is_known(scratch, &[]));
    let again = generate(scratch, &["--out", "warm"]);
    assert!(is_known(scratch, &["--check"]));
    assert_eq!(first.stderr, again.stderr);
    // Other choices, and a program that is told to know nothing.
    assert!(!is_known(scratch, &["--api", "v1.0"]));
    generate(scratch, &["--out", "warm", "--cold"]);
    assert!(tree(&scratch.join("warm")) == written);
}

#[test]
fn a_page_that_says_the_same_in_other_words_makes_nothing_new() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    docs(scratch, 4);
    let page = scratch.join("docs/v1.0/resources/board0.md");
    let text = fs::read_to_string(&page).expect("a page can be read");
    let write = |author: &str, width: &str| {
        let text = text.replace("width", width);
        fs::write(&page, format!("---\nauthor: {author}\n---\n{text}")).expect("it is written");
    };
    let caches = || {
        let caches = tree(&scratch.join("target/gen"));
        let mut files = caches.into_iter();
        let file = files.find(|(name, _)| Path::new(name).extension().is_none());
        file.expect("there is a cache").1
    };
    write("one", "width");
    let first = generate(scratch, &["--out", "warm"]);
    hold(scratch, "at first");
    hold(scratch, "with a note");
    for (author, width, is_settled) in [
        ("two", "width", true),
        ("three", "width", true),
        ("three", "breadth", false),
        ("four", "depth", false),
    ] {
        write(author, width);
        let before = caches();
        let output = hold(scratch, author);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(
            said.contains("files     1 written, 0 removed"),
            is_settled,
            "{said}"
        );
        assert_eq!(caches() == before, is_settled, "{author}");
        if is_settled {
            assert_eq!(output.stderr, first.stderr);
        }
        // It is known then that nothing is to be done.
        hold(scratch, author);
        assert!(is_known(scratch, &[]), "{author}");
        generate(scratch, &["--out", "warm", "--exclude", "**/nothing/**"]);
        hold(scratch, author);
        hold(scratch, author);
    }
}

/// Writes a text of the same length to a file in place, and sets its time back.
fn touch(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let time = fs::metadata(path).and_then(|found| found.modified());
    let text = fs::read_to_string(path).expect("a file can be read");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("a file can be written");
    let file = fs::File::options().append(true).open(path);
    let file = file.expect("a file can be opened");
    file.set_modified(time.expect("it has a time"))
        .expect("it can be set");
}

#[test]
fn whatever_is_touched_is_seen() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    docs(scratch, 5);
    generate(scratch, &["--out", "warm"]);
    hold(scratch, "at first");
    assert!(is_known(scratch, &[]));
    let note = |name: &&String| name.ends_with("note");
    let steps: [(&str, &dyn Fn()); 9] = [
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
        ("a page more", &|| {
            let (from, to) = (
                "docs/v1.0/resources/board0.md",
                "docs/v1.0/resources/more.md",
            );
            fs::copy(scratch.join(from), scratch.join(to)).expect("a page can be copied");
        }),
        ("a page less", &|| {
            fs::remove_file(scratch.join("docs/v1.0/resources/board1.md")).expect("it is there");
        }),
        ("a file of the output", &|| {
            touch(&scratch.join("warm/src/lib.rs"), "mod", "dom");
        }),
        ("a page and a file of the output", &|| {
            let page = scratch.join("docs/v1.0/resources/mount.md");
            touch(&page, "Kilograms", "Kilotons.");
            touch(&scratch.join("warm/src/lib.rs"), "mod", "dom");
        }),
        ("a page, and a file of the output that is gone", &|| {
            let page = scratch.join("docs/v1.0/resources/mount.md");
            touch(&page, "Kilotons.", "Kilograms");
            fs::remove_file(scratch.join("warm/src/lib.rs")).expect("it is there");
        }),
        ("an orphan", &|| {
            let (from, to) = ("warm/src/lib.rs", "warm/src/orphan.rs");
            fs::copy(scratch.join(from), scratch.join(to)).expect("a file can be copied");
        }),
        ("the note", &|| {
            let caches = scratch.join("target/gen");
            for name in tree(&caches).keys().filter(note) {
                touch(&caches.join(name), "structured", "unordered!");
            }
        }),
    ];
    for (what, step) in steps {
        step();
        generate(scratch, &["--out", "warm"]);
        hold(scratch, what);
        assert!(is_known(scratch, &[]), "{what}");
    }
}

#[test]
fn a_watching_run_follows_the_pages() {
    use std::io::{BufRead, BufReader};
    let scratch = tempfile::tempdir().expect("a folder can be made");
    docs(scratch.path(), 0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", scratch.path().join("target"))
        .args(["gen", "--docs", "docs", "--out", "warm", "--watch"])
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
        let text = fs::read_to_string(&page).expect("the page is there");
        let text = text.replace("Int32", "Double").replace("Double", ty);
        // Saved at once, as editors do; a page written in pieces would be met half-written.
        fs::write(scratch.path().join("page"), text).expect("a page is written");
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
