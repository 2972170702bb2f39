//! Code actions: verified fixes, and comments that allow a problem.

use std::collections::BTreeSet;

use generator::lint::{AllowScope, Edit, Finding, allow_comment, correct};
use generator::report::Problem;
use generator::source::{FileId, Sources};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::diagnostics::diagnostic;
use super::positions::{Encoding, Lines};
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::lint::{self, Item, Silent};
use crate::terminal::printable_line;

/// The kind of the action that corrects everything on a page.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.graphwright");

/// The maximum length of a text in a title, in characters.
const MAX_TITLE: usize = 60;

/// The number of times that a page is corrected and checked again.
const MAX_ROUNDS: usize = 3;

/// What actions depend on.
pub(super) struct Actions<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) snapshot: &'a mut Snapshot,
    pub(super) encoding: Encoding,
    /// Whether the client accepts changes with the version of the document.
    pub(super) has_versions: bool,
}

impl Actions<'_> {
    /// Returns the actions for a range of a document.
    pub(super) fn find(&mut self, params: &CodeActionParams) -> Vec<CodeAction> {
        let uri = &params.text_document.uri;
        let Some((file, document)) = self.snapshot.open_page(uri.as_str()) else {
            return Vec::new();
        };
        // The places of edits are only valid if the client has the same text.
        if !self.snapshot.is_verbatim(file, document) {
            return Vec::new();
        }
        let target = Target {
            uri: uri.clone(),
            version: document.version,
            file,
            has_versions: self.has_versions,
        };
        let only = params.context.only.as_deref();
        let mut actions = Vec::new();
        if is_wanted(only, &CodeActionKind::QUICKFIX) {
            actions.extend(self.quick_fixes(&target, params.range));
        }
        // Searching for all fixes takes time, so the client must request them.
        if only.is_some() && is_wanted(only, &FIX_ALL) {
            actions.extend(self.fix_all(&target));
        }
        actions
    }

    fn quick_fixes(&mut self, target: &Target, range: Range) -> Vec<CodeAction> {
        let lines = self.snapshot.lines(target.file, self.encoding);
        let is_here = |(_, item): &&(usize, Item)| {
            let problem = &item.problem;
            item.suppressed.is_none() && problem.at.file == target.file && {
                let place = lines.range(lines.span(problem.at, problem.width));
                place.start <= range.end && range.start <= place.end
            }
        };
        let here: Vec<usize> = self
            .snapshot
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| is_here(item))
            .map(|(place, _)| place)
            .collect();
        let findings: BTreeSet<usize> = here.iter().map(|at| self.snapshot.items[*at].0).collect();
        self.search_fixes(&findings);
        let lines = self.snapshot.lines(target.file, self.encoding);
        let text = &self.snapshot.docs.sources.get(target.file).text;
        let mut fixes = Vec::new();
        let mut comments = Vec::new();
        for (index, item) in here.iter().map(|at| &self.snapshot.items[*at]) {
            let action = |title: String, edits: &[Edit], is_preferred: bool| CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic(item, &lines)]),
                edit: Some(target.edit(edits, &lines)),
                is_preferred: Some(is_preferred),
                ..CodeAction::default()
            };
            if let Some(Some(fix)) = self.snapshot.fixes.get(index) {
                fixes.push(action(fix_title(&item.problem), &fix.edits, true));
            }
            if let Some((title, edit)) = similar_name(item, text, &lines) {
                fixes.push(action(title, &[edit], false));
            }
            if let Some(comment) = allow_comment(&item.problem, text) {
                let place = match comment.scope {
                    AllowScope::Line => "in this line",
                    AllowScope::Block => "in this block",
                    AllowScope::Page => "on this page",
                };
                let title = format!("Allow {} {place}", item.problem.code.rule());
                comments.push(action(title, &[comment.edit], false));
            }
        }
        fixes.extend(comments);
        fixes
    }

    /// Searches for the fixes of findings that have not been searched for.
    fn search_fixes(&mut self, findings: &BTreeSet<usize>) {
        let known = &self.snapshot.fixes;
        let wanted: BTreeSet<usize> = findings
            .iter()
            .copied()
            .filter(|index| !known.contains_key(index))
            .collect();
        if wanted.is_empty() {
            return;
        }
        let sources = &self.snapshot.docs.sources;
        let mut corrected = self.workspace.pool.install(|| {
            correct(&self.snapshot.findings, sources, &wanted, |sources| {
                self.check(sources)
            })
        });
        for index in wanted {
            let fix = corrected.fixes.remove(&index);
            self.snapshot.fixes.insert(index, fix);
        }
    }

    fn check(&self, sources: &Sources) -> Vec<Finding> {
        lint::check_sources(sources, &self.workspace.corrections, &Silent).0
    }

    /// Returns the action that corrects everything on a page.
    fn fix_all(&self, target: &Target) -> Option<CodeAction> {
        let text = &self.snapshot.docs.sources.get(target.file).text;
        let shown: BTreeSet<usize> = self
            .snapshot
            .items
            .iter()
            .filter(|(_, item)| item.suppressed.is_none())
            .filter(|(_, item)| item.problem.at.file == target.file)
            .map(|(index, _)| *index)
            .collect();
        let check = |sources: &Sources| self.check(sources);
        let edits = self.workspace.pool.install(|| {
            let sources = &self.snapshot.docs.sources;
            let first = correct(&self.snapshot.findings, sources, &shown, check);
            let edits: BTreeSet<Edit> = first
                .fixes
                .values()
                .flat_map(|fix| fix.edits.iter().cloned())
                .collect();
            let mut corrected = first;
            let mut rounds = 1;
            while rounds < MAX_ROUNDS && !corrected.fixes.is_empty() {
                let wanted = self.wanted_again(&corrected.findings, target.file);
                let next = correct(&corrected.findings, &corrected.sources, &wanted, check);
                if next.fixes.is_empty() {
                    break;
                }
                corrected = next;
                rounds += 1;
            }
            if rounds == 1 {
                return edits.into_iter().collect();
            }
            // The places of later changes refer to the text after the earlier ones.
            vec![difference(text, &corrected.sources.get(target.file).text)]
        });
        let lines = self.snapshot.lines(target.file, self.encoding);
        (!edits.is_empty()).then(|| CodeAction {
            title: "Fix all problems on this page that have a certain fix".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(target.edit(&edits, &lines)),
            ..CodeAction::default()
        })
    }

    /// Returns the findings on a page that are not allowed, among those on changed sources.
    fn wanted_again(&self, findings: &[Finding], file: FileId) -> BTreeSet<usize> {
        let findings = findings.iter().enumerate();
        findings
            .filter(|(_, finding)| finding.allowed.is_none() && finding.problem.at.file == file)
            .filter(|(_, finding)| self.workspace.is_shown(finding.problem.code))
            .map(|(index, _)| index)
            .collect()
    }
}

