//! `picture`: draws a run of the command line as SVG, for the README.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use graphwright_cli::Outcome;

use crate::bench::scratch::succeed;

const LINE: usize = 19;
const WIDTH: usize = 920;

pub(crate) fn run() -> Result<Outcome> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = root
        .canonicalize()
        .context("the project's folder cannot be found")?;
    let scratch = root.join("target/picture");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).context("the scratch folder cannot be removed")?;
    }
    fs::create_dir_all(&scratch).context("the scratch folder cannot be created")?;
    let docs = root.join("docs-input");
    let docs = docs.to_string_lossy();
    let project = scratch.join("my-graph");
    let mut lines = Vec::new();
    // The documentation is there already, so that `init` does not name the command that downloads it.
    record(
        &root,
        &scratch,
        &["init", "my-graph"],
        &["--docs", &docs],
        &mut lines,
    )?;
    record(&root, &project, &["gen"], &[], &mut lines)?;
    record(
        &root,
        &project,
        &["permissions", "--for", "GET /users"],
        &[],
        &mut lines,
    )?;
    let picture = root.join("guide/run.svg");
    fs::write(&picture, svg(&lines))
        .with_context(|| format!("{}: cannot be written", picture.display()))?;
    Ok(Outcome::Clean)
}

/// Runs a command and adds it and its output to the lines. The arguments in `hidden` are not shown.
fn record(
    root: &Path,
    folder: &Path,
    arguments: &[&str],
    hidden: &[&str],
    lines: &mut Vec<String>,
) -> Result<()> {
    let mut command = std::process::Command::new(env!("CARGO"));
    command
        .current_dir(folder)
        .args([
            "run",
            "--quiet",
            "--package",
            "graphwright-cli",
            "--bin",
            "graphwright",
            "--manifest-path",
        ])
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .args(hidden);
    let printed = succeed(&mut command)?;
    let quoted = arguments.iter().map(|argument| {
        if argument.contains(' ') {
            format!("'{argument}'")
        } else {
            (*argument).to_owned()
        }
    });
    lines.push(format!(
        "$ graphwright {}",
        quoted.collect::<Vec<String>>().join(" ")
    ));
    // The elapsed time differs in each run.
    let shown = printed.lines().filter(|line| !line.starts_with("time "));
    lines.extend(shown.map(str::to_owned));
    lines.push(String::new());
    Ok(())
}

fn svg(lines: &[String]) -> String {
    let height = (lines.len() + 2) * LINE;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"A run of graphwright\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" fill=\"#1e1e2e\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">\n"
    );
    for (index, line) in lines.iter().enumerate() {
        let color = if line.starts_with("$ ") {
            "#a6e3a1"
        } else {
            "#cdd6f4"
        };
        let line = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let y = (index + 2) * LINE - 5;
        text.push_str(&format!(
            "<text x=\"20\" y=\"{y}\" fill=\"{color}\">{line}</text>\n"
        ));
    }
    text.push_str("</g>\n</svg>\n");
    text
}
