//! Request lines: methods that contradict the page, and paths without a slash.

use super::Page;
use crate::facts::{OperationFacts, SegmentFact, UrlPlace};
use crate::model::HttpMethod;
use crate::report::{Code, Report};
use crate::source::Location;

pub(super) fn check(page: &Page<'_>, report: &mut Report) {
    let Some(operation) = &page.facts.operation else {
        return;
    };
    check_slashes(page, operation, report);
    check_method_of_title(page, operation, report);
    check_functions(operation, report);
}

/// Reports paths that start without a slash.
fn check_slashes(page: &Page<'_>, operation: &OperationFacts, report: &mut Report) {
    for line in &operation.request_lines {
        let text = page.line(line.at).trim();
        let method = line.method.name();
        let url = text.strip_prefix(method).map_or("", str::trim_start);
        let is_relative =
            url.starts_with(|first: char| first.is_ascii_alphabetic()) && !url.starts_with("http");
        if !is_relative {
            continue;
        }
        let word = url.split('/').next().unwrap_or(url);
        let message = format!("the path starts with `{word}` instead of `/{word}`");
        report.push(
            Code::PathWithoutSlash,
            line.at,
            text.chars().count(),
            message,
            "a slash is put in front",
        );
        report.suggest(format!("{method} {word}"), format!("{method} /{word}"));
    }
}

/// The methods that a title promises with its first word.
fn methods_of_title(title: &str) -> Option<(&str, &'static [HttpMethod])> {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    let word = title.split([' ', ':']).next()?;
    let methods: &[HttpMethod] = match word.to_ascii_lowercase().as_str() {
        "get" | "list" => &[Get],
        "delete" | "remove" => &[Delete],
        "create" | "add" => &[Post, Put, Patch],
        "update" => &[Patch, Put, Post],
        "replace" => &[Put],
        _ => return None,
    };
    let has_object = title.len() > word.len() && !title[word.len()..].starts_with(':');
    has_object.then_some((word, methods))
}

/// Reports requests whose method contradicts the title, such as `POST` below `Delete owner`. Actions are called with `POST`
/// whatever they do.
fn check_method_of_title(page: &Page<'_>, operation: &OperationFacts, report: &mut Report) {
    let Some(title) = &page.facts.title else {
        return;
    };
    let Some((word, methods)) = methods_of_title(&title.value) else {
        return;
    };
    let is_expected = operation
        .request_lines
        .iter()
        .any(|line| methods.contains(&line.method));
    if is_expected || operation.says_action || operation.says_function {
        return;
    }
    let is_wrong = |method: HttpMethod, last: Option<&str>| {
        let is_action = method == HttpMethod::Post && last.is_some_and(is_verb);
        !methods.contains(&method) && !is_action
    };
    let mut wrong = Vec::new();
    for line in &operation.request_lines {
        let last = match line.segments.last() {
            Some(SegmentFact::Name(name)) if name == "$ref" => None,
            Some(SegmentFact::Name(name) | SegmentFact::Call { name, .. }) => Some(name.as_str()),
            Some(SegmentFact::Key(_) | SegmentFact::AlternateKey(_) | SegmentFact::ItemPath(_))
            | None => None,
        };
        if is_wrong(line.method, last) {
            wrong.push((line.method, line.at));
        }
    }
    if wrong.len() < operation.request_lines.len() {
        return;
    }
    let of_examples = operation
        .examples
        .iter()
        .filter_map(|example| example.request.as_ref());
    let of_examples: Vec<(HttpMethod, Location)> = of_examples
        .filter(|request| wrong.iter().any(|(method, _)| *method == request.method))
        .map(|request| (request.method, request.at))
        .collect();
    for (method, at) in wrong.into_iter().chain(of_examples) {
        let message = format!(
            "the method is {}, but the title starts with \"{word}\"",
            method.name()
        );
        let width = method.name().len();
        report.push(
            Code::MethodOfTitle,
            at,
            width,
            message,
            "the method is used as it is",
        );
    }
}

/// Whether the last segment of a path can be an action: it starts with a verb in lower case and continues with another word.
fn is_verb(segment: &str) -> bool {
    let name = crate::path::strip_namespace(segment);
    let first = name.bytes().take_while(u8::is_ascii_lowercase).count();
    let has_namespace = name.len() < segment.len();
    has_namespace || VERBS.contains(&&name[..first])
}

/// The words that actions of the titles above start with.
const VERBS: [&str; 20] = [
    "add",
    "assign",
    "clear",
    "copy",
    "create",
    "delete",
    "fetch",
    "find",
    "get",
    "invalidate",
    "list",
    "query",
    "remove",
    "restore",
    "retrieve",
    "revoke",
    "search",
    "set",
    "unassign",
    "update",
];

/// Reports functions that are called with `POST`.
fn check_functions(operation: &OperationFacts, report: &mut Report) {
    let has_parameters = operation
        .url_parameters
        .iter()
        .any(|parameter| parameter.place == UrlPlace::Function);
    let returns_content = operation.response.content.is_some();
    let is_function = (operation.says_function || has_parameters)
        && operation.request_body.properties.is_empty()
        && operation.request_body.none.is_some()
        && returns_content;
    if !is_function {
        return;
    }
    let lines = operation
        .request_lines
        .iter()
        .map(|line| (line.method, line.at));
    let examples = operation.examples.iter().filter_map(|example| {
        let request = example.request.as_ref()?;
        request
            .body
            .is_none()
            .then_some((request.method, request.at))
    });
    for (method, at) in lines.chain(examples) {
        if method == HttpMethod::Post {
            let message =
                "the method is POST, but the page describes a function, which is called with GET";
            let width = method.name().len();
            report.push(
                Code::FunctionWithPost,
                at,
                width,
                message,
                "the method is used as it is",
            );
            report.suggest("POST", "GET");
        }
    }
}
