//! Tests of batches: every request is sent once and receives its own response.

mod odd;

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Batch, BatchPart};
use crate::pipeline::scripted::{Answer, Script, StillClock, client, ok, request, run};
use crate::request::{Client, ErrorKind, Method, RawRequest, Request};

fn get(client: &Client, path: &str) -> Request<Value> {
    Request::new(request(client, Method::Get, path))
}

fn post(client: &Client, path: &str) -> Request<Value> {
    Request::new(request(client, Method::Post, path).with_json(&json!({"of": path})))
}

/// A response per entry: `(1, 200)` has the body `{"n":1}`.
fn answers(each: &[(u32, u16)]) -> Answer {
    let each = each
        .iter()
        .map(|(id, status)| json!({"id": id.to_string(), "status": status, "body": {"n": id}}));
    ok(json!({"responses": each.collect::<Vec<_>>()}).to_string())
}

/// The requests of a call: the id of each, and the ids of its dependencies.
fn sent(script: &Script, call: usize) -> Vec<String> {
    let body: Value = serde_json::from_slice(script.request(call).body()).unwrap();
    let requests = body["requests"].as_array().unwrap().iter().map(|request| {
        let after = request["dependsOn"].as_array();
        let after: Vec<&str> = after
            .into_iter()
            .flatten()
            .map(|id| id.as_str().unwrap())
            .collect();
        let id = request["id"].as_str().unwrap();
        if after.is_empty() {
            id.to_owned()
        } else {
            format!("{id} after {}", after.join(" "))
        }
    });
    requests.collect()
}

fn numbers(range: std::ops::RangeInclusive<u32>) -> Vec<(u32, u16)> {
    range.map(|id| (id, 200)).collect()
}

struct Setting {
    script: Arc<Script>,
    clock: StillClock,
    client: Client,
}

fn setting(answers: Vec<Answer>) -> Setting {
    let (script, clock) = (Script::of(answers), StillClock::new());
    let client = client(&script, &clock);
    Setting {
        script,
        clock,
        client,
    }
}

#[test]
fn serializes_requests_unchanged() {
    let setting = setting(vec![answers(&numbers(1..=4))]);
    let client = &setting.client;
    let mut batch = Batch::new();
    batch.add(
        get(client, "users")
            .filter("displayName eq 'a & b'")
            .header("Prefer", "x"),
    );
    // An array instead of an object, and a number that no float represents.
    batch.add(Request::<Value>::new(
        request(client, Method::Post, "a").with_json(&json!([1, "\u{e9}"])),
    ));
    let mut exact =
        request(client, Method::Patch, "a").with_bytes(Bytes::from_static(b"{\"n\": 1.10}"));
    exact.set_header("Content-Type", "application/json");
    exact.set_header("Authorization", "Bearer own");
    batch.add(Request::<Value>::new(exact));
    batch.add(Request::<Value>::new(
        request(client, Method::Put, "a").with_bytes(Bytes::from_static(&[0, 255])),
    ));
    run(batch.send());
    let body = String::from_utf8(setting.script.request(0).body().to_vec()).unwrap();
    assert_eq!(
        body,
        r#"{"requests":[{"id":"1","method":"GET","url":"/users?$filter=displayName%20eq%20'a%20%26%20b'","headers":{"prefer":"x"}},"#.to_owned()
            + r#"{"id":"2","method":"POST","url":"/a","headers":{"content-type":"application/json"},"body":[1,"é"]},"#
            + r#"{"id":"3","method":"PATCH","url":"/a","headers":{"content-type":"application/json"},"body":{"n": 1.10}},"#
            + r#"{"id":"4","method":"PUT","url":"/a","headers":{"content-type":"application/octet-stream"},"body":"AP8="}]}"#
    );
    assert_eq!(
        setting.script.sent(),
        ["POST https://graph.microsoft.com/v1.0/$batch"]
    );
    assert_eq!(setting.script.header(0, "content-type"), "application/json");
}

