//! The manifest of the output crate.

use super::{MARK, exercises};
use crate::rust::Crate;

/// Where the output crate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestSettings {
    /// In the workspace of the generator; version, edition and dependencies come from there.
    Workspace,
    /// Alone.
    Standalone {
        /// Where the runtime crate lies, as the manifest should say it.
        runtime_path: String,
    },
}

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
            format!("path = {}", basic_string(runtime_path)),
            "\n[workspace]\n",
        ),
    };
    let tests = if exercises::has_any(output) {
        format!("\n[dev-dependencies]\ngraphwright-runtime = {{ {runtime}, features = [\"examples\"] }}\n")
    } else {
        String::new()
    };
    format!(
        "# {MARK}. Do not edit.\n\n[package]\nname = \"graphwright\"\n\
         description = \"A typed Microsoft Graph client library, generated from the documentation pages.\"\n\
         {package}{lints}\n[dependencies]\ngraphwright-runtime = {{ {runtime} }}\n{tests}{root}"
    )
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
