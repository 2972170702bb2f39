//! `lint-recall`: measures how many of the lines that later commits change the linter names before.
//!
//! The documentation at each revision is compared with the next one. Most changes describe something new or use other words, so
//! lines that look like corrections are counted apart: a line of a table or of code takes the place of a similar one, and differs
//! in more than the last cell, the description. For comparison, the share of the lines that stay as they are is printed as well.
//! The rules that the linter applies only on demand count in a line of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use generator::Progress;
use generator::lint::Finding;
use generator::model::ApiVersion;
use generator::report::Code;
use graphwright_cli::Outcome;
use graphwright_pages::Docs;

use crate::arguments::LintRecallArguments;

/// Reads the documentation at each revision, and compares each with the next one.
pub(crate) fn run(arguments: &LintRecallArguments) -> Result<Outcome> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/lint-recall");
    let repository = Repository::open(&arguments.source, folder)?;
    let revisions = match arguments.rev.as_slice() {
        [] => repository.tags()?,
        revisions => revisions.to_vec(),
    };
    let (mut total, mut total_on_demand) = (Recall::default(), Recall::default());
    let mut earlier: Option<State> = None;
    println!("{:23}  {}", "", Recall::HEADER);
    for revision in &revisions {
        let state = State::read(&repository, revision)?;
        if let Some(earlier) = &earlier {
            let changes = repository.changed_lines(&earlier.revision, revision)?;
            let recall = earlier.compare(&state, &changes, |code| !code.is_optional());
            println!("{:10} -> {:10}  {recall}", earlier.revision, revision);
            total.add(&recall);
            total_on_demand.add(&earlier.compare(&state, &changes, |_| true));
        }
        earlier = Some(state);
    }
    println!("{:23}  {total}", "all");
    println!("{:23}  {total_on_demand}", "with rules on demand");
    Ok(Outcome::Clean)
}

/// The lines of the earlier state that the later one changes or removes, by path, and whether they look like corrections. Only
/// pages that exist in both states.
type ChangedLines = BTreeMap<String, BTreeMap<u32, bool>>;

/// A clone of the documentation's repository.
struct Repository {
    folder: PathBuf,
}

impl Repository {
    fn open(source: &str, folder: PathBuf) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("{}: cannot be removed", folder.display()))?;
        }
        let clone = Command::new("git")
            .args(["clone", "--quiet", source])
            .arg(&folder)
            .status()
            .context("git cannot be run")?;
        if !clone.success() {
            bail!("{source}: cannot be cloned");
        }
        Ok(Self { folder })
    }

    fn git(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.folder)
            .args(["-c", "core.quotePath=false"])
            .args(arguments)
            .output()
            .context("git cannot be run")?;
        if !output.status.success() {
            let reason = String::from_utf8_lossy(&output.stderr);
            bail!("git {} failed: {}", arguments[0], reason.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn tags(&self) -> Result<Vec<String>> {
        Ok(self.git(&["tag"])?.lines().map(str::to_owned).collect())
    }

    fn changed_lines(&self, from: &str, to: &str) -> Result<ChangedLines> {
        let arguments = [
            "diff",
            "-U0",
            "--no-renames",
            "--diff-filter=M",
            from,
            to,
            "--",
        ];
        let diff = self.git(
            &[
                &arguments[..],
                &["api-reference/v1.0", "api-reference/beta"],
            ]
            .concat(),
        )?;
        Ok(parse_diff(&diff))
    }
}

fn parse_diff(diff: &str) -> ChangedLines {
    let mut changes = ChangedLines::new();
    let mut path = None;
    let mut hunk = Hunk::default();
    for line in diff.lines() {
        if let Some(range) = line.strip_prefix("@@ -") {
            hunk.close(path.as_deref(), &mut changes);
            let start = range.split([',', ' ']).next().unwrap_or_default();
            hunk.start = start.parse().unwrap_or(0);
        } else if line.starts_with("diff ") {
            hunk.close(path.as_deref(), &mut changes);
        } else if let Some(name) = line.strip_prefix("--- a/api-reference/") {
            path = Some(name.to_owned());
        } else if line.starts_with("+++ ") {
        } else if let Some(text) = line.strip_prefix('-') {
            hunk.removed.push(text);
        } else if let Some(text) = line.strip_prefix('+') {
            hunk.added.push(text);
        }
    }
    hunk.close(path.as_deref(), &mut changes);
    changes
}

/// A part of a diff without context.
#[derive(Default)]
struct Hunk<'d> {
    start: u32,
    removed: Vec<&'d str>,
    added: Vec<&'d str>,
}

