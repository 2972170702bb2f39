//! Examples: pairs requests and responses in code blocks.

use crate::facts::annotation::{self, BlockType};
use crate::facts::operation::message;
use crate::facts::operation::message::BodyFact;
use crate::facts::operation::request_line;
use crate::facts::page::code_language;
use crate::facts::page::context::Reading;
use crate::facts::page::outline::{Outline, Part};
use crate::facts::{ExampleAnnotation, NoMeaning, Outcome};
use crate::markdown::{Code as CodeBlock, Text};
use crate::model::HttpMethod;
use crate::report::Code;
use crate::source::{At, Location};

/// A documented request and its response.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleFact {
    /// The heading of the example, if the page has several.
    pub title: Option<At<String>>,
    /// The request; `None` if the page shows only a response.
    pub request: Option<ExampleRequestFact>,
    /// The response.
    pub response: Option<ExampleResponseFact>,
}

/// The request of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleRequestFact {
    /// The method.
    pub method: HttpMethod,
    /// The URL as written.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<BodyFact>,
    /// The annotation above the block.
    pub annotation: Option<ExampleAnnotation>,
    /// The request line.
    pub at: Location,
}

/// The response of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleResponseFact {
    /// The status code.
    pub status: u16,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<BodyFact>,
    /// The annotation above the block.
    pub annotation: Option<ExampleAnnotation>,
    /// The status line.
    pub at: Location,
}

/// Whether a code block contains a request or a response.
pub(in crate::facts) fn is_message(code: &CodeBlock<'_>) -> bool {
    let text = code.text.raw.trim_start();
    let first = text.lines().next().unwrap_or("");
    first.starts_with("HTTP/") || request_line::is_request(first)
}

/// Parses a code block of an example, and records its outcome.
pub(in crate::facts) fn extract_examples(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    part: &Part<'_, '_>,
    code: &CodeBlock<'_>,
    examples: &mut Vec<ExampleFact>,
) {
    let annotation = code
        .annotation
        .as_ref()
        .and_then(|annotation| annotation::parse_annotation(reading, annotation));
    if !is_message(code) {
        reading
            .ledger
            .record_outcome(code.matter, Outcome::NoMeaning(no_message(code)));
        return;
    }
    let annotation = annotation
        .filter(|read| matches!(read.block_type, BlockType::Request | BlockType::Response))
        .map(|read| annotation::example(&read.keys));
    if let (Some(_), Some(found)) = (&annotation, &code.annotation) {
        reading.ledger.record_outcome(found.matter, Outcome::Fact);
    }
    let title = title(outline, part);
    let mut block = Outcome::Problem(Code::UnreadStatusLine);
    for (offset, text) in messages(&code.text.raw) {
        let outcome = message(
            reading,
            &code.text,
            (offset, text),
            annotation.clone(),
            &title,
            examples,
        );
        block = block.min(outcome);
    }
    reading.ledger.record_outcome(code.matter, block);
}

fn no_message(code: &CodeBlock<'_>) -> NoMeaning {
    match code_language::is_json_or_http(code) {
        true => NoMeaning::SampleText,
        false => NoMeaning::OtherLanguage,
    }
}

/// Splits a block into messages: each starts at a request or status line after a blank line.
fn messages(text: &str) -> Vec<(usize, &str)> {
    let opens = |line: &str| {
        line.starts_with("HTTP/1.1 ") || (request_line::is_request(line) && line.contains(" http"))
    };
    let mut starts = vec![0];
    let mut start = 0;
    let mut after_blank = false;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text[start..end].trim();
        if after_blank && start > 0 && opens(line) {
            starts.push(start);
        }
        after_blank = line.is_empty();
        start = end + 1;
    }
    // No block of a page contains as many.
    starts.truncate(50);
    // The parts of a batch are messages too, but of one body.
    if starts.len() > 1 && text.contains("multipart") {
        starts.truncate(1);
    }
    starts.push(text.len());
    starts
        .windows(2)
        .map(|pair| (pair[0], &text[pair[0]..pair[1]]))
        .collect()
}

fn message(
    reading: &mut Reading<'_, '_>,
    block: &Text<'_>,
    (offset, text): (usize, &str),
    annotation: Option<ExampleAnnotation>,
    title: &Option<At<String>>,
    examples: &mut Vec<ExampleFact>,
) -> Outcome {
    let blanks = text.len() - text.trim_start().len();
    let at = block.location_of(offset + blanks);
    let parts = message::split(text);
    let body = parts
        .body
        .map(|(start, body)| message::body(reading, block, offset + start, body));
    if let Some((method, url)) = request_line::method(&parts.first_line) {
        let url = url
            .strip_suffix(" HTTP/1.1")
            .unwrap_or(url)
            .trim_end()
            .to_owned();
        let request = ExampleRequestFact {
            method,
            url,
            headers: parts.headers,
            body,
            annotation,
            at,
        };
        examples.push(ExampleFact {
            title: title.clone(),
            request: Some(request),
            response: None,
        });
        return Outcome::Fact;
    }
    let number = parts
        .first_line
        .split_whitespace()
        .nth(1)
        .and_then(|word| word.parse().ok());
    let Some(status) = number else {
        let width = parts.first_line.chars().count();
        reading.problem(
            Code::UnreadStatusLine,
            at,
            width,
            "the status line has no status code",
            "the response is ignored",
        );
        return Outcome::Problem(Code::UnreadStatusLine);
    };
    let response = ExampleResponseFact {
        status,
        headers: parts.headers,
        body,
        annotation,
        at,
    };
    match examples.last_mut() {
        Some(example) if example.response.is_none() => example.response = Some(response),
        _ => examples.push(ExampleFact {
            title: title.clone(),
            request: None,
            response: Some(response),
        }),
    }
    Outcome::Fact
}

/// The heading above an example that says more than `Example`, `Request` or `Response`.
fn title(outline: &Outline<'_, '_>, part: &Part<'_, '_>) -> Option<At<String>> {
    let mut next = Some(part);
    while let Some(part) = next.filter(|part| part.section.level > 1) {
        let lower = part.heading.to_ascii_lowercase();
        let says_nothing = [
            "request",
            "response",
            "example",
            "examples",
            "example request",
            "example response",
        ]
        .iter()
        .any(|word| {
            lower.trim_end_matches([':', ' ', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'])
                == *word
        });
        let is_numbered =
            lower.starts_with("example ") && !lower.trim_end_matches(':').ends_with("example");
        if !says_nothing || (is_numbered && lower.contains(|digit: char| digit.is_ascii_digit())) {
            let heading = part.section.heading.as_ref()?;
            return Some(At::new(part.heading.clone(), heading.at));
        }
        next = part.parent.map(|index| &outline.parts[index]);
    }
    None
}