#[test]
fn headers_with_several_values_stay_apart() {
    let setting = setting(vec![answers(&numbers(1..=1))]);
    let mut raw: RawRequest = request(&setting.client, Method::Get, "a");
    raw.set_header("Prefer", "a");
    raw.append_header("Prefer", "b");
    let mut batch = Batch::new();
    batch.add(Request::<Value>::new(raw));
    run(batch.send());
    let body = String::from_utf8(setting.script.request(0).body().to_vec()).unwrap();
    assert!(body.contains(r#""prefer":"a, b""#), "{body}");
}

#[test]
fn assigns_responses_in_any_order() {
    let body = r#"{"responses":[
        {"id":"3","status":200,"headers":{"Content-Type":"image/jpeg"},"body":"AP8="},
        {"id":"2","status":404,"body":{"error":{"code":"gone","message":"No."}}},
        {"id":"9","status":200},
        {"id":"4","status":204},
        {"id":"1","status":200,"headers":{"Content-Type":"application/json","x":1},"body":{"n":1.10}}]}"#;
    let setting = setting(vec![ok(body)]);
    let client = &setting.client;
    let mut batch = Batch::new();
    let (first, second) = (batch.add(get(client, "1")), batch.add(get(client, "2")));
    let third: BatchPart<Bytes> = batch.add(Request::new(request(client, Method::Get, "3")));
    let fourth: BatchPart<()> = batch.add(Request::new(request(client, Method::Delete, "4")));
    let fifth = batch.add(get(client, "5"));
    let mut answers = run(batch.send());
    assert_eq!(answers.take(first).unwrap()["n"], 1.10);
    let error = answers.take(second).unwrap_err();
    assert_eq!(
        (error.code(), error.tries(), error.operation().is_some()),
        (Some("gone"), 1, true)
    );
    assert_eq!(answers.take(third).unwrap(), vec![0, 255]);
    answers.take(fourth).unwrap();
    assert_eq!(answers.take(fifth).unwrap_err().kind(), ErrorKind::Content);
    assert!(answers.take(first).is_err());
}

#[test]
fn sends_twenty_requests_per_call() {
    let calls = vec![
        answers(&numbers(1..=20)),
        answers(&numbers(21..=40)),
        answers(&numbers(41..=45)),
    ];
    let setting = setting(calls);
    let mut batch = Batch::new();
    let parts: Vec<_> = (0..45)
        .map(|_| batch.add(get(&setting.client, "x")))
        .collect();
    assert_eq!((batch.len(), batch.is_empty()), (45, false));
    let mut answers = run(batch.send());
    for (index, part) in parts.into_iter().enumerate() {
        assert_eq!(answers.take(part).unwrap()["n"], index + 1);
    }
    let calls: Vec<usize> = (0..3)
        .map(|call| sent(&setting.script, call).len())
        .collect();
    assert_eq!(calls, [20, 20, 5]);
    run(Batch::new().send());
}

#[test]
fn keeps_dependencies_across_calls() {
    let setting = setting(vec![
        answers(&numbers(1..=20)),
        answers(&[(21, 200), (22, 200)]),
    ]);
    let mut batch = Batch::new();
    let first = batch.add(post(&setting.client, "x"));
    for _ in 0..18 {
        batch.add(get(&setting.client, "x"));
    }
    let twentieth = batch.add_after(post(&setting.client, "x"), &[first.id(), first.id()]);
    // In the next call one dependency is already complete, and the other one is part of the call.
    let next = batch.add_after(post(&setting.client, "x"), &[twentieth.id()]);
    let last = batch.add_after(post(&setting.client, "x"), &[next.id(), first.id()]);
    let mut answers = run(batch.send());
    assert_eq!(sent(&setting.script, 0)[19], "20 after 1");
    assert_eq!(sent(&setting.script, 1), ["21", "22 after 21"]);
    assert_eq!(answers.take(last).unwrap()["n"], 22);
}

#[test]
fn requests_may_depend_on_several() {
    let setting = setting(vec![answers(&numbers(1..=3))]);
    let mut batch = Batch::new();
    let one = batch.add(post(&setting.client, "x"));
    let two = batch.add(post(&setting.client, "x"));
    batch.add_after(post(&setting.client, "x"), &[two.id(), one.id()]);
    run(batch.send());
    assert_eq!(sent(&setting.script, 0), ["1", "2", "3 after 1 2"]);
}

#[test]
fn skips_requests_whose_dependency_failed() {
    let mut first = numbers(1..=20);
    first[0].1 = 400;
    let setting = setting(vec![answers(&first), answers(&[(22, 200)])]);
    let mut batch = Batch::new();
    let failing = batch.add(post(&setting.client, "x"));
    for _ in 0..19 {
        batch.add(get(&setting.client, "x"));
    }
    let after = batch.add_after(post(&setting.client, "x"), &[failing.id()]);
    let other = batch.add(get(&setting.client, "x"));
    let later = batch.add_after(get(&setting.client, "x"), &[after.id()]);
    let mut answers = run(batch.send());
    assert_eq!(sent(&setting.script, 1), ["22"]);
    for part in [after, later] {
        let error = answers.take(part).unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.code()),
            (424, Some("FailedDependency"))
        );
    }
    answers.take(other).unwrap();
}

