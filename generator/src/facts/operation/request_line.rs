//! Request lines: a method and a template, split into segments.

mod segments;

use crate::model::HttpMethod;
use crate::path::{MAX_SEGMENTS, PLACEHOLDER_BRACKETS, Splitter, version_without_slash};
use crate::report::Code;
use crate::source::Location;
use segments::Split;

/// A request line: a method and a template.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestLineFact {
    /// The method.
    pub method: HttpMethod,
    /// The template as written, without host, version and query; starts with `/`.
    pub template: String,
    /// The template, split into segments.
    pub segments: Vec<SegmentFact>,
    /// The query, without `?`.
    pub query: Option<String>,
    /// The place of the line.
    pub at: Location,
}

/// A segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentFact {
    /// A plain word: `deviceManagement`, `$ref`, or `microsoft.graph.group`.
    Name(String),
    /// A key: `{id}`, `<id>`, `(id)`, a GUID; the words between the braces.
    Key(String),
    /// `roleTemplateId={roleTemplateId}` or `(a='{a}',b='{b}')`: names and values of properties; the values keep their quotes and
    /// braces.
    AlternateKey(Vec<(String, String)>),
    /// A name with parentheses: a call, or a collection with a key.
    Call {
        /// Before the parenthesis.
        name: String,
        /// `name=value` pairs; a value keeps its quotes and braces. Without a name it is positional.
        arguments: Vec<(String, String)>,
    },
    /// `root:`, `{item-path}:`, without the colon.
    ItemPath(String),
}

/// A line of a request block.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::facts) enum LineKind {
    /// A request.
    Request {
        /// The request.
        line: RequestLineFact,
        /// The first text in which a slash is missing, and the text with the slash.
        missing_slash: Option<(String, String)>,
    },
    /// A header: name and value.
    Header(String, String),
    /// A word between requests: `or`.
    Joining,
    /// A request that cannot be parsed.
    Unreadable(Code, String),
    /// Something else.
    Foreign,
}

/// Parses a line.
pub(in crate::facts) fn parse_request_line(line: &str, at: Location) -> LineKind {
    let line = line.trim();
    if let Some((method, url)) = method(line) {
        return request(method, url, at);
    }
    if matches!(
        line.to_ascii_lowercase().trim_matches(['-', '*', ' ', ':']),
        "or" | "and" | ""
    ) {
        return LineKind::Joining;
    }
    match line.split_once(':') {
        Some((name, value)) if is_header_name(name) && !value.starts_with('/') => {
            LineKind::Header(name.to_owned(), value.trim().to_owned())
        }
        _ => LineKind::Foreign,
    }
}

/// Whether a line starts with a method and a URL.
pub(in crate::facts) fn is_request(line: &str) -> bool {
    method(line.trim()).is_some_and(|(_, url)| !url.is_empty())
}

pub(in crate::facts) fn is_header_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_part)
}

/// The method at the start of a line, and the URL behind it. The blank between them may be missing.
pub(in crate::facts) fn method(line: &str) -> Option<(HttpMethod, &str)> {
    const METHODS: [(&str, HttpMethod); 5] = [
        ("GET", HttpMethod::Get),
        ("POST", HttpMethod::Post),
        ("PUT", HttpMethod::Put),
        ("PATCH", HttpMethod::Patch),
        ("DELETE", HttpMethod::Delete),
    ];
    let (word, method) = METHODS.iter().find(|(word, _)| line.starts_with(word))?;
    let rest = &line[word.len()..];
    rest.starts_with([' ', '\t', '/', '\u{a0}'])
        .then(|| (*method, rest.trim()))
}

fn request(method: HttpMethod, url: &str, at: Location) -> LineKind {
    let url = url.strip_suffix(" HTTP/1.1").unwrap_or(url).trim();
    if url.starts_with("**") || url.is_empty() {
        let message = "the line has no URL".to_owned();
        return LineKind::Unreadable(Code::TemplateMissing, message);
    }
    let at_version = version_without_slash(url).map(|at| {
        let (start, end) = url.split_at(at);
        (url.to_owned(), format!("{start}/{end}"))
    });
    let corrected = at_version.as_ref().map(|(_, corrected)| corrected.as_str());
    let Some(path) = strip_host(corrected.unwrap_or(url)) else {
        let message = format!("`{url}` is not a URL of the service");
        return LineKind::Unreadable(Code::ForeignHost, message);
    };
    let (path, query) = split_query(path);
    let path = path.trim();
    let mut template = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        template.push('/');
    }
    let at_start = (!path.starts_with('/')).then(|| (path.to_owned(), format!("/{path}")));
    template.push_str(path);
    match segments::split(&template) {
        Ok(Split {
            segments,
            missing_slash: beside_placeholder,
        }) => LineKind::Request {
            line: RequestLineFact {
                method,
                template,
                segments,
                query,
                at,
            },
            missing_slash: at_version.clone().or(at_start).or(beside_placeholder),
        },
        Err(Code::PathTooLong) => {
            let message = format!("the path has more than {MAX_SEGMENTS} segments");
            LineKind::Unreadable(Code::PathTooLong, message)
        }
        Err(code) => {
            let message = format!("`{template}` is not a valid path");
            LineKind::Unreadable(code, message)
        }
    }
}

/// Takes host and version, or `~`, away. None if the host is not the service's.
fn strip_host(url: &str) -> Option<&str> {
    let url = url.strip_prefix('~').unwrap_or(url);
    let Some(rest) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return Some(strip_version(url));
    };
    let (host, _) = rest.split_once('/')?;
    let is_service = host.starts_with("graph.microsoft.")
        || host.ends_with(".graph.microsoft.com")
        || host.contains("graph");
    is_service.then(|| strip_version(&rest[host.len()..]))
}

fn strip_version(path: &str) -> &str {
    let rest = path.strip_prefix('/').unwrap_or(path);
    let version = ["v1.0/", "beta/", "{version}/"]
        .iter()
        .find(|version| rest.starts_with(**version));
    version.map_or(path, |version| &rest[version.len() - 1..])
}

/// Splits at the `?` that stands outside placeholders and quotes.
fn split_query(url: &str) -> (&str, Option<String>) {
    let path = Splitter::new(url, '?', PLACEHOLDER_BRACKETS)
        .next()
        .unwrap_or(url);
    let Some(query) = url.get(path.len() + 1..).map(str::trim) else {
        return (path, None);
    };
    // `content[?a=b]`: the brackets mean that the query is optional.
    match path.strip_suffix('[') {
        Some(path) => (path, Some(query.trim_end_matches(']').to_owned())),
        None => (path, Some(query.to_owned())),
    }
}

#[cfg(test)]
mod tests;
