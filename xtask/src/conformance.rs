//! `conformance`: runs programs written with the official SDKs against the local server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use graphwright_cli::Outcome;
use graphwright_serve::{Graph, Server, Settings};

use crate::arguments::ConformanceArguments;

/// The number of generated items in each collection.
const ITEMS: usize = 250;

/// Installs the SDKs below the target folder, in the versions that `tests/conformance` names, and runs the programs there.
pub(crate) fn run(arguments: &ConformanceArguments) -> Result<Outcome> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let programs = root.join("tests/conformance");
    let work = root.join("target/conformance");
    fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
    let work = fs::canonicalize(&work)?;
    let python = install_python(&programs, &work)?;
    install_javascript(&programs, &work)?;

    let graph = Graph::read(&arguments.docs)
        .with_context(|| format!("cannot read {}", arguments.docs.display()))?;
    // Upload URLs have another host, to which no SDK sends a token.
    let settings = || {
        let settings = Settings::new().tls().upload_host("127.0.0.1");
        settings.items(ITEMS).request_log(0)
    };
    let mut is_clean = true;
    for (name, faults) in [("without faults", ""), ("with throttling", "429=0 every 7")] {
        println!("{name}");
        for program in [&python, &PathBuf::from("node")] {
            let server = Server::start(&graph, settings().faults(faults.parse()?))?;
            let certificate = work.join("certificate.pem");
            fs::write(&certificate, server.certificate().unwrap_or_default())?;
            let script = match program == &python {
                true => programs.join("sdk.py"),
                false => work.join("sdk.mjs"),
            };
            let status = Command::new(program)
                .arg(&script)
                .env(
                    "ORIGIN",
                    format!("https://localhost:{}", server.address().port()),
                )
                .env("ITEMS", ITEMS.to_string())
                .env("FAULTS", faults)
                .env("SSL_CERT_FILE", &certificate)
                .env("NODE_EXTRA_CA_CERTS", &certificate)
                .status()
                .with_context(|| format!("cannot run {}", program.display()))?;
            is_clean &= status.success();
        }
    }
    Ok(if is_clean {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}

/// Creates a virtual environment with the SDK and returns its interpreter.
fn install_python(programs: &Path, work: &Path) -> Result<PathBuf> {
    let environment = work.join("python");
    let interpreter = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !interpreter.exists() {
        execute(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(&environment),
        )?;
    }
    let requirements = programs.join("requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--requirement"];
    execute(Command::new(&interpreter).args(install).arg(requirements))?;
    Ok(interpreter)
}

/// Installs the JavaScript client beside a copy of the program, where node looks for packages.
fn install_javascript(programs: &Path, work: &Path) -> Result<()> {
    for name in ["package.json", "sdk.mjs"] {
        fs::copy(programs.join(name), work.join(name))
            .with_context(|| format!("cannot copy {name}"))?;
    }
    execute(
        Command::new("npm")
            .args(["install", "--silent", "--no-audit", "--no-fund"])
            .current_dir(work),
    )
}

fn execute(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}
