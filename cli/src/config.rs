//! `graphwright.toml`: the options of a project. The command line overrides the file, which overrides the defaults.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use generator::emit::{Package, PackageName, RuntimeSource};
use generator::model::ApiVersion;
use generator::resolve::Corrections;
use serde::Deserialize;

use crate::arguments::{ApiChoice, DocsArguments, GenArguments};

/// The name of the configuration file in the current folder.
pub(crate) const FILE: &str = "graphwright.toml";

/// The pages to read, and how.
#[derive(Clone, Debug)]
pub struct DocsChoices {
    /// The documentation folder.
    pub folder: PathBuf,
    /// The API versions to read, in ascending order.
    pub versions: Vec<ApiVersion>,
    /// The number of threads; 0 uses one per processor.
    pub jobs: usize,
    /// Files with corrections in addition to the built-in ones.
    pub corrections: Vec<PathBuf>,
}

/// The options of `gen`.
#[derive(Debug)]
pub(crate) struct Choices {
    pub(crate) docs: DocsChoices,
    pub(crate) out: PathBuf,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) package: PackageTable,
    pub(crate) runtime: Option<RuntimeTable>,
}

impl DocsArguments {
    /// Determines the pages to read.
    ///
    /// # Errors
    /// The configuration file cannot be read or is invalid. The message names file and line.
    pub fn choices(&self) -> Result<DocsChoices> {
        Ok(self.choices_with(&mut ConfigFile::find(self.config.as_deref())?))
    }

    fn choices_with(&self, config: &mut ConfigFile) -> DocsChoices {
        DocsChoices {
            folder: self
                .docs
                .clone()
                .or(config.docs.take())
                .unwrap_or_else(|| "docs".into()),
            versions: self.api.or(config.api).unwrap_or(ApiChoice::All).versions(),
            jobs: self.jobs,
            corrections: replace_if_empty(
                &self.corrections,
                std::mem::take(&mut config.corrections),
            ),
        }
    }
}

impl DocsChoices {
    /// Reads the corrections: the built-in ones, and those of the files.
    ///
    /// # Errors
    /// A file cannot be read or is invalid.
    pub fn read_corrections(&self) -> Result<Corrections> {
        let mut corrections = graphwright_pages::corrections();
        for file in &self.corrections {
            let text = fs::read_to_string(file)
                .with_context(|| format!("{}: cannot be read", file.display()))?;
            let more = Corrections::parse(&text)
                .map_err(|reason| anyhow::anyhow!("{}: {reason}", file.display()))?;
            corrections.append(more);
        }
        Ok(corrections)
    }
}

/// Determines the options of `gen`. Lists on the command line replace lists in the file.
pub(crate) fn choices(arguments: &GenArguments) -> Result<Choices> {
    let mut config = ConfigFile::find(arguments.docs.config.as_deref())?;
    Ok(Choices {
        docs: arguments.docs.choices_with(&mut config),
        out: arguments
            .out
            .clone()
            .or(config.out)
            .unwrap_or_else(|| "generated".into()),
        include: replace_if_empty(&arguments.include, config.include),
        exclude: replace_if_empty(&arguments.exclude, config.exclude),
        package: config.package,
        runtime: config.runtime,
    })
}

fn replace_if_empty<T: Clone>(from_arguments: &[T], from_config: Vec<T>) -> Vec<T> {
    if from_arguments.is_empty() {
        from_config
    } else {
        from_arguments.to_vec()
    }
}

/// The contents of a configuration file. Paths are relative to its folder.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ConfigFile {
    docs: Option<PathBuf>,
    out: Option<PathBuf>,
    #[serde(deserialize_with = "api_choice")]
    api: Option<ApiChoice>,
    include: Vec<String>,
    exclude: Vec<String>,
    corrections: Vec<PathBuf>,
    package: PackageTable,
    runtime: Option<RuntimeTable>,
    /// The levels of rules, which `lint` reads.
    #[serde(rename = "lint")]
    _lint: toml::Table,
}

/// The table `[package]`: the package of the generated crate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PackageTable {
    name: Option<String>,
    version: Option<String>,
    description: Option<String>,
    license: Option<String>,
    repository: Option<String>,
    publish: bool,
    workspace_member: bool,
}

/// The key `runtime`: where cargo finds the runtime crate. Exactly one of `version`, `path` and `git` is set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RuntimeTable {
    version: Option<String>,
    path: Option<PathBuf>,
    git: Option<String>,
    rev: Option<String>,
}

