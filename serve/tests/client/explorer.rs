//! The site that the server shows beside the API, over plain connections.

use std::io::{Read, Write};
use std::net::TcpStream;

use graphwright_serve::{Explorer, ExplorerFile, Server, Settings};

use crate::setting::{CONNECTORS, serve};

const POLICY: &str = "default-src 'none'";

fn settings() -> Settings {
    Settings::new().explorer(Explorer::new(POLICY, |path| match path {
        "index.html" | "v1.0/index.html" => Ok(Some(ExplorerFile {
            media_type: "text/html; charset=utf-8",
            content: format!("<p>{path}</p>").into_bytes(),
        })),
        "broken.html" => Err("the pages <cannot> be read".to_owned()),
        _ => Ok(None),
    }))
}

/// Sends a request without a body. Returns the status, the headers in lower case, and the body.
fn send(server: &Server, method: &str, path: &str, accept: &str) -> (u16, String, String) {
    let mut connection = TcpStream::connect(server.address()).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

#[test]
fn files_have_strict_headers() {
    let server = serve(settings());
    for (path, body) in [
        ("/explorer/", "<p>index.html</p>"),
        ("/explorer/index.html?q=user", "<p>index.html</p>"),
        ("/explorer/v1.0/", "<p>v1.0/index.html</p>"),
        ("/explorer/v1%2E0/index.html", "<p>v1.0/index.html</p>"),
    ] {
        let (status, head, received) = send(&server, "GET", path, "*/*");
        assert_eq!((status, received.as_str()), (200, body), "{path}");
        for header in [
            "content-type: text/html; charset=utf-8",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(header), "{header} is not in {head}");
        }
    }
}

#[test]
fn head_requests_have_the_headers_of_get() {
    let server = serve(settings());
    let (status, head, body) = send(&server, "HEAD", "/explorer/", "*/*");
    assert_eq!((status, body.as_str()), (200, ""));
    assert!(head.contains("content-length: 17"), "{head}");
    assert!(head.contains("nosniff"), "{head}");
}

#[test]
fn unknown_files_have_an_error_page() {
    let server = serve(settings());
    for path in [
        "/explorer/missing.html",
        "/explorer/index.html/",
        "/explorer/../index.html",
        "/explorer/%2e%2e/%2e%2e/etc/passwd",
        "/explorer//index.html",
    ] {
        let (status, head, body) = send(&server, "GET", path, "text/html");
        assert_eq!(status, 404, "{path}");
        assert!(head.contains("nosniff"), "{head}");
        assert!(body.contains("Not found"), "{body}");
    }
    let (status, head, _) = send(&server, "POST", "/explorer/", "*/*");
    assert_eq!(status, 405);
    assert!(head.contains("allow: get, head"), "{head}");
}

#[test]
fn site_that_cannot_be_built_is_an_error_in_plain_text() {
    let server = serve(settings());
    let (status, head, body) = send(&server, "GET", "/explorer/broken.html", "text/html");
    assert_eq!((status, body.as_str()), (500, "the pages <cannot> be read"));
    assert!(head.contains("content-type: text/plain"), "{head}");
}

#[test]
fn browsers_are_redirected_from_the_root() {
    let server = serve(settings());
    for (path, accept) in [("/explorer", "*/*"), ("/", "text/html,*/*;q=0.8")] {
        let (status, head, _) = send(&server, "GET", path, accept);
        assert_eq!(status, 302, "{path}");
        assert!(head.contains("location: /explorer/\r\n"), "{head}");
    }
    assert_eq!(send(&server, "GET", "/favicon.ico", "image/*").0, 204);
    assert_eq!(send(&server, "GET", "/", "application/json").0, 400);
    assert_eq!(send(&server, "GET", "/explorers", "text/html").0, 400);
}

#[test]
fn servers_without_a_site_have_no_such_paths() {
    let server = serve(Settings::new());
    assert_eq!(server.explorer_url(), None);
    for path in ["/", "/explorer", "/explorer/"] {
        assert_eq!(send(&server, "GET", path, "text/html").0, 400, "{path}");
    }
}

#[test]
fn faults_and_permission_checks_and_the_log_leave_the_site_out() {
    let faults = "503=0 at 1".parse().unwrap();
    let server = serve(settings().faults(faults).check_scopes());
    let url = server.explorer_url().unwrap();
    assert!(url.ends_with("/explorer/"), "{url}");
    assert_eq!(send(&server, "GET", "/explorer/", "*/*").0, 200);
    assert!(server.requests().is_empty());
    // The fault strikes the first request to the API.
    assert_eq!(send(&server, "GET", CONNECTORS, "*/*").0, 503);
    assert_eq!(send(&server, "GET", CONNECTORS, "*/*").0, 401);
    assert_eq!(server.requests().len(), 2);
}
