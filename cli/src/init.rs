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
    let has_users = arguments.include.iter().any(|glob| glob == "/users/**");
    let requests = if has_users { LIST_USERS } else { SHOW_CLIENT };
    let docs = match &arguments.docs {
        Some(docs) => relative_path(folder, docs)?,
        None => "docs".into(),
    };
    let files = [
        (FILE, config(arguments, &docs)?),
        ("Cargo.toml", workspace_manifest()),
        (".gitignore", gitignore(&docs)),
        ("app/Cargo.toml", program_manifest(&name)),
        ("app/src/main.rs", program(&name, version, requests)),
    ];
    for (path, text) in files {
        output::write_file(&folder.join(path), text)?;
    }
    let shown = folder.display();
    out!("created   {shown}/{FILE}, and a workspace with the program `{PROGRAM}`\n\nNext:\n");
    if folder != Path::new(".") {
        out!("  cd {shown}\n");
    }
    if !folder.join(&docs).is_dir() {
        out!("  graphwright docs pull --into {}\n", docs.display());
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

fn config(arguments: &InitArguments, docs: &Path) -> Result<String> {
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
            if !folder.join("Cargo.toml").is_file() {
                bail!(
                    "--runtime-path {}: no crate; expected a folder with Cargo.toml",
                    folder.display()
                );
            }
            let folder = relative_path(&arguments.folder, folder)?;
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
        path(docs),
        include.join(", "),
        text(&arguments.name)
    ))
}

/// Returns a path relative to the folder of the project; absolute paths stay absolute.
fn relative_path(folder: &Path, path: &Path) -> Result<PathBuf> {
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    let (folder, path) = (project::absolute(folder)?, project::absolute(path)?);
    Ok(project::relative(&folder, &path).into())
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
        // `docs pull` makes the folder a git repository, which git would add as a submodule without a source.
        format!("/target/\n/{docs}/\n")
    }
}

fn program_manifest(name: &PackageName) -> String {
    let name = name.as_str();
    format!(
        "[package]\nname = \"{PROGRAM}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {name} = {{ path = \"../{LIBRARY}\", features = [\"blocking\"] }}\n"
    )
}

fn program(name: &PackageName, version: &str, requests: &str) -> String {
    let name = name.crate_name();
    format!(
        r#"//! Sends a request to Microsoft Graph and prints the response.
//!
//! `GRAPH_TOKEN` holds an access token. `GRAPH_URL` replaces the address of the service, for example by that of
//! `graphwright serve`, which accepts any token.

use {name}::runtime::AccessToken;
use {name}::{version}::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let token = std::env::var("GRAPH_TOKEN").map_err(|_| "set GRAPH_TOKEN to an access token")?;
    let mut builder = Client::builder().token_source(AccessToken::fixed(&token));
    if let Ok(url) = std::env::var("GRAPH_URL") {{
        builder = builder.base_url(&url);
    }}
    let client = builder.build()?;
{requests}    Ok(())
}}
"#
    )
}

/// A request that the default selection contains.
const LIST_USERS: &str = "    for user in client.users().list().top(5).send_blocking()?.value {
        println!(\"{}\", user.display_name.unwrap_or_default());
    }
";

/// What the program does if the selection may lack users.
const SHOW_CLIENT: &str = "    // Requests start with the first segment of their path: `client.users().list().send_blocking()?`.
    println!(\"requests go to {}\", client.base_url());
";
