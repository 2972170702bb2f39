//! The lines of rendered text that are recognised by their wording.

use crate::markdown::fence;

/// The standard headings of pages, with their level in markdown.
const HEADINGS: [(&str, u8); 28] = [
    ("permissions", 2),
    ("prerequisites", 2),
    ("http request", 2),
    ("http requests", 2),
    ("request headers", 2),
    ("optional request headers", 2),
    ("response headers", 2),
    ("request body", 2),
    ("response", 2),
    ("request", 3),
    ("example", 2),
    ("examples", 2),
    ("optional query parameters", 2),
    ("query parameters", 2),
    ("function parameters", 2),
    ("path parameters", 2),
    ("parameters", 2),
    ("properties", 2),
    ("relationships", 2),
    ("methods", 2),
    ("json representation", 2),
    ("members", 2),
    ("instance attributes", 3),
    ("derived types", 2),
    ("remarks", 2),
    ("error responses", 2),
    ("see also", 2),
    ("next steps", 2),
];

pub(super) fn heading_level(text: &str) -> Option<u8> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    let known = HEADINGS
        .iter()
        .find(|(heading, _)| text.eq_ignore_ascii_case(heading));
    if let Some((_, level)) = known {
        return Some(*level);
    }
    let number = text
        .get(..8)
        .filter(|start| start.eq_ignore_ascii_case("example "))?;
    let rest = text[number.len()..].trim_start_matches(|digit: char| digit.is_ascii_digit());
    (rest.len() < text.len() - number.len() && (rest.is_empty() || rest.starts_with([':', '.'])))
        .then_some(3)
}

pub(super) fn is_request_line(text: &str) -> bool {
    ["GET ", "POST ", "PATCH ", "PUT ", "DELETE "]
        .iter()
        .filter_map(|method| text.trim_start().strip_prefix(method))
        .any(|url| url.trim_start().starts_with('/') || url.trim_start().starts_with("http"))
}

pub(super) fn is_header_line(text: &str) -> bool {
    let Some((name, value)) = text.trim().split_once(':') else {
        return false;
    };
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    !name.is_empty() && is_name && !value.trim().is_empty() && fence::label(text.trim()).is_none()
}

pub(super) fn opens_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') || text.starts_with("[{") || text.trim_end() == "["
}
