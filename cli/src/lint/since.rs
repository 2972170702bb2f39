//! The pages of an earlier revision, read with git.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use generator::model::ApiVersion;
use generator::source::{Source, Sources};
use graphwright_pages::Docs;

use crate::docs::git::{REPOSITORY_VARIABLES, reason, validate};

/// Returns the sources as they were at a revision: files that have changed since then, tracked or not, are replaced, added or
/// removed. `folder` is the documentation folder.
pub(super) fn sources_at(
    revision: &str,
    folder: &Path,
    versions: &[ApiVersion],
    docs: &Docs,
) -> Result<Sources> {
    validate(revision)?;
    // `HEAD:./` is the folder itself, which must exist at the revision.
    let difference = git(
        folder,
        &[
            "diff",
            "--name-status",
            "-z",
            "--no-renames",
            "--relative",
            revision,
            "--",
            ".",
        ],
    )?;
    let untracked = git(
        folder,
        &[
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            ".",
        ],
    )?;
    let is_nested = docs.root != folder;
    let source_path = |path: &str| -> Option<String> {
        if !is_nested {
            return Some(path.to_owned());
        }
        let nested = path.strip_prefix("api-reference/").map(str::to_owned);
        nested.or_else(|| Some(format!("../{path}")))
    };
    let is_read = |path: &str| {
        let below = path.strip_prefix("../").unwrap_or(path);
        let folder = below.split('/').next().unwrap_or_default();
        let is_known = folder == "includes"
            || (path == below && versions.iter().any(|version| version.name() == folder));
        is_known && path.ends_with(".md") && !path.contains("/snippets/")
    };
    // The text at the revision by path; `None` for files that did not exist.
    let mut earlier: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut wanted: Vec<(String, String)> = Vec::new();
    let mut fields = difference.split('\0').filter(|field| !field.is_empty());
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let Some(source) = source_path(path).filter(|source| is_read(source)) else {
            continue;
        };
        match status {
            "A" => drop(earlier.insert(source, None)),
            _ => wanted.push((source, path.to_owned())),
        }
    }
    for path in untracked.split('\0').filter(|path| !path.is_empty()) {
        if let Some(source) = source_path(path).filter(|source| is_read(source)) {
            earlier.insert(source, None);
        }
    }
    let texts = read_blobs(
        folder,
        revision,
        wanted.iter().map(|(_, path)| path.as_str()),
    )?;
    for ((source, _), text) in wanted.into_iter().zip(texts) {
        earlier.insert(source, text);
    }
    let mut files: Vec<Source> = docs
        .sources
        .iter()
        .filter(|(_, source)| !earlier.contains_key(&source.path))
        .map(|(_, source)| source.clone())
        .collect();
    let earlier = earlier.into_iter();
    files.extend(earlier.filter_map(|(path, text)| text.map(|text| Source { path, text })));
    Ok(Sources::new(files))
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for variable in REPOSITORY_VARIABLES {
        command.env_remove(variable);
    }
    command
        .arg("-C")
        .arg(folder)
        .env("LC_ALL", "C")
        // Paths are printed as they are.
        .args(["-c", "core.quotePath=false"]);
    command
}

fn start_error(error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            anyhow::anyhow!("git not found; `lint --since` requires git on the PATH")
        }
        _ => anyhow::Error::new(error).context("git cannot be run"),
    }
}

/// Runs git in a folder and returns its output.
fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = command(folder)
        .args(arguments)
        .output()
        .map_err(start_error)?;
    if !output.status.success() {
        let err = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{}: git {} failed ({})",
            folder.display(),
            arguments[0],
            reason(&err)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads files of a revision in one git process. A file that is not UTF-8 is `None`.
fn read_blobs<'a>(
    folder: &Path,
    revision: &str,
    paths: impl Iterator<Item = &'a str>,
) -> Result<Vec<Option<String>>> {
    let paths: Vec<&str> = paths.collect();
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = command(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(start_error)?;
    let mut stdin = child.stdin.take().expect("the stream is piped");
    let requests: String = paths
        .iter()
        .map(|path| format!("{revision}:./{path}\n"))
        .collect();
    // The requests are written by a thread, since git answers while it reads.
    let writer = std::thread::spawn(move || stdin.write_all(requests.as_bytes()));
    let mut out = BufReader::new(child.stdout.take().expect("the stream is piped"));
    let mut texts = Vec::with_capacity(paths.len());
    for path in &paths {
        let mut header = String::new();
        out.read_line(&mut header)
            .context("the output of git cannot be read")?;
        let length: Option<usize> = header
            .trim_end()
            .rsplit(' ')
            .next()
            .and_then(|length| length.parse().ok());
        let Some(length) = length else {
            bail!("{path}: git has no such file at {revision}");
        };
        let mut bytes = vec![0; length + 1];
        out.read_exact(&mut bytes)
            .context("the output of git ends early")?;
        bytes.pop();
        texts.push(String::from_utf8(bytes).ok());
    }
    drop(out);
    // The answers are complete, so the requests have been written.
    let _ = writer.join();
    child.wait().context("git cannot be waited for")?;
    Ok(texts)
}
