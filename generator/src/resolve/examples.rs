//! In: the examples of api pages and the operations. Out: each example with the operation that its request calls.

use std::collections::BTreeMap;

use super::operation_pages::OperationPage;
use crate::facts::{BodyFact, ExampleFact, ExampleRequestFact};
use crate::model::written::{split, split_keys};
use crate::model::{
    ApiVersion, Content, Example, ExampleMessage, HttpMethod, Operation, Path, Segment,
};
use crate::report::{Code, Report};

/// Gives every example to its operation.
pub(super) fn assign(
    built: &mut [(Operation, Vec<usize>)],
    operations: &[OperationPage],
    version: ApiVersion,
    report: &mut Report,
) {
    let candidates = Candidates::new(built, operations.len());
    let mut assigned: Vec<(usize, Example)> = Vec::new();
    for (place, operation) in operations.iter().enumerate() {
        for fact in &operation.facts.examples {
            let Some(request) = &fact.request else {
                report_alone(fact, report);
                continue;
            };
            let Some((path, query)) = address(request, version, report) else {
                continue;
            };
            let segments = split(&path);
            let found = candidates
                .find(built, place, request.method, &segments)
                .or_else(|| {
                    let keyed = split_keys(&segments);
                    candidates.find(built, place, request.method, &keyed)
                });
            match found {
                Some(found) => assigned.push((found, example(fact, request, path, query))),
                None => report.push(
                    Code::ExampleWithoutOperation,
                    request.at,
                    0,
                    format!(
                        "no operation has the method and path of `{} {path}`",
                        request.method.name()
                    ),
                    "the example was left out",
                ),
            }
        }
    }
    for (place, example) in assigned {
        built[place].0.examples.push(example);
    }
}

/// Reports a response without a request.
fn report_alone(fact: &ExampleFact, report: &mut Report) {
    if let Some(response) = &fact.response {
        report.push(
            Code::ResponseAlone,
            response.at,
            0,
            "the page shows a response without the request that it answers",
            "the example was left out",
        );
    }
}

/// Which operations an example may belong to: those of its own page first, then all with as many segments.
struct Candidates {
    by_page: Vec<Vec<usize>>,
    by_shape: BTreeMap<(HttpMethod, usize), Vec<usize>>,
}

impl Candidates {
    fn new(built: &[(Operation, Vec<usize>)], pages: usize) -> Self {
        let mut by_page = vec![Vec::new(); pages];
        let mut by_shape: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, (operation, own_pages)) in built.iter().enumerate() {
            for page in own_pages {
                by_page[*page].push(place);
            }
            let shape = (operation.method, operation.path.segments.len());
            by_shape.entry(shape).or_default().push(place);
        }
        Self { by_page, by_shape }
    }

    /// The best fit; of equal ones the first.
    fn find(
        &self,
        built: &[(Operation, Vec<usize>)],
        page: usize,
        method: HttpMethod,
        segments: &[&str],
    ) -> Option<usize> {
        let best = |places: &[usize]| {
            let mut best: Option<(usize, usize)> = None;
            for place in places {
                let operation = &built[*place].0;
                let Some(fit) = fit(&operation.path, segments) else {
                    continue;
                };
                if operation.method == method && best.is_none_or(|(known, _)| fit > known) {
                    best = Some((fit, *place));
                }
            }
            best.map(|(_, place)| place)
        };
        best(&self.by_page[page]).or_else(|| {
            let places = self.by_shape.get(&(method, segments.len()))?;
            best(places)
        })
    }
}

