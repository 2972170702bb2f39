//! The scratch folder, in which crates are created and built, and the runs of cargo in it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use super::usage::{self, Usage};

/// The scratch folder, with a separate target folder.
#[derive(Debug)]
pub(crate) struct Scratch {
    root: PathBuf,
    project: PathBuf,
}

/// A way of building a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Profile {
    /// `cargo check`
    Check,
    /// `cargo build`
    Dev,
    /// `cargo build --release`
    Release,
}

impl Profile {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Dev => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// Returns the cargo that runs this program, or else the one on the `PATH`.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

impl Scratch {
    /// Creates the folder `bench` below the target folder, or opens an existing one.
    pub(crate) fn new() -> Result<Self> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let project = project
            .canonicalize()
            .context("the project's folder cannot be found; rebuild the command line")?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let root = project
            .join(target.unwrap_or_else(|| "target".into()))
            .join("bench");
        fs::create_dir_all(&root)
            .with_context(|| format!("{}: cannot be created", root.display()))?;
        Ok(Self { root, project })
    }

    /// Returns a path in the folder.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Returns the folder of the runtime crate as a TOML string.
    pub(crate) fn runtime(&self) -> String {
        format!("{:?}", self.project.join("runtime").to_string_lossy())
    }

    /// Writes a file, unless it has the same contents already.
    pub(crate) fn write(&self, path: &Path, text: &str) -> Result<()> {
        if fs::read(path).is_ok_and(|present| present == text.as_bytes()) {
            return Ok(());
        }
        let folder = path.parent().expect("files of crates are in folders");
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be created", folder.display()))?;
        fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))
    }

    /// Copies the lock file of the project, so that a crate uses the same versions of dependencies.
    pub(crate) fn lock(&self, folder: &Path) -> Result<()> {
        let lock = self.project.join("Cargo.lock");
        fs::copy(&lock, folder.join("Cargo.lock"))
            .map(drop)
            .with_context(|| format!("{}: cannot be copied", lock.display()))
    }

    /// Builds the crate in a folder and returns the cost of each call of rustc.
    pub(crate) fn build(&self, folder: &Path, profile: Profile) -> Result<Vec<Usage>> {
        let record = self.root.join("usage");
        // The file does not exist before the first build.
        let _ = fs::remove_file(&record);
        let mut command = self.cargo(folder, profile.arguments());
        command.env(
            "RUSTC_WRAPPER",
            std::env::current_exe().context("the path of this program cannot be determined")?,
        );
        command.env(usage::RECORD, &record);
        succeed(&mut command)?;
        usage::read_records(&record)
    }

    /// Runs a release build of the crate in a folder and returns its standard output.
    pub(crate) fn run(&self, folder: &Path, arguments: &[OsString]) -> Result<String> {
        let mut command = self.cargo(folder, &["run", "--release"]);
        command.arg("--").args(arguments);
        succeed(&mut command)
    }

    fn cargo(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command
            .args(arguments)
            .arg("--quiet")
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null());
        command
    }
}

/// Sets the modification time of a file to now, so that cargo rebuilds its crate.
pub(crate) fn touch(path: &Path) -> Result<()> {
    let file = fs::File::options()
        .append(true)
        .open(path)
        .with_context(|| format!("{}: cannot be opened", path.display()))?;
    file.set_modified(SystemTime::now())
        .with_context(|| format!("{}: cannot be touched", path.display()))
}

/// Runs a command and returns its standard output; fails if the command fails.
pub(crate) fn succeed(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("{} cannot be run", command.get_program().display()))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let first: Vec<&str> = stderr.lines().take(40).collect();
        bail!("{command:?} failed:\n{}", first.join("\n"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
