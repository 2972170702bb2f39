//! Tests of long-running operations.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::paging::Cursor;
use crate::pipeline::WaitReason;
use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, ok, request, run};
use crate::request::{Client, ErrorKind, Method, Request};
use crate::sign_in::AccessToken;
use crate::{LongRunning, Outcome};

fn begun(location: &str) -> Answer {
    answer(202, &[("location", location), ("retry-after", "2")], "")
}

fn state(status: &str) -> Answer {
    ok(format!(
        r#"{{"status":"{status}","percentageComplete":50.5}}"#
    ))
}

fn signed(script: &Arc<Script>, clock: &StillClock) -> Client {
    builder(script, clock)
        .token_source(AccessToken::fixed("the-token"))
        .build()
        .unwrap()
}

fn copy(client: &Client) -> Request<Value> {
    Request::new(request(client, Method::Post, "copy"))
}

/// Runs an operation whose monitor sends these responses; returns its result and the waits.
fn check(answers: Vec<Answer>) -> (Result<Outcome, crate::Error>, Vec<u128>, Arc<Script>) {
    let first = [begun("https://contoso.sharepoint.com/_api/monitor/1")];
    let script = Script::of(first.into_iter().chain(answers));
    let clock = StillClock::new();
    let mut operation = run(copy(&signed(&script, &clock)).start()).unwrap();
    let outcome = run(operation.wait());
    (outcome, clock.waits(), script)
}

