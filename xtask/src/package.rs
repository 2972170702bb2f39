//! `package`: packs the crates as they are published, and builds a program from the packages alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use graphwright_cli::Outcome;

use crate::bench::scratch::succeed;

/// The published packages, in the order in which they are published.
const PACKAGES: [&str; 7] = [
    "graphwright-runtime",
    "graphwright-generator",
    "graphwright-pages",
    "graphwright-report",
    "graphwright-serve",
    "graphwright-cli",
    "graphwright",
];

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The profile of the project, with which dependencies are compiled already.
const PROFILE: &str =
    "[profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.blake3]\nopt-level = 3\n";

/// A program that uses the published library against the published server.
const PROGRAM: &str = r#"use graphwright::runtime::AccessToken;
use graphwright::v1_0::Client;
use graphwright_serve::{Graph, Server, Settings};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let docs = std::env::args().nth(1).ok_or("expected a documentation folder")?;
    let graph = Graph::read(docs.as_ref())?;
    let server = Server::start(&graph, Settings::new().items(3))?;
    let client = Client::builder()
        .base_url(&server.base_url("v1.0"))
        .token_source(AccessToken::fixed("any"))
        .build()?;
    let devices = client.device_management().managed_devices().list().send_blocking()?;
    println!("{} devices", devices.value.len());
    Ok(())
}
"#;

pub(crate) fn run() -> Result<Outcome> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = root
        .canonicalize()
        .context("the project's folder cannot be found")?;
    pack(&root)?;
    let folder = root.join("target/package-check");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("{}: cannot be removed", folder.display()))?;
    }
    unpack(&root, &folder)?;
    let docs = root.join("docs-input");

    write(&folder.join("program/src/main.rs"), PROGRAM)?;
    write(
        &folder.join("program/Cargo.toml"),
        &format!(
            "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             graphwright = {{ version = \"{VERSION}\", default-features = false, features = [\"blocking\", \"reqwest\", \"v1_0-intune_devices\"] }}\n\
             graphwright-serve = \"{VERSION}\"\n"
        ),
    )?;
    let members = ["program".to_owned(), format!("graphwright-cli-{VERSION}")];
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{PROFILE}\n{}",
        patches(&folder)
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
        .context("the lock file cannot be copied")?;
    let printed = succeed(
        cargo(&root, &folder)
            .args(["run", "--quiet", "--package", "program", "--"])
            .arg(&docs),
    )?;
    if printed != "3 devices\n" {
        bail!("the program printed {printed:?}");
    }
    println!(
        "packages  {} packed; a program built from them alone lists 3 devices",
        PACKAGES.len()
    );

    // The packaged command line starts a project, whose crate depends on the packaged runtime.
    let graphwright = |folder: &Path| {
        let mut command = cargo(&root, folder);
        command
            .args([
                "run",
                "--quiet",
                "--package",
                "graphwright-cli",
                "--bin",
                "graphwright",
                "--manifest-path",
            ])
            .arg(root.join("target/package-check/Cargo.toml"))
            .arg("--");
        command
    };
    let include = "/deviceManagement/managedDevices/**";
    let init = ["init", "project", "--include", include, "--docs"];
    succeed(graphwright(&folder).args(init).arg(&docs))?;
    let project = folder.join("project");
    succeed(graphwright(&project).arg("gen"))?;
    let manifest = project.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("init wrote no manifest")?;
    write(
        &manifest,
        &format!("{text}\n{PROFILE}\n{}", patches(&folder)),
    )?;
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock"))
        .context("the lock file cannot be copied")?;
    succeed(cargo(&root, &project).args(["check", "--quiet", "--workspace"]))?;
    println!("init      a project of the packaged command line compiles");
    Ok(Outcome::Clean)
}

/// Packs all crates. Their dependencies on each other are not published yet, so cargo cannot build each one from the registry.
fn pack(root: &Path) -> Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(root)
        .args(["package", "--quiet", "--no-verify", "--allow-dirty"]);
    for package in PACKAGES {
        command.args(["--package", package]);
    }
    succeed(&mut command)?;
    Ok(())
}

fn unpack(root: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    for package in PACKAGES {
        let archive = root.join(format!("target/package/{package}-{VERSION}.crate"));
        succeed(
            Command::new("tar")
                // The files of a package have a fixed time stamp; cargo recognizes changed files by theirs.
                .arg("-xzmf")
                .arg(archive)
                .arg("-C")
                .arg(folder),
        )?;
        for file in ["README.md", "src/lib.rs"] {
            let file = folder.join(format!("{package}-{VERSION}/{file}"));
            if !file.is_file() {
                bail!("{}: missing in the package", file.display());
            }
        }
    }
    Ok(())
}

/// Returns the part of a manifest that takes the packages from the folder instead of the registry.
fn patches(folder: &Path) -> String {
    let mut text = "[patch.crates-io]\n".to_owned();
    for package in PACKAGES {
        let path: PathBuf = folder.join(format!("{package}-{VERSION}"));
        text.push_str(&format!(
            "{package} = {{ path = {:?} }}\n",
            path.display().to_string()
        ));
    }
    text
}

/// Returns cargo in a folder, with the target folder of the project, so that dependencies are compiled once.
fn cargo(root: &Path, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root.join("target"));
    command
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("files are in folders")?;
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))
}
