//! The manifest of the output crate.

use super::{MARK, exercises};
use crate::rust::Crate;

/// Whether the output crate belongs to a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestSettings {
    /// A member of the generator's workspace, which provides version, edition and dependencies.
    Workspace,
    /// A crate of its own.
    Standalone {
        /// The path of the runtime crate, as the manifest states it.
        runtime_path: String,
    },
}

/// The features of the runtime.
const OF_RUNTIME: &str = "\
# The default transport: reqwest, with rustls on ring.
reqwest = [\"graphwright-runtime/reqwest\"]
# Sends requests without `async`.
blocking = [\"graphwright-runtime/blocking\"]
# Creates a `tracing` span for each request.
tracing = [\"graphwright-runtime/tracing\"]
# Accepts the credentials of `azure_identity`.
azure = [\"graphwright-runtime/azure\"]
";

/// The text of `Cargo.toml`.
pub(super) fn text(settings: &ManifestSettings, output: &Crate) -> String {
    let (package, lints, runtime, root) = match settings {
        ManifestSettings::Workspace => (
            "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n"
                .to_owned(),
            "\n[lints]\nworkspace = true\n",
            "workspace = true".to_owned(),
            "",
        ),
        ManifestSettings::Standalone { runtime_path } => (
            "version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.89\"\npublish = false\n".to_owned(),
            "",
            format!("path = {}, default-features = false", basic_string(runtime_path)),
            "\n[workspace]\n",
        ),
    };
    let tests = if exercises::has_any(output) {
        let versions = output.versions.iter();
        let versions: Vec<String> = versions
            .map(|version| format!("\"{}\"", version.ident))
            .collect();
        format!(
            "\n[dev-dependencies]\ngraphwright-runtime = {{ {runtime}, features = [\"examples\"] }}\n\n\
             [[test]]\nname = \"examples\"\nrequired-features = [{}]\n",
            versions.join(", ")
        )
    } else {
        String::new()
    };
    let features = features(output);
    format!(
        "# {MARK}. Do not edit.\n\n[package]\nname = \"graphwright\"\n\
         description = \"A typed Microsoft Graph client library, generated from the documentation pages.\"\n\
         {package}{lints}\n{features}\n[dependencies]\ngraphwright-runtime = {{ {runtime} }}\n{tests}{root}"
    )
}

/// Writes a feature for each version and for each of its areas. Their names consist of identifiers.
fn features(output: &Crate) -> String {
    let names = |names: Vec<&str>| {
        let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        format!("[{}]", quoted.join(", "))
    };
    let versions = output.versions.iter();
    let versions = versions.map(|version| version.ident.as_str());
    let versions = names(versions.chain(["reqwest"]).collect());
    let mut text = format!(
        "[features]\n# All areas of all versions. The crate's documentation tells how to select areas.\ndefault = {versions}\n\n{OF_RUNTIME}"
    );
    for version in &output.versions {
        let areas = version.features.iter();
        let areas = names(areas.map(|feature| feature.name.as_str()).collect());
        text.push_str(&format!("\n{} = {areas}\n", version.ident));
        for feature in &version.features {
            text.push_str(&format!("{} = []\n", feature.name));
        }
    }
    text
}

/// A text as TOML's basic string.
fn basic_string(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => string.extend(['\\', letter]),
            control if control.is_control() => {
                string.push_str(&format!("\\u{:04x}", u32::from(control)))
            }
            plain => string.push(plain),
        }
    }
    string.push('"');
    string
}