#[test]
fn polls_at_the_interval_of_the_service() {
    let slow = answer(202, &[("retry-after", "7.5")], r#"{"status":"inProgress"}"#);
    let done = ok(r#"{"status":"completed","resourceId":"01X"}"#);
    let (outcome, waits, script) = check(vec![slow, state("inProgress"), done]);
    let outcome = outcome.unwrap();
    assert_eq!(outcome.resource(), Some("01X"));
    assert_eq!(
        outcome.deserialize::<Value>().unwrap()["status"],
        "completed"
    );
    assert_eq!(waits, [2_000, 7_500, 5_000]);
    // The monitor is on a storage host, which receives no token.
    assert_eq!(script.header(0, "authorization"), "Bearer the-token");
    assert_eq!(
        script.sent()[1],
        "GET https://contoso.sharepoint.com/_api/monitor/1"
    );
    assert!((1..4).all(|index| script.header(index, "authorization").is_empty()));
}

#[test]
fn monitors_of_the_service_receive_the_token() {
    let done = ok(r#"{"status":"succeeded","targetResourceLocation":"/teams('1')"}"#);
    let script = Script::of([
        begun("/v1.0/teams('1')/operations('2')"),
        state("notStarted"),
        done,
    ]);
    let mut operation = run(copy(&signed(&script, &StillClock::new())).start()).unwrap();
    let mut seen = Vec::new();
    let outcome = run(operation
        .wait_with(|state| seen.push((state.status().map(str::to_owned), state.percent()))));
    assert_eq!(outcome.unwrap().resource(), Some("/teams('1')"));
    assert_eq!(
        seen,
        [
            (Some("notStarted".to_owned()), Some(50.5)),
            (Some("succeeded".to_owned()), None)
        ]
    );
    assert_eq!(
        script.sent()[1],
        "GET https://graph.microsoft.com/v1.0/teams('1')/operations('2')"
    );
    assert_eq!(script.header(1, "authorization"), "Bearer the-token");
    assert_eq!(
        run(operation.wait()).unwrap().resource(),
        Some("/teams('1')")
    );
}

#[test]
fn the_result_itself_may_come() {
    let (outcome, ..) = check(vec![ok(r#"{"id":"1","status":"active"}"#)]);
    assert_eq!(outcome.unwrap().deserialize::<Value>().unwrap()["id"], "1");
    let (outcome, ..) = check(vec![
        answer(
            303,
            &[("location", "https://graph.microsoft.com/v1.0/x")],
            "",
        ),
        ok(r#"{"id":"2"}"#),
    ]);
    assert_eq!(outcome.unwrap().deserialize::<Value>().unwrap()["id"], "2");
    // The status is `202 Accepted`, but the status word says that the operation has completed.
    let (outcome, ..) = check(vec![answer(202, &[], r#"{"status":"Succeeded"}"#)]);
    assert_eq!(outcome.unwrap().resource(), None);
    let (outcome, ..) = check(vec![answer(204, &[], "")]);
    assert_eq!(outcome.unwrap().body().len(), 0);
    // Completed immediately.
    let script = Script::of([ok(r#"{"id":"3"}"#)]);
    let mut operation = run(copy(&signed(&script, &StillClock::new())).start()).unwrap();
    assert_eq!(operation.cursor(), None);
    assert_eq!(
        run(operation.wait())
            .unwrap()
            .deserialize::<Value>()
            .unwrap()["id"],
        "3"
    );
    assert_eq!(script.count(), 1);
}

#[test]
fn failures_are_errors() {
    for word in ["failed", "deleteFailed", "Cancelled"] {
        let body = format!(
            r#"{{"status":"{word}","error":{{"code":"nameAlreadyExists","message":"No."}}}}"#
        );
        let (outcome, ..) = check(vec![state("running"), ok(body)]);
        let error = outcome.unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Service, Some("nameAlreadyExists"))
        );
        assert!(error.operation().is_some());
    }
    let (outcome, ..) = check(vec![answer(404, &[], "")]);
    assert_eq!(outcome.unwrap_err().status().unwrap().as_u16(), 404);
}

#[test]
fn retries_failed_polls() {
    let (outcome, waits, _) = check(vec![
        Answer::Lost,
        answer(429, &[("retry-after", "3")], ""),
        state("completed"),
    ]);
    outcome.unwrap();
    assert_eq!((waits[0], waits[2]), (2_000, 3_000));
}

#[test]
fn rejects_monitors_of_disallowed_hosts() {
    for foreign in [
        "https://evil.example/m",
        "http://contoso.sharepoint.com/m",
        "//evil.example/m",
        "https://u@graph.microsoft.com/",
    ] {
        let script = Script::of([begun(foreign)]);
        let error = run(copy(&signed(&script, &StillClock::new())).start()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DisallowedHost);
        assert_eq!(script.count(), 1, "{foreign}");
    }
    let place: Cursor = r#"{"link":"https://evil.example/m","headers":{}}"#.parse().unwrap();
    let client = signed(&Script::of([]), &StillClock::new());
    let operation = request(&client, Method::Post, "x").operation();
    let error = LongRunning::resume(&client, operation, &place).unwrap_err();
    assert!(error.to_string().contains("`evil.example`"));
}

#[test]
fn resumes_from_a_stored_cursor() {
    let script = Script::of([
        begun("https://graph.microsoft.com/v1.0/m?x=1"),
        state("completed"),
    ]);
    let clock = StillClock::new();
    let client = signed(&script, &clock);
    let operation = run(copy(&client).start()).unwrap();
    assert!(!format!("{operation:?}").contains("x=1"));
    let place: Cursor = operation.cursor().unwrap().to_string().parse().unwrap();
    let mut operation = LongRunning::resume(&client, copy(&client).operation(), &place).unwrap();
    run(operation.wait()).unwrap();
    assert_eq!(
        script.sent()[1],
        "GET https://graph.microsoft.com/v1.0/m?x=1"
    );
}

#[test]
fn fails_if_the_poll_delay_exceeds_max_retry_after() {
    let slow = answer(202, &[("retry-after", "301")], "");
    let (outcome, waits, _) = check(vec![slow]);
    let error = outcome.unwrap_err();
    assert_eq!(
        (error.kind(), error.retry_after()),
        (ErrorKind::Limit, Some(Duration::from_secs(301)))
    );
    assert_eq!(waits, [2_000]);
}

#[test]
fn on_wait_receives_polling_delays() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hook = seen.clone();
    let script = Script::of([begun("/v1.0/m"), state("completed")]);
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .on_wait(move |wait| hook.lock().unwrap().push(wait.reason))
        .build()
        .unwrap();
    run(run(copy(&client).start()).unwrap().wait()).unwrap();
    assert_eq!(*seen.lock().unwrap(), [WaitReason::Pending]);
}
