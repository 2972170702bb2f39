//! The manifest of the output crate.

use super::{MARK, exercises};
use crate::rust::{CRATE_NAME, Crate, is_keyword};

/// How the manifest of the output crate is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestSettings {
    /// A member of the generator's workspace, which provides version, edition and dependencies.
    Workspace,
    /// A package of its own.
    Package(Box<Package>),
}

/// The package of the output crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The name of the package; the name of the crate has `_` for `-`.
    pub name: PackageName,
    /// The version, as cargo reads it: `1.2.3`.
    pub version: String,
    /// The description; one sentence.
    pub description: String,
    /// The SPDX expression of the licence.
    pub license: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// Whether the package may be published to a registry.
    pub publish: bool,
    /// Whether the package belongs to the workspace around its folder. Otherwise it is the root of its own.
    pub is_workspace_member: bool,
    /// Where cargo finds the runtime.
    pub runtime: RuntimeSource,
}

/// Where cargo finds the runtime crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// A version requirement, for the registry.
    Version(String),
    /// The path of the crate, relative to the output folder.
    Path(String),
    /// A git repository.
    Git {
        /// The URL of the repository.
        url: String,
        /// The commit, tag or branch; `None` is the default branch.
        rev: Option<String>,
    },
}

/// A name that cargo accepts for a package, and Rust for a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

impl PackageName {
    /// Parses a name.
    ///
    /// # Errors
    /// The name is empty, does not start with a letter, has other characters than ASCII letters, digits, `-` and `_`, or is a
    /// keyword of Rust or the name of a crate that the output depends on. The message says which.
    pub fn parse(name: &str) -> Result<Self, String> {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if !name.starts_with(|first: char| first.is_ascii_alphabetic())
            || !name.chars().all(is_allowed)
        {
            return Err(format!(
                "{name:?} is not a package name; it must start with a letter and consist of ASCII letters, digits, `-` and `_`"
            ));
        }
        let parsed = Self(name.to_owned());
        let crate_name = parsed.crate_name();
        if is_keyword(&crate_name) || TAKEN.contains(&crate_name.as_str()) {
            return Err(format!(
                "{name:?} is the name of a keyword or of another crate"
            ));
        }
        Ok(parsed)
    }

