//! How header values are combined.

use http::header::{
    ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL,
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, COOKIE, DATE, HOST, HeaderMap,
    HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    IF_UNMODIFIED_SINCE, ORIGIN, PROXY_AUTHORIZATION, RANGE, REFERER, USER_AGENT,
};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Headers whose values form a list.
const LISTS: [HeaderName; 7] = [
    ACCEPT,
    ACCEPT_CHARSET,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CACHE_CONTROL,
    IF_MATCH,
    IF_NONE_MATCH,
];

/// Headers that have a single value.
const SINGLE: [HeaderName; 20] = [
    AUTHORIZATION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    COOKIE,
    DATE,
    HOST,
    IF_MODIFIED_SINCE,
    IF_RANGE,
    IF_UNMODIFIED_SINCE,
    ORIGIN,
    PROXY_AUTHORIZATION,
    RANGE,
    REFERER,
    USER_AGENT,
    HeaderName::from_static("client-request-id"),
    HeaderName::from_static("consistencylevel"),
    HeaderName::from_static("odata-maxversion"),
    HeaderName::from_static("odata-version"),
];

/// Parses a header.
///
/// # Errors
///
/// Returns the message of the error if the name or value is not allowed in HTTP.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
        let name = name.escape_debug();
        return Err(format!("`{name}` is not a valid header name"));
    };
    let Ok(mut value) = HeaderValue::from_str(value) else {
        return Err(format!("the value of the header `{name}` is not allowed"));
    };
    // Marks the value as sensitive, so that it is not printed.
    value.set_sensitive(matches!(header, AUTHORIZATION | COOKIE));
    Ok((header, value))
}

/// Adds a value to a header. Preferences are merged, and lists are joined. Headers with a single value are replaced, as are the
/// names in `replaceable`.
pub(super) fn append(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: HeaderValue,
    replaceable: &mut Vec<HeaderName>,
) {
    let is_default = replaceable.iter().position(|other| *other == name);
    if let Some(index) = is_default {
        replaceable.swap_remove(index);
    }
    let before = headers.get(&name).and_then(|before| before.to_str().ok());
    let joined = match (before, value.to_str()) {
        (Some(before), Ok(value)) if name == PREFER => Some(merge_preferences(before, value)),
        (Some(before), Ok(value)) if LISTS.contains(&name) => Some(format!("{before}, {value}")),
        _ => None,
    };
    match joined.map(|joined| HeaderValue::from_str(&joined)) {
        Some(Ok(joined)) => drop(headers.insert(name, joined)),
        _ if is_default.is_some() || SINGLE.contains(&name) => drop(headers.insert(name, value)),
        _ => drop(headers.append(name, value)),
    }
}

/// Merges two values of `Prefer`. If a preference is in both, that of `after` is kept, as the service considers only the first.
fn merge_preferences(before: &str, after: &str) -> String {
    let after = preferences(after);
    let names: Vec<String> = after.iter().map(|each| preference_name(each)).collect();
    let before = preferences(before).into_iter();
    let kept = before.filter(|each| !names.contains(&preference_name(each)));
    let mut all: Vec<&str> = kept.collect();
    all.extend(after);
    all.join(", ")
}

/// Splits a list at the commas outside of quotes.
fn preferences(list: &str) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = list.split(|character| {
        let is_end = character == ',' && !is_quoted;
        if character == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && character == '\\' && !is_escaped;
        is_end
    });
    let parts = parts.map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

fn preference_name(preference: &str) -> String {
    let end = preference.find(['=', ';', ' ']).unwrap_or(preference.len());
    preference[..end].to_ascii_lowercase()
}

/// Formats a value as a quoted string.
fn quote(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Formats the preference of a time zone.
pub(super) fn timezone(name: &str) -> String {
    format!("outlook.timezone={}", quote(name))
}

/// Defines the methods that set preferences, for a type with a method `prefer`.
macro_rules! preference_setters {
    () => {
        /// Sets the preference `include-unknown-enum-members`: enum members that were added after the version was released are
        /// returned by name instead of as `unknownFutureValue`.
        pub fn prefer_unknown_enum_members(self) -> Self {
            self.prefer("include-unknown-enum-members")
        }

        /// Sets the preference `return=representation`: the response to a change contains the changed entity.
        pub fn prefer_return_representation(self) -> Self {
            self.prefer("return=representation")
        }

        /// Sets the preference `return=minimal`: the response to a change has no content.
        pub fn prefer_return_minimal(self) -> Self {
            self.prefer("return=minimal")
        }

        /// Sets the preference `odata.maxpagesize`: the maximum number of items per page.
        pub fn prefer_max_page_size(self, count: u32) -> Self {
            self.prefer(&format!("odata.maxpagesize={count}"))
        }

        /// Sets the preference `outlook.timezone`: the time zone of date and time values, such as `Pacific Standard Time`.
        pub fn prefer_timezone(self, name: &str) -> Self {
            self.prefer(&$crate::client::request::headers::timezone(name))
        }

        /// Sets the preference `create-if-missing`: an update creates the entity if it does not exist.
        pub fn prefer_create_if_missing(self) -> Self {
            self.prefer("create-if-missing")
        }
    };
}

pub(super) use preference_setters;

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{append, parse};

    fn check(name: &str, values: &[&str], expected: &[&str]) {
        let mut headers = HeaderMap::new();
        for value in values {
            let (name, value) = parse(name, value).unwrap();
            append(&mut headers, name, value, &mut Vec::new());
        }
        let combined = headers.get_all(name).iter();
        let combined: Vec<&str> = combined.map(|value| value.to_str().unwrap()).collect();
        assert_eq!(combined, expected, "{name}");
    }

    #[test]
    fn combines_values_as_http_defines() {
        let zone = r#"outlook.timezone="a, \"b\", c""#;
        let odd = r#"x="\\", y"#;
        for (values, expected) in [
            (
                vec!["return=minimal", "respond-async"],
                "return=minimal, respond-async",
            ),
            (
                vec!["Return=minimal, a", "return=representation"],
                "a, return=representation",
            ),
            (
                vec![zone, "outlook.timezone=\"UTC\""],
                "outlook.timezone=\"UTC\"",
            ),
            (vec![zone, "b"], r#"outlook.timezone="a, \"b\", c", b"#),
            (vec![odd, "y=2"], r#"x="\\", y=2"#),
            (
                vec!["odata.maxpagesize=5; q", "odata.maxpagesize=7"],
                "odata.maxpagesize=7",
            ),
        ] {
            check("Prefer", &values, &[expected]);
        }
        check("Accept-Language", &["de", "en"], &["de, en"]);
        check("X-Own", &["1", "2"], &["1", "2"]);
        check("Content-Type", &["text/plain", "text/html"], &["text/html"]);
        check("ConsistencyLevel", &["session", "eventual"], &["eventual"]);
    }
}
