//! Errors of every make.

use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::{Error, ErrorKind};
use crate::pipeline::scripted::{Script, StillClock, answer, builder, run};
use crate::request::{Method, Operation};

fn of(body: &str) -> Error {
    Error::service(Response::new(Bytes::from(body.to_owned())))
}

#[test]
fn lists_inner_errors_from_the_outermost() {
    let error = of(
        r#"{"error":{"code":"BadRequest","message":"No.","target":"x","innerError":{"code":"inner",
        "request-id":"r-1","client-request-id":"c","date":"2024-02-08T12:07:31",
        "innererror":{"code":"innermost","message":"Because."}},
        "details":[{"code":"d","target":"name","message":"Too long."},7]}}"#,
    );
    assert_eq!((error.code(), error.message()), (Some("BadRequest"), "No."));
    let codes: Vec<Option<&str>> = error
        .inner_errors()
        .iter()
        .map(|inner| inner.code())
        .collect();
    assert_eq!(codes, [Some("inner"), Some("innermost"), Some("d"), None]);
    assert_eq!(error.inner_errors()[1].message(), Some("Because."));
    assert_eq!(error.inner_errors()[2].target(), Some("name"));
    assert_eq!(error.request_id(), Some("r-1"));
    // Without an offset: no date by the book, and yet a date.
    assert_eq!(error.date(), Some("2024-02-08T12:07:31"));
}

#[test]
fn reads_malformed_error_bodies() {
    for (body, code, message) in [
        ("", None, ""),
        ("\u{feff}{\"error\":{\"code\":\"bom\"}}", Some("bom"), ""),
        (
            "{\"error\":{\"code\":\"a\",\"innerError\":\"text\"}}",
            Some("a"),
            "",
        ),
        (
            "{\"error\":{\"code\":\"a\",\"innerError\":{\"innerError\":[]}}}",
            Some("a"),
            "",
        ),
        (
            "{\"odata.error\":{\"code\":\"a\",\"message\":{\"lang\":\"en\",\"value\":\"b\"}}}",
            Some("a"),
            "b",
        ),
        ("{\"error\":[{\"code\":\"a\"}]}", None, ""),
        ("{\"Code\":\"a\",\"Message\":\"b\"}", Some("a"), "b"),
        ("\"text\"", Some("text"), ""),
        ("\u{0}\u{1}", None, ""),
    ] {
        let error = of(body);
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(error.body(), body);
    }
    assert_eq!(
        Error::service(Response::new(Bytes::from_static(&[0xff, 0xfe]))).code(),
        None
    );
}

static OPERATION: Operation = Operation::new(
    Method::Get,
    "/things/{id}",
    "https://learn.microsoft.com/graph/api/thing-get",
    "Thing.Read.All, Thing.ReadWrite.All and User.Read",
    "not supported",
    "",
);

#[test]
fn content_errors_count_the_tries() {
    let script = Script::of([answer(503, &[], ""), answer(200, &[], "[")]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let request = client
        .path("things")
        .request::<serde_json::Value>(&OPERATION);
    let error = run(request.send()).unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Content, 2));
    let sent = script.header(1, "client-request-id");
    assert_eq!(error.client_request_id(), Some(sent.as_str()));
}

#[test]
fn truncated_lists_report_the_error_at_their_end() {
    let mut body = r#"{"value":[{"id":"1"},{"id"#.to_owned();
    body.push_str(&"x".repeat(100_000));
    body.push_str(r#"{"error":{"code":"UnknownError","message":"It failed."}}"#);
    let script = Script::of([answer(200, &[], body)]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let request = client
        .path("things")
        .request::<serde_json::Value>(&OPERATION);
    let error = run(request.send()).unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Content, Some("UnknownError"), "It failed.")
    );
    assert_eq!(error.body().len(), 65_536);
    assert!(error.body_end().ends_with(b"\"It failed.\"}}"));
}

#[test]
fn pages_of_proxies_give_no_advice() {
    let page = "<html>\n<h1>Blocked</h1>";
    let script = Script::of([answer(403, &[("content-type", "text/html")], page)]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let request = client.path("things").request::<()>(&OPERATION);
    let error = run(request.send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service returned an error (403 Forbidden): the response may be from a proxy: expected JSON, found `text/html`: \
         <html>\\n<h1>Blocked</h1>"
    );
    assert_eq!(error.body(), page);
}

#[test]
fn forbidden_errors_list_the_documented_permissions() {
    let headers = [
        ("request-id", "r-1"),
        ("date", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("x-ms-ags-diagnostic", "{}"),
        ("retry-after", "5"),
    ];
    let body = r#"{"error":{"code":"Forbidden","message":"No."}}"#;
    let script = Script::of([answer(403, &headers, body)]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let request = client
        .path("things")
        .key("secret-id")
        .request::<()>(&OPERATION);
    let error = run(request.header("client-request-id", "c-1").send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service returned an error (403 Forbidden): Forbidden: No.\n  \
         delegated, work or school account: Thing.Read.All, or Thing.ReadWrite.All and User.Read\n  \
         delegated, personal account: not supported"
    );
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.operation(), Some(&OPERATION));
    assert_eq!(
        error.page(),
        Some("https://learn.microsoft.com/graph/api/thing-get")
    );
    assert_eq!(
        (error.request_id(), error.client_request_id()),
        (Some("r-1"), Some("c-1"))
    );
    assert_eq!(error.date(), Some("Thu, 01 Jan 1970 00:00:00 GMT"));
    assert_eq!((error.diagnostic(), error.tries()), (Some("{}"), 1));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert!(!format!("{error:?}").contains("secret-id"));
}
