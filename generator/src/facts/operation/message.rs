//! Splits the text of a message into first line, headers and body.

use std::sync::Arc;

use serde_json::Value;

use crate::facts::operation::request_line::is_header_name;
use crate::markdown::{Text, strict_json};
use crate::report::Code;
use crate::source::At;

use crate::facts::page::context::Reading;

/// The body of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFact {
    /// The text. JSON is converted to strict JSON with the keys in the order of the page; other text is kept as written.
    pub text: At<String>,
    /// The value of JSON text; `None` for other text.
    pub json: Option<Arc<Value>>,
}

/// The parts of a message.
pub(in crate::facts) struct Message<'t> {
    /// The request line or status line. A URL that spans several lines is joined.
    pub(in crate::facts) first_line: String,
    /// Header lines.
    pub(in crate::facts) headers: Vec<(String, String)>,
    /// The byte offset of the body, and the body; `None` if it is blank.
    pub(in crate::facts) body: Option<(usize, &'t str)>,
}

/// Cuts a message. Blank lines may stand between the first line and the headers, and none before the body: after the
/// first line everything is a header that looks like one, and the body starts where nothing does any more.
pub(in crate::facts) fn split(text: &str) -> Message<'_> {
    let mut lines = text.split_inclusive('\n');
    let mut first_line = String::new();
    let mut offset = 0;
    for line in lines.by_ref() {
        offset += line.len();
        if !line.trim().is_empty() {
            first_line.push_str(line.trim());
            break;
        }
    }
    let mut headers = Vec::new();
    let mut seen_blank = false;
    for line in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            seen_blank = true;
        } else if headers.is_empty() && !seen_blank && trimmed.starts_with(['?', '&', '$', '/']) {
            first_line.push_str(trimmed);
        } else if let Some(header) = header(trimmed) {
            headers.push(header);
        } else {
            break;
        }
        offset += line.len();
    }
    let rest = text.get(offset..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start().len();
    let body = rest.trim();
    Message {
        first_line,
        headers,
        body: (!body.is_empty()).then_some((offset + blanks, body)),
    }
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let value = value.trim();
    let name = name.trim_end();
    let fits = is_header_name(name) && (!value.is_empty() || name.contains('-'));
    fits.then(|| (name.to_owned(), value.to_owned()))
}

/// Builds the body, as strict JSON if possible.
pub(in crate::facts) fn body(
    reading: &mut Reading<'_, '_>,
    block: &Text<'_>,
    offset: usize,
    body: &str,
) -> BodyFact {
    let at = block.location_of(offset);
    match strict_json(body) {
        Ok(json) => {
            reading.report_repairs(block, offset, &json.repairs);
            let value = serde_json::from_str(&json.text);
            if value.is_err() {
                reading.problem(
                    Code::BrokenJson,
                    at,
                    0,
                    "the JSON is nested too deeply",
                    "the text is kept as it is",
                );
            }
            BodyFact {
                text: At::new(json.text.into_owned(), at),
                json: value.ok().map(Arc::new),
            }
        }
        Err(read) => {
            if looks_like_json(body) {
                let broken = block.location_of(offset + read);
                let message = "the JSON is invalid from here on";
                reading.problem(
                    Code::BrokenJson,
                    broken,
                    1,
                    message,
                    "the text is kept as written",
                );
            }
            BodyFact {
                text: At::new(body.to_owned(), at),
                json: None,
            }
        }
    }
}

/// Whether a text that is no JSON was meant to be: `{binary}` and `[a file]` were not.
fn looks_like_json(body: &str) -> bool {
    let Some(inside) = body.strip_prefix(['{', '[']) else {
        return false;
    };
    let next = inside.trim_start_matches([' ', '\t', '\r']);
    next.starts_with(['"', '{', '[', '\n', '}', ']', '\'', '\u{201c}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, first: &str, headers: &[(&str, &str)], body: Option<&str>) {
        let message = split(text);
        let found: Vec<_> = message
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(message.first_line, first);
        assert_eq!(found, headers);
        assert_eq!(message.body.map(|(_, body)| body), body);
        if let Some((offset, body)) = message.body {
            assert!(text[offset..].starts_with(body));
        }
    }

    #[test]
    fn headers_anywhere_before_the_body() {
        check("GET /a\nA: 1\n\n{}\n", "GET /a", &[("A", "1")], Some("{}"));
        check(
            "POST /a\n\nA: 1\nB-c: 2\n\n{}",
            "POST /a",
            &[("A", "1"), ("B-c", "2")],
            Some("{}"),
        );
        check(
            "HTTP/1.1 200 OK\nA: 1\n{ \"x: y\": 1 }",
            "HTTP/1.1 200 OK",
            &[("A", "1")],
            Some("{ \"x: y\": 1 }"),
        );
        check("GET /a", "GET /a", &[], None);
        check("", "", &[], None);
    }

    #[test]
    fn urls_over_several_lines() {
        check(
            "GET /a\n?$top=1\n&$skip=2\nA: 1",
            "GET /a?$top=1&$skip=2",
            &[("A", "1")],
            None,
        );
    }
}
