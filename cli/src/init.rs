//! `init`: starts a project that generates a library and uses it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::emit::PackageName;
use toml::Value;

use crate::arguments::{ApiChoice, InitArguments};
use crate::config::FILE;
use crate::terminal::out;
use crate::{Outcome, output, project};

/// The folder of the generated crate.
const LIBRARY: &str = "graph";
/// The folder of the program.
const PROGRAM: &str = "app";

pub(crate) fn run(arguments: &InitArguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    let name = PackageName::parse(&arguments.name)
        .map_err(|reason| anyhow::anyhow!("--name: {reason}"))?;
    if name.as_str() == PROGRAM {
        bail!("--name: {PROGRAM:?} is the name of the program");
    }
    require_empty(folder)?;
    let version = match arguments.api {
        ApiChoice::V1_0 | ApiChoice::All => "v1_0",
        ApiChoice::Beta => "beta",
    };
    let files = [
        (FILE, config(arguments)?),
        ("Cargo.toml", workspace_manifest()),
        (".gitignore", gitignore(&arguments.docs)),
        ("app/Cargo.toml", program_manifest(&name)),
        ("app/src/main.rs", program(&name, version)),
    ];
    for (path, text) in files {
        output::write_file(&folder.join(path), text)?;
    }
    let shown = folder.display();
    out!("created   {shown}/{FILE}, and a workspace with the program `{PROGRAM}`\n\nNext:\n");
    if folder != Path::new(".") {
        out!("  cd {shown}\n");
    }
    if !folder.join(&arguments.docs).is_dir() {
        out!(
            "  graphwright docs pull --into {}\n",
            arguments.docs.display()
        );
    }
    out!("  graphwright gen\n  cargo run\n");
    Ok(Outcome::Clean)
}

/// Rejects a folder with contents other than a git repository, which may have been created first.
fn require_empty(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    let entries =
        fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: cannot be listed", folder.display()))?;
        if entry.file_name() != ".git" {
            bail!(
                "{}: the folder is not empty; `init` writes only into an empty folder",
                entry.path().display()
            );
        }
    }
    Ok(())
}

fn config(arguments: &InitArguments) -> Result<String> {
    let text = |text: &str| Value::String(text.to_owned()).to_string();
    let path = |path: &Path| text(&path.to_string_lossy().replace('\\', "/"));
    let include: Vec<String> = arguments.include.iter().map(|glob| text(glob)).collect();
    let api = match arguments.api {
        ApiChoice::V1_0 => "v1.0",
        ApiChoice::Beta => "beta",
        ApiChoice::All => "all",
    };
    let runtime = match (&arguments.runtime_path, &arguments.runtime_git) {
        (Some(folder), _) => {
            let folder = runtime_path(&arguments.folder, folder)?;
            format!("runtime = {{ path = {} }}\n", path(&folder))
        }
        (None, Some(url)) => {
            let rev = arguments.runtime_rev.as_deref();
            let rev = rev.map_or_else(String::new, |rev| format!(", rev = {}", text(rev)));
            format!("runtime = {{ git = {}{rev} }}\n", text(url))
        }
        (None, None) => String::new(),
    };
    Ok(format!(
        "# The options of `graphwright`; `graphwright gen --help` describes them.\n\
         docs = {}\nout = \"{LIBRARY}\"\napi = \"{api}\"\n\
         # Paths, types (\"microsoft.graph.user\") and areas to generate, with everything that they need.\n\
         include = [{}]\n{runtime}\n[package]\nname = {}\nversion = \"0.1.0\"\nworkspace-member = true\n",
        path(&arguments.docs),
        include.join(", "),
        text(&arguments.name)
    ))
}

/// Returns the path of the runtime relative to the folder of the project.
fn runtime_path(folder: &Path, runtime: &Path) -> Result<PathBuf> {
    if !runtime.join("Cargo.toml").is_file() {
        bail!(
            "--runtime-path {}: no crate; expected a folder with Cargo.toml",
            runtime.display()
        );
    }
    let (folder, runtime) = (project::absolute(folder)?, project::absolute(runtime)?);
    Ok(project::relative(&folder, &runtime).into())
}

fn workspace_manifest() -> String {
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"{LIBRARY}\", \"{PROGRAM}\"]\ndefault-members = [\"{PROGRAM}\"]\n"
    )
}

fn gitignore(docs: &Path) -> String {
    let docs = docs.to_string_lossy().replace('\\', "/");
    if docs.starts_with(['/', '.']) || docs.contains(':') {
        "/target/\n".to_owned()
    } else {
        // The documentation is large, and `docs.lock` names its commit.
        format!("/target/\n/{docs}/*\n!/{docs}/docs.lock\n")
    }
}

fn program_manifest(name: &PackageName) -> String {
    let name = name.as_str();
    format!(
        "[package]\nname = \"{PROGRAM}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {name} = {{ path = \"../{LIBRARY}\", features = [\"blocking\"] }}\n"
    )
}

fn program(name: &PackageName, version: &str) -> String {
    let name = name.crate_name();
    format!(
        r#"//! Sends one request to Microsoft Graph and prints the response.
//!
//! `GRAPH_TOKEN` holds an access token. `GRAPH_URL` replaces the address of the service, for example by that of
//! `graphwright serve`, which accepts any token.

use {name}::runtime::{{AccessToken, RawRequest}};
use {name}::{version}::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let token = std::env::var("GRAPH_TOKEN").unwrap_or_else(|_| "any".to_owned());
    let mut client = Client::builder().token_source(AccessToken::fixed(&token));
    if let Ok(url) = std::env::var("GRAPH_URL") {{
        client = client.base_url(&url);
    }}
    let client = client.build()?;
    Ok(())
}}
"#
    )
}
