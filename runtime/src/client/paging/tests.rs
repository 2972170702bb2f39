//! Tests of lists: their end, loops, and cursors.

mod changes;

use std::sync::Arc;

use crate::json::AnyEntity;
use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, client, ok, run};
use crate::request::{
    Client, ConsistencyLevel, ErrorKind, Method, Operation, Page, Permissions, Request,
};
use crate::sign_in::AccessToken;
use crate::{Cursor, Pages};

static LIST: Operation = Operation {
    method: Method::Get,
    path: "/users",
    page: "https://learn.microsoft.com/graph/api/user-list",
    permissions: Permissions::UNSTATED,
};

fn list(client: &Client) -> Request<Page<AnyEntity>> {
    client.path("users").request(&LIST)
}

/// A page of items with these ids and this next link.
fn page(ids: &[u32], next: &str) -> Answer {
    let items: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    ok(format!(
        r#"{{"value":[{}],"@odata.nextLink":"{next}"}}"#,
        items.join(",")
    ))
}

fn last(ids: &[u32]) -> Answer {
    page(ids, "")
}

fn link(token: &str) -> String {
    format!("https://graph.microsoft.com/v1.0/users?$skiptoken={token}")
}

/// The ids of all items before the end or the error.
fn ids(list: Request<Page<AnyEntity>>) -> (Vec<String>, Option<ErrorKind>) {
    let mut items = list.items();
    let mut ids = Vec::new();
    while let Some(item) = run(items.next_item()) {
        match item {
            Ok(item) => ids.push(item.id.clone().unwrap()),
            Err(error) => return (ids, Some(error.kind())),
        }
    }
    (ids, None)
}

fn check(answers: Vec<Answer>, expected: &[&str], fault: Option<ErrorKind>) -> Arc<Script> {
    let script = Script::of(answers);
    let found = ids(list(&client(&script, &StillClock::new())));
    assert_eq!(
        (found.0, found.1),
        (expected.iter().map(|id| id.to_string()).collect(), fault)
    );
    script
}

