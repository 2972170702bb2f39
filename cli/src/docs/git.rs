//! Runs git to resolve a revision to a commit and check out its pages. Neither history nor unused files are fetched if the
//! server supports shallow and partial clones.

use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use super::Source;
use crate::terminal::printable_line;

/// The sparse checkout: pages and their includes. The tens of thousands of code snippets are not used.
const SPARSE: [&str; 4] = ["/api-reference/", "/includes/", "/LICENSE*", "!snippets/"];

/// Environment variables that point git to another repository; git sets them for hooks.
pub(crate) const REPOSITORY_VARIABLES: [&str; 5] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
];

/// A clone of the documentation's repository.
pub(super) struct Repository {
    folder: PathBuf,
    source: Source,
}

/// The output and the exit status of a git command.
struct Run {
    status: ExitStatus,
    out: String,
    err: String,
}

/// Rejects names that git could interpret as an option, a refspec or a pattern.
pub(crate) fn validate(revision: &str) -> Result<()> {
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || ":\\*?[".contains(letter);
    if revision.is_empty() || revision.starts_with(['-', '+']) || revision.contains(odd) {
        bail!("{revision:?}: not a revision; expected a branch, a tag or a commit");
    }
    Ok(())
}

impl Repository {
    /// Creates the clone, or opens an existing one in any state.
    pub(super) fn open(folder: &Path, source: Source, interrupted: bool) -> Result<Self> {
        let repository = Self {
            folder: folder.to_owned(),
            source,
        };
        repository.remove_stale_locks();
        if interrupted {
            // The index may be truncated or out of date; git rebuilds it.
            let _ = fs::remove_file(folder.join(".git/index"));
        }
        repository.succeed(&["init", "--quiet"])?;
        let address = address(&repository.source.address)?;
        for (key, value) in [
            ("remote.origin.url", address.as_str()),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
            ("advice.detachedHead", "false"),
        ] {
            repository.succeed(&["config", key, value])?;
        }
        let sparse = ["sparse-checkout", "set", "--no-cone"];
        repository.succeed(&[&sparse[..], &SPARSE].concat())?;
        Ok(repository)
    }

    /// Removes lock files of interrupted git commands; this process has locked the folder, so none is running.
    fn remove_stale_locks(&self) {
        for name in ["index", "shallow", "config", "HEAD", "info/sparse-checkout"] {
            // A missing lock file is the normal case.
            let _ = fs::remove_file(self.folder.join(format!(".git/{name}.lock")));
        }
    }

    /// Fetches a revision and returns its commit.
    pub(super) fn fetch(&self, revision: &str) -> Result<String> {
        let single = [
            "fetch",
            "--progress",
            "--no-tags",
            "--filter=blob:none",
            "--depth=1",
            "origin",
            revision,
        ];
        let run = self.git(&single)?;
        if run.status.success() {
            return self.commit("FETCH_HEAD");
        }
        // Not every server allows to fetch a commit that is not the tip of a branch or a tag.
        if is_unknown(&run.err) {
            let all = [
                "fetch",
                "--progress",
                "--filter=blob:none",
                "origin",
                "+refs/heads/*:refs/remotes/origin/*",
                "+refs/tags/*:refs/tags/*",
            ];
            let run = self.git(&all)?;
            if !run.status.success() {
                bail!("{}", self.unreachable(&run.err));
            }
            return self
                .commit(revision)
                .map_err(|_| anyhow::anyhow!("{}: no revision {revision}", self.source.address));
        }
        bail!("{}", self.unreachable(&run.err));
    }

    fn commit(&self, revision: &str) -> Result<String> {
        let name = format!("{revision}^{{commit}}");
        let out = self.succeed(&["rev-parse", "--verify", "--quiet", &name])?;
        Ok(out.trim().to_owned())
    }

