//! `docs pull` as users run it: from a repository and from a bundle, after an interruption, and without git or a source.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use graphwright_tests::real_documentation;

fn graphwright(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_graphwright"));
    command.current_dir(folder);
    command
}

fn pull(folder: &Path, arguments: &[&str]) -> Output {
    graphwright(folder)
        .args(["docs", "pull"])
        .args(arguments)
        .output()
        .expect("the command line starts")
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    let status = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    assert!(status.expect("git is installed").success(), "{arguments:?}");
}

fn page(folder: &Path, path: &str, title: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a page is in a folder")).expect("folders are made");
    fs::write(path, format!("---\ntitle: \"{title}\"\n---\n\n# {title}\n"))
        .expect("the page can be written");
}

/// Creates a repository with two revisions of a page, a snippet, and a file that is not documentation.
fn repository(folder: &Path) {
    git(folder, &["init", "--quiet"]);
    page(
        folder,
        "api-reference/v1.0/resources/shelf.md",
        "shelf resource type",
    );
    page(
        folder,
        "api-reference/v1.0/includes/snippets/rust/shelf.md",
        "code",
    );
    page(folder, "concepts/shelf.md", "about shelves");
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "first"]);
    git(folder, &["tag", "first"]);
    page(
        folder,
        "api-reference/v1.0/resources/shelf.md",
        "long shelf resource type",
    );
    git(folder, &["commit", "--quiet", "-am", "second"]);
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn pull_omits_unused_files() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let source = scratch.path().join("source");
    fs::create_dir(&source).expect("a folder can be created");
    repository(&source);
    let run = pull(scratch.path(), &["--source", "source", "--rev", "first"]);
    assert!(run.status.success(), "{}", err(&run));
    let docs = scratch.path().join("docs");
    let shelf = docs.join("api-reference/v1.0/resources/shelf.md");
    let text = fs::read_to_string(&shelf).expect("the page exists");
    assert!(text.contains("# shelf"), "{text}");
    assert!(!docs.join("concepts").exists());
    assert!(!docs.join("api-reference/v1.0/includes/snippets").exists());
    let lock = fs::read_to_string(docs.join("docs.lock")).expect("the lock file exists");
    assert!(lock.contains("complete = true"), "{lock}");
    assert!(lock.contains("\"v1.0/resources/shelf.md\" = \""), "{lock}");

    // The next revision, into the same folder.
    let run = pull(scratch.path(), &["--source", "source"]);
    assert!(run.status.success(), "{}", err(&run));
    let text = fs::read_to_string(&shelf).expect("the page exists");
    assert!(text.contains("# long shelf"), "{text}");
}

#[test]
fn interrupted_pull_is_resumed() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let source = scratch.path().join("source");
    fs::create_dir(&source).expect("a folder can be created");
    repository(&source);
    assert!(
        pull(scratch.path(), &["--source", "source"])
            .status
            .success()
    );
    let docs = scratch.path().join("docs");
    let lock = docs.join("docs.lock");
    let complete_lock = fs::read_to_string(&lock).expect("the lock file exists");
    // The state after a crash during the checkout.
    fs::write(
        &lock,
        complete_lock.replace("complete = true", "complete = false"),
    )
    .expect("the file can be written");
    fs::remove_file(docs.join("api-reference/v1.0/resources/shelf.md"))
        .expect("the file can be removed");
    fs::write(docs.join(".git/index.lock"), "").expect("the file can be written");
    fs::write(docs.join(".git/index"), "no index").expect("the file can be written");
    let generate = ["gen", "--docs", "docs", "--out", "out"];
    let run = graphwright(scratch.path())
        .args(generate)
        .output()
        .expect("the program starts");
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("is incomplete"), "{}", err(&run));
    let run = pull(scratch.path(), &["--source", "source"]);
    assert!(run.status.success(), "{}", err(&run));
    assert_eq!(
        fs::read_to_string(&lock).expect("the lock file exists"),
        complete_lock
    );
    let run = graphwright(scratch.path())
        .args(generate)
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", err(&run));
}

#[test]
fn failures_print_one_line() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let check = |run: Output, expected: &str| {
        assert_eq!(run.status.code(), Some(1));
        let err = err(&run);
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.contains(expected), "{expected} is not in {err}");
    };
    let source = scratch.path().join("source");
    fs::create_dir(&source).expect("a folder can be created");
    repository(&source);
    let offline = ["--source", "https://127.0.0.1:9/docs", "--into", "a"];
    check(pull(scratch.path(), &offline), "cannot be fetched");
    let unknown = ["--source", "source", "--rev", "nowhere", "--into", "b"];
    check(pull(scratch.path(), &unknown), "no revision nowhere");
    let occupied = ["--source", "source", "--into", "source"];
    check(pull(scratch.path(), &occupied), "neither empty nor");
    let plain = ["--source", "source/concepts", "--into", "c"];
    check(pull(scratch.path(), &plain), "not a git repository");
    let without = graphwright(scratch.path())
        .args(["docs", "pull", "--source", "source", "--into", "d"])
        .env("PATH", "")
        .output();
    check(without.expect("the program starts"), "git not found");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn pulls_the_real_bundle() {
    let bundle = real_documentation::bundle();
    let scratch = tempfile::tempdir().expect("a folder can be created");
    let source = bundle.to_string_lossy();
    for (revision, commit) in [
        ("2020-01", "73b77b1ab324"),
        ("82611cc4dc07", "82611cc4dc07"),
    ] {
        let run = pull(scratch.path(), &["--source", &source, "--rev", revision]);
        assert!(run.status.success(), "{}", err(&run));
        let out = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(out.contains(commit), "{out}");
    }
    let docs = scratch.path().join("docs/api-reference/v1.0");
    assert!(docs.join("resources/user.md").is_file());
    assert!(!docs.join("includes/snippets").exists());
}

#[test]
fn passwords_are_neither_printed_nor_saved() {
    let scratch = tempfile::tempdir().expect("a folder can be created");
    // Nothing listens on this port.
    let run = pull(
        scratch.path(),
        &["--source", "http://me:s3cret@127.0.0.1:9/docs"],
    );
    assert!(!run.status.success());
    assert!(
        err(&run).contains("http://127.0.0.1:9/docs: cannot be fetched"),
        "{}",
        err(&run)
    );
    assert!(!err(&run).contains("s3cret"), "{}", err(&run));
    let mut folders = vec![scratch.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = fs::read(&path).expect("a file can be read");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("s3cret"), "{}", path.display());
        }
    }
    assert!(
        files > 2,
        "the lock and the configuration of git were looked at"
    );
}
