//! In: api pages and typed members. Out: operations, one for each method and path, with all their pages united.

use std::collections::BTreeMap;

use crate::facts::{RequestLineFact, SegmentFact, UrlPlace};
use crate::model::{
    ApiVersion, Docs, HttpMethod, Operation, OperationKind, Parameter, ParameterPlace, Path,
    ResponseContent, Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::examples::operations_from_examples::ShownLine;
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::normalise::descriptions;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::bodies::{self, Share, Target};
use crate::resolve::operations::kind;
use crate::resolve::operations::permissions;
use crate::resolve::pages::is_identifier;
use crate::resolve::paths::walk::{Walked, Walker};
use crate::resolve::type_phrases::Scope;

/// What is gathered for one method and path.
struct Draft<'a> {
    method: HttpMethod,
    walked: Walked,
    kind: OperationKind,
    shares: Vec<Share<'a>>,
}

/// Builds all operations, sorted by path and method, each with the places of its pages among the api pages.
pub(crate) fn build(
    operations: &[OperationPage],
    walker: &Walker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<(Operation, Vec<usize>)> {
    let lines = operations
        .iter()
        .enumerate()
        .flat_map(|(place, operation)| {
            let lines = operation.facts.request_lines.iter();
            lines.map(move |line| (place, line))
        });
    build_lines(lines, operations, walker, version, report)
}

/// Builds the operations that only examples show.
pub(crate) fn build_shown(
    shown: &[ShownLine],
    operations: &[OperationPage],
    walker: &Walker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<(Operation, Vec<usize>)> {
    let lines = shown.iter().map(|shown| (shown.page, &shown.line));
    let mut built = build_lines(lines, operations, walker, version, report);
    for shown in shown.iter().filter(|shown| shown.is_below) {
        let operation = &operations[shown.page];
        let rows = &operation.facts.url_parameters;
        let end = walker.walk(&shown.line.segments, rows, operation.page).end;
        let structured = end.filter(|end| matches!(end.ty, Type::Structured(_)));
        let found = built.iter_mut().map(|(operation, _)| operation);
        let found = found
            .into_iter()
            .find(|operation| operation.origin == shown.line.at);
        if let (Some(end), Some(operation)) = (structured, found) {
            operation.response = ResponseContent::Value(end);
        }
    }
    for (operation, _) in &built {
        report.push(
            Code::OperationFromExample,
            operation.origin,
            0,
            format!(
                "no request line is `{} {}`",
                operation.method.name(),
                operation.path.template()
            ),
            "the operation was made of the example",
        );
    }
    built
}

fn build_lines<'a>(
    lines: impl Iterator<Item = (usize, &'a RequestLineFact)>,
    operations: &'a [OperationPage],
    walker: &Walker,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<(Operation, Vec<usize>)> {
    let mut drafts: BTreeMap<(String, HttpMethod), (Draft, Vec<usize>)> = BTreeMap::new();
    for (place, line) in lines {
        let operation = &operations[place];
        if line.segments.is_empty() {
            continue;
        }
        let rows = &operation.facts.url_parameters;
        let mut walked = walker.walk(&line.segments, rows, operation.page);
        let path = Path {
            segments: std::mem::take(&mut walked.segments),
        };
        let mut normalised = path.normalised();
        normalised.make_ascii_lowercase();
        walked.segments = path.segments;
        let key = (normalised, line.method);
        let (draft, places) = drafts.entry(key).or_insert_with(|| {
            let draft = Draft {
                method: line.method,
                kind: kind::decide(operation, line, &walked, walker.callables),
                walked,
                shares: Vec::new(),
            };
            (draft, Vec::new())
        });
        let is_repeated = places.last() == Some(&place);
        if !is_repeated {
            draft.shares.push(Share { operation, line });
            places.push(place);
        }
    }
    drafts
        .into_values()
        .map(|(draft, places)| (operation(draft, walker.scope, version, report), places))
        .collect()
}

fn operation(draft: Draft, scope: &Scope, version: ApiVersion, report: &mut Report) -> Operation {
    let bases: &Bases = scope.bases;
    let end = draft.walked.end.as_ref();
    let target = Target {
        kind: draft.kind,
        method: draft.method,
        end,
    };
    let bodies = draft
        .shares
        .iter()
        .map(|share| bodies::body(share, &target, scope, report))
        .collect();
    let responses = draft
        .shares
        .iter()
        .map(|share| bodies::response(share, &target, report))
        .collect();
    let rows = draft
        .shares
        .iter()
        .flat_map(|share| &share.operation.facts.permissions);
    let pages = draft.shares.iter().map(|share| share.operation.page);
    let success_status = draft.shares.iter().find_map(|share| share.operation.status);
    let permissions = permissions::unite(rows, report);
    let first = draft
        .shares
        .first()
        .expect("a draft starts with the page that it is made for");
    Operation {
        kind: draft.kind,
        method: draft.method,
        parameters: parameters(&draft.shares, scope, report),
        body: bodies::unite_bodies(bodies, end, bases),
        response: bodies::unite_responses(responses, end, bases),
        success_status,
        permissions,
        docs: docs(&draft.shares),
        pages: descriptions::page_links(pages, version),
        origin: first.line.at,
        examples: Vec::new(),
        binding: draft.walked.before,
        path: Path {
            segments: draft.walked.segments,
        },
    }
}

/// The words of the first page; deprecated only if all pages say so.
fn docs(shares: &[Share]) -> Docs {
    let summary = shares
        .iter()
        .find_map(|share| share.operation.page.facts.summary.as_ref());
    let reasons: Option<Vec<&str>> = shares
        .iter()
        .map(|share| share.operation.facts.deprecated.as_ref())
        .map(|reason| reason.map(|reason| reason.value.as_str()))
        .collect();
    Docs {
        description: summary
            .map(|summary| descriptions::description(&summary.value, false))
            .unwrap_or_default(),
        deprecated: reasons
            .and_then(|reasons| reasons.first().copied())
            .map(str::to_owned),
    }
}

/// Query and header parameters of all pages, each once.
fn parameters(shares: &[Share], scope: &Scope, report: &mut Report) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut add = |parameter: Parameter| {
        let is_known = parameters.iter().any(|known: &Parameter| {
            known.place == parameter.place && known.name.eq_ignore_ascii_case(&parameter.name)
        });
        if !is_known {
            parameters.push(parameter);
        }
    };
    for share in shares {
        query_rows(share, scope, report).for_each(&mut add);
        query_names(share).for_each(&mut add);
        headers(share).for_each(&mut add);
    }
    parameters
}

/// Rows of tables of query parameters.
fn query_rows<'a>(
    share: &'a Share,
    scope: &'a Scope,
    report: &'a mut Report,
) -> impl Iterator<Item = Parameter> + 'a {
    let page = share.operation.page;
    let rows = share.operation.facts.url_parameters.iter();
    rows.filter(|row| {
        row.place == UrlPlace::Query
            || (row.place == UrlPlace::Unsaid && !is_in_path(share, &row.row.name.value))
    })
    .map(move |row| {
        let row = &row.row;
        let has_type = !row.type_phrase.value.names.is_empty();
        let ty: Option<TypeRef> = has_type.then(|| scope.type_ref(&row.type_phrase, page, report));
        Parameter {
            name: row.name.value.trim().to_owned(),
            place: ParameterPlace::Query,
            ty,
            required: row.required,
            docs: Docs {
                description: descriptions::description(&row.description.value, false),
                deprecated: row.deprecated.clone(),
            },
            origin: row.name.at,
        }
    })
}

