//! The origin of the server as a client sees it.

use http::HeaderMap;

/// Returns the origin that a client used, from the headers of a proxy and `Host`, without a trailing slash. `default` is the
/// origin without any of them.
pub(crate) fn of_request(headers: &HeaderMap, default: &str) -> String {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    // Of several proxies the first one faces the client.
    let first = |name: &str| text(name)?.split(',').next().map(str::trim);
    let forwarded = |parameter: &str| {
        let pairs = first("forwarded")?.split(';');
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(parameter))?;
        Some(value.trim().trim_matches('"'))
    };
    let (default_scheme, default_host) = default.split_once("://").unwrap_or(("http", default));
    let scheme = forwarded("proto")
        .or_else(|| first("x-forwarded-proto"))
        .filter(|scheme| ["http", "https"].contains(scheme));
    let forwarded_host = forwarded("host").or_else(|| first("x-forwarded-host"));
    let host = forwarded_host
        .or_else(|| text("host"))
        .filter(|host| is_host(host));
    let host = host.unwrap_or(default_host);
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(_, port)| !port.contains(']'));
    let port = first("x-forwarded-port")
        .filter(|port| !has_port && port.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|port| !["80", "443", ""].contains(port));
    let scheme = scheme.unwrap_or(default_scheme);
    match port {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// Returns whether a text is a host with an optional port.
fn is_host(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], expected: &str) {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        assert_eq!(
            super::of_request(&headers, "http://127.0.0.1:8080"),
            expected
        );
    }

    #[test]
    fn prefers_the_headers_of_proxies() {
        check(&[], "http://127.0.0.1:8080");
        check(&[("host", "graph.test:90")], "http://graph.test:90");
        check(&[("host", "a\"b")], "http://127.0.0.1:8080");
        check(
            &[
                ("host", "a"),
                ("x-forwarded-host", "b, c"),
                ("x-forwarded-proto", "https"),
            ],
            "https://b",
        );
        check(
            &[("host", "a"), ("x-forwarded-port", "8443")],
            "http://a:8443",
        );
        check(
            &[
                ("host", "a"),
                ("x-forwarded-port", "443"),
                ("x-forwarded-proto", "https"),
            ],
            "https://a",
        );
        check(
            &[
                ("x-forwarded-host", "b"),
                (
                    "forwarded",
                    "for=1.2.3.4;host=\"g.test:1\";proto=https, host=x",
                ),
            ],
            "https://g.test:1",
        );
        check(
            &[("host", "[::1]:80"), ("x-forwarded-proto", "javascript")],
            "http://[::1]:80",
        );
    }
}