/// A response with the status 429 and this `Retry-After`.
fn throttled(id: u32, seconds: &str) -> Value {
    json!({"id": id.to_string(), "status": 429, "headers": {"Retry-After": seconds}, "body": {"error": {"code": "slow"}}})
}

#[test]
fn retries_throttled_parts_after_the_longest_wait() {
    let first = json!({"responses": [throttled(1, "2"), {"id": "2", "status": 200, "body": {"n": 2}}, throttled(3, "0.5")]});
    let setting = setting(vec![ok(first.to_string()), answers(&[(1, 200), (3, 200)])]);
    let mut batch = Batch::new();
    let parts = [(); 3].map(|()| batch.add(post(&setting.client, "x")));
    let mut answers = run(batch.send());
    assert_eq!(
        (sent(&setting.script, 1), setting.clock.waits()),
        (vec!["1".into(), "3".into()], vec![2_000])
    );
    for (index, part) in parts.into_iter().enumerate() {
        assert_eq!(answers.take(part).unwrap()["n"], index + 1);
    }
}

#[test]
fn retries_dependents_of_throttled_requests() {
    let first = json!({"responses": [throttled(1, "1"), {"id": "2", "status": 424}, {"id": "3", "status": 424}]});
    let setting = setting(vec![ok(first.to_string()), answers(&numbers(1..=3))]);
    let mut batch = Batch::new();
    let one = batch.add(post(&setting.client, "x"));
    let two = batch.add_after(post(&setting.client, "x"), &[one.id()]);
    let three = batch.add_after(post(&setting.client, "x"), &[two.id()]);
    let mut answers = run(batch.send());
    assert_eq!(sent(&setting.script, 1), ["1", "2 after 1", "3 after 2"]);
    assert_eq!(answers.take(three).unwrap()["n"], 3);
}

#[test]
fn parts_have_four_tries_and_a_maximum_delay() {
    let call = |seconds| ok(json!({"responses": [throttled(1, seconds)]}).to_string());
    let setting_of = |answers| setting(answers);
    let tried = setting_of(vec![call("1"), call("1"), call("1"), call("1")]);
    let mut batch = Batch::new();
    let part = batch.add(post(&tried.client, "x"));
    let error = run(batch.send()).take(part).unwrap_err();
    assert_eq!(
        (error.code(), error.tries(), tried.script.count()),
        (Some("slow"), 4, 4)
    );
    let long = setting_of(vec![call("301")]);
    let mut batch = Batch::new();
    let part = batch.add(get(&long.client, "x"));
    let error = run(batch.send()).take(part).unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 301);
    assert!(long.clock.waits().is_empty());
}

#[test]
fn does_not_retry_posts_that_may_be_processed() {
    let unsure = setting(vec![
        answers(&[(1, 503), (2, 503), (3, 502)]),
        answers(&[(2, 200), (3, 200)]),
    ]);
    let mut batch = Batch::new();
    let post = batch.add(post(&unsure.client, "x"));
    batch.add(get(&unsure.client, "x"));
    batch.add(get(&unsure.client, "x"));
    assert_eq!(
        run(batch.send())
            .take(post)
            .unwrap_err()
            .status()
            .unwrap()
            .as_u16(),
        503
    );
    assert_eq!(sent(&unsure.script, 1), ["2", "3"]);
}

#[test]
fn retries_lost_calls_only_if_all_parts_are_idempotent() {
    let reads = setting(vec![Answer::Lost, answers(&[(1, 200)])]);
    let mut batch = Batch::new();
    let part = batch.add(get(&reads.client, "x"));
    run(batch.send()).take(part).unwrap();
    let writes = setting(vec![answers(&numbers(1..=20)), Answer::Lost]);
    let mut batch = Batch::new();
    let parts: Vec<_> = (0..45)
        .map(|_| batch.add(post(&writes.client, "x")))
        .collect();
    let mut answers = run(batch.send());
    // Responses received before the failure are kept.
    answers.take(parts[19]).unwrap();
    for part in [parts[20], parts[44]] {
        let error = answers.take(part).unwrap_err();
        assert_eq!(
            (error.kind(), error.operation().is_some()),
            (ErrorKind::Transport, true)
        );
    }
    assert_eq!(writes.script.count(), 2);
}
