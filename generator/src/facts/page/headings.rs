//! The table of headings and their meanings.

/// The location of a URL parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the parentheses of a function.
    Function,
    /// Not stated by the heading.
    Unsaid,
}

/// The meaning of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::facts) enum Meaning {
    /// The introduction: below the first heading, or above it.
    Intro,
    Permissions,
    HttpRequest,
    RequestHeaders,
    ResponseHeaders,
    RequestBody,
    UrlParameters(UrlPlace),
    Response,
    Example,
    Properties,
    InstanceAttributes,
    Relationships,
    Methods,
    Representation,
    Members,
    DerivedTypes,
    SeeAlso,
    Errors,
    /// A heading of unknown meaning.
    Other,
}

/// Headings in lower case, without emphasis and without what follows a parenthesis.
const HEADINGS: &[(&str, Meaning)] = &[
    ("permissions", Meaning::Permissions),
    ("prerequisites", Meaning::Permissions),
    ("permission", Meaning::Permissions),
    ("authorization", Meaning::Permissions),
    ("http request", Meaning::HttpRequest),
    ("http requests", Meaning::HttpRequest),
    ("request headers", Meaning::RequestHeaders),
    ("request header", Meaning::RequestHeaders),
    ("optional request headers", Meaning::RequestHeaders),
    ("response headers", Meaning::ResponseHeaders),
    ("request body", Meaning::RequestBody),
    (
        "optional query parameters",
        Meaning::UrlParameters(UrlPlace::Query),
    ),
    (
        "odata query parameters",
        Meaning::UrlParameters(UrlPlace::Query),
    ),
    ("query parameters", Meaning::UrlParameters(UrlPlace::Query)),
    (
        "function parameters",
        Meaning::UrlParameters(UrlPlace::Function),
    ),
    ("path parameters", Meaning::UrlParameters(UrlPlace::Path)),
    ("parameters", Meaning::UrlParameters(UrlPlace::Unsaid)),
    (
        "request parameters",
        Meaning::UrlParameters(UrlPlace::Unsaid),
    ),
    ("response", Meaning::Response),
    ("responses", Meaning::Response),
    ("request", Meaning::Example),
    ("example", Meaning::Example),
    ("examples", Meaning::Example),
    ("example request", Meaning::Example),
    ("example response", Meaning::Example),
    ("properties", Meaning::Properties),
    ("common properties", Meaning::Properties),
    ("property", Meaning::Properties),
    ("instance attributes", Meaning::InstanceAttributes),
    ("instance annotations", Meaning::InstanceAttributes),
    ("relationships", Meaning::Relationships),
    ("relationship", Meaning::Relationships),
    ("navigation properties", Meaning::Relationships),
    ("methods", Meaning::Methods),
    ("reports", Meaning::Methods),
    ("functions", Meaning::Methods),
    ("actions", Meaning::Methods),
    ("json representation", Meaning::Representation),
    ("json representations", Meaning::Representation),
    ("representation", Meaning::Representation),
    ("members", Meaning::Members),
    ("derived types", Meaning::DerivedTypes),
    ("see also", Meaning::SeeAlso),
    ("next steps", Meaning::SeeAlso),
    ("error responses", Meaning::Errors),
    ("error response", Meaning::Errors),
    ("error handling", Meaning::Errors),
    ("error information", Meaning::Errors),
    ("errors", Meaning::Errors),
    ("exceptions", Meaning::Errors),
    ("handle upload errors", Meaning::Errors),
];

/// Returns the meaning of a heading; `lower` is its plain text in lower case.
pub(in crate::facts) fn meaning(lower: &str) -> Option<Meaning> {
    let words = lower.trim_matches([':', ' ', '`', '.']);
    let exact = |words: &str| {
        let known = HEADINGS.iter().find(|(heading, _)| *heading == words);
        known.map(|(_, meaning)| *meaning)
    };
    if let Some(meaning) = exact(words) {
        return Some(meaning);
    }
    if let Some((before, _)) = words.split_once(" (")
        && let Some(meaning) = exact(before)
    {
        return Some(meaning);
    }
    if is_numbered(words, "example")
        || is_numbered(words, "request")
        || is_numbered(words, "response")
    {
        return Some(Meaning::Example);
    }
    if words.starts_with("tasks on ") {
        return Some(Meaning::Methods);
    }
    words
        .starts_with("permissions ")
        .then_some(Meaning::Permissions)
}

/// `example 2: …`, `request 1`
fn is_numbered(words: &str, noun: &str) -> bool {
    words
        .strip_prefix(noun)
        .and_then(|rest| rest.strip_prefix(' '))
        .is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        || (noun == "example" && words.starts_with("example:"))
}

/// The name of the enum whose values a heading announces: `hueKind values`.
pub(in crate::facts) fn enum_name(plain: &str) -> Option<&str> {
    const ENDINGS: [&str; 5] = [
        " enumeration values",
        " values",
        " enumeration",
        " members",
        " flags",
    ];
    let words = plain.trim().trim_end_matches(':');
    let name = ENDINGS
        .iter()
        .find_map(|ending| words.strip_suffix(ending))?;
    let name = name.trim_matches(['`', ' ']);
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_by_meaning() {
        let check = |heading, expected| assert_eq!(meaning(heading), expected, "{heading}");
        check("prerequisites", Some(Meaning::Permissions));
        check(
            "http request (to upload a new file)",
            Some(Meaning::HttpRequest),
        );
        check("example 2: a filter", Some(Meaning::Example));
        check("example (file attachment)", Some(Meaning::Example));
        check("permissions acting on self", Some(Meaning::Permissions));
        check("remarks", None);
    }

    #[test]
    fn enum_headings() {
        let check = |heading, expected| assert_eq!(enum_name(heading), expected, "{heading}");
        check("hueKind values ", Some("hueKind"));
        check("quotaState enumeration values", Some("quotaState"));
        check("Prefer header values", None);
        check("Example 1: default values", None);
    }
}
