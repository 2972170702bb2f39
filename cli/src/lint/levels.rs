//! The levels of rules: the table `[lint]` of `graphwright.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use generator::report::{Code, Level};
use serde::Deserialize;
use toml::Spanned;

use crate::{config, patterns};

/// What happens with the problems of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LintLevel {
    /// They are not shown.
    Allow,
    /// They are shown.
    Note,
    /// They are shown as warnings.
    Warn,
    /// They are shown as errors, and the command fails.
    Deny,
}

impl LintLevel {
    const ALL: [Self; 4] = [Self::Allow, Self::Note, Self::Warn, Self::Deny];

    /// Returns the name in the configuration file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// Returns the severity with which problems are shown.
    pub(crate) fn severity(self) -> Level {
        match self {
            Self::Allow | Self::Note => Level::Note,
            Self::Warn => Level::Warning,
            Self::Deny => Level::Error,
        }
    }
}

/// The levels of all rules. A rule without an entry has the level of its problems.
#[derive(Debug, Default)]
pub(crate) struct Levels(BTreeMap<Code, LintLevel>);

/// The part of the configuration file that is read here. The rest is validated by [`config`].
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    lint: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Levels {
    /// Reads the levels from a file, or else from `graphwright.toml` in the current folder if it exists.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self> {
        let file = match file {
            Some(file) => file,
            None if Path::new(config::FILE).is_file() => Path::new(config::FILE),
            None => return Ok(Self::default()),
        };
        let text = fs::read_to_string(file)
            .with_context(|| format!("{}: cannot be read", file.display()))?;
        Self::parse(&text, &file.display().to_string())
    }

    fn parse(text: &str, file: &str) -> Result<Self> {
        let parsed: File =
            toml::from_str(text).with_context(|| format!("{file}: invalid configuration"))?;
        let line = |span: std::ops::Range<usize>| {
            text[..span.start]
                .bytes()
                .filter(|byte| *byte == b'\n')
                .count()
                + 1
        };
        let mut levels = BTreeMap::new();
        for (rule, level) in &parsed.lint {
            let name = rule.get_ref();
            let Some(code) = generator::lint::find_rule(name) else {
                let rules = Code::ALL.iter().map(|code| code.rule());
                bail!(
                    "{file}:{}: unknown rule `{name}`{}",
                    line(rule.span()),
                    patterns::did_you_mean(name, rules)
                );
            };
            let known = LintLevel::ALL
                .into_iter()
                .find(|known| known.name() == level.get_ref());
            let Some(level) = known else {
                bail!(
                    "{file}:{}: unknown level \"{}\"; expected \"allow\", \"note\", \"warn\" or \"deny\"",
                    line(level.span()),
                    level.get_ref()
                );
            };
            levels.insert(code, level);
        }
        Ok(Self(levels))
    }

    /// Whether the problems of a rule are shown.
    pub(crate) fn shows(&self, code: Code) -> bool {
        self.level(code) != LintLevel::Allow
    }

    /// Returns the level of a rule.
    pub(crate) fn level(&self, code: Code) -> LintLevel {
        let default = match code.level() {
            _ if code.is_optional() => LintLevel::Allow,
            Level::Note => LintLevel::Note,
            Level::Warning => LintLevel::Warn,
            Level::Error => LintLevel::Deny,
        };
        self.0.get(&code).copied().unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_rules() {
        let text =
            "docs = \"docs\"\n\n[lint]\nundefined-type = \"deny\"\nunused-allow = \"allow\"\n";
        let levels = Levels::parse(text, "graphwright.toml").unwrap();
        assert_eq!(levels.level(Code::UndefinedType), LintLevel::Deny);
        assert_eq!(levels.level(Code::UnusedAllow), LintLevel::Allow);
        assert_eq!(levels.level(Code::UndefinedBase), LintLevel::Warn);
        assert_eq!(levels.level(Code::NameCollision), LintLevel::Note);
        assert_eq!(levels.level(Code::UnreadableDocumentation), LintLevel::Deny);
    }

    #[test]
    fn errors_name_file_and_line() {
        let check = |text: &str, expected: &str| {
            let error = Levels::parse(text, "graphwright.toml").unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            "# levels\n[lint]\nundefned-type = \"deny\"\n",
            "graphwright.toml:3: unknown rule `undefned-type`; did you mean `undefined-type`?",
        );
        check(
            "[lint]\nundefined-type = \"error\"\n",
            "graphwright.toml:2: unknown level \"error\"; expected \"allow\", \"note\", \"warn\" or \"deny\"",
        );
    }
}
