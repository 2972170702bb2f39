//! Examples: status codes, versions, placeholders, annotations and counts.

use serde_json::Value;

use super::Page;
use super::json_members::members;
use super::places::Places;
use crate::facts::{BodyFact, ExampleRequestFact, ExampleResponseFact, OperationFacts};
use crate::model::{ApiVersion, HttpMethod, Primitive};
use crate::report::{Code, Report};
use crate::source::Location;

/// The annotations of OData and of the service.
const ANNOTATIONS: [&str; 17] = [
    "associationLink",
    "bind",
    "context",
    "count",
    "deltaLink",
    "editLink",
    "etag",
    "id",
    "mediaContentType",
    "mediaEditLink",
    "mediaEtag",
    "mediaReadLink",
    "metadataEtag",
    "navigationLink",
    "nextLink",
    "readLink",
    "type",
];

const ACTION: &str = "the example is used as it is";

pub(super) fn check(page: &Page<'_>, report: &mut Report) {
    check_versions(page, report);
    if let Some(representation) = page
        .facts
        .resources
        .iter()
        .find_map(|ty| ty.representation.as_ref())
    {
        check_annotations(&representation.value, representation.at, report);
    }
    let Some(operation) = &page.facts.operation else {
        return;
    };
    for example in &operation.examples {
        if let Some(request) = &example.request {
            check_url(page, request, report);
            check_body(request.body.as_ref(), report);
        }
        if let Some(response) = &example.response {
            if let Some(request) = &example.request {
                check_status(operation, request.method, response, report);
            }
            check_body(response.body.as_ref(), report);
            check_count(response.body.as_ref(), report);
        }
    }
}

/// Reports a successful response whose status the page does not state.
fn check_status(
    operation: &OperationFacts,
    method: HttpMethod,
    response: &ExampleResponseFact,
    report: &mut Report,
) {
    let is_success = |status: u16| (200..300).contains(&status);
    let stated = operation.response.statuses.iter();
    let mut stated: Vec<u16> = stated
        .map(|status| status.value)
        .filter(|status| is_success(*status))
        .collect();
    stated.dedup();
    if stated.is_empty() || !is_success(response.status) || stated.contains(&response.status) {
        return;
    }
    // Some pages show requests of other operations as well.
    let is_described = operation
        .request_lines
        .iter()
        .any(|line| line.method == method);
    if !is_described {
        return;
    }
    let stated: Vec<String> = stated.iter().map(u16::to_string).collect();
    let message = format!(
        "the response has the status {}, but the page states {}",
        response.status,
        stated.join(" and ")
    );
    report.push(Code::UnstatedStatus, response.at, 0, message, ACTION);
}

/// Reports URLs of the service in code blocks with another version than that of the page. The requests of examples are part of
/// the analysis.
fn check_versions(page: &Page<'_>, report: &mut Report) {
    const HOST: &str = "graph.microsoft.com/";
    let Some(version) = page.facts.version else {
        return;
    };
    let is_operation = page.facts.operation.is_some();
    for (index, line) in page.lines.iter().enumerate() {
        if !line.is_code || !line.text.contains('/') {
            continue;
        }
        let offset = match line.text.find("/{version}/") {
            Some(offset) => Some(offset + 1),
            None => line.text.find(HOST).map(|offset| offset + HOST.len()),
        };
        let Some(offset) = offset else { continue };
        let found = line.text[offset..].split('/').next().unwrap_or_default();
        let is_request = is_request_line(line.text);
        // A URL alone on a line shows the form of URLs.
        let is_example = is_request || line.text.contains('"');
        let is_request = is_request && is_operation;
        let is_other = match found {
            "{version}" => is_example,
            "beta" => version == ApiVersion::V1_0 && !is_request,
            "v1.0" => version == ApiVersion::Beta && !is_request,
            _ => false,
        };
        if is_other {
            let message = format!(
                "the URL has the version `{found}` instead of `{}`",
                version.name()
            );
            let at = page.location(index, offset);
            report.push(
                Code::OtherVersionInExample,
                at,
                found.len(),
                message,
                ACTION,
            );
            report.suggest(found, version.name());
        }
    }
}

fn is_request_line(line: &str) -> bool {
    let method = line.trim_start().split(' ').next().unwrap_or_default();
    HttpMethod::parse(method).is_some()
}

