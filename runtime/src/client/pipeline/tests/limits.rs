//! Tests of responses that exceed the limits.

use crate::pipeline::Limits;
use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, ok, request, run};
use crate::request::{ErrorKind, Method};

/// Checks the result of a response with a body limit of 100 bytes.
fn check(first: Answer, expected: Result<usize, ErrorKind>) {
    let script = Script::of([first.clone()]);
    let limits = Limits {
        body_bytes: 100,
        ..Limits::default()
    };
    let client = builder(&script, &StillClock::new())
        .limits(limits)
        .build()
        .unwrap();
    let result = run(request(&client, Method::Get, "x").send());
    let result = result
        .map(|response| response.body().len())
        .map_err(|error| error.kind());
    assert_eq!(result, expected, "{first:?}");
    assert_eq!(script.count(), 1);
}

#[test]
fn limits_body_sizes() {
    check(ok("x".repeat(100)), Ok(100));
    check(ok("x".repeat(101)), Err(ErrorKind::Limit));
    check(
        answer(200, &[("content-length", "101")], ""),
        Err(ErrorKind::Limit),
    );
    check(answer(200, &[("content-length", "no number")], "x"), Ok(1));
    check(
        answer(500, &[], "x".repeat(1_000_000)),
        Err(ErrorKind::Service),
    );
}

#[test]
fn limits_the_depth_of_json_only() {
    let deep = "[".repeat(101);
    let script = Script::of([
        ok(deep.clone()),
        answer(200, &[("content-type", "text/plain")], deep),
    ]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert_eq!(
        error.to_string(),
        "the response exceeds the limits: the JSON is nested deeper than 100 levels"
    );
    run(request(&client, Method::Get, "x").send()).unwrap();
}

#[test]
fn reads_deeply_nested_error_bodies() {
    let deep = "{\"error\":".repeat(100_000);
    let script = Script::of([answer(400, &[], deep)]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.code()),
        (400, None)
    );
    assert_eq!(error.body().len(), 65_536);
}

#[test]
fn names_the_content_type_of_pages_of_proxies() {
    let page = answer(200, &[("content-type", "text/html")], "<html>");
    let script = Script::of([page, ok("<html>")]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    let read = || {
        let get = crate::Request::<crate::AnyEntity>::new(request(&client, Method::Get, "x"));
        run(get.send()).unwrap_err().to_string()
    };
    assert_eq!(
        read(),
        "the response cannot be read (200 OK): expected JSON, found `text/html`: <html>"
    );
    assert_eq!(
        read(),
        "the response cannot be read (200 OK): expected value at line 1 column 1"
    );
}
