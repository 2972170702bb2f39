//! `lint`: checks pages for those who write them.

mod baseline;
mod formats;
mod levels;
mod since;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::lint::{Corrected, Finding, SimilarNames};
use generator::report::{Code, Problem};
use generator::resolve::Corrections;
use generator::source::{FileId, Location, Sources};
use generator::{Analysis, Progress};
use graphwright_pages::Docs;
use serde_json::Value;

use crate::arguments::{LintArguments, LintFormat};
use crate::terminal::{self, err, out};
use crate::{Outcome, docs, generate};
pub(crate) use baseline::Baseline;
pub(crate) use formats::Item;
use formats::Suppression;
pub(crate) use levels::{Levels, LintLevel};

pub(crate) fn run(arguments: &LintArguments) -> Result<Outcome> {
    let levels = Levels::read(arguments.docs.config.as_deref())?;
    let known = match &arguments.baseline {
        Some(file) if !arguments.update_baseline => Some(Baseline::read(file)?),
        _ => None,
    };
    let (mut docs, checked) = check_pages(arguments)?;
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
    let filter = Filter {
        levels,
        scope,
        known,
        earlier: checked.earlier,
    };
    let mut findings = checked.findings;
    let mut items = filter.items(&findings, &docs);
    let corrector = Corrector::new(arguments)?;
    if arguments.fix {
        let before = docs.sources.clone();
        let (mut fixed, mut rejected) = (0, 0);
        // A fix may be next to another one, or become possible with it.
        for _ in 0..MAX_ROUNDS {
            let corrected = corrector.correct(&findings, &items, &docs.sources);
            rejected = corrected.rejected;
            if corrected.fixes.is_empty() {
                break;
            }
            fixed += corrected.fixes.len();
            docs.sources = corrected.sources;
            findings = corrected.findings;
            items = filter.items(&findings, &docs);
        }
        let written = write_pages(&docs, &before)?;
        err!(
            "fixed {fixed} problems in {written} files; {rejected} fixes rejected, since they would change something else\n"
        );
    } else if matches!(arguments.format, LintFormat::Json | LintFormat::Sarif) {
        // The formats for programs contain the fixes.
        let corrected = corrector.correct(&findings, &items, &docs.sources);
        for (index, item) in &mut items {
            if let Some(fix) = corrected.fixes.get(index) {
                item.set_fix(fix, &docs);
            }
        }
    }
    // Dropping the analysis takes time, and the process exits soon.
    let analysis = std::mem::ManuallyDrop::new(checked.analysis);
    let mut names = SimilarNames::new(&analysis.model, &docs.sources);
    for (_, item) in &mut items {
        item.similar = names.find(&item.problem);
    }
    let mut items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    if let Some(file) = &arguments.baseline {
        filter.add_stale_entries(&findings, &docs, file, &mut items);
    }
    print(arguments.format, &items);
    let is_denied = |item: &Item| item.level == LintLevel::Deny && item.suppressed.is_none();
    Ok(if items.iter().any(is_denied) {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}

/// The number of times that pages are corrected and checked again.
const MAX_ROUNDS: usize = 3;

/// Finds the verified fixes of the findings to show.
struct Corrector {
    corrections: Corrections,
    pool: rayon::ThreadPool,
}

impl Corrector {
    fn new(arguments: &LintArguments) -> Result<Self> {
        Ok(Self {
            corrections: arguments.docs.choices()?.read_corrections()?,
            pool: generate::threads(arguments.docs.jobs)?,
        })
    }

    fn correct(
        &self,
        findings: &[Finding],
        items: &[(usize, Item)],
        sources: &Sources,
    ) -> Corrected {
        let counts = |(_, item): &&(usize, Item)| item.suppressed.is_none();
        let wanted: BTreeSet<usize> = items
            .iter()
            .filter(counts)
            .map(|(index, _)| *index)
            .collect();
        let check = |sources: &Sources| {
            let (findings, analysis) = check_sources(sources, &self.corrections, &Silent);
            std::mem::forget(analysis);
            findings
        };
        self.pool
            .install(|| generator::lint::correct(findings, sources, &wanted, check))
    }
}

/// What decides which findings are shown, and how.
pub(crate) struct Filter {
    pub(crate) levels: Levels,
    pub(crate) scope: Scope,
    /// The findings that the baseline file accepts.
    pub(crate) known: Option<Baseline>,
    /// The findings at the revision of `--since`.
    pub(crate) earlier: Option<Baseline>,
}

impl Filter {
    /// Returns the findings to show, with their indexes.
    pub(crate) fn items(&self, findings: &[Finding], docs: &Docs) -> Vec<(usize, Item)> {
        let (mut known, mut earlier) = (self.known.clone(), self.earlier.clone());
        let mut items = Vec::new();
        // The lines of the last page, since findings are in the order of pages.
        let mut lines: (Option<FileId>, Vec<&str>) = (None, Vec::new());
        for (index, finding) in findings.iter().enumerate() {
            let level = self.levels.level(finding.problem.code);
            let is_in = |baseline: &mut Option<Baseline>| {
                baseline
                    .as_mut()
                    .is_some_and(|baseline| baseline.accept(finding, &docs.sources))
            };
            let is_earlier = is_in(&mut earlier);
            let is_known = finding.allowed.is_none() && is_in(&mut known);
            let is_hidden = level == LintLevel::Allow || is_earlier;
            if is_hidden || !self.scope.contains(finding.problem.at.file, docs) {
                continue;
            }
            let at = finding.problem.at;
            if lines.0 != Some(at.file) {
                lines = (
                    Some(at.file),
                    docs.sources.get(at.file).text.lines().collect(),
                );
            }
            let line = lines.1.get((at.line as usize).saturating_sub(1));
            let mut item = Item::new(level, finding.clone(), line.unwrap_or(&""), docs);
            if is_known {
                item.suppressed = Some(Suppression::Baseline);
            }
            items.push((index, item));
        }
        items
    }

    /// Adds a finding for each entry of the baseline file that accepts nothing.
    fn add_stale_entries(
        &self,
        findings: &[Finding],
        docs: &Docs,
        file: &Path,
        items: &mut Vec<Item>,
    ) {
        let level = self.levels.level(Code::StaleBaseline);
        let Some(mut known) = self.known.clone().filter(|_| level != LintLevel::Allow) else {
            return;
        };
        for finding in findings.iter().filter(|finding| finding.allowed.is_none()) {
            known.accept(finding, &docs.sources);
        }
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
                replacement: None,
                subject: None,
            };
            items.push(Item::in_file(
                level,
                problem,
                file.display().to_string(),
                line,
            ));
        }
    }
}

