//! Resolves the types on each page about an operation: the request body, the response, and what the examples show.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::facts::{OperationFacts, SegmentFact, TypePhrase};
use crate::model::{HttpMethod, Type, TypeRef};
use crate::report::Report;
use crate::resolve::pages::Page;
use crate::resolve::response_types::ResponseTypes;
use crate::source::At;

/// A page about an operation, with its types resolved.
pub(crate) struct OperationPage<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a OperationFacts,
    /// The type of the response body: from the response section or a methods table, weighed against the examples.
    pub(crate) content: Option<TypeRef>,
    /// The type that the request body represents.
    pub(crate) represents: Option<TypeRef>,
    /// The status code of success.
    pub(crate) status: Option<u16>,
    get_responses: Vec<GetResponse>,
}

/// The response to a GET request in an example.
struct GetResponse {
    /// The last segment of the requested path, in lower case; `None` if the page does not show the request.
    name: Option<String>,
    /// Whether the body has a list under `value`.
    is_collection: bool,
}

impl OperationPage<'_> {
    /// Whether the examples show a collection at a name; `None` if they show neither or both. If no example is about the name,
    /// a page whose examples are all single instances counts as showing one.
    pub(crate) fn shows_collection(&self, name: &str) -> Option<bool> {
        let at_name = self.get_responses.iter().filter(|response| {
            let shown = response.name.as_deref();
            shown.is_none_or(|shown| shown.eq_ignore_ascii_case(name))
        });
        let mut at_name = at_name.map(|response| response.is_collection);
        match at_name.next() {
            Some(first) => at_name.all(|next| next == first).then_some(first),
            None => {
                let is_single = self
                    .get_responses
                    .iter()
                    .all(|response| !response.is_collection);
                (is_single && !self.get_responses.is_empty()).then_some(false)
            }
        }
    }

    /// Whether the response section applies to what is read at a name: all request lines end with the name, or it is a plural.
    /// For a path that ends with no name, it always applies.
    pub(crate) fn applies_to(&self, name: &str) -> bool {
        let lines = self.facts.request_lines.iter();
        let mut last_segments = lines.filter_map(|line| line.segments.last());
        let is_name = |segment: &SegmentFact| matches!(segment, SegmentFact::Name(last) if last.eq_ignore_ascii_case(name));
        name.is_empty() || name.ends_with('s') || last_segments.all(is_name)
    }

    /// Whether the page calls its operation an action or a function.
    pub(crate) fn is_call(&self) -> bool {
        self.facts.says_function || self.facts.says_action
    }
}

/// Resolves all pages about operations.
pub(crate) fn resolve_operation_pages<'a>(
    pages: &'a [Page<'a>],
    responses: &ResponseTypes,
    report: &mut Report,
) -> Vec<OperationPage<'a>> {
    let return_types = return_types_in_method_tables(pages);
    pages
        .iter()
        .filter_map(|page| {
            let facts = page.facts.operation.as_ref()?;
            let represents = facts.request_body.represents.as_ref();
            Some(OperationPage {
                page,
                facts,
                content: resolve_content(page, facts, &return_types, responses, report),
                represents: represents
                    .and_then(|phrase| responses.types.resolve_if_defined(phrase, page, report)),
                status: success_status(facts),
                get_responses: get_responses(facts),
            })
        })
        .collect()
}

/// The return types in methods tables, by the path of the page that the row links to.
type ReturnTypes<'a> = BTreeMap<String, (&'a Page<'a>, &'a At<TypePhrase>)>;

fn return_types_in_method_tables<'a>(pages: &'a [Page<'a>]) -> ReturnTypes<'a> {
    let mut return_types = ReturnTypes::new();
    for page in pages {
        let methods = page
            .facts
            .resources
            .iter()
            .flat_map(|resource| &resource.methods);
        for method in methods {
            let (Some(target), Some(phrase)) = (&method.target, &method.return_type) else {
                continue;
            };
            let followed = page.follow(target);
            if let (Some((file, _)), false) = (followed, phrase.value.names.is_empty()) {
                return_types.entry(file).or_insert((page, phrase));
            }
        }
    }
    return_types
}

/// Resolves the type of the response: from the response section or a methods table, weighed against the examples.
fn resolve_content(
    page: &Page,
    facts: &OperationFacts,
    return_types: &ReturnTypes,
    responses: &ResponseTypes,
    report: &mut Report,
) -> Option<TypeRef> {
    let types = responses.types;
    let stated = facts.response.content.as_ref();
    let stated = stated.and_then(|phrase| types.resolve_if_defined(phrase, page, report));
    if stated.is_none() && success_status(facts) == Some(204) {
        return None;
    }
    let listed = return_types
        .get(&page.path.to_lowercase())
        .map(|(table_page, phrase)| types.resolve(&phrase.value, table_page).ty)
        .filter(|listed| !matches!(listed.ty, Type::Undefined(_)));
    responses.weigh(stated.or(listed), page, facts, report)
}

/// Returns the JSON responses to GET requests in the examples.
fn get_responses(facts: &OperationFacts) -> Vec<GetResponse> {
    // A response without a request answers the preceding request.
    let mut request = None;
    let responses = facts.examples.iter().filter_map(|example| {
        request = example.request.as_ref().or(request);
        let request = request;
        if request.is_some_and(|request| request.method != HttpMethod::Get) {
            return None;
        }
        let response = example.response.as_ref()?;
        let body = response.body.as_ref()?;
        let value = body.json.as_ref().filter(|_| response.status == 200)?;
        let name = request.map(|request| {
            let path = request.url.split('?').next().unwrap_or_default();
            let path = path.trim().trim_end_matches('/');
            path.rsplit('/').next().unwrap_or_default().to_lowercase()
        });
        Some(GetResponse {
            name,
            is_collection: value.as_object()?.get("value").is_some_and(Value::is_array),
        })
    });
    responses.collect()
}

/// Returns the first status code of success, from the response section or an example.
fn success_status(facts: &OperationFacts) -> Option<u16> {
    let is_success = |status: &u16| (200..400).contains(status);
    let stated = facts.response.statuses.iter().map(|status| status.value);
    let in_examples = facts
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .map(|response| response.status);
    stated.chain(in_examples).find(is_success)
}
