//! The effective options of `gen`: the command line overrides `graphwright.toml`, which overrides the defaults.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::arguments::{ApiChoice, DocsArguments, GenArguments};

/// The name of the configuration file in the current folder.
const FILE: &str = "graphwright.toml";

/// The effective options.
#[derive(Debug)]
pub(crate) struct Choices {
    pub(crate) docs: DocsArguments,
    pub(crate) out: PathBuf,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

/// Determines the effective options. Lists on the command line replace lists in the file.
pub(crate) fn choices(arguments: &GenArguments) -> Result<Choices> {
    let config = match &arguments.config {
        Some(path) => ConfigFile::read(path)?,
        None if Path::new(FILE).is_file() => ConfigFile::read(Path::new(FILE))?,
        None => ConfigFile::default(),
    };
    let list = |from_arguments: &Vec<String>, from_config: Vec<String>| {
        if from_arguments.is_empty() {
            from_config
        } else {
            from_arguments.clone()
        }
    };
    Ok(Choices {
        docs: DocsArguments {
            docs: arguments
                .docs
                .clone()
                .or(config.docs)
                .unwrap_or_else(|| "docs-input".into()),
            api: arguments.api.or(config.api).unwrap_or(ApiChoice::All),
            jobs: arguments.jobs,
        },
        out: arguments
            .out
            .clone()
            .or(config.out)
            .unwrap_or_else(|| "generated".into()),
        include: list(&arguments.include, config.include),
        exclude: list(&arguments.exclude, config.exclude),
    })
}

/// The contents of a configuration file. Paths are relative to its folder.
#[derive(Debug, Default, PartialEq)]
struct ConfigFile {
    docs: Option<PathBuf>,
    out: Option<PathBuf>,
    api: Option<ApiChoice>,
    include: Vec<String>,
    exclude: Vec<String>,
}

impl ConfigFile {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder)
            .with_context(|| format!("{}: invalid configuration", path.display()))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        let mut config = Self::default();
        for (key, value) in &table {
            match key.as_str() {
                "docs" => config.docs = Some(folder.join(string(key, value)?)),
                "out" => config.out = Some(folder.join(string(key, value)?)),
                "api" => {
                    let choice = ApiChoice::from_str(string(key, value)?, false);
                    config.api = Some(choice.map_err(|_| {
                        anyhow::anyhow!("`api` must be \"v1.0\", \"beta\" or \"all\"")
                    })?);
                }
                "include" => config.include = strings(key, value)?,
                "exclude" => config.exclude = strings(key, value)?,
                _ => bail!("unknown key `{key}`; expected docs, out, api, include or exclude"),
            }
        }
        Ok(config)
    }
}

fn string<'a>(key: &str, value: &'a toml::Value) -> Result<&'a str> {
    value
        .as_str()
        .with_context(|| format!("`{key}` must be a string"))
}

fn strings(key: &str, value: &toml::Value) -> Result<Vec<String>> {
    let items = value
        .as_array()
        .with_context(|| format!("`{key}` must be an array of strings"))?;
    items
        .iter()
        .map(|item| Ok(string(key, item)?.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_all_keys() {
        let text = "docs = \"docs\"\nout = \"crate\"\napi = \"beta\"\ninclude = [\"/users/**\"]\nexclude = [\"microsoft.graph.event\"]\n";
        let config = ConfigFile::parse(text, Path::new("project")).unwrap();
        assert_eq!(config.docs.as_deref(), Some(Path::new("project/docs")));
        assert_eq!(config.out.as_deref(), Some(Path::new("project/crate")));
        assert_eq!(config.api, Some(ApiChoice::Beta));
        assert_eq!(config.include, ["/users/**"]);
        assert_eq!(config.exclude, ["microsoft.graph.event"]);
    }

    #[test]
    fn rejects_invalid_files() {
        let check = |text: &str, expected: &str| {
            let error = format!("{:#}", ConfigFile::parse(text, Path::new("")).unwrap_err());
            assert!(error.contains(expected), "{error}");
        };
        check("dosc = \"x\"", "unknown key `dosc`");
        check("api = \"v2\"", "`api` must be");
        check("include = \"x\"", "`include` must be an array");
        check("docs = ", "line 1");
    }
}
