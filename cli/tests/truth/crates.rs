//! Crates on disk: generated libraries, and programs that are compiled against them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::running::succeeded;
use crate::uses::{HEAD, Use};

/// Creates the folder of a test.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder can be created");
    // The crates are compiled against the runtime of this clone.
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let config = format!(
        "runtime = {{ path = {:?} }}\n",
        runtime.display().to_string()
    );
    fs::write(folder.join("graphwright.toml"), config).expect("a configuration is written");
    folder
}

/// Runs the command line, which must succeed, and returns its standard output.
pub(crate) fn graphwright(scratch: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_graphwright"));
    let output = succeeded(command.current_dir(scratch).args(arguments));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns the changes that `diff` reports between two states.
pub(crate) fn diff(scratch: &Path, arguments: &[&str]) -> Vec<Value> {
    let printed = graphwright(
        scratch,
        &[&["diff", "--format", "json"], arguments].concat(),
    );
    let mut report: Value = serde_json::from_str(&printed).expect("the diff is JSON");
    let Value::Array(changes) = report["changes"].take() else {
        panic!("changes must be an array: {report:#}");
    };
    changes
}

/// Runs `cargo check` on a program that uses a library with the given features.
pub(crate) fn check(scratch: &Path, library: &str, features: &[&str], program: &str) -> Output {
    let folder = scratch.join("program");
    fs::create_dir_all(folder.join("src")).expect("a folder can be created");
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         graphwright = {{ path = \"../{library}\", default-features = false, features = {features:?} }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest is written");
    fs::write(folder.join("src/lib.rs"), program).expect("a program is written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock is copied");
    // The dependencies of all test crates are built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("truth-target");
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--offline", "--message-format", "json"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo starts")
}

/// Returns the compiler errors with their lines.
pub(crate) fn errors(output: &Output) -> Vec<(usize, String)> {
    let out = String::from_utf8_lossy(&output.stdout);
    let messages = out.lines().filter_map(|line| {
        let mut line: Value = serde_json::from_str(line).ok()?;
        (line["reason"] == "compiler-message").then(|| line["message"].take())
    });
    let mut errors = Vec::new();
    for message in messages.filter(|message| message["level"] == "error") {
        let rendered = message["rendered"].as_str().unwrap_or_default();
        for span in message["spans"].as_array().into_iter().flatten() {
            if span["is_primary"] == true {
                assert_eq!(span["file_name"], "src/lib.rs", "{rendered}");
                let line = span["line_start"].as_u64().expect("lines are counted");
                errors.push((line as usize, rendered.to_owned()));
            }
        }
    }
    errors
}

/// Returns the indices of the uses that compile. The compiler does not report all errors at once, so lines with errors are
/// removed until there are none.
pub(crate) fn compiling(
    scratch: &Path,
    library: &str,
    features: &[&str],
    uses: &[Use],
) -> BTreeSet<usize> {
    // A library without the feature declares no items.
    let manifest = fs::read_to_string(scratch.join(library).join("Cargo.toml"));
    let manifest = manifest.expect("a library has a manifest");
    let is_declared = |feature: &&str| manifest.contains(&format!("\n{feature} = ["));
    if !features.iter().all(is_declared) {
        return BTreeSet::new();
    }
    let mut left: BTreeSet<usize> = (0..uses.len()).collect();
    let first = HEAD.lines().count() + 1;
    loop {
        let mut program = HEAD.to_owned();
        for (index, one) in uses.iter().enumerate() {
            if left.contains(&index) {
                program.push_str(&one.line);
            }
            program.push('\n');
        }
        let output = check(scratch, library, features, &program);
        if output.status.success() {
            return left;
        }
        let before = left.len();
        for (line, rendered) in errors(&output) {
            assert!(line >= first, "{rendered}");
            left.remove(&(line - first));
        }
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(left.len() < before, "the errors have no line: {err}");
    }
}
