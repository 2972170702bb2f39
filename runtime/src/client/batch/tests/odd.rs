//! Requests that cannot be sent, and answers that cannot be read.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{answers, get, setting, throttled};
use crate::batch::{Batch, plan::Plan};
use crate::pipeline::scripted::{answer, ok, request, run};
use crate::request::{ErrorKind, Method, Request};

#[test]
fn what_cannot_be_sent_is_told_and_the_rest_goes() {
    let setting = setting(vec![answers(&[(6, 200)])]);
    let mut batch = Batch::new();
    let bad = batch.add(get(&setting.client, "x").header("a b", "c"));
    let elsewhere = crate::Client::new("https://graph.microsoft.com/beta", setting.script.clone());
    let other = batch.add(get(&elsewhere, "x"));
    let stream = get(&setting.client, "x")
        .content_stream(None, || crate::request::single_chunk(Bytes::new()));
    let stream = batch.add(stream);
    let mut no_json =
        request(&setting.client, Method::Post, "x").with_bytes(Bytes::from_static(b"{"));
    no_json.set_header("Content-Type", "application/json");
    let no_json = batch.add(Request::<Value>::new(no_json));
    let foreign = Batch::new().add(get(&setting.client, "x"));
    let after = batch.add_after(get(&setting.client, "x"), &[foreign.id()]);
    let fine = batch.add(get(&setting.client, "x"));
    let mut answers = run(batch.send());
    for part in [bad, other, stream, no_json, after, foreign] {
        assert_eq!(
            answers.take(part).unwrap_err().kind(),
            ErrorKind::InvalidRequest
        );
    }
    answers.take(fine).unwrap();
}

#[test]
fn malformed_responses_are_errors() {
    for odd in [
        "",
        "[]",
        "{}",
        r#"{"responses":{}}"#,
        r#"{"responses":[1]}"#,
        r#"{"responses":[{"id":"1","status":9999}]}"#,
    ] {
        let setting = setting(vec![ok(odd)]);
        let mut batch = Batch::new();
        let part = batch.add(get(&setting.client, "x"));
        assert_eq!(
            run(batch.send()).take(part).unwrap_err().kind(),
            ErrorKind::Content,
            "{odd}"
        );
    }
    let refused = setting(vec![answer(400, &[], r#"{"error":{"code":"BadRequest"}}"#)]);
    let mut batch = Batch::new();
    let part = batch.add(get(&refused.client, "x"));
    assert_eq!(
        run(batch.send()).take(part).unwrap_err().code(),
        Some("BadRequest")
    );
}

#[test]
fn a_throttled_part_closes_the_gate() {
    let client = setting(vec![]).client;
    let mut batch = Batch::new();
    batch.add(get(&client, "x"));
    let mut plan = Plan::new(batch.parts);
    plan.next_call().unwrap();
    let body = json!({"responses": [throttled(1, "9")]}).to_string();
    let (policies, now) = (client.policies(), client.clock().now());
    let wait = plan
        .answered(http::Response::new(body.into()), policies, now)
        .unwrap();
    assert_eq!(wait.map(|(wait, _)| wait.as_secs()), Some(9));
    assert_eq!(
        policies.gate.closed_for(now).map(|(left, _)| left),
        wait.map(|(wait, _)| wait)
    );
}
