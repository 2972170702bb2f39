//! What `gen` is to do: the words of the command line, else those of `graphwright.toml`, else the defaults.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::arguments::{ApiChoice, DocsArguments, GenArguments};

/// The file that is looked for in the current folder.
const FILE: &str = "graphwright.toml";

/// Every choice, made.
#[derive(Debug)]
pub(crate) struct Choices {
    pub(crate) docs: DocsArguments,
    pub(crate) out: PathBuf,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

/// Makes the choices. Lists of the command line replace those of the file.
pub(crate) fn choices(arguments: &GenArguments) -> Result<Choices> {
    let written = match &arguments.config {
        Some(path) => Written::read(path)?,
        None if Path::new(FILE).is_file() => Written::read(Path::new(FILE))?,
        None => Written::default(),
    };
    let list = |own: &Vec<String>, written: Vec<String>| {
        if own.is_empty() { written } else { own.clone() }
    };
    Ok(Choices {
        docs: DocsArguments {
            docs: arguments
                .docs
                .clone()
                .or(written.docs)
                .unwrap_or_else(|| "docs-input".into()),
            api: arguments.api.or(written.api).unwrap_or(ApiChoice::All),
            jobs: arguments.jobs,
        },
        out: arguments
            .out
            .clone()
            .or(written.out)
            .unwrap_or_else(|| "generated".into()),
        include: list(&arguments.include, written.include),
        exclude: list(&arguments.exclude, written.exclude),
    })
}

/// What a file says. Folders are relative to it.
#[derive(Debug, Default, PartialEq)]
struct Written {
    docs: Option<PathBuf>,
    out: Option<PathBuf>,
    api: Option<ApiChoice>,
    include: Vec<String>,
    exclude: Vec<String>,
}

impl Written {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder)
            .with_context(|| format!("{}: is not as it should be", path.display()))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        let mut written = Self::default();
        for (key, value) in &table {
            match key.as_str() {
                "docs" => written.docs = Some(folder.join(word(key, value)?)),
                "out" => written.out = Some(folder.join(word(key, value)?)),
                "api" => {
                    let choice = ApiChoice::from_str(word(key, value)?, false);
                    written.api =
                        Some(choice.map_err(|_| {
                            anyhow::anyhow!("`api` is \"v1.0\", \"beta\" or \"all\"")
                        })?);
                }
                "include" => written.include = list(key, value)?,
                "exclude" => written.exclude = list(key, value)?,
                _ => bail!("`{key}` is no key; there are docs, out, api, include and exclude"),
            }
        }
        Ok(written)
    }
}

fn word<'a>(key: &str, value: &'a toml::Value) -> Result<&'a str> {
    value
        .as_str()
        .with_context(|| format!("`{key}` is no string"))
}

fn list(key: &str, value: &toml::Value) -> Result<Vec<String>> {
    let items = value
        .as_array()
        .with_context(|| format!("`{key}` is no list of strings"))?;
    items
        .iter()
        .map(|item| Ok(word(key, item)?.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_all() {
        let text = "docs = \"docs\"\nout = \"crate\"\napi = \"beta\"\ninclude = [\"/users/**\"]\nexclude = [\"microsoft.graph.event\"]\n";
        let written = Written::parse(text, Path::new("project")).unwrap();
        assert_eq!(written.docs.as_deref(), Some(Path::new("project/docs")));
        assert_eq!(written.out.as_deref(), Some(Path::new("project/crate")));
        assert_eq!(written.api, Some(ApiChoice::Beta));
        assert_eq!(written.include, ["/users/**"]);
        assert_eq!(written.exclude, ["microsoft.graph.event"]);
    }

    #[test]
    fn what_a_file_says_wrong_is_named() {
        let check = |text: &str, words: &str| {
            let error = format!("{:#}", Written::parse(text, Path::new("")).unwrap_err());
            assert!(error.contains(words), "{error}");
        };
        check("dosc = \"x\"", "`dosc` is no key");
        check("api = \"v2\"", "`api` is");
        check("include = \"x\"", "`include` is no list");
        check("docs = ", "line 1");
    }
}