/// The document that actions change.
struct Target {
    uri: Uri,
    version: i32,
    file: FileId,
    has_versions: bool,
}

impl Target {
    fn edit(&self, edits: &[Edit], lines: &Lines<'_>) -> WorkspaceEdit {
        let edits: Vec<TextEdit> = edits
            .iter()
            .map(|edit| TextEdit {
                range: lines.range(edit.start..edit.end),
                new_text: edit.text.clone(),
            })
            .collect();
        if !self.has_versions {
            return WorkspaceEdit {
                changes: Some([(self.uri.clone(), edits)].into_iter().collect()),
                ..WorkspaceEdit::default()
            };
        }
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri: self.uri.clone(),
                    version: Some(self.version),
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            }])),
            ..WorkspaceEdit::default()
        }
    }
}

/// Whether a client that wants only some kinds wants a kind: each includes the kinds below it.
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let includes = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty()
        })
    };
    only.is_none_or(|only| only.iter().any(includes))
}

/// Returns the change that replaces an unknown name by a similar one, with its title. The change is not verified.
fn similar_name(item: &Item, text: &str, lines: &Lines<'_>) -> Option<(String, Edit)> {
    let similar = item.similar.as_ref()?;
    let problem = &item.problem;
    let name = problem.subject.as_ref()?.text.as_str();
    let start = lines.offset_of(problem.at);
    let is_fixed = problem.replacement.is_some();
    if is_fixed || !text[start..].starts_with(name) {
        return None;
    }
    let end = start + name.len();
    let title = format!("Replace `{}` by `{}`", shorten(name), shorten(similar));
    let text = similar.clone();
    Some((title, Edit { start, end, text }))
}

fn fix_title(problem: &Problem) -> String {
    match &problem.replacement {
        Some(replacement) if replacement.text.is_empty() => {
            format!("Remove `{}`", shorten(&replacement.found))
        }
        Some(replacement) => format!(
            "Replace `{}` by `{}`",
            shorten(&replacement.found),
            shorten(&replacement.text)
        ),
        None => format!("Fix {}", problem.code.rule()),
    }
}

/// Returns the start of a text, on one line.
fn shorten(text: &str) -> String {
    let start: String = text.chars().take(MAX_TITLE).collect();
    printable_line(&start)
}

/// Returns the smallest change of lines that makes one text the other.
fn difference(before: &str, after: &str) -> Edit {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let equal = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| -> (usize, usize) {
        let equal = pairs.take_while(|(left, right)| left == right);
        equal.fold((0, 0), |(count, length), (line, _)| {
            (count + 1, length + line.len())
        })
    };
    let (count, start) = equal(&mut old.iter().zip(&new));
    let (old_rest, new_rest) = (&old[count..], &new[count..]);
    let (_, end) = equal(&mut old_rest.iter().rev().zip(new_rest.iter().rev()));
    Edit {
        start,
        end: before.len() - end,
        text: after[start..after.len() - end].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_that_of_lines() {
        let check = |before: &str, after: &str, expected: (usize, usize, &str)| {
            let edit = difference(before, after);
            assert_eq!((edit.start, edit.end, edit.text.as_str()), expected);
            let changed = [&before[..edit.start], &edit.text, &before[edit.end..]].concat();
            assert_eq!(changed, after);
        };
        check("a\nb\nc\n", "a\nx\nc\n", (2, 4, "x\n"));
        check("a\na\n", "a\n", (2, 4, ""));
        check("a", "a\na", (0, 0, "a\n"));
        check("a\n", "a\n", (2, 2, ""));
        check("", "a", (0, 0, "a"));
    }

    #[test]
    fn kinds_include_those_below() {
        let check = |only: &'static str, expected: bool| {
            let only = [CodeActionKind::new(only)];
            assert_eq!(is_wanted(Some(&only), &FIX_ALL), expected);
        };
        check("source", true);
        check("source.fixAll", true);
        check("source.fixAll.graphwright", true);
        check("", true);
        check("source.fix", false);
        check("source.fixAll.other", false);
        assert!(is_wanted(None, &FIX_ALL));
    }
}
