//! Findings as diagnostics, by document.

use std::collections::BTreeMap;

use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString, PublishDiagnosticsParams};

use super::positions::{Encoding, Lines};
use super::snapshot::Snapshot;
use crate::lint::{Item, LintLevel};
use crate::terminal::printable_line;

/// The diagnostics that the client shows, by URI.
#[derive(Default)]
pub(super) struct Published(BTreeMap<String, Vec<Diagnostic>>);

impl Published {
    /// Returns the diagnostics to publish: those of the open pages, and those that differ from what the client shows.
    pub(super) fn update(
        &mut self,
        snapshot: &Snapshot,
        encoding: Encoding,
    ) -> Vec<PublishDiagnosticsParams> {
        let current = by_document(snapshot, encoding);
        let mut earlier = std::mem::replace(&mut self.0, current);
        let mut changed = Vec::new();
        for (uri, diagnostics) in &self.0 {
            let is_open = snapshot.open_page(uri).is_some();
            if earlier.remove(uri).as_ref() != Some(diagnostics) || is_open {
                changed.push((uri.clone(), diagnostics.clone()));
            }
        }
        let gone = earlier.into_keys();
        changed.extend(gone.map(|uri| (uri, Vec::new())));
        let params = changed.into_iter().filter_map(|(uri, diagnostics)| {
            Some(PublishDiagnosticsParams {
                version: snapshot
                    .documents
                    .get(&uri)
                    .map(|document| document.version),
                uri: uri.parse().ok()?,
                diagnostics,
            })
        });
        params.collect()
    }
}

/// Returns the diagnostics of all pages that have some or are open.
fn by_document(snapshot: &Snapshot, encoding: Encoding) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut documents: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for (uri, _) in snapshot.documents.iter() {
        if snapshot.open_page(uri).is_some() {
            documents.insert(uri.to_owned(), Vec::new());
        }
    }
    let shown = |(_, item): &&(usize, Item)| item.suppressed.is_none();
    let items: Vec<&(usize, Item)> = snapshot.items.iter().filter(shown).collect();
    // Findings are in the order of places.
    for of_file in
        items.chunk_by(|(_, left), (_, right)| left.problem.at.file == right.problem.at.file)
    {
        let file = of_file[0].1.problem.at.file;
        let lines = snapshot.lines(file, encoding);
        let diagnostics: Vec<Diagnostic> = of_file
            .iter()
            .map(|(_, item)| diagnostic(item, &lines))
            .collect();
        for uri in snapshot.uris(file) {
            documents.insert(uri, diagnostics.clone());
        }
    }
    documents
}

/// Returns a finding as a diagnostic.
pub(super) fn diagnostic(item: &Item, lines: &Lines<'_>) -> Diagnostic {
    let problem = &item.problem;
    let severity = match item.level {
        LintLevel::Deny => DiagnosticSeverity::ERROR,
        LintLevel::Warn => DiagnosticSeverity::WARNING,
        LintLevel::Allow | LintLevel::Note => DiagnosticSeverity::INFORMATION,
    };
    Diagnostic {
        range: lines.range(lines.span(problem.at, problem.width)),
        severity: Some(severity),
        code: Some(NumberOrString::String(problem.code.rule().to_owned())),
        source: Some("graphwright".to_owned()),
        message: printable_line(&item.message()),
        ..Diagnostic::default()
    }
}
