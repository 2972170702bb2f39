//! Comments in pages that allow problems: `<!-- graphwright: allow(rule, rule) reason -->`.
//!
//! A comment above the first heading applies to the whole page. Above another heading it applies to the section, with all
//! sections below; above a block to that block; at the end of a line to that line.

use super::find_rule;
use crate::report::{Code, NameKind, Problem, Report};
use crate::source::{FileId, Location};

pub(super) const START: &str = "<!-- graphwright:";

/// A comment that allows problems of some rules on some lines.
pub(super) struct Directive {
    at: Location,
    width: usize,
    rules: Vec<Code>,
    reason: String,
    first_line: u32,
    last_line: u32,
    is_used: bool,
}

impl Directive {
    /// Returns the reason if the comment allows a problem.
    pub(super) fn allow(&mut self, problem: &Problem) -> Option<String> {
        let is_in_scope = (self.first_line..=self.last_line).contains(&problem.at.line);
        if !is_in_scope || !self.rules.contains(&problem.code) {
            return None;
        }
        self.is_used = true;
        Some(self.reason.clone())
    }

    /// Reports the comment if it has allowed no problem.
    pub(super) fn report_unused(&self, report: &mut Report) {
        if self.is_used {
            return;
        }
        let rules: Vec<&str> = self.rules.iter().map(|code| code.rule()).collect();
        let message = format!("the comment allows no problem: `{}`", rules.join("`, `"));
        let action = "the comment is ignored";
        report.push(Code::UnusedAllow, self.at, self.width, message, action);
    }
}

/// Parses the comments of a page. Comments within code blocks are code.
pub(super) fn parse_directives(file: FileId, text: &str, report: &mut Report) -> Vec<Directive> {
    if memchr::memmem::find(text.as_bytes(), START.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines = PageLines::new(text);
    let mut directives = Vec::new();
    for (index, line) in lines.lines.iter().enumerate() {
        let Some(start) = line.text.find(START).filter(|_| !line.is_code) else {
            continue;
        };
        let end = line.text[start..].find("-->").map(|end| start + end);
        let at = Location {
            file,
            line: index as u32 + 1,
            column: line.text[..start].chars().count() as u32 + 1,
        };
        let comment = &line.text[start..end.map_or(line.text.len(), |end| end + "-->".len())];
        let width = comment.chars().count();
        let words = end.map(|end| line.text[start + START.len()..end].trim());
        match words.ok_or(Invalid::Open).and_then(parse_allow) {
            Ok((rules, reason)) => {
                let (first, last) = lines.scope(index, start);
                directives.push(Directive {
                    at,
                    width,
                    rules,
                    reason,
                    first_line: first as u32 + 1,
                    last_line: last as u32 + 1,
                    is_used: false,
                });
            }
            Err(invalid) => invalid.report(at, width, report),
        }
    }
    directives
}

/// Why a comment is invalid.
enum Invalid<'t> {
    /// It does not end on its line.
    Open,
    /// It does not have the form `allow(rule) reason`.
    Form,
    UnknownRule(&'t str),
    NoReason,
}

impl Invalid<'_> {
    fn report(&self, at: Location, width: usize, report: &mut Report) {
        let message = match self {
            Self::Open => "a comment of the linter must end on its line".to_owned(),
            Self::Form => "expected `allow(rule) reason`".to_owned(),
            Self::UnknownRule(name) => format!("unknown rule `{name}`"),
            Self::NoReason => "the comment gives no reason".to_owned(),
        };
        let action = "the comment is ignored";
        report.push(Code::InvalidAllow, at, width, message, action);
        if let Self::UnknownRule(name) = self {
            report.set_unknown_name(*name, NameKind::Rule);
        }
    }
}

/// Parses `allow(rule, rule) reason`.
fn parse_allow(words: &str) -> Result<(Vec<Code>, String), Invalid<'_>> {
    let (names, reason) = words
        .strip_prefix("allow(")
        .and_then(|rest| rest.split_once(')'))
        .ok_or(Invalid::Form)?;
    let rules: Vec<Code> = names
        .split(',')
        .map(str::trim)
        .map(|name| find_rule(name).ok_or(Invalid::UnknownRule(name)))
        .collect::<Result<_, _>>()?;
    let reason = reason.trim().trim_start_matches([':', '-']).trim_start();
    if reason.is_empty() {
        return Err(Invalid::NoReason);
    }
    Ok((rules, reason.to_owned()))
}

/// A line of a page.
pub(super) struct PageLine<'t> {
    pub(super) text: &'t str,
    /// Whether the line belongs to a code block, fences included.
    pub(super) is_code: bool,
    /// The level of a heading.
    pub(super) level: Option<usize>,
}

/// The lines of a page.
pub(super) struct PageLines<'t> {
    pub(super) lines: Vec<PageLine<'t>>,
}

impl<'t> PageLines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut fence: Option<&str> = None;
        let lines = text.lines().map(|text| {
            let mark = fence_mark(text);
            let is_code = fence.is_some() || mark.is_some();
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark))
                    if mark.starts_with(open) && text.trim().len() == mark.len() =>
                {
                    fence = None;
                }
                _ => {}
            }
            let level = text.bytes().take_while(|byte| *byte == b'#').count();
            let is_heading = !is_code && (1..=6).contains(&level);
            PageLine {
                text,
                is_code,
                level: is_heading.then_some(level),
            }
        });
        Self {
            lines: lines.collect(),
        }
    }

    /// Returns the first and the last line that a comment applies to.
    fn scope(&self, comment: usize, column: usize) -> (usize, usize) {
        let end = self.lines.len() - 1;
        if !self.lines[comment].text[..column].trim().is_empty() {
            return (comment, comment);
        }
        let has_heading_above = self.lines[..comment]
            .iter()
            .any(|line| line.level.is_some());
        if !has_heading_above {
            return (0, end);
        }
        let is_content =
            |line: &PageLine<'_>| !line.text.trim().is_empty() && !line.text.contains(START);
        let next = self.lines[comment + 1..].iter().position(is_content);
        let Some(first) = next.map(|next| comment + 1 + next) else {
            return (comment, end);
        };
        if let Some(level) = self.lines[first].level {
            let is_end =
                |line: &PageLine<'_>| line.level.is_some_and(|other_level| other_level <= level);
            let next = self.lines[first + 1..].iter().position(is_end);
            return (first, next.map_or(end, |next| first + next));
        }
        // A blank line ends the block, except within a code block and its annotation.
        let mut last = first;
        let mut in_comment = false;
        for (index, line) in self.lines.iter().enumerate().skip(first) {
            in_comment = (in_comment || line.text.contains("<!--")) && !line.text.contains("-->");
            let is_blank = line.text.trim().is_empty() && !line.is_code && !in_comment;
            let is_next_heading = line.level.is_some();
            if is_blank || is_next_heading {
                break;
            }
            last = index;
        }
        (first, last)
    }
}

/// Returns the marks of a code fence at the start of a line.
fn fence_mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let mark = text
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(mark).len();
    (length >= 3).then(|| &text[..length])
}