/// Whether a name is a placeholder of the path.
fn is_in_path(share: &Share, name: &str) -> bool {
    let name = name.trim();
    share.line.segments.iter().any(|segment| match segment {
        SegmentFact::Key(words) | SegmentFact::ItemPath(words) => {
            words.trim().eq_ignore_ascii_case(name)
        }
        SegmentFact::AlternateKey { property, .. } => property.eq_ignore_ascii_case(name),
        SegmentFact::Call { arguments, .. } => arguments
            .iter()
            .any(|(argument, _)| argument.trim().eq_ignore_ascii_case(name)),
        SegmentFact::Name(_) => false,
    })
}

/// Names behind the `?` of the request line; OData's own options start with `$` and are offered everywhere.
fn query_names<'a>(share: &'a Share) -> impl Iterator<Item = Parameter> + 'a {
    let query = share.line.query.as_deref().unwrap_or_default();
    query
        .split('&')
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name).trim())
        .filter(|name| is_identifier(name))
        .map(|name| Parameter {
            name: name.to_owned(),
            place: ParameterPlace::Query,
            ty: None,
            required: false,
            docs: Docs::default(),
            origin: share.line.at,
        })
}

fn headers<'a>(share: &'a Share) -> impl Iterator<Item = Parameter> + 'a {
    let headers = share.operation.facts.request_headers.iter();
    headers.map(|header| Parameter {
        name: header.name.value.trim().to_owned(),
        place: ParameterPlace::Header,
        ty: None,
        required: header.required,
        docs: Docs {
            description: header.text.clone(),
            deprecated: None,
        },
        origin: header.name.at,
    })
}

/// Reports pages that spell the request line of an operation with other capitals.
pub(crate) fn report_spellings(
    built: &[(Operation, Vec<usize>)],
    operations: &[OperationPage],
    report: &mut Report,
) {
    for (operation, places) in built {
        let names = name_segments(&operation.path);
        for place in places.iter().skip(1) {
            let lines = &operations[*place].facts.request_lines;
            let differing = lines.iter().find(|line| {
                let own: Vec<&str> = line_names(&line.segments);
                let folded = |names: &[&str]| names.join("/").to_lowercase();
                line.method == operation.method && own != names && folded(&own) == folded(&names)
            });
            if let Some(line) = differing {
                report.push(
                    Code::PathSpelling,
                    line.at,
                    0,
                    format!("`{}` is spelled otherwise elsewhere", line.template),
                    format!("`{}` was taken", operation.path.template()),
                );
            }
        }
    }
}

fn name_segments(path: &Path) -> Vec<&str> {
    path.segments
        .iter()
        .filter_map(|segment| match segment {
            crate::model::Segment::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

fn line_names(segments: &[SegmentFact]) -> Vec<&str> {
    segments
        .iter()
        .filter_map(|segment| match segment {
            SegmentFact::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}