/// The path below the version, and the query. None for a request to another version or another service.
fn address(
    request: &ExampleRequestFact,
    version: ApiVersion,
    report: &mut Report,
) -> Option<(String, Option<String>)> {
    let (url, query) = match request.url.trim().split_once('?') {
        Some((url, query)) => (url, Some(query.to_owned())),
        None => (request.url.trim(), None),
    };
    let below_host = match url.split_once("://") {
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            if !host.to_lowercase().contains("graph.microsoft.com") {
                report.push(
                    Code::ExampleElsewhere,
                    request.at,
                    0,
                    format!("the request goes to `{host}`"),
                    "the example was left out",
                );
                return None;
            }
            path
        }
        None => url.trim_start_matches('/'),
    };
    let (first, rest) = below_host.split_once('/').unwrap_or((below_host, ""));
    let path = match ApiVersion::parse(&first.to_lowercase()) {
        Some(stated) if stated == version => rest,
        Some(stated) => {
            report.push(
                Code::ExampleOfOtherVersion,
                request.at,
                0,
                format!(
                    "the request goes to `{}`, the page is about `{}`",
                    stated.name(),
                    version.name()
                ),
                "it was read as a request to the page's version",
            );
            rest
        }
        None => below_host,
    };
    Some((format!("/{}", path.trim_end_matches('/')), query))
}

/// How many segments of a path are the same words as the example's; none if the example does not fit.
fn fit(path: &Path, segments: &[&str]) -> Option<usize> {
    let count = path.segments.len();
    let ends_in_item_path = matches!(path.segments.last(), Some(Segment::ItemPath(_)));
    if segments.len() != count && !(ends_in_item_path && segments.len() > count) {
        return None;
    }
    let mut same = 0;
    for (segment, written) in path.segments.iter().zip(segments) {
        match is_word(segment, written.trim_end_matches(':')) {
            None => {}
            Some(true) => same += 1,
            Some(false) => return None,
        }
    }
    Some(same)
}

/// Whether a segment is the word that the example has there; none if anything may stand there.
fn is_word(segment: &Segment, written: &str) -> Option<bool> {
    Some(match segment {
        Segment::Key(_) | Segment::ItemPath(_) => return None,
        Segment::AlternateKey { property, .. } => written
            .split_once('=')
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case(property)),
        Segment::Function { name, .. } => {
            let called = written.split_once('(');
            is_same_name(called.map_or(written, |(called, _)| called), name)
        }
        Segment::Name(name) | Segment::Action(name) => is_same_name(written, name),
        Segment::Cast(name) => is_same_name(written, &name.full()),
        Segment::Ref | Segment::Value | Segment::Count => {
            written.eq_ignore_ascii_case(segment_word(segment))
        }
    })
}

fn segment_word(segment: &Segment) -> &'static str {
    match segment {
        Segment::Ref => "$ref",
        Segment::Value => "$value",
        _ => "$count",
    }
}

/// Whether two names are one, with or without a namespace in front and whatever their capitals.
fn is_same_name(left: &str, right: &str) -> bool {
    let bare = |name: &'_ str| name.rsplit('.').next().unwrap_or(name).to_lowercase();
    left.eq_ignore_ascii_case(right) || bare(left) == bare(right)
}

fn example(
    fact: &ExampleFact,
    request: &ExampleRequestFact,
    path: String,
    query: Option<String>,
) -> Example {
    let response = fact.response.as_ref();
    let annotated = request
        .annotation
        .as_ref()
        .and_then(|annotation| annotation.name.clone());
    Example {
        name: annotated.or_else(|| fact.title.as_ref().map(|title| title.value.clone())),
        request: ExampleMessage {
            headers: request.headers.clone(),
            content: content(request.body.as_ref()),
            at: request.at,
            disputed: false,
        },
        response: response.map(|response| ExampleMessage {
            headers: response.headers.clone(),
            content: content(response.body.as_ref()),
            at: response.at,
            disputed: false,
        }),
        path,
        query,
        status: response.map(|response| response.status),
    }
}

fn content(body: Option<&BodyFact>) -> Content {
    match body {
        None => Content::Empty,
        Some(body) if body.is_json => Content::Json(body.text.clone()),
        Some(body) => Content::Other(body.text.clone()),
    }
}
