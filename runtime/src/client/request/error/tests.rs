//! Errors of every make.

use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::{Error, ErrorKind};
use crate::hosts::{Address, Hosts};
use crate::pipeline::scripted::{Script, StillClock, answer, builder, run};
use crate::request::{AccountType, ConditionalGrant, Method, Operation, TransportError};
use crate::sign_in::TokenError;

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
fn forbidden_errors_list_permissions_under_conditions_and_roles() {
    static CONDITIONAL: Operation = Operation::new(
        Method::Post,
        "/things",
        "",
        "conditional",
        "not supported",
        "Thing.Read",
    )
    .with_conditions(&[
        ConditionalGrant::new(
            AccountType::DelegatedWork,
            "user",
            "Thing.Read and User.Read",
        ),
        ConditionalGrant::new(AccountType::DelegatedWork, "device", "not supported"),
    ])
    .with_roles("Thing Reader, Thing Administrator");
    let body = r#"{"error":{"code":"Forbidden","message":"No."}}"#;
    let script = Script::of([answer(403, &[], body)]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let error = run(client.path("things").request::<()>(&CONDITIONAL).send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service returned an error (403 Forbidden): Forbidden: No.\n  \
         delegated, work or school account, user: Thing.Read and User.Read\n  \
         delegated, work or school account, device: not supported\n  \
         delegated, personal account: not supported\n  \
         application: Thing.Read\n  \
         and the signed-in user needs one of these roles: Thing Reader, Thing Administrator"
    );
    let least = crate::permissions::least_privileges(&[CONDITIONAL]);
    assert_eq!(least.delegated_work.conditional, [CONDITIONAL]);
    assert!(least.delegated_work.not_stated.is_empty());
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

/// An error with a cause, whose text contains that of the cause or not.
#[derive(Debug)]
struct Layer(&'static str, Option<Box<Layer>>);

impl std::fmt::Display for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Layer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause: &(dyn std::error::Error + 'static) = self.1.as_deref()?;
        Some(cause)
    }
}

fn layers(texts: &[&'static str]) -> Layer {
    let cause = (texts.len() > 1).then(|| Box::new(layers(&texts[1..])));
    Layer(texts[0], cause)
}

/// Checks the text of an error, and of all that a reporter prints which appends the sources.
fn check_chain(error: &Error, expected: &str) {
    assert_eq!(error.to_string(), expected);
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        assert!(
            !expected.contains(&cause.to_string()),
            "{cause} in {expected}"
        );
        next = cause.source();
    }
    assert!(error.get_ref().is_some());
}

#[test]
fn display_contains_each_cause_once() {
    let failed = "the request or its response was not transmitted";
    for (texts, expected) in [
        (vec!["outer", "middle", "inner"], "outer: middle: inner"),
        (vec!["outer: inner", "inner"], "outer: inner"),
        (vec!["same", "same", "inner", "same"], "same: inner"),
    ] {
        let error = Error::transport(TransportError::new(layers(&texts)));
        check_chain(&error, &format!("{failed}: {expected}"));
    }
    let error = Error::token(TokenError::new(layers(&["outer", "inner"])));
    assert_eq!(error.to_string(), "sign-in failed: outer");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("inner"));
    let host = Hosts::graph().reach(&Address::parse("https://evil.example").unwrap());
    let error = Error::disallowed_host("next link", host.unwrap_err());
    check_chain(
        &error,
        "the request was not sent: the next link returned by the service has a host that is not allowed: `evil.example` \
         is not an allowed host of this client",
    );
}

#[test]
fn debug_contains_only_what_is_set() {
    let operation = format!("{OPERATION:?}");
    assert_eq!(operation, "GET /things/{id}");
    let error = Error::transport(TransportError::new("cut")).with_call(Some(&OPERATION), None, 4);
    assert_eq!(
        format!("{error:?}"),
        r#"Error { kind: Transport, message: "cut", operation: GET /things/{id}, tries: 4 }"#
    );
}
