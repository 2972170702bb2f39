//! Tests with malicious responses: each yields a response or an error, and no token reaches a host that is not allowed.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};
use proptest::prelude::*;
use serde_json::Value;

use crate::hosts::{Address, Hosts, Reach};
use crate::json::AnyEntity;
use crate::pipeline::scripted::{Answer, Script, StillClock, builder, request, run};
use crate::request::{Method, Page, Request};
use crate::sign_in::AccessToken;
use crate::{Batch, Cursor, Upload};

/// Texts that resemble the values of a service.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "null",
        "1",
        "-",
        ".",
        "e9",
        "\"value\"",
        "\"@odata.nextLink\"",
        "\"responses\"",
        "\"id\"",
        "\"status\"",
        "\"headers\"",
        "\"body\"",
        "\"error\"",
        "\"innerError\"",
        "\"code\"",
        "\"uploadUrl\"",
        "\"nextExpectedRanges\"",
        "https://",
        "graph.microsoft.com",
        "evil.example",
        "@",
        "/v1.0",
        "Bearer ",
        "claims=",
        "eyJhIjoxfQ==",
        "Thu, 01 Jan 1970 00:02:05 GMT",
        " ",
        "\u{e9}",
    ];
    let near = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..20);
    prop_oneof![near.prop_map(|pieces| pieces.concat()), any::<String>()]
}

/// Any response, with any of the headers that the pipeline reads.
fn any_answer() -> impl Strategy<Value = Answer> {
    let status = prop::sample::select(vec![
        200_u16, 201, 202, 204, 206, 302, 303, 304, 307, 400, 401, 403, 410, 416, 429, 500, 503,
    ]);
    let names = [
        "location",
        "retry-after",
        "www-authenticate",
        "content-length",
        "content-type",
        "etag",
        "operation-location",
    ];
    let headers = prop::collection::vec((prop::sample::select(names.to_vec()), text()), 0..3);
    (status, headers, text(), any::<bool>()).prop_map(|(status, headers, body, is_cut)| {
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                response.headers_mut().append(name, value);
            }
        }
        if is_cut {
            Answer::Cut(response)
        } else {
            Answer::Whole(response)
        }
    })
}

proptest! {
    #[test]
    fn the_token_stays_where_it_belongs(answers in prop::collection::vec(any_answer(), 1..6)) {
        let endless = std::iter::repeat_n(Answer::Lost, 60);
        let script = Script::of(answers.into_iter().chain(endless));
        let builder = builder(&script, &StillClock::new());
        let client = builder.token_source(AccessToken::fixed("the-token")).build().unwrap();
        let get = |method| request(&client, method, "x");
        let _ = run(Request::<Page<AnyEntity>>::new(get(Method::Get)).collect(20));
        if let Ok(mut operation) = run(Request::<Value>::new(get(Method::Post)).start()) {
            let _ = run(operation.wait());
        }
        let create = Request::<Value>::new(get(Method::Post));
        if let Ok(mut upload) = run(Upload::create(create, Bytes::from_static(b"bytes"))) {
            let _ = run(upload.send());
        }
        let mut batch = Batch::new();
        let part = batch.add(Request::<Value>::new(get(Method::Get)));
        let _ = run(batch.send()).take(part);
        for index in 0..script.count() {
            let address = Address::parse(&script.request(index).uri().to_string()).unwrap();
            let reach = Hosts::graph().reach(&address);
            prop_assert!(reach.is_ok(), "{}", script.sent()[index]);
            let has_token = !script.header(index, "authorization").is_empty();
            prop_assert!(!has_token || reach == Ok(Reach::WithToken), "{}", script.sent()[index]);
        }
    }

    #[test]
    fn parsing_any_cursor_text_does_not_panic(text in text()) {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
    }
}

/// Futures may be sent between threads.
fn check_send<T: Send>(_: &T) {}

#[test]
fn futures_are_send() {
    let client = crate::pipeline::scripted::client(&Script::of([]), &StillClock::new());
    let get = || request(&client, Method::Get, "x");
    let list = || Request::<Page<AnyEntity>>::new(get());
    check_send(&get().send());
    check_send(&list().collect(1));
    check_send(&list().items().next_item());
    check_send(&list().changes().next_page());
    check_send(&Request::<Bytes>::new(get()).download());
    check_send(&Batch::new().send());
    check_send(&Request::<Value>::new(get()).start());
    check_send(&async {
        let mut operation = Request::<Value>::new(get()).start().await.unwrap();
        operation.wait_with(|_| {}).await.unwrap();
        let create = Request::<Value>::new(get());
        let mut upload = Upload::create(create, Bytes::new())
            .await
            .unwrap()
            .on_progress(|_| {});
        upload.send().await.unwrap();
        upload.cancel().await.unwrap();
    });
}
