//! Builds the operations: one for each method and path, from all pages that describe it.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{ApiVersion, Body, Docs, HttpMethod, Operation, OperationKind, Path, Segment};
use crate::report::{Code, Report};
use crate::resolve::normalise::descriptions::description;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::bodies::{merge_bodies, request_body};
use crate::resolve::operations::contribution::{Contribution, OperationContext};
use crate::resolve::operations::kind::decide_kind;
use crate::resolve::operations::parameters::collect_parameters;
use crate::resolve::operations::permissions::merge_permissions;
use crate::resolve::operations::responses::{merge_responses, response};
use crate::resolve::operations::usage::collect_usage;
use crate::resolve::pages::page_links;
use crate::resolve::paths::walk::{PathWalker, TypedPath};
use crate::resolve::type_phrases::TypeResolver;

/// An operation, with its pages.
pub(crate) struct BuiltOperation {
    pub(crate) operation: Operation,
    /// The indices of its pages among the operation pages.
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
    let built = build_from_lines(lines, operations, walker, version, report);
    report_spellings(&built, operations, report);
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
                kind: decide_kind(operation, line, &typed, walker.callables),
                typed,
                contributions: Vec::new(),
                pages: Vec::new(),
                templates: Vec::new(),
            });
        if draft.typed.path.alternate_keys().next().is_some() {
            draft.templates.push(line.template.as_str());
        }
        let is_repeated = draft.pages.last() == Some(&page);
        if !is_repeated {
            draft.contributions.push(Contribution { operation, line });
            draft.pages.push(page);
        }
    }
    drafts
        .into_values()
        .map(|draft| draft.finish(walker.types, version, report))
        .collect()
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
    typed: TypedPath,
    kind: OperationKind,
    contributions: Vec<Contribution<'a>>,
    pages: Vec<usize>,
    /// The templates of its request lines, if it has an alternate key.
    templates: Vec<&'a str>,
}

impl OperationDraft<'_> {
    fn finish(
        self,
        types: &TypeResolver,
        version: ApiVersion,
        report: &mut Report,
    ) -> BuiltOperation {
        let contributions = &self.contributions;
        let end = self.typed.end.as_ref();
        let context = OperationContext {
            kind: self.kind,
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
        let permission_rows = contributions
            .iter()
            .flat_map(|contribution| &contribution.operation.facts.permissions);
        let pages = contributions
            .iter()
            .map(|contribution| contribution.operation.page);
        let first = contributions
            .first()
            .expect("a draft has the page that it was created for");
        let body = merge_bodies(bodies, end, types.bases);
        let says_optional =
            |contribution: &Contribution| contribution.operation.facts.request_body.none.is_some();
        let operation = Operation {
            is_body_optional: matches!(body, Body::Parameters(_))
                && contributions.iter().any(says_optional),
            kind: self.kind,
            method: self.method,
            permissions: merge_permissions(permission_rows, report),
            usage: collect_usage(contributions),
            parameters: collect_parameters(contributions, self.kind, types, report),
            body,
            response: merge_responses(responses, end, types.bases),
            success_status: contributions
                .iter()
                .find_map(|contribution| contribution.operation.status),
            docs: docs(contributions),
            pages: page_links(pages, version),
            origin: first.line.at,
            examples: Vec::new(),
            binding: self.typed.binding,
            spellings: other_spellings(&self.typed.path, &self.templates),
            path: self.typed.path,
        };
        BuiltOperation {
            operation,
            pages: self.pages,
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