    /// Checks out the pages of a commit, and restores changed or missing pages.
    pub(super) fn check_out(&self, commit: &str) -> Result<()> {
        let run = self.git(&["checkout", "--progress", "--force", "--detach", commit])?;
        if !run.status.success() {
            bail!("{}", self.unreachable(&run.err));
        }
        // Removes files that an interrupted pull of another commit left.
        self.succeed(&[
            "clean",
            "--quiet",
            "--force",
            "-d",
            "--",
            "api-reference",
            "includes",
        ])?;
        Ok(())
    }

    fn unreachable(&self, err: &str) -> String {
        format!(
            "{}: cannot be fetched ({}); check the network and the address, or set --source to a local folder or a git bundle",
            self.source.address,
            reason(err)
        )
    }

    /// Runs git and returns its standard output; fails if git fails.
    fn succeed(&self, arguments: &[&str]) -> Result<String> {
        let run = self.git(arguments)?;
        if !run.status.success() {
            bail!(
                "{}: git {} failed ({})",
                self.folder.display(),
                arguments[0],
                reason(&run.err)
            );
        }
        Ok(run.out)
    }

    fn git(&self, arguments: &[&str]) -> Result<Run> {
        let mut command = Command::new("git");
        for variable in REPOSITORY_VARIABLES {
            command.env_remove(variable);
        }
        let child = command
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            // A password prompt would block in scripts.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .envs(self.source.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("git not found; `docs pull` requires git on the PATH")
            }
            Err(error) => return Err(error).context("git cannot be run"),
        };
        let err = read_and_show(child.stderr.take().expect("the stream is piped"));
        let err = self.source.redact(&err);
        // Commands print at most one line to standard output, so the pipe does not fill up while standard error is read.
        let mut out = String::new();
        let mut stdout = child.stdout.take().expect("the stream is piped");
        stdout
            .read_to_string(&mut out)
            .context("the output of git is not UTF-8")?;
        let status = child.wait().context("git cannot be waited for")?;
        Ok(Run { status, out, err })
    }
}

/// Reads the standard error of git to its end, and shows its progress on the terminal if there is one. Messages that could name
/// the URL are not shown.
fn read_and_show(mut from: impl Read) -> String {
    let shown = std::io::stderr().is_terminal();
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = from.read(&mut piece) {
        all.extend_from_slice(&piece[..count]);
        // Progress reports end with a carriage return and have a percentage.
        if shown && piece[..count].contains(&b'%') && !piece[..count].contains(&b'@') {
            let text = String::from_utf8_lossy(&piece[..count]);
            let line = text
                .rsplit(['\r', '\n'])
                .find(|line| !line.trim().is_empty());
            // The progress display is optional, so errors are ignored.
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{}",
                printable_line(line.unwrap_or_default())
            );
        }
    }
    if shown {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// Returns the address for git: the absolute path of a folder or file, as git runs in another folder, or a URL unchanged.
fn address(source: &str) -> Result<String> {
    let path = Path::new(source);
    if !path.exists() {
        return Ok(source.to_owned());
    }
    let absolute = std::path::absolute(path).with_context(|| format!("{source}: invalid path"))?;
    if path.is_dir() && !path.join(".git").exists() && !path.join("HEAD").is_file() {
        bail!(
            "{source}: not a git repository; to read pages in a plain folder, use --docs {source}"
        );
    }
    Ok(absolute.to_string_lossy().into_owned())
}

/// Returns whether git reports that the server does not have the revision or does not allow to fetch it.
fn is_unknown(err: &str) -> bool {
    [
        "couldn't find remote ref",
        "not our ref",
        "unadvertised object",
        "no such ref",
    ]
    .iter()
    .any(|words| err.contains(words))
}

/// Returns the error line of git's output.
pub(crate) fn reason(err: &str) -> String {
    let lines = || err.lines().flat_map(|line| line.split('\r')).map(str::trim);
    let line = lines()
        .find(|line| line.starts_with("fatal:"))
        .or_else(|| lines().rfind(|line| !line.is_empty()))
        .unwrap_or("no error message from git");
    line.trim_start_matches("fatal: ")
        .trim_end_matches('.')
        .to_owned()
}
