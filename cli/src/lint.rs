//! `lint`: checks pages for those who write them.

mod levels;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::lint::Finding;
use graphwright_pages::Docs;
use serde_json::{Value, json};

use crate::arguments::{LintArguments, LintFormat};
use crate::terminal::{self, out};
use crate::{Outcome, generate, rendering};
use levels::{Levels, LintLevel};

pub(crate) fn run(arguments: &LintArguments) -> Result<Outcome> {
    let levels = Levels::read(arguments.docs.config.as_deref())?;
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let findings = generator::lint::lint(analysis.report.problems(), &docs.sources);
    let scope = Scope::new(&arguments.paths, &docs)?;
    let mut counts = Counts::default();
    let mut shown: Vec<(LintLevel, Finding)> = Vec::new();
    for finding in findings {
        let level = levels.level(finding.problem.code);
        if level == LintLevel::Allow || !scope.contains(&finding, &docs) {
            continue;
        }
        if finding.allowed.is_some() {
            counts.allowed += 1;
            continue;
        }
        *counts.by_level.entry(level).or_default() += 1;
        shown.push((level, finding));
    }
    match arguments.format {
        LintFormat::Text => {
            for (level, finding) in &shown {
                let text = rendering::to_text_at(&finding.problem, level.severity(), &docs);
                terminal::print_styled(&format!("{text}\n\n"));
            }
            out!("lint      {}\n", counts.to_text());
        }
        LintFormat::Json => {
            let list = shown
                .iter()
                .map(|(level, finding)| to_json(*level, finding, &docs));
            terminal::print_json(&Value::Array(list.collect()));
        }
    }
    let is_denied = shown.iter().any(|(level, _)| *level == LintLevel::Deny);
    Ok(if is_denied {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}

fn to_json(level: LintLevel, finding: &Finding, docs: &Docs) -> Value {
    let mut object = rendering::to_json(&finding.problem, docs);
    object["rule"] = json!(finding.problem.code.rule());
    object["level"] = json!(level.name());
    object
}

/// The number of findings.
#[derive(Default)]
struct Counts {
    by_level: BTreeMap<LintLevel, usize>,
    /// Findings that comments in pages allow.
    allowed: usize,
}

impl Counts {
    fn to_text(&self) -> String {
        let count = |level| self.by_level.get(&level).copied().unwrap_or(0);
        format!(
            "{} denied, {} warnings, {} notes; {} allowed by comments",
            count(LintLevel::Deny),
            count(LintLevel::Warn),
            count(LintLevel::Note),
            self.allowed
        )
    }
}

/// The files whose findings are shown.
struct Scope {
    /// Canonical paths of files and folders; empty for all.
    paths: Vec<PathBuf>,
    root: PathBuf,
}

impl Scope {
    fn new(paths: &[PathBuf], docs: &Docs) -> Result<Self> {
        let canonical = |path: &Path| {
            fs::canonicalize(path)
                .with_context(|| format!("{}: no such file or folder", path.display()))
        };
        let scope = Self {
            paths: paths
                .iter()
                .map(|path| canonical(path))
                .collect::<Result<_>>()?,
            root: canonical(&docs.root)?,
        };
        for (path, given) in scope.paths.iter().zip(paths) {
            let is_in_docs = docs
                .sources
                .iter()
                .any(|(_, source)| scope.path(&source.path).starts_with(path));
            if !is_in_docs {
                bail!(
                    "{}: contains no page of {}; --docs sets the documentation folder",
                    given.display(),
                    docs.root.display()
                );
            }
        }
        Ok(scope)
    }

    /// Returns the path of a source. `..` parts at its start are resolved.
    fn path(&self, source: &str) -> PathBuf {
        match source.strip_prefix("../") {
            Some(rest) => self.root.parent().unwrap_or(&self.root).join(rest),
            None => self.root.join(source),
        }
    }

    fn contains(&self, finding: &Finding, docs: &Docs) -> bool {
        let path = self.path(&docs.sources.get(finding.problem.at.file).path);
        self.paths.is_empty() || self.paths.iter().any(|allowed| path.starts_with(allowed))
    }
}