impl Hunk<'_> {
    /// Adds the removed lines to the changes, and clears the hunk.
    fn close(&mut self, path: Option<&str>, changes: &mut ChangedLines) {
        if let Some(path) = path.filter(|_| !self.removed.is_empty()) {
            let is_paired = self.removed.len() == self.added.len();
            let lines = changes.entry(path.to_owned()).or_default();
            for (index, removed) in self.removed.iter().enumerate() {
                let added = self.added.get(index).filter(|_| is_paired);
                let is_correction = added.is_some_and(|added| is_correction(removed, added));
                lines.insert(self.start + index as u32, is_correction);
            }
        }
        self.removed.clear();
        self.added.clear();
    }
}

/// Whether a line is similar to the one in whose place it stands, and differs in more than blanks and the last cell.
fn is_correction(removed: &str, added: &str) -> bool {
    let without_blanks = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .collect()
    };
    let names = |text: &str| {
        let cells = text.trim().trim_end_matches('|').rsplit_once('|');
        without_blanks(cells.map_or("", |(cells, _)| cells))
    };
    let is_row = removed.trim_start().starts_with('|') && added.trim_start().starts_with('|');
    if is_row && names(removed) == names(added) {
        return false;
    }
    let (removed, added) = (without_blanks(removed), without_blanks(added));
    let equal = |(left, right): &(&char, &char)| left == right;
    let start = removed.iter().zip(&added).take_while(equal).count();
    let end = removed
        .iter()
        .rev()
        .zip(added.iter().rev())
        .take_while(equal)
        .count();
    removed != added && (start + end) * 2 >= removed.len().max(added.len())
}

/// The pages at a revision, and the findings on them.
struct State {
    revision: String,
    docs: Docs,
    findings: Vec<Finding>,
}

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

impl State {
    fn read(repository: &Repository, revision: &str) -> Result<Self> {
        repository.git(&["checkout", "--quiet", "--force", revision])?;
        let docs = graphwright_pages::read(&repository.folder, &ApiVersion::ALL)?;
        let corrections = graphwright_pages::corrections();
        let analysis = generator::analyze(&docs.sources, &corrections, &Silent);
        let findings = analysis.lint(&docs.sources);
        Ok(Self {
            revision: revision.to_owned(),
            docs,
            findings,
        })
    }

    /// Compares the findings of the rules that count with the lines that change.
    fn compare(
        &self,
        later: &Self,
        changes: &ChangedLines,
        rules: impl Fn(Code) -> bool,
    ) -> Recall {
        let mut named: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for finding in self.findings_of(&rules) {
            let source = self.docs.sources.get(finding.problem.at.file);
            named
                .entry(&source.path)
                .or_default()
                .insert(finding.problem.at.line);
        }
        let mut recall = Recall::default();
        let (no_change, no_finding) = (BTreeMap::new(), BTreeSet::new());
        for (_, source) in self
            .docs
            .sources
            .iter()
            .filter(|(_, source)| source.is_page())
        {
            let changed = changes.get(&source.path).unwrap_or(&no_change);
            let named = named.get(source.path.as_str()).unwrap_or(&no_finding);
            let mut in_code = false;
            for (line, text) in (1..).zip(source.text.lines()) {
                let is_fence = text.trim_start().starts_with("```");
                in_code ^= is_fence;
                if is_fence || !(in_code || text.trim_start().starts_with('|')) {
                    continue;
                }
                let is_named = named.contains(&line);
                match changed.get(&line) {
                    Some(is_correction) => {
                        recall.changed.count(is_named);
                        if *is_correction {
                            recall.corrected.count(is_named);
                        }
                    }
                    None => recall.unchanged.count(is_named),
                }
            }
        }
        let mut left = later.count_findings(&rules);
        for (key, count) in self.count_findings(&rules) {
            let is_kept = later.docs.sources.find(&key.0).is_some();
            if is_kept {
                let remaining = left.remove(&key).unwrap_or(0).min(count);
                recall.findings += count;
                recall.gone += count - remaining;
            }
        }
        recall
    }

