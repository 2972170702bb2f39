//! In: the examples of api pages and the operations. Out: each example with the operation that its request calls.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::facts::{BodyFact, ExampleFact, ExampleRequestFact};
use crate::model::written::{split, split_keys, split_outside};
use crate::model::{
    ApiVersion, Content, Example, ExampleMessage, HttpMethod, Operation, Path, Segment,
};
use crate::report::{Code, Report};
use crate::resolve::names::bare;
use crate::resolve::operation_pages::OperationPage;

/// The request of an example, with its URL taken apart.
#[derive(Clone)]
pub(crate) struct Request<'a> {
    /// The page, among the api pages.
    pub(crate) page: usize,
    /// The request; for a page that shows a response alone, its request line.
    pub(crate) fact: Cow<'a, ExampleRequestFact>,
    whole: &'a ExampleFact,
    /// The path below the version.
    pub(crate) path: String,
    query: Option<String>,
}

/// The requests of all examples, without those to other services.
pub(crate) fn requests<'a>(
    operations: &'a [OperationPage],
    version: ApiVersion,
    report: &mut Report,
) -> Vec<Request<'a>> {
    let mut requests = Vec::new();
    for (page, operation) in operations.iter().enumerate() {
        // The request above, which further responses belong to.
        let mut above: Option<Request> = None;
        for whole in &operation.facts.examples {
            above = match &whole.request {
                Some(fact) => address(fact, version, report).map(|(path, query)| Request {
                    page,
                    fact: Cow::Borrowed(fact),
                    whole,
                    path,
                    query,
                }),
                None => above
                    .map(|above| Request { whole, ..above })
                    .or_else(|| line_as_request(page, operation, whole)),
            };
            match &above {
                Some(request) => requests.push(request.clone()),
                None if whole.request.is_none() => report_alone(whole, report),
                None => {}
            }
        }
    }
    requests
}

/// The requests that no operation makes as they are written.
pub(crate) fn unmatched<'r, 'a>(
    requests: &'r [Request<'a>],
    built: &[(Operation, Vec<usize>)],
    pages: usize,
) -> Vec<&'r Request<'a>> {
    let candidates = Candidates::new(built, pages);
    let is_unmatched = |request: &&Request| {
        let found = candidates.find(built, request, Fit::Exact);
        found.is_none()
    };
    requests.iter().filter(is_unmatched).collect()
}

/// Gives every example to its operation.
pub(crate) fn assign(
    built: &mut [(Operation, Vec<usize>)],
    requests: Vec<Request<'_>>,
    pages: usize,
    report: &mut Report,
) {
    let candidates = Candidates::new(built, pages);
    let mut assigned: Vec<(usize, Example)> = Vec::new();
    for request in requests {
        let found = candidates
            .find(built, &request, Fit::Exact)
            .or_else(|| candidates.find(built, &request, Fit::Loose));
        match found {
            Some(found) => assigned.push((found, example(request))),
            None => report.push(
                Code::ExampleWithoutOperation,
                request.fact.at,
                0,
                format!(
                    "no operation has the method and path of `{} {}`",
                    request.fact.method.name(),
                    request.path
                ),
                "the example was left out",
            ),
        }
    }
    for (place, example) in assigned {
        built[place].0.examples.push(example);
    }
}

