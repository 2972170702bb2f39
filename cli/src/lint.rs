//! `lint`: checks pages for those who write them.

mod baseline;
mod formats;
mod levels;
mod since;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::Progress;
use generator::lint::Finding;
use generator::report::{Code, Problem};
use generator::resolve::Corrections;
use generator::source::{FileId, Location, Sources};
use graphwright_pages::Docs;
use serde_json::Value;

use crate::arguments::{LintArguments, LintFormat};
use crate::terminal::{self, out};
use crate::{Outcome, docs, generate};
use baseline::Baseline;
use formats::{Item, Suppression};
use levels::{Levels, LintLevel};

pub(crate) fn run(arguments: &LintArguments) -> Result<Outcome> {
    let levels = Levels::read(arguments.docs.config.as_deref())?;
    let known = match &arguments.baseline {
        Some(file) if !arguments.update_baseline => Some(Baseline::read(file)?),
        _ => None,
    };
    let (docs, checked) = check_pages(arguments)?;
    let is_counted = |finding: &&Finding| levels.level(finding.problem.code) != LintLevel::Allow;
    if let Some(file) = arguments
        .baseline
        .as_deref()
        .filter(|_| arguments.update_baseline)
    {
        let findings = checked.findings.iter().filter(is_counted);
        let count = Baseline::of_findings(findings, &docs.sources).write(file)?;
        out!("baseline  {count} problems written to {}\n", file.display());
        return Ok(Outcome::Clean);
    }
    let scope = Scope::new(&arguments.paths, &docs)?;
    let mut items = Vec::new();
    let (mut known, mut earlier) = (known, checked.earlier);
    for finding in checked.findings {
        let level = levels.level(finding.problem.code);
        let is_earlier = earlier
            .as_mut()
            .is_some_and(|earlier| earlier.accept(&finding, &docs.sources));
        let is_known = known.as_mut().is_some_and(|known| {
            finding.allowed.is_none() && known.accept(&finding, &docs.sources)
        });
        if level == LintLevel::Allow
            || is_earlier
            || !scope.contains(finding.problem.at.file, &docs)
        {
            continue;
        }
        let mut item = Item::new(level, finding, &docs);
        if is_known {
            item.suppressed = Some(Suppression::Baseline);
        }
        items.push(item);
    }
    if let (Some(known), Some(file)) = (known, &arguments.baseline) {
        add_stale_entries(known, file, &levels, &mut items);
    }
    print(arguments.format, &items);
    let is_denied = |item: &Item| item.level == LintLevel::Deny && item.suppressed.is_none();
    Ok(if items.iter().any(is_denied) {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}

/// The findings on the pages.
struct Checked {
    findings: Vec<Finding>,
    /// The findings at the revision of `--since`.
    earlier: Option<Baseline>,
}

/// Reads and checks all pages, also at the revision of `--since`.
fn check_pages(arguments: &LintArguments) -> Result<(Docs, Checked)> {
    let choices = arguments.docs.choices()?;
    let corrections = choices.read_corrections()?;
    let pages = docs::list(&choices.folder, &choices.versions)?;
    let (docs, checked) = generate::on_threads(choices.jobs, pages, |docs, counter| {
        let current = || check_sources(&docs.sources, &corrections, counter);
        let Some(revision) = &arguments.since else {
            let findings = current();
            return Ok(Checked {
                findings,
                earlier: None,
            });
        };
        let before = || -> Result<Baseline> {
            let sources = since::sources_at(revision, &choices.folder, &choices.versions, docs)?;
            let findings = check_sources(&sources, &corrections, &Silent);
            Ok(Baseline::of_findings(findings.iter(), &sources))
        };
        let (findings, earlier) = rayon::join(current, before);
        Ok(Checked {
            findings,
            earlier: Some(earlier?),
        })
    })?;
    checked.map(|checked: Checked| (docs, checked))
}

/// Shows no progress.
struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

fn check_sources(
    sources: &Sources,
    corrections: &Corrections,
    progress: &dyn Progress,
) -> Vec<Finding> {
    let analysis = generator::analyze(sources, corrections, progress);
    let findings = generator::lint::lint(analysis.report.problems(), sources);
    // Dropping the model takes time, and the process exits soon.
    std::mem::forget(analysis);
    findings
}

/// Adds a finding for each entry of the baseline file that accepts nothing.
fn add_stale_entries(known: Baseline, file: &Path, levels: &Levels, items: &mut Vec<Item>) {
    let level = levels.level(Code::StaleBaseline);
    let text = fs::read_to_string(file).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    for entry in known.into_stale() {
        let line = lines
            .get(entry.line.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let indentation = line.len() - line.trim_start().len();
        let problem = Problem {
            code: Code::StaleBaseline,
            at: Location {
                file: FileId(0),
                line: entry.line as u32,
                column: indentation as u32 + 1,
            },
            width: 0,
            message: format!(
                "{} has no problem `{}` with this message",
                entry.page,
                entry.code.rule()
            ),
            action: "the entry has no effect".to_owned(),
            suggestion: None,
        };
        if level != LintLevel::Allow {
            items.push(Item {
                level,
                problem,
                path: file.display().to_string(),
                line: line.to_owned(),
                suppressed: None,
            });
        }
    }
}

fn print(format: LintFormat, items: &[Item]) {
    let shown = || items.iter().filter(|item| item.suppressed.is_none());
    match format {
        LintFormat::Text => {
            for item in shown() {
                terminal::print_styled(&format!("{}\n\n", item.to_text()));
            }
            out!("lint      {}\n", counts(items));
        }
        LintFormat::Json => {
            terminal::print_json(&Value::Array(shown().map(Item::to_json).collect()))
        }
        LintFormat::Sarif => terminal::print_json(&formats::to_sarif(items)),
        LintFormat::Github => {
            for item in shown() {
                out!("{}\n", item.to_github());
            }
        }
    }
}

fn counts(items: &[Item]) -> String {
    let mut by_level: BTreeMap<LintLevel, usize> = BTreeMap::new();
    let (mut allowed, mut known) = (0, 0);
    for item in items {
        match &item.suppressed {
            Some(Suppression::Comment(_)) => allowed += 1,
            Some(Suppression::Baseline) => known += 1,
            None => *by_level.entry(item.level).or_default() += 1,
        }
    }
    let count = |level| by_level.get(&level).copied().unwrap_or(0);
    format!(
        "{} denied, {} warnings, {} notes; {allowed} allowed by comments, {known} in the baseline",
        count(LintLevel::Deny),
        count(LintLevel::Warn),
        count(LintLevel::Note),
    )
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

    fn contains(&self, file: FileId, docs: &Docs) -> bool {
        let path = self.path(&docs.sources.get(file).path);
        self.paths.is_empty() || self.paths.iter().any(|allowed| path.starts_with(allowed))
    }
}