impl ConfigFile {
    /// Reads a file, or else `graphwright.toml` in the current folder if it exists.
    fn find(path: Option<&Path>) -> Result<Self> {
        match path {
            Some(path) => Self::read(path),
            None if Path::new(FILE).is_file() => Self::read(Path::new(FILE)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder)
            .with_context(|| format!("{}: invalid configuration", path.display()))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let mut config: Self = toml::from_str(text)?;
        let relative = [&mut config.docs, &mut config.out];
        for path in relative
            .into_iter()
            .flatten()
            .chain(&mut config.corrections)
        {
            *path = folder.join(&*path);
        }
        if let Some(runtime) = &mut config.runtime {
            runtime.validate()?;
            if let Some(path) = &mut runtime.path {
                *path = folder.join(&*path);
            }
        }
        // Reports an invalid name together with the name of the file.
        config.package.name()?;
        Ok(config)
    }
}

impl PackageTable {
    fn name(&self) -> Result<PackageName> {
        match &self.name {
            Some(name) => PackageName::parse(name)
                .map_err(|reason| anyhow::anyhow!("`name` in [package]: {reason}")),
            None => Ok(PackageName::default()),
        }
    }

    /// Returns the package of the generated crate.
    pub(crate) fn package(&self, runtime: RuntimeSource) -> Result<Package> {
        let default = Package::default();
        Ok(Package {
            name: self.name()?,
            version: self.version.clone().unwrap_or(default.version),
            description: self.description.clone().unwrap_or(default.description),
            license: self.license.clone(),
            repository: self.repository.clone(),
            publish: self.publish,
            is_workspace_member: self.workspace_member,
            runtime,
        })
    }
}

impl RuntimeTable {
    fn validate(&self) -> Result<()> {
        let sources = [
            self.version.is_some(),
            self.path.is_some(),
            self.git.is_some(),
        ];
        if sources.iter().filter(|is_set| **is_set).count() != 1 {
            bail!("`runtime` must have one of the keys version, path and git");
        }
        if self.rev.is_some() && self.git.is_none() {
            bail!("`rev` in `runtime` requires `git`");
        }
        Ok(())
    }

    /// Returns the source of the runtime. `relative` makes a path relative to the output folder.
    pub(crate) fn source(
        &self,
        relative: impl Fn(&Path) -> Result<String>,
    ) -> Result<RuntimeSource> {
        Ok(match (&self.version, &self.path, &self.git) {
            (Some(version), ..) => RuntimeSource::Version(version.clone()),
            (_, Some(path), _) => RuntimeSource::Path(relative(path)?),
            (.., Some(url)) => RuntimeSource::Git {
                url: url.clone(),
                rev: self.rev.clone(),
            },
            (None, None, None) => unreachable!("validation requires one of the keys"),
        })
    }
}

fn api_choice<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<ApiChoice>, D::Error> {
    let text = String::deserialize(deserializer)?;
    ApiChoice::from_str(&text, false)
        .map(Some)
        .map_err(|_| serde::de::Error::custom("`api` must be \"v1.0\", \"beta\" or \"all\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_all_keys() {
        let text = "docs = \"docs\"\nout = \"crate\"\napi = \"beta\"\ninclude = [\"/users/**\"]\nexclude = [\"microsoft.graph.event\"]\n\
                    corrections = [\"more.toml\"]\nruntime = { git = \"https://example.com/r\", rev = \"a1\" }\n\n[package]\n\
                    name = \"contoso-graph\"\nversion = \"2.0.0\"\nlicense = \"MIT\"\nworkspace-member = true\n\n[lint]\nundefined-type = \"deny\"\n";
        let config = ConfigFile::parse(text, Path::new("project")).unwrap();
        assert_eq!(config.docs.as_deref(), Some(Path::new("project/docs")));
        assert_eq!(config.out.as_deref(), Some(Path::new("project/crate")));
        assert_eq!(config.api, Some(ApiChoice::Beta));
        assert_eq!(config.include, ["/users/**"]);
        assert_eq!(config.exclude, ["microsoft.graph.event"]);
        assert_eq!(config.corrections, [Path::new("project/more.toml")]);
        let runtime = config.runtime.unwrap().source(|_| bail!("a path")).unwrap();
        let package = config.package.package(runtime).unwrap();
        assert_eq!(package.name.crate_name(), "contoso_graph");
        assert_eq!(package.version, "2.0.0");
        assert!(package.is_workspace_member);
        let rev = Some("a1".to_owned());
        let url = "https://example.com/r".to_owned();
        assert_eq!(package.runtime, RuntimeSource::Git { url, rev });
    }

    #[test]
    fn rejects_invalid_files() {
        let check = |text: &str, expected: &str| {
            let error = format!("{:#}", ConfigFile::parse(text, Path::new("")).unwrap_err());
            assert!(error.contains(expected), "{error}");
        };
        check("dosc = \"x\"", "unknown field `dosc`");
        check("dosc = \"x\"", "line 1");
        check("api = \"v2\"", "`api` must be");
        check("include = \"x\"", "expected a sequence");
        check("docs = ", "line 1");
        check("[package]\nname = \"9\"", "\"9\" is not a package name");
        check("[package]\nname = \"match\"", "keyword");
        check("runtime = { rev = \"x\" }", "one of the keys");
        check("runtime = { path = \"x\", git = \"y\" }", "one of the keys");
        check("runtime = { path = \"x\", rev = \"y\" }", "requires `git`");
    }
}
