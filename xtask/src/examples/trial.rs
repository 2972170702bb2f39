//! The example tests of a generated crate, run. In: its files. Out: what the tests say about single examples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use generator::emit::File;
use serde_json::Value;

use graphwright_cli::output;

/// What the tests say, by page and line of the message.
pub(crate) type Tried = BTreeMap<(String, u64), Vec<Said>>;

/// What the tests say about one half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is not as documented.
    Fault(String),
    /// It is not as documented, which was expected.
    Excused(String),
    /// A value that its property could not take.
    Misfit(String),
}

/// The folder of the crate, below the target folder.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder = target()?.join("examples").join("library");
    fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    Ok(folder)
}

/// Writes the crate and runs its example tests.
pub(crate) fn run(folder: &Path, files: &[File]) -> Result<Tried> {
    output::update(folder, files)?;
    if !files.iter().any(|file| file.path == "tests/examples.rs") {
        return Ok(Tried::new());
    }
    let lock = project()?.join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock"))
        .with_context(|| format!("{}: cannot be copied", lock.display()))?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = Command::new(cargo)
        .args(["test", "--quiet", "--all-features", "--test", "examples"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .args(["--", "--nocapture"])
        .env(
            "CARGO_TARGET_DIR",
            target()?.join("examples").join("target"),
        )
        // The crate is built once and looked at by no debugger.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .context("cargo cannot be run")?;
    let said = String::from_utf8_lossy(&run.stdout);
    if !said.contains("examples: ") {
        let words = String::from_utf8_lossy(&run.stderr).into_owned();
        let first: Vec<&str> = words.lines().take(40).collect();
        bail!("the example tests cannot be run:\n{}", first.join("\n"));
    }
    Ok(read(&said))
}

/// Reads the lines that the tests print for programs.
fn read(said: &str) -> Tried {
    let mut tried = Tried::new();
    for line in said.lines() {
        // The name of the test may stand in front.
        let Some((_, json)) = line.split_once("example: ") else {
            continue;
        };
        let Ok(finding) = serde_json::from_str::<Value>(json) else {
            continue;
        };
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let words = text("message");
        let said = match text("kind").as_str() {
            "type mismatch" => Said::Misfit(words),
            "excused" => Said::Excused(words),
            _ => Said::Fault(words),
        };
        let line = finding["line"].as_u64().unwrap_or_default();
        tried.entry((text("page"), line)).or_default().push(said);
    }
    tried
}

fn project() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .context("the project's folder cannot be found; build the command line again")
}

fn target() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(project()?.join(target.unwrap_or_else(|| "target".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_for_programs_are_read() {
        let said = "running 1 test\ntest v1_0 ... example: {\"page\":\"a.md\",\"line\":3,\"kind\":\"failure\",\"message\":\"w\"}\n\
                    example: {\"page\":\"a.md\",\"line\":3,\"kind\":\"type mismatch\",\"message\":\"x\"}\nexamples: 2\n";
        let tried = read(said);
        let expected = vec![Said::Fault("w".to_owned()), Said::Misfit("x".to_owned())];
        assert_eq!(tried.get(&("a.md".to_owned(), 3)), Some(&expected));
        assert_eq!(tried.len(), 1);
    }
}
