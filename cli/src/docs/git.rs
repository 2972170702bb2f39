//! Git's command line: which commit a revision is, and its pages into a folder. No history and no page that is not read is
//! fetched where the other side can do without.

use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// What is checked out: the pages and what they include. Snippets of other languages hold nothing about the API, and there are
/// tens of thousands.
const SPARSE: [&str; 4] = ["/api-reference/", "/includes/", "/LICENSE*", "!snippets/"];

/// Variables that would lead git to another repository, as they stand in the environment of its hooks.
const ASTRAY: [&str; 5] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
];

/// A clone of the documentation's repository.
pub(super) struct Repository {
    folder: PathBuf,
    source: String,
}

/// What a run of git printed and how it ended.
struct Run {
    status: ExitStatus,
    out: String,
    err: String,
}

/// Refuses what git could take for an option or for something else than a revision.
pub(super) fn validate(revision: &str) -> Result<()> {
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || ":\\*?[".contains(letter);
    if revision.is_empty() || revision.starts_with(['-', '+']) || revision.contains(odd) {
        bail!("{revision:?}: is no name of a revision; --rev takes a branch, a tag or a commit");
    }
    Ok(())
}

impl Repository {
    /// Makes the clone, or takes up one that is there, whatever state it was left in.
    pub(super) fn open(folder: &Path, source: &str, interrupted: bool) -> Result<Self> {
        let repository = Self {
            folder: folder.to_owned(),
            source: source.to_owned(),
        };
        repository.remove_stale_locks();
        if interrupted {
            // What it says of the folder may be wrong or half-written; git makes another.
            let _ = fs::remove_file(folder.join(".git/index"));
        }
        repository.must(&["init", "--quiet"])?;
        let address = address(source)?;
        for (key, value) in [
            ("remote.origin.url", address.as_str()),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
            ("advice.detachedHead", "false"),
        ] {
            repository.must(&["config", key, value])?;
        }
        let sparse = ["sparse-checkout", "set", "--no-cone"];
        repository.must(&[&sparse[..], &SPARSE].concat())?;
        Ok(repository)
    }

    /// The claim on the folder is ours, so whoever left a lock of git behind is gone.
    fn remove_stale_locks(&self) {
        for name in ["index", "shallow", "config", "HEAD", "info/sparse-checkout"] {
            // One that is not there is what is wanted.
            let _ = fs::remove_file(self.folder.join(format!(".git/{name}.lock")));
        }
    }

    /// Fetches what a revision leads to, and says which commit it is.
    pub(super) fn fetch(&self, revision: &str) -> Result<String> {
        let alone = [
            "fetch",
            "--progress",
            "--no-tags",
            "--filter=blob:none",
            "--depth=1",
            "origin",
            revision,
        ];
        let run = self.git(&alone)?;
        if run.status.success() {
            return self.commit("FETCH_HEAD");
        }
        // A commit that no name leads to is not given out alone by every server.
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
                .map_err(|_| anyhow::anyhow!("{}: has no revision {revision}", self.source));
        }
        bail!("{}", self.unreachable(&run.err));
    }

    fn commit(&self, revision: &str) -> Result<String> {
        let name = format!("{revision}^{{commit}}");
        let out = self.must(&["rev-parse", "--verify", "--quiet", &name])?;
        Ok(out.trim().to_owned())
    }

    /// Puts the pages of a commit into the folder; pages that were changed or lost come back as they were.
    pub(super) fn check_out(&self, commit: &str) -> Result<()> {
        let run = self.git(&["checkout", "--progress", "--force", "--detach", commit])?;
        if !run.status.success() {
            bail!("{}", self.unreachable(&run.err));
        }
        // What an interrupted pull left of another commit.
        self.must(&[
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
            "{}: cannot be fetched ({}); is there a network, and is the address right? A folder or a bundle will do as well",
            self.source,
            reason(err)
        )
    }

    /// Runs git, which must succeed, and gives what it prints.
    fn must(&self, arguments: &[&str]) -> Result<String> {
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
        for variable in ASTRAY {
            command.env_remove(variable);
        }
        let child = command
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            // A question for a password would wait for ever where nobody sits.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("git is not there; `docs pull` needs its command line on the PATH")
            }
            Err(error) => return Err(error).context("git cannot be run"),
        };
        let err = watched(child.stderr.take().expect("it is piped"));
        // What is asked for prints at most one line, so it does not wait for a reader.
        let mut out = String::new();
        let mut stdout = child.stdout.take().expect("it is piped");
        stdout
            .read_to_string(&mut out)
            .context("git prints no text")?;
        let status = child.wait().context("git cannot be waited for")?;
        Ok(Run { status, out, err })
    }
}

/// Reads to the end what git says, and shows it on a terminal while it comes.
fn watched(mut from: impl Read) -> String {
    let shown = std::io::stderr().is_terminal();
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = from.read(&mut piece) {
        all.extend_from_slice(&piece[..count]);
        if shown {
            // A terminal that cannot be written to loses the progress and nothing else.
            let _ = std::io::stderr().write_all(&piece[..count]);
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// A folder or a file by its absolute path, as git does not run in the current folder; an address as it is.
fn address(source: &str) -> Result<String> {
    let path = Path::new(source);
    if !path.exists() {
        return Ok(source.to_owned());
    }
    let absolute = std::path::absolute(path).with_context(|| format!("{source}: is no path"))?;
    if path.is_dir() && !path.join(".git").exists() && !path.join("HEAD").is_file() {
        bail!(
            "{source}: is no git repository; pages in a plain folder are read with --docs {source}"
        );
    }
    Ok(absolute.to_string_lossy().into_owned())
}

/// Whether git says that the other side does not know the revision.
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

/// The line of git's that says what is wrong.
fn reason(err: &str) -> String {
    let lines = || err.lines().flat_map(|line| line.split('\r')).map(str::trim);
    let line = lines()
        .find(|line| line.starts_with("fatal:"))
        .or_else(|| lines().rfind(|line| !line.is_empty()))
        .unwrap_or("git gives no reason");
    line.trim_start_matches("fatal: ")
        .trim_end_matches('.')
        .to_owned()
}