    /// Returns the name as cargo writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name of the crate in Rust code.
    pub fn crate_name(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl Default for PackageName {
    fn default() -> Self {
        Self(CRATE_NAME.to_owned())
    }
}

impl Default for Package {
    fn default() -> Self {
        Self {
            name: PackageName::default(),
            version: "0.1.0".to_owned(),
            description: DESCRIPTION.to_owned(),
            license: None,
            repository: None,
            publish: false,
            is_workspace_member: false,
            runtime: RuntimeSource::default(),
        }
    }
}

impl Default for RuntimeSource {
    /// Returns the version of the generator: both are released together.
    fn default() -> Self {
        Self::Version(VERSION.to_owned())
    }
}

impl ManifestSettings {
    /// Returns the name of the package.
    pub fn package_name(&self) -> String {
        match self {
            Self::Workspace => CRATE_NAME.to_owned(),
            Self::Package(package) => package.name.as_str().to_owned(),
        }
    }

    /// Returns the name of the crate in Rust code.
    pub fn crate_name(&self) -> String {
        match self {
            Self::Workspace => CRATE_NAME.to_owned(),
            Self::Package(package) => package.name.crate_name(),
        }
    }
}

/// The version of the generator, which its output records.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

const DESCRIPTION: &str =
    "A typed Microsoft Graph client library, generated from the documentation pages.";

/// What registries show and packages contain.
const METADATA: &str = "readme = \"README.md\"\nkeywords = [\"microsoft-graph\", \"odata\", \"client\"]\n\
    categories = [\"api-bindings\"]\ninclude = [\"/src\", \"/README.md\"]\n";

/// Names of crates that the output refers to.
const TAKEN: [&str; 6] = [
    "Self",
    "std",
    "core",
    "alloc",
    "test",
    "graphwright_runtime",
];

/// The features of the runtime.
const OF_RUNTIME: &str = "\
# The default transport: reqwest, with rustls on ring.
reqwest = [\"graphwright-runtime/reqwest\"]
# Signs in with certificates, and in a browser.
credentials = [\"graphwright-runtime/credentials\"]
# Sends requests without `async`.
blocking = [\"graphwright-runtime/blocking\"]
# Creates a `tracing` span for each request.
tracing = [\"graphwright-runtime/tracing\"]
# Converts date and time values from and to the types of these crates.
chrono = [\"graphwright-runtime/chrono\"]
jiff = [\"graphwright-runtime/jiff\"]
time = [\"graphwright-runtime/time\"]
# Accepts the credentials of `azure_identity`.
azure = [\"graphwright-runtime/azure\"]
";

/// The text of `Cargo.toml`.
pub(super) fn text(settings: &ManifestSettings, output: &Crate) -> String {
    let package = package(settings);
    let runtime = runtime(settings);
    let (lints, root) = match settings {
        ManifestSettings::Workspace => ("\n[lints]\nworkspace = true\n", ""),
        ManifestSettings::Package(package) if package.is_workspace_member => ("", ""),
        ManifestSettings::Package(_) => ("", "\n[workspace]\n"),
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
        "# {MARK}. Do not edit.\n\n{package}\n[package.metadata.graphwright]\n# The version of the generator.\n\
         version = \"{VERSION}\"\n\n[package.metadata.docs.rs]\nall-features = true\nrustdoc-args = [\"--cfg\", \"docsrs\"]\n{lints}\n\
         {features}\n[dependencies]\ngraphwright-runtime = {{ {runtime} }}\n{tests}{root}"
    )
}

/// Returns the table `[package]`.
fn package(settings: &ManifestSettings) -> String {
    match settings {
        ManifestSettings::Workspace => format!(
            "[package]\nname = \"{CRATE_NAME}\"\ndescription = \"{DESCRIPTION}\"\nversion.workspace = true\n\
             edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n{METADATA}"
        ),
        ManifestSettings::Package(package) => {
            let mut text = format!(
                "[package]\nname = \"{}\"\ndescription = {}\nversion = {}\nedition = \"2024\"\nrust-version = \"1.89\"\n",
                package.name.as_str(),
                basic_string(&package.description),
                basic_string(&package.version)
            );
            for (key, value) in [
                ("license", &package.license),
                ("repository", &package.repository),
            ] {
                if let Some(value) = value {
                    text.push_str(&format!("{key} = {}\n", basic_string(value)));
                }
            }
            text.push_str(METADATA);
            if !package.publish {
                text.push_str("publish = false\n");
            }
            text
        }
    }
}

/// Returns the keys of the dependency on the runtime.
fn runtime(settings: &ManifestSettings) -> String {
    let source = match settings {
        ManifestSettings::Workspace => return "workspace = true".to_owned(),
        ManifestSettings::Package(package) => match &package.runtime {
            RuntimeSource::Version(version) => format!("version = {}", basic_string(version)),
            RuntimeSource::Path(path) => format!("path = {}", basic_string(path)),
            RuntimeSource::Git { url, rev: None } => format!("git = {}", basic_string(url)),
            RuntimeSource::Git {
                url,
                rev: Some(rev),
            } => format!("git = {}, rev = {}", basic_string(url), basic_string(rev)),
        },
    };
    format!("{source}, default-features = false")
}

/// Writes a feature for each version and for each of its areas. Their names consist of identifiers.
fn features(output: &Crate) -> String {
    let names = |names: Vec<&str>| {
        let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        format!("[{}]", quoted.join(", "))
    };
    let versions = output.versions.iter();
    let versions = versions.map(|version| version.ident.as_str());
    let versions = names(versions.chain(["credentials", "reqwest"]).collect());
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