/// The request line of a page that shows a response before any request, if its lines have one method.
fn line_as_request<'a>(
    page: usize,
    operation: &OperationPage,
    whole: &'a ExampleFact,
) -> Option<Request<'a>> {
    let facts = operation.facts;
    let (first, others) = facts.request_lines.split_first()?;
    let mut above = facts
        .examples
        .iter()
        .take_while(|example| !std::ptr::eq(*example, whole));
    let is_alone = above.all(|example| example.request.is_none());
    let is_clear = others.iter().all(|line| line.method == first.method);
    (is_alone && is_clear).then(|| Request {
        page,
        fact: Cow::Owned(ExampleRequestFact {
            method: first.method,
            url: first.template.clone(),
            headers: Vec::new(),
            body: None,
            annotation: None,
            at: first.at,
        }),
        whole,
        // Empty parentheses are left out when a function is called.
        path: first.template.replace("()", ""),
        query: None,
    })
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
        request: &Request,
        fit: Fit,
    ) -> Option<usize> {
        let segments = split(&request.path);
        self.find_segments(built, request, fit, &segments)
            .or_else(|| self.find_segments(built, request, fit, &split_keys(&segments)))
    }

    fn find_segments(
        &self,
        built: &[(Operation, Vec<usize>)],
        request: &Request,
        fit: Fit,
        segments: &[&str],
    ) -> Option<usize> {
        let method = request.fact.method;
        let best = |places: &[usize]| {
            let mut best: Option<(usize, usize)> = None;
            for place in places {
                let operation = &built[*place].0;
                if operation.method != method {
                    continue;
                }
                let same = fit.same(&operation.path, segments);
                if let Some(same) = same.filter(|same| best.is_none_or(|(known, _)| *same > known))
                {
                    best = Some((same, *place));
                }
            }
            best.map(|(_, place)| place)
        };
        best(&self.by_page[request.page]).or_else(|| {
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
    let stated = first.to_lowercase();
    let path = match ApiVersion::parse(&stated) {
        Some(known) if known == version => rest,
        // There never was a `v1`.
        known if known.is_some() || stated == "v1" => {
            report.push(
                Code::ExampleOfOtherVersion,
                request.at,
                0,
                format!(
                    "the request goes to `{stated}`, the page is about `{}`",
                    version.name()
                ),
                "it was read as a request to the page's version",
            );
            rest
        }
        _ => below_host,
    };
    Some((format!("/{}", path.trim_end_matches('/')), query))
}

/// How closely an example must follow a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// Functions have the arguments of the example.
    Exact,
    /// Functions may have others.
    Loose,
}

impl Fit {
    /// How many segments of a path are the same words as the example's; none if the example does not fit.
    fn same(self, path: &Path, segments: &[&str]) -> Option<usize> {
        let count = path.segments.len();
        let ends_in_item_path = matches!(path.segments.last(), Some(Segment::ItemPath(_)));
        if segments.len() != count && !(ends_in_item_path && segments.len() > count) {
            return None;
        }
        let mut same = 0;
        let mut before = "";
        for (segment, written) in path.segments.iter().zip(segments) {
            let is_item_path = matches!(segment, Segment::ItemPath(_));
            if is_item_path && !before.ends_with(':') {
                return None;
            }
            before = written;
            match is_word(segment, written.trim_end_matches(':')) {
                None => {}
                Some(true) if self == Self::Exact && !has_arguments(segment, written) => {
                    return None;
                }
                Some(true) => same += 1,
                Some(false) => return None,
            }
        }
        Some(same)
    }
}

/// Whether a segment, if it is a function, takes the arguments that the example gives.
fn has_arguments(segment: &Segment, written: &str) -> bool {
    let inside = written
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('));
    let given: Vec<&str> = inside.map_or_else(Vec::new, |(_, inside)| {
        let mut given = split_outside(inside, ',');
        given.retain(|argument| !argument.trim().is_empty());
        given
    });
    let Segment::Function { parameters, .. } = segment else {
        return true;
    };
    let takes = |argument: &&str| match argument.split_once('=') {
        Some((name, _)) => parameters
            .iter()
            .any(|parameter| parameter.name.eq_ignore_ascii_case(name.trim())),
        None => true,
    };
    given.len() == parameters.len() && given.iter().all(takes)
}

/// Whether a segment is the word that the example has there; none if anything may stand there.
fn is_word(segment: &Segment, written: &str) -> Option<bool> {
    Some(match segment {
        // No key is one of the words that OData itself puts into paths.
        Segment::Key(_) => {
            return ["$ref", "$value", "$count"]
                .contains(&written)
                .then_some(false);
        }
        Segment::ItemPath(_) => return None,
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
    bare(left).eq_ignore_ascii_case(bare(right))
}

fn example(request: Request<'_>) -> Example {
    let Request {
        fact: request,
        whole: fact,
        path,
        query,
        ..
    } = request;
    let response = fact.response.as_ref();
    let annotation = request.annotation.as_ref();
    let annotated = annotation.and_then(|annotation| annotation.name.clone());
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