    fn findings_of(&self, rules: &impl Fn(Code) -> bool) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| rules(finding.problem.code))
    }

    /// Returns the number of findings by page, rule and message.
    fn count_findings(
        &self,
        rules: &impl Fn(Code) -> bool,
    ) -> BTreeMap<(String, &'static str, String), usize> {
        let mut counts = BTreeMap::new();
        for finding in self.findings_of(rules) {
            let problem = &finding.problem;
            let path = self.docs.sources.get(problem.at.file).path.clone();
            let key = (path, problem.code.rule(), problem.message.clone());
            *counts.entry(key).or_default() += 1;
        }
        counts
    }
}

/// Lines, and those with a finding.
#[derive(Debug, Default, PartialEq)]
struct Lines {
    lines: usize,
    named: usize,
}

impl Lines {
    fn percent(&self) -> f64 {
        100.0 * self.named as f64 / self.lines.max(1) as f64
    }

    fn count(&mut self, is_named: bool) {
        self.lines += 1;
        self.named += usize::from(is_named);
    }

    fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.named += other.named;
    }
}

/// The comparison of two states.
#[derive(Debug, Default)]
struct Recall {
    changed: Lines,
    /// Changed lines that look like corrections.
    corrected: Lines,
    unchanged: Lines,
    /// The findings on pages that exist in both states.
    findings: usize,
    /// Those of them that the later state no longer has.
    gone: usize,
}

impl Recall {
    const HEADER: &'static str = "corrected lines, named before; changed lines of tables and code; unchanged; findings, gone later";

    fn add(&mut self, other: &Self) {
        self.changed.add(&other.changed);
        self.corrected.add(&other.corrected);
        self.unchanged.add(&other.unchanged);
        self.findings += other.findings;
        self.gone += other.gone;
    }
}

impl std::fmt::Display for Recall {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{:5} {:4} ({:.2} %); {:6} {:5} ({:.2} %); {:.2} %; {:5} {:5} ({:.1} %)",
            self.corrected.lines,
            self.corrected.named,
            self.corrected.percent(),
            self.changed.lines,
            self.changed.named,
            self.changed.percent(),
            self.unchanged.percent(),
            self.findings,
            self.gone,
            100.0 * self.gone as f64 / self.findings.max(1) as f64
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_those_of_the_earlier_state() {
        let diff = "diff --git a/x b/x\n--- a/api-reference/v1.0/api/a.md\n+++ b/api-reference/v1.0/api/a.md\n@@ -3 +3 @@\n-GET /lamp\n+GET /lamps\n@@ -7,2 +7,0 @@\n--- c\n-d\n@@ -20,0 +18,4 @@\n+e\n";
        let expected = BTreeMap::from([(3, true), (7, false), (8, false)]);
        assert_eq!(
            parse_diff(diff),
            ChangedLines::from([("v1.0/api/a.md".to_owned(), expected)])
        );
    }

    #[test]
    fn corrections_change_more_than_the_description() {
        let check = |removed, added, expected| {
            assert_eq!(is_correction(removed, added), expected, "{removed} {added}");
        };
        check(
            "|id|String|The key.|",
            "|id|String|The key of the lamp.|",
            false,
        );
        check("|id|String|The key.|", "|id|Guid|The key.|", true);
        check("|id|String|The key.|", "| id | String | The key. |", false);
        check("\"hue\": \"Red\"", "\"hue\": \"red\"", true);
        check("\"hue\": 1", "GET /lamps/{id}/parts", false);
    }
}