/// Reports the first placeholder in the URL of a request.
fn check_url(page: &Page<'_>, request: &ExampleRequestFact, report: &mut Report) {
    let line = page.line(request.at);
    let Some((offset, placeholder)) = find_placeholder(line) else {
        return;
    };
    let message = format!("the URL contains the placeholder `{placeholder}`");
    let at = page.location(request.at.line as usize - 1, offset);
    let width = placeholder.chars().count();
    report.push(Code::PlaceholderInExample, at, width, message, ACTION);
}

/// The number of bytes that a placeholder can have. Longer ones are text.
const LONGEST_PLACEHOLDER: usize = 80;

/// Returns the offset and the text of the first placeholder in braces or angle brackets. Braces also enclose JSON.
fn find_placeholder(line: &str) -> Option<(usize, &str)> {
    let mut from = 0;
    while let Some(found) = line[from..].find(['{', '<']) {
        let start = from + found;
        let close = if line[start..].starts_with('{') {
            b'}'
        } else {
            b'>'
        };
        let mut ahead = line.as_bytes()[start..].iter().take(LONGEST_PLACEHOLDER);
        let Some(length) = ahead.position(|byte| *byte == close) else {
            from = start + 1;
            continue;
        };
        let end = start + length;
        let name = &line[start + 1..end];
        let is_name = !name.is_empty()
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "-_ |.".contains(letter));
        if is_name && name != "version" {
            return Some((start, &line[start..=end]));
        }
        from = start + 1;
    }
    None
}

fn check_body(body: Option<&BodyFact>, report: &mut Report) {
    let Some(body) = body.filter(|body| body.json.is_some()) else {
        return;
    };
    check_annotations(&body.text.value, body.text.at, report);
    let mut places = Places::new(&body.text.value, body.text.at);
    for member in members(&body.text.value) {
        let Some(value) = member.value.filter(|value| is_sample(member.key, value)) else {
            continue;
        };
        let message = format!(
            "`{}` has the placeholder \"{value}\" as its value",
            member.key
        );
        let at = places.locate(member.offset);
        report.push(
            Code::PlaceholderValue,
            at,
            member.key.chars().count(),
            message,
            ACTION,
        );
    }
}

/// Whether a value is a placeholder such as `displayName-value`, or the name of a type.
fn is_sample(key: &str, value: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let says_type = key.contains('@') || lower.ends_with("type") || lower.ends_with("format");
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let named = value.strip_suffix("-value").is_some_and(is_word);
    named
        || (!says_type
            && value.len() > 3
            && Primitive::from_documented_name(value).is_some()
            && !is_plain_word(value))
}

/// Whether the name of a type is also a word that can be a value.
fn is_plain_word(value: &str) -> bool {
    [
        "date", "number", "object", "single", "double", "float", "long", "json", "stream", "binary",
    ]
    .iter()
    .any(|word| value.eq_ignore_ascii_case(word))
}

/// Reports annotations of OData whose letter case is wrong.
fn check_annotations(text: &str, start: Location, report: &mut Report) {
    const PREFIX: &str = "@odata.";
    if !text.contains(PREFIX) {
        return;
    }
    let mut places = Places::new(text, start);
    for member in members(text) {
        let Some(found) = member.key.find(PREFIX) else {
            continue;
        };
        let name = &member.key[found + PREFIX.len()..];
        let known = ANNOTATIONS
            .iter()
            .find(|known| known.eq_ignore_ascii_case(name));
        if let Some(known) = known.filter(|known| **known != name) {
            let message = format!("`{PREFIX}{name}` is spelled `{PREFIX}{known}`");
            let at = places.locate(member.offset);
            report.push(
                Code::AnnotationCase,
                at,
                member.key.chars().count(),
                message,
                ACTION,
            );
            report.suggest(format!("{PREFIX}{name}"), format!("{PREFIX}{known}"));
        }
    }
}

/// Reports a count that is smaller than the number of items in the page.
fn check_count(body: Option<&BodyFact>, report: &mut Report) {
    let Some((body, Value::Object(object))) =
        body.and_then(|body| Some((body, body.json.as_deref()?)))
    else {
        return;
    };
    let (Some(count), Some(Value::Array(items))) =
        (object.get("@odata.count"), object.get("value"))
    else {
        return;
    };
    let Some(count) = count.as_u64().filter(|count| *count < items.len() as u64) else {
        return;
    };
    let offset = body.text.value.find("\"@odata.count\"").unwrap_or(0);
    let at = Places::new(&body.text.value, body.text.at).locate(offset);
    let message = format!(
        "the count is {count}, but the response has {} items",
        items.len()
    );
    report.push(Code::ItemCount, at, 0, message, ACTION);
}
