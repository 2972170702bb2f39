//! Runs the example tests of a generated crate and parses their findings.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use generator::emit::File;
use serde_json::Value;

use graphwright_cli::output;

/// The findings of the tests by page and line of the message.
pub(crate) type Findings = BTreeMap<(String, u64), Vec<Finding>>;

/// A finding about a request or a response of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The message differs from the documentation.
    Failure(String),
    /// The message differs from the documentation, which the page is known to cause.
    Excused(String),
    /// The value at a path does not have the type of its property.
    TypeMismatch(String),
}

/// Creates the folder of the crate below the target folder.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder = target()?.join("examples").join("library");
    fs::create_dir_all(&folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    Ok(folder)
}

/// Writes the crate and runs its example tests.
pub(crate) fn run(folder: &Path, files: &[File]) -> Result<Findings> {
    output::update(folder, files)?;
    if !files.iter().any(|file| file.path == "tests/examples.rs") {
        return Ok(Findings::new());
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
        // The crate is built once, and without a debugger.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .context("cannot run cargo")?;
    let printed = String::from_utf8_lossy(&run.stdout);
    if !printed.contains("examples: ") {
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        let first: Vec<&str> = stderr.lines().take(40).collect();
        bail!("the example tests did not run:\n{}", first.join("\n"));
    }
    Ok(parse_findings(&printed))
}

/// Parses the JSON lines that the tests print.
fn parse_findings(printed: &str) -> Findings {
    let mut findings = Findings::new();
    for line in printed.lines() {
        // The test harness can print the name of the test on the same line.
        let Some((_, json)) = line.split_once("example: ") else {
            continue;
        };
        let Ok(finding) = serde_json::from_str::<Value>(json) else {
            continue;
        };
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let message = text("message");
        let parsed = match text("kind").as_str() {
            "type mismatch" => Finding::TypeMismatch(message),
            "excused" => Finding::Excused(message),
            _ => Finding::Failure(message),
        };
        let line = finding["line"].as_u64().unwrap_or_default();
        findings
            .entry((text("page"), line))
            .or_default()
            .push(parsed);
    }
    findings
}

fn project() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .context("the project's folder cannot be found; rebuild the command line")
}

fn target() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(project()?.join(target.unwrap_or_else(|| "target".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_json_lines() {
        let printed = "running 1 test\ntest v1_0 ... example: {\"page\":\"a.md\",\"line\":3,\"kind\":\"failure\",\"message\":\"w\"}\n\
                    example: {\"page\":\"a.md\",\"line\":3,\"kind\":\"type mismatch\",\"message\":\"x\"}\nexamples: 2\n";
        let findings = parse_findings(printed);
        let expected = vec![
            Finding::Failure("w".to_owned()),
            Finding::TypeMismatch("x".to_owned()),
        ];
        assert_eq!(findings.get(&("a.md".to_owned(), 3)), Some(&expected));
        assert_eq!(findings.len(), 1);
    }
}