#[test]
fn yields_each_item_once() {
    check(
        vec![
            page(&[1, 2], &link("a")),
            page(&[3], &link("b")),
            last(&[4]),
        ],
        &["1", "2", "3", "4"],
        None,
    );
    check(vec![last(&[])], &[], None);
    // An empty page is not necessarily the last one.
    check(
        vec![page(&[], &link("a")), page(&[], &link("b")), last(&[1])],
        &["1"],
        None,
    );
    let nothing = |value: &str| ok(format!(r#"{{{value}"@odata.nextLink":"{}"}}"#, link("a")));
    check(vec![nothing("\"value\":null,"), last(&[1])], &["1"], None);
    check(vec![nothing(""), last(&[1])], &["1"], None);
    check(
        vec![ok(r#"{"value":[{"id":"1"}],"@odata.nextLink":null}"#)],
        &["1"],
        None,
    );
}

#[test]
fn ends_at_an_empty_page_that_links_to_itself() {
    let script = check(
        vec![page(&[1], &link("a")), page(&[], &link("a"))],
        &["1"],
        None,
    );
    assert_eq!(script.count(), 2);
}

#[test]
fn equal_values_on_different_pages_are_no_loop() {
    let page = |next: &str| ok(format!(r#"{{"value":[7],"@odata.nextLink":"{next}"}}"#));
    let script = Script::of([
        page(&link("a")),
        page(&link("b")),
        page(&link("c")),
        page(""),
    ]);
    let request = client(&script, &StillClock::new()).path("sizes");
    let items = run(request.request::<Page<i32>>(&LIST).collect(9)).unwrap();
    assert_eq!(items, [7, 7, 7, 7]);
}

#[test]
fn reads_pages_with_a_byte_order_mark() {
    let page = format!(
        "\u{feff}{{\"value\":[{{\"id\":\"1\"}}],\"@odata.nextLink\":\"{}\"}}",
        link("a")
    );
    check(vec![ok(page), last(&[2])], &["1", "2"], None);
}

#[test]
fn collect_returns_the_items_before_an_error() {
    let script = Script::of([page(&[1, 2], &link("a")), answer(500, &[], "")]);
    let error = run(list(&client(&script, &StillClock::new())).collect(9)).unwrap_err();
    assert_eq!(error.items.len(), 2);
    assert_eq!(error.error.kind(), ErrorKind::Service);
}

#[test]
fn retries_failed_pages_without_losing_or_repeating_items() {
    let stumbling = vec![
        answer(429, &[("retry-after", "1")], ""),
        page(&[1], &link("a")),
        Answer::Lost,
        answer(503, &[], ""),
        page(&[2], &link("b")),
        Answer::Lost,
        last(&[3]),
    ];
    check(stumbling, &["1", "2", "3"], None);
}

#[test]
fn detects_loops() {
    let own = "https://graph.microsoft.com/v1.0/users";
    let script = check(vec![page(&[1], own)], &["1"], Some(ErrorKind::LoopDetected));
    assert_eq!(script.count(), 1);
    let around = vec![
        page(&[1], &link("a")),
        page(&[2], &link("b")),
        page(&[3], &link("a")),
    ];
    check(around, &["1", "2", "3"], Some(ErrorKind::LoopDetected));
    // Every link is new, but the items repeat.
    let same = vec![
        page(&[1], &link("a")),
        page(&[1], &link("b")),
        page(&[1], &link("c")),
    ];
    check(same, &["1", "1"], Some(ErrorKind::LoopDetected));
    // A host name in other letter case is the same page.
    let script = check(
        vec![page(&[1], "https://GRAPH.microsoft.com:443/v1.0/users")],
        &["1"],
        Some(ErrorKind::LoopDetected),
    );
    assert_eq!(script.count(), 1);
}

#[test]
fn sends_no_token_to_links_of_disallowed_hosts() {
    for foreign in [
        "https://evil.example/v1.0/users",
        "https://graph.microsoft.com.evil.example/v1.0/users",
        "http://graph.microsoft.com/v1.0/users?a",
        "//evil.example/v1.0/users",
        // A storage host: it serves no lists and receives no token.
        "https://contoso.sharepoint.com/users",
    ] {
        let script = Script::of([page(&[1], foreign)]);
        let builder = builder(&script, &StillClock::new());
        let client = builder
            .token_source(AccessToken::fixed("t"))
            .build()
            .unwrap();
        let mut pages = list(&client).pages();
        run(pages.next_page()).unwrap().unwrap();
        let error = run(pages.next_page()).unwrap().unwrap_err();
        assert_eq!(
            (error.kind(), script.count()),
            (ErrorKind::DisallowedHost, 1),
            "{foreign}"
        );
        assert_eq!(error.operation(), Some(&LIST));
        assert!(run(pages.next_page()).is_none());
    }
    check(
        vec![page(&[1], "https://graph.microsoft.com@evil.example/")],
        &["1"],
        Some(ErrorKind::DisallowedHost),
    );
}

#[test]
fn links_may_be_relative() {
    let script = check(
        vec![page(&[1], "users?$skip=1"), last(&[2])],
        &["1", "2"],
        None,
    );
    assert_eq!(
        script.sent()[1],
        "GET https://graph.microsoft.com/v1.0/users?$skip=1"
    );
}

#[test]
fn sends_the_headers_with_every_page() {
    let script = Script::of([page(&[1], &link("a")), last(&[2])]);
    let client = client(&script, &StillClock::new());
    let request = list(&client)
        .consistency_level(ConsistencyLevel::Eventual)
        .count();
    let request = request.header("Prefer", "odata.maxpagesize=1");
    assert_eq!(ids(request).0, ["1", "2"]);
    for index in 0..2 {
        assert_eq!(script.header(index, "consistencylevel"), "eventual");
        assert_eq!(script.header(index, "prefer"), "odata.maxpagesize=1");
    }
    assert_eq!(script.sent()[1], format!("GET {}", link("a")));
    assert_ne!(
        script.header(0, "client-request-id"),
        script.header(1, "client-request-id")
    );
}

#[test]
fn requests_only_the_needed_pages() {
    let answers = || {
        vec![
            page(&[1, 2], &link("a")),
            page(&[3, 4], &link("b")),
            last(&[5]),
        ]
    };
    for (limit, items, requests) in [
        (0, 0, 0),
        (1, 1, 1),
        (2, 2, 1),
        (3, 3, 2),
        (5, 5, 3),
        (9, 5, 3),
    ] {
        let script = Script::of(answers());
        let gathered = run(list(&client(&script, &StillClock::new())).collect(limit)).unwrap();
        assert_eq!(
            (gathered.len(), script.count()),
            (items, requests),
            "{limit}"
        );
    }
}

#[test]
fn returns_the_count_of_the_first_page() {
    let first = format!(
        r#"{{"@odata.count":7,"value":[{{"id":"1"}}],"@odata.nextLink":"{}"}}"#,
        link("a")
    );
    let script = Script::of([ok(first), last(&[2])]);
    let mut items = list(&client(&script, &StillClock::new())).items();
    assert_eq!(items.count(), None);
    while run(items.next_item()).is_some() {}
    assert_eq!(items.count(), Some(7));
}

#[test]
fn resumes_from_a_stored_cursor() {
    let script = Script::of([page(&[1], &link("a")), last(&[2])]);
    let client = client(&script, &StillClock::new());
    let request = list(&client).consistency_level(ConsistencyLevel::Eventual);
    let request = request
        .header("Authorization", "Bearer own")
        .header("Cookie", "c");
    let mut pages = request.header("client-request-id", "x").pages();
    run(pages.next_page()).unwrap().unwrap();
    let stored = serde_json::to_string(pages.cursor().unwrap()).unwrap();
    assert!(
        !stored.contains("own")
            && !stored.contains("cookie")
            && !stored.contains("client-request-id")
    );
    let cursor: Cursor = serde_json::from_str(&stored).unwrap();
    assert!(!format!("{cursor:?}").contains("skiptoken"));
    let mut pages = Pages::<AnyEntity>::resume(&client, &LIST, &cursor).unwrap();
    assert_eq!(
        run(pages.next_page()).unwrap().unwrap().value[0]
            .id
            .as_deref(),
        Some("2")
    );
    assert_eq!(script.header(1, "consistencylevel"), "eventual");
    assert_eq!(pages.cursor(), None);
    assert!(run(pages.next_page()).is_none());
}

#[test]
fn rejects_cursors_of_disallowed_hosts() {
    let client = client(&Script::of([]), &StillClock::new());
    for (text, kind) in [
        (
            r#"{"link":"https://evil.example/","headers":{}}"#,
            ErrorKind::DisallowedHost,
        ),
        (
            r#"{"link":"https://contoso.sharepoint.com/","headers":{}}"#,
            ErrorKind::DisallowedHost,
        ),
        (
            r#"{"link":"nowhere","headers":{"a\n":"b"}}"#,
            ErrorKind::DisallowedHost,
        ),
    ] {
        let cursor: Cursor = text.parse().unwrap();
        let error = Pages::<AnyEntity>::resume(&client, &LIST, &cursor).unwrap_err();
        assert_eq!(error.kind(), kind, "{text}");
    }
    for odd in [
        "",
        "{}",
        "[]",
        r#"{"link":1,"headers":{}}"#,
        r#"{"link":"x","headers":{"a":1}}"#,
    ] {
        assert!(odd.parse::<Cursor>().is_err(), "{odd}");
    }
}

#[test]
fn cursor_is_the_position_of_the_failed_page() {
    let script = Script::of([page(&[1], &link("a")), answer(500, &[], ""), last(&[2])]);
    let client = client(&script, &StillClock::new());
    let mut pages = list(&client).pages();
    run(pages.next_page()).unwrap().unwrap();
    run(pages.next_page()).unwrap().unwrap_err();
    assert!(run(pages.next_page()).is_none());
    let mut pages = Pages::<AnyEntity>::resume(&client, &LIST, pages.cursor().unwrap()).unwrap();
    assert_eq!(
        run(pages.next_page()).unwrap().unwrap().value[0]
            .id
            .as_deref(),
        Some("2")
    );
}

#[test]
fn errors_of_later_pages_are_complete() {
    let body = r#"{"error":{"code":"UnknownError","message":"Sorry."}}"#;
    let refused = answer(500, &[("request-id", "r-2")], body);
    let script = Script::of([page(&[1], &link("a")), refused]);
    let error = run(list(&client(&script, &StillClock::new())).collect(9))
        .unwrap_err()
        .error;
    assert_eq!(
        (error.code(), error.message()),
        (Some("UnknownError"), "Sorry.")
    );
    assert_eq!(
        (error.request_id(), error.body().as_ref()),
        (Some("r-2"), body.as_bytes())
    );
    assert_eq!(error.client_request_id().map(str::len), Some(36));
    assert_eq!(error.operation(), Some(&LIST));
}

#[test]
fn does_not_retry_invalid_requests() {
    let client = client(&Script::of([]), &StillClock::new());
    let request: Request<Page<AnyEntity>> = client.path("users").key("..").request(&LIST);
    let mut pages = request.pages();
    assert_eq!(
        run(pages.next_page()).unwrap().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    assert!(run(pages.next_page()).is_none());
}

#[test]
fn reads_five_hundred_pages_with_failures() {
    let mut answers = Vec::new();
    for number in 0..500_u32 {
        if number % 5 == 0 {
            answers.push(if number % 2 == 0 {
                Answer::Lost
            } else {
                answer(429, &[], "")
            });
        }
        let next = if number == 499 {
            String::new()
        } else {
            link(&number.to_string())
        };
        answers.push(page(&[number * 2, number * 2 + 1], &next));
    }
    let script = Script::of(answers);
    let (found, fault) = ids(list(&client(&script, &StillClock::new())));
    let expected: Vec<String> = (0..1000).map(|id| id.to_string()).collect();
    assert_eq!((found, fault), (expected, None));
}