/// Writes the pages that differ. Returns their number. A file that was not read as it is, such as a bilingual page, is left
/// unchanged.
fn write_pages(docs: &Docs, before: &Sources) -> Result<usize> {
    let mut written = 0;
    for (file, corrected) in docs.sources.iter() {
        let source = before.get(file);
        if corrected.text == source.text {
            continue;
        }
        let path = docs.path(file);
        let on_disk =
            fs::read_to_string(&path).with_context(|| format!("{path}: cannot be read"))?;
        let mark = if on_disk.starts_with('\u{feff}') {
            "\u{feff}"
        } else {
            ""
        };
        if on_disk[mark.len()..] != source.text {
            err!("{path}: not changed, since the file was not read as it is\n");
            continue;
        }
        fs::write(&path, format!("{mark}{}", corrected.text))
            .with_context(|| format!("{path}: cannot be written"))?;
        written += 1;
    }
    Ok(written)
}

/// The findings on the pages.
struct Checked {
    findings: Vec<Finding>,
    analysis: Analysis,
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
            let (findings, analysis) = current();
            return Ok(Checked {
                findings,
                analysis,
                earlier: None,
            });
        };
        let before = || -> Result<Baseline> {
            let sources = since::sources_at(revision, &choices.folder, &choices.versions, docs)?;
            let (findings, analysis) = check_sources(&sources, &corrections, &Silent);
            std::mem::forget(analysis);
            Ok(Baseline::of_findings(findings.iter(), &sources))
        };
        let ((findings, analysis), earlier) = rayon::join(current, before);
        Ok(Checked {
            findings,
            analysis,
            earlier: Some(earlier?),
        })
    })?;
    checked.map(|checked: Checked| (docs, checked))
}

/// Shows no progress.
pub(crate) struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

/// Returns the findings on all pages, and the analysis that they come from.
pub(crate) fn check_sources(
    sources: &Sources,
    corrections: &Corrections,
    progress: &dyn Progress,
) -> (Vec<Finding>, Analysis) {
    let analysis = generator::analyze(sources, corrections, progress);
    let findings = analysis.lint(sources);
    (findings, analysis)
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
pub(crate) struct Scope {
    /// Canonical paths of files and folders; empty for all.
    paths: Vec<PathBuf>,
    root: PathBuf,
}

impl Scope {
    pub(crate) fn new(paths: &[PathBuf], docs: &Docs) -> Result<Self> {
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
