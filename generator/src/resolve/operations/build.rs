//! Builds the operations: one for each method and path, from all pages that describe it.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{ApiVersion, Body, Docs, HttpMethod, Operation, Path, Segment};
use crate::report::{Code, Report};
use crate::resolve::normalise::descriptions::description;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::bodies::{merge_bodies, request_body};
use crate::resolve::operations::contribution::{Contribution, OperationContext};
use crate::resolve::operations::kind::decide_kind;
use crate::resolve::operations::leading_pages::{PageRank, rank_pages};
use crate::resolve::operations::parameters::collect_parameters;
use crate::resolve::operations::permissions::{
    PermissionPages, UsedRows, merge_permissions, report_unused_rows,
};
use crate::resolve::operations::responses::{merge_responses, response};
use crate::resolve::operations::usage::collect_usage;
use crate::resolve::pages::page_links;
use crate::resolve::paths::walk::{PathWalker, TypedPath};

/// An operation, with its pages.
pub(crate) struct BuiltOperation {
    pub(crate) operation: Operation,
    /// The indices of its pages among the operation pages, the leading page first.
    pub(crate) pages: Vec<usize>,
}

/// Builds the operations of all request lines, sorted by path and method.
pub(crate) fn build_operations(
    operations: &[OperationPage],
    walker: &PathWalker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<BuiltOperation> {
    let lines = operations.iter().enumerate().flat_map(|(page, operation)| {
        let lines = operation.facts.request_lines.iter();
        lines.map(move |line| (page, line))
    });
    let mut used = UsedRows::new();
    let drafts = collect_drafts(lines, operations, walker);
    let built: Vec<BuiltOperation> = drafts
        .into_iter()
        .map(|draft| draft.finish(walker, version, &mut used, report))
        .collect();
    report_spellings(&built, operations, report);
    report_unused_rows(operations, &used, report);
    built
}

/// Builds the operations of request lines, each given with the index of its page.
pub(crate) fn build_from_lines<'a>(
    lines: impl Iterator<Item = (usize, &'a RequestLineFact)>,
    operations: &'a [OperationPage],
    walker: &PathWalker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<BuiltOperation> {
    let mut used = UsedRows::new();
    collect_drafts(lines, operations, walker)
        .into_iter()
        .map(|draft| draft.finish(walker, version, &mut used, report))
        .collect()
}

/// Collects the pages of each operation.
fn collect_drafts<'a>(
    lines: impl Iterator<Item = (usize, &'a RequestLineFact)>,
    operations: &'a [OperationPage],
    walker: &PathWalker,
) -> Vec<OperationDraft<'a>> {
    let mut drafts: BTreeMap<(String, HttpMethod), OperationDraft> = BTreeMap::new();
    for (page, line) in lines {
        let operation = &operations[page];
        if line.segments.is_empty() {
            continue;
        }
        let typed = walker.walk(&line.segments, operation);
        let draft = drafts
            .entry((folded_path(&typed.path), line.method))
            .or_insert_with(|| OperationDraft {
                method: line.method,
                pages: Vec::new(),
                templates: Vec::new(),
            });
        if typed.path.alternate_keys().next().is_some() {
            draft.templates.push(line.template.as_str());
        }
        let added = DraftPage {
            page,
            contribution: Contribution { operation, line },
            typed,
        };
        match draft.pages.last_mut() {
            Some(last) if last.page == page => {
                // A line without a query describes the operation, one with a query a special use.
                if last.contribution.line.query.is_some() && line.query.is_none() {
                    *last = added;
                }
            }
            _ => draft.pages.push(added),
        }
    }
    drafts.into_values().collect()
}

/// Returns the normalised form of a path in lower case.
fn folded_path(path: &Path) -> String {
    let mut folded = path.normalised();
    folded.make_ascii_lowercase();
    folded
}

/// An operation while its pages are collected.
struct OperationDraft<'a> {
    method: HttpMethod,
    pages: Vec<DraftPage<'a>>,
    /// The templates of its request lines, if it has an alternate key.
    templates: Vec<&'a str>,
}

/// A page of an operation, with the request line that states the operation.
pub(crate) struct DraftPage<'a> {
    /// The index among the operation pages.
    page: usize,
    pub(crate) contribution: Contribution<'a>,
    typed: TypedPath,
}

