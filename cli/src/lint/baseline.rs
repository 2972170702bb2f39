//! Known findings that are not shown again: those of a baseline file, or those of an earlier revision.
//!
//! A finding is identified by page, rule and message, not by its line, so that changes above it do not matter.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use generator::lint::Finding;
use generator::report::Code;
use generator::source::Sources;
use toml::Spanned;

/// Page, rule and message.
type Key = (String, Code, String);

const HEADER: &str = "# Problems that `graphwright lint --baseline` accepts, by page and rule. Written by `--update-baseline`.\n";

/// Known findings, and how often each of them occurs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baseline {
    entries: BTreeMap<Key, Entry>,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    /// The number of findings that are known and not found again so far.
    count: usize,
    /// The line in the file; 0 if the baseline is not a file.
    line: usize,
}

/// An entry of a baseline file without a finding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StaleEntry {
    /// The line in the file.
    pub(super) line: usize,
    /// What the entry accepts.
    pub(super) page: String,
    pub(super) code: Code,
    pub(super) message: String,
}

impl Baseline {
    /// Creates a baseline of the findings that no comment allows.
    pub(super) fn of_findings<'a>(
        findings: impl Iterator<Item = &'a Finding>,
        sources: &Sources,
    ) -> Self {
        let mut baseline = Self::default();
        for finding in findings.filter(|finding| finding.allowed.is_none()) {
            let entry = baseline.entries.entry(key(finding, sources)).or_default();
            entry.count += 1;
        }
        baseline
    }

    /// Reads a baseline file.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| {
            format!(
                "{}: cannot be read; --update-baseline creates it",
                file.display()
            )
        })?;
        Self::parse(&text, &file.display().to_string())
    }

    fn parse(text: &str, file: &str) -> Result<Self> {
        type Pages = BTreeMap<String, BTreeMap<Spanned<String>, Vec<Spanned<String>>>>;
        let pages: Pages =
            toml::from_str(text).with_context(|| format!("{file}: invalid baseline"))?;
        let newlines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let line = |offset: usize| newlines.partition_point(|newline| *newline < offset) + 1;
        let mut baseline = Self::default();
        for (page, rules) in pages {
            for (rule, messages) in rules {
                let Some(code) = generator::lint::find_rule(rule.get_ref()) else {
                    bail!(
                        "{file}:{}: unknown rule `{}`",
                        line(rule.span().start),
                        rule.get_ref()
                    );
                };
                for message in messages {
                    let line = line(message.span().start);
                    let key = (page.clone(), code, message.into_inner());
                    let entry = baseline.entries.entry(key).or_default();
                    entry.count += 1;
                    entry.line = line;
                }
            }
        }
        Ok(baseline)
    }

    /// Returns whether a finding is known. Each entry accepts one finding.
    pub(super) fn accept(&mut self, finding: &Finding, sources: &Sources) -> bool {
        match self.entries.get_mut(&key(finding, sources)) {
            Some(entry) if entry.count > 0 => {
                entry.count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Returns the entries that have accepted no finding. An entry of several equal findings is stale if one is missing.
    pub(super) fn into_stale(self) -> Vec<StaleEntry> {
        let stale = self
            .entries
            .into_iter()
            .filter(|(_, entry)| entry.count > 0);
        let mut stale: Vec<StaleEntry> = stale
            .map(|((page, code, message), entry)| StaleEntry {
                line: entry.line,
                page,
                code,
                message,
            })
            .collect();
        stale.sort_by_key(|entry| entry.line);
        stale
    }

    /// Writes the baseline to a file. Returns the number of findings.
    pub(super) fn write(&self, file: &Path) -> Result<usize> {
        fs::write(file, self.to_text())
            .with_context(|| format!("{}: cannot be written", file.display()))?;
        Ok(self.entries.values().map(|entry| entry.count).sum())
    }

    fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        let (mut last_page, mut last_code) = (None, None);
        for ((page, code, message), entry) in &self.entries {
            if last_page != Some(page) {
                if last_code.take().is_some() {
                    text.push_str("]\n");
                }
                write!(text, "\n[{}]\n", quote(page)).expect("writing to a string does not fail");
                last_page = Some(page);
            }
            if last_code != Some(*code) {
                if last_code.is_some() {
                    text.push_str("]\n");
                }
                writeln!(text, "{} = [", code.rule()).expect("writing to a string does not fail");
                last_code = Some(*code);
            }
            for _ in 0..entry.count {
                writeln!(text, "    {},", quote(message))
                    .expect("writing to a string does not fail");
            }
        }
        if last_code.is_some() {
            text.push_str("]\n");
        }
        text
    }
}

/// Returns a TOML string on one line.
fn quote(text: &str) -> String {
    // Basic strings of TOML have the escapes of JSON, except that DEL is escaped as well.
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

fn key(finding: &Finding, sources: &Sources) -> Key {
    let problem = &finding.problem;
    let page = sources.get(problem.at.file).path.clone();
    (page, problem.code, problem.message.clone())
}

#[cfg(test)]
mod tests {
    use generator::report::Problem;
    use generator::source::{FileId, Location, Source};

    use super::*;

    fn sources() -> Sources {
        let source = |path: &str| Source {
            path: path.to_owned(),
            text: String::new(),
        };
        Sources::new(vec![source("v1.0/a.md"), source("v1.0/b.md")])
    }

    fn finding(file: u32, line: u32, code: Code, message: &str) -> Finding {
        let at = Location {
            file: FileId(file),
            line,
            column: 1,
        };
        Finding {
            problem: Problem {
                code,
                at,
                width: 0,
                message: message.to_owned(),
                action: String::new(),
                replacement: None,
                subject: None,
            },
            allowed: None,
        }
    }

    #[test]
    fn a_written_baseline_accepts_each_finding_once() {
        let sources = sources();
        let findings = [
            finding(0, 1, Code::UndefinedType, "unknown \"x\"\u{7f}"),
            finding(0, 2, Code::UndefinedType, "unknown \"x\"\u{7f}"),
            finding(0, 3, Code::NameCollision, "y"),
            finding(1, 1, Code::UndefinedType, "unknown `z`"),
        ];
        let text = Baseline::of_findings(findings.iter(), &sources).to_text();
        let mut baseline = Baseline::parse(&text, "baseline.toml").unwrap();
        assert_eq!(baseline.to_text(), text);
        for found in &findings {
            // Lines do not matter.
            let problem = &found.problem;
            let moved = finding(problem.at.file.0, 99, problem.code, &problem.message);
            assert!(baseline.accept(&moved, &sources));
        }
        assert!(!baseline.accept(&findings[0], &sources));
        assert_eq!(baseline.into_stale(), []);
    }

    #[test]
    fn entries_without_a_finding_are_stale() {
        let sources = sources();
        let text = "[\"v1.0/a.md\"]\nundefined-type = [\n    \"one\",\n    \"two\",\n]\n";
        let mut baseline = Baseline::parse(text, "baseline.toml").unwrap();
        assert!(baseline.accept(&finding(0, 1, Code::UndefinedType, "one"), &sources));
        assert!(!baseline.accept(&finding(0, 1, Code::UndefinedType, "three"), &sources));
        let stale = StaleEntry {
            line: 4,
            page: "v1.0/a.md".to_owned(),
            code: Code::UndefinedType,
            message: "two".to_owned(),
        };
        assert_eq!(baseline.into_stale(), [stale]);
    }

    #[test]
    fn unknown_rules_are_errors() {
        let text = "\n[\"v1.0/a.md\"]\nundefned-type = []\n";
        let error = Baseline::parse(text, "baseline.toml").unwrap_err();
        assert_eq!(
            error.to_string(),
            "baseline.toml:3: unknown rule `undefned-type`"
        );
    }
}
