//! The output formats.

use generator::lint::{Finding, Fix};
use generator::report::{Code, Problem};
use graphwright_pages::Docs;
use serde_json::{Value, json};

use super::levels::LintLevel;
use crate::rendering;

/// A finding with everything that the formats show.
pub(crate) struct Item {
    pub(crate) level: LintLevel,
    pub(crate) problem: Problem,
    /// The path of the file, as the user can open it.
    pub(super) path: String,
    /// The line of the file.
    pub(super) line: String,
    /// The name that the writer of an unknown name may have meant.
    pub(crate) similar: Option<String>,
    /// The change that corrects the page: line and column of start and end, and the text in between.
    pub(super) edits: Vec<Replaced>,
    /// Why the finding is not shown by formats for people.
    pub(crate) suppressed: Option<Suppression>,
}

/// A part of a page and the text that should stand in its place.
pub(crate) struct Replaced {
    start: (usize, usize),
    end: (usize, usize),
    text: String,
}

/// Why a finding does not count.
pub(crate) enum Suppression {
    /// A comment in the page allows it, for a reason.
    Comment(String),
    /// The baseline contains it.
    Baseline,
}

impl Item {
    /// `line` is the line of the problem.
    pub(super) fn new(level: LintLevel, finding: Finding, line: &str, docs: &Docs) -> Self {
        let path = docs.path(finding.problem.at.file);
        Self {
            level,
            path: path.trim_start_matches("./").to_owned(),
            line: line.to_owned(),
            suppressed: finding.allowed.map(Suppression::Comment),
            edits: Vec::new(),
            similar: None,
            problem: finding.problem,
        }
    }

    /// Creates a finding on a line of a file that is no page.
    pub(super) fn in_file(level: LintLevel, problem: Problem, path: String, line: &str) -> Self {
        Self {
            level,
            problem,
            path,
            line: line.to_owned(),
            edits: Vec::new(),
            similar: None,
            suppressed: None,
        }
    }

    /// Adds the change that corrects the page.
    pub(super) fn set_fix(&mut self, fix: &Fix, docs: &Docs) {
        let text = &docs.sources.get(fix.file).text;
        let edits = fix.edits.iter().map(|edit| {
            let [start, end] = edit.places(text);
            Replaced {
                start,
                end,
                text: edit.text.clone(),
            }
        });
        self.edits = edits.collect();
    }

    fn code(&self) -> Code {
        self.problem.code
    }

    /// Returns what was found, and what happens instead.
    pub(crate) fn message(&self) -> String {
        let (message, action) = (&self.problem.message, &self.problem.action);
        match self.help() {
            Some(help) => format!("{message}; {action}; {help}"),
            None => format!("{message}; {action}"),
        }
    }

    /// Returns the question whether a similar name was meant.
    fn help(&self) -> Option<String> {
        let similar = self.similar.as_ref()?;
        Some(format!("did you mean `{similar}`?"))
    }

    /// Returns the column after the affected text, in characters; `None` if the whole line is affected.
    fn end_column(&self) -> Option<usize> {
        let start = self.problem.at.column as usize;
        let length = self.line.chars().count();
        let end = (start + self.problem.width as usize).min(length + 1);
        (self.problem.width > 0 && end > start).then_some(end)
    }

    /// Renders the finding like a compiler.
    pub(super) fn to_text(&self) -> String {
        let mut problem = self.problem.clone();
        if let Some(help) = self.help() {
            problem.action.push_str("; ");
            problem.action.push_str(&help);
        }
        rendering::to_text_in(&problem, self.level.severity(), &self.path, &self.line)
    }

    /// Returns the finding as a JSON object.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "rule": self.code().rule(),
            "code": self.code().id(),
            "level": self.level.name(),
            "file": self.path,
            "line": self.problem.at.line,
            "column": self.problem.at.column,
            "width": self.problem.width,
            "message": self.problem.message,
            "action": self.problem.action,
            "help": self.help().unwrap_or_default(),
            "similar": self.similar,
            "fix": self.edits.iter().map(Replaced::to_json).collect::<Vec<_>>(),
            "source": self.line,
        })
    }

    /// Returns the finding as an annotation of GitHub Actions.
    pub(super) fn to_github(&self) -> String {
        let command = match self.level {
            LintLevel::Deny => "error",
            LintLevel::Warn => "warning",
            LintLevel::Allow | LintLevel::Note => "notice",
        };
        let (line, column) = (self.problem.at.line, self.problem.at.column);
        let end = self
            .end_column()
            .map_or(String::new(), |end| format!(",endColumn={end}"));
        format!(
            "::{command} file={},line={line},endLine={line},col={column}{end},title={}::{}",
            escape_property(&self.path),
            escape_property(&format!("{} ({})", self.code().rule(), self.code().id())),
            escape_message(&self.message())
        )
    }

    fn to_sarif(&self, rule_index: usize) -> Value {
        let mut region = json!({
            "startLine": self.problem.at.line,
            "startColumn": self.problem.at.column,
        });
        if let Some(end) = self.end_column() {
            region["endColumn"] = json!(end);
        }
        let mut result = json!({
            "ruleId": self.code().rule(),
            "ruleIndex": rule_index,
            "level": self.level.severity().name(),
            "message": { "text": self.message() },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&self.path) },
                    "region": region,
                },
            }],
        });
        if !self.edits.is_empty() {
            let replacements: Vec<Value> = self.edits.iter().map(Replaced::to_sarif).collect();
            result["fixes"] = json!([{
                "description": { "text": "Correct the page" },
                "artifactChanges": [{
                    "artifactLocation": { "uri": uri(&self.path) },
                    "replacements": replacements,
                }],
            }]);
        }
        match &self.suppressed {
            Some(Suppression::Comment(reason)) => {
                result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
            }
            Some(Suppression::Baseline) => {
                result["suppressions"] = json!([{ "kind": "external" }]);
            }
            None => {}
        }
        result
    }
}

impl Replaced {
    fn to_json(&self) -> Value {
        let place = |(line, column)| json!({ "line": line, "column": column });
        json!({ "start": place(self.start), "end": place(self.end), "text": self.text })
    }

    fn to_sarif(&self) -> Value {
        json!({
            "deletedRegion": {
                "startLine": self.start.0,
                "startColumn": self.start.1,
                "endLine": self.end.0,
                "endColumn": self.end.1,
            },
            "insertedContent": { "text": self.text },
        })
    }
}

/// Returns a SARIF 2.1.0 log of all findings, including those that do not count.
pub(super) fn to_sarif(items: &[Item]) -> Value {
    let codes: std::collections::BTreeSet<Code> = items.iter().map(Item::code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let rules = codes.iter().map(|code| {
        json!({
            "id": code.rule(),
            "shortDescription": { "text": code.title() },
            "fullDescription": { "text": code.explanation() },
            "help": { "text": code.explanation() },
            "defaultConfiguration": { "level": code.level().name() },
            "properties": { "code": code.id() },
        })
    });
    let results = items.iter().map(|item| {
        let index = codes.binary_search(&item.code());
        item.to_sarif(index.expect("the codes are those of the items"))
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "graphwright",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

/// Returns a path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn escape_message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}