impl OperationDraft<'_> {
    fn finish(
        self,
        walker: &PathWalker,
        version: ApiVersion,
        used: &mut UsedRows,
        report: &mut Report,
    ) -> BuiltOperation {
        let types = walker.types;
        let first = self
            .pages
            .first()
            .expect("a draft has the page that it was created for");
        let ranks = rank_pages(&self.pages, &first.typed, types);
        let mut ranked: Vec<(PageRank, DraftPage)> = ranks.into_iter().zip(self.pages).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let ranks: Vec<PageRank> = ranked.iter().map(|(rank, _)| *rank).collect();
        let page_indices = ranked.iter().map(|(_, draft)| draft.page).collect();
        let contributions: Vec<Contribution> =
            ranked.iter().map(|(_, draft)| draft.contribution).collect();
        let (_, lead) = ranked.swap_remove(0);
        let typed = lead.typed;
        let contributions = &contributions[..];
        let end = typed.end.as_ref();
        let lead = lead.contribution;
        let context = OperationContext {
            kind: decide_kind(lead.operation, lead.line, &typed, walker.callables),
            method: self.method,
            end,
        };
        let bodies = contributions
            .iter()
            .map(|contribution| request_body(contribution, &context, types, report))
            .collect();
        let responses = contributions
            .iter()
            .map(|contribution| response(contribution, &context, report))
            .collect();
        let permission_pages = PermissionPages {
            contributions,
            ranks: &ranks,
            typed: &typed,
            method: self.method,
            types,
        };
        let pages = contributions
            .iter()
            .map(|contribution| contribution.operation.page);
        let body = merge_bodies(bodies, end, types.bases);
        let says_optional =
            |contribution: &Contribution| contribution.operation.facts.request_body.none.is_some();
        let operation = Operation {
            is_body_optional: matches!(body, Body::Parameters(_))
                && contributions.iter().any(says_optional),
            kind: context.kind,
            method: self.method,
            permissions: merge_permissions(&permission_pages, used, report),
            usage: collect_usage(contributions),
            parameters: collect_parameters(contributions, context.kind, types, report),
            body,
            response: merge_responses(responses, end, types.bases),
            success_status: contributions
                .iter()
                .find_map(|contribution| contribution.operation.status),
            docs: docs(contributions),
            pages: page_links(pages, version),
            origin: lead.line.at,
            examples: Vec::new(),
            binding: typed.binding,
            spellings: other_spellings(&typed.path, &self.templates),
            path: typed.path,
        };
        BuiltOperation {
            operation,
            pages: page_indices,
        }
    }
}

/// Returns the templates that spell a path in another way, each once.
fn other_spellings(path: &Path, templates: &[&str]) -> Vec<String> {
    let spelling = path.template();
    let mut seen = BTreeSet::from([spelling.as_str()]);
    let others = templates.iter().filter(|template| seen.insert(template));
    others.map(|template| (*template).to_owned()).collect()
}

/// Returns the first description. The operation is deprecated only if all pages say so.
fn docs(contributions: &[Contribution]) -> Docs {
    let summary = contributions
        .iter()
        .find_map(|contribution| contribution.operation.page.facts.summary.as_ref());
    let reasons: Option<Vec<&str>> = contributions
        .iter()
        .map(|contribution| contribution.operation.facts.deprecated.as_ref())
        .map(|reason| reason.map(|reason| reason.value.as_str()))
        .collect();
    Docs {
        description: summary
            .map(|summary| description(&summary.value, false))
            .unwrap_or_default(),
        deprecated: reasons
            .and_then(|reasons| reasons.first().copied())
            .map(str::to_owned),
    }
}

/// Reports pages that spell the path of an operation with other capitals than its first page.
fn report_spellings(built: &[BuiltOperation], operations: &[OperationPage], report: &mut Report) {
    for BuiltOperation { operation, pages } in built {
        let names = path_names(&operation.path);
        let folded_names = names.to_lowercase();
        for page in pages.iter().skip(1) {
            let lines = &operations[*page].facts.request_lines;
            let differing = lines.iter().find(|line| {
                let in_line = line_names(&line.segments);
                line.method == operation.method
                    && in_line != names
                    && in_line.to_lowercase() == folded_names
            });
            if let Some(line) = differing {
                report.push(
                    Code::PathSpelling,
                    line.at,
                    0,
                    format!("another page spells `{}` in another way", line.template),
                    format!("`{}` is used", operation.path.template()),
                );
            }
        }
    }
}

fn path_names(path: &Path) -> String {
    let names = path.segments.iter().filter_map(|segment| match segment {
        Segment::Name(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect::<Vec<&str>>().join("/")
}

fn line_names(segments: &[SegmentFact]) -> String {
    let names = segments.iter().filter_map(|segment| match segment {
        SegmentFact::Name(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect::<Vec<&str>>().join("/")
}
