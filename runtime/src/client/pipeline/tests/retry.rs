//! Tests of retries.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::StatusCode;

use crate::pipeline::scripted::{
    Answer, Script, StillClock, answer, builder, client, ok, request, run,
};
use crate::pipeline::{RetryPolicy, Seeded, Step, WaitReason};
use crate::request::{ErrorKind, Method};

/// Checks how often a request is sent if the first response is `first` and the second one succeeds.
fn check_tries(method: Method, first: &Answer, expected: usize) {
    let script = Script::of([first.clone(), ok("")]);
    let sent = run(request(&client(&script, &StillClock::new()), method, "x").send());
    assert_eq!(script.count(), expected, "{method:?} {first:?}");
    assert_eq!(sent.is_ok(), expected == 2, "{method:?} {first:?}");
}

#[test]
fn retries_by_status_and_method() {
    use Method::{Delete, Get, Patch, Post, Put};
    for method in [Get, Put, Patch, Delete] {
        for status in [429, 502, 503, 504] {
            check_tries(method, &answer(status, &[], ""), 2);
        }
        check_tries(method, &Answer::Lost, 2);
        for status in [400, 401, 403, 404, 409, 412, 500, 501, 505, 507, 509] {
            check_tries(method, &answer(status, &[], ""), 1);
        }
    }
    check_tries(Get, &answer(408, &[], ""), 2);
    for method in [Post, Put, Patch, Delete] {
        check_tries(method, &answer(408, &[], ""), 1);
    }
}

#[test]
fn retries_posts_only_if_unprocessed() {
    let wait = [("retry-after", "1")];
    check_tries(Method::Post, &answer(429, &[], ""), 2);
    check_tries(Method::Post, &answer(429, &wait, ""), 2);
    check_tries(Method::Post, &answer(503, &wait, ""), 2);
    check_tries(Method::Post, &answer(503, &[], ""), 1);
    check_tries(
        Method::Post,
        &answer(503, &[("retry-after", "soon")], ""),
        1,
    );
    check_tries(Method::Post, &answer(502, &wait, ""), 1);
    check_tries(Method::Post, &answer(504, &wait, ""), 1);
    check_tries(Method::Post, &Answer::Lost, 1);
    for first in [answer(503, &[], ""), answer(504, &[], ""), Answer::Lost] {
        let script = Script::of([first, ok("")]);
        let mut post = request(&client(&script, &StillClock::new()), Method::Post, "x");
        post.set_idempotent();
        run(post.send()).unwrap();
        assert_eq!(script.count(), 2);
    }
}

#[test]
fn a_clock_that_stands_still_causes_no_endless_wait() {
    struct Stopped;
    impl crate::pipeline::Clock for Stopped {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn sleep(&self, _: Duration) -> crate::request::BoxFuture<'static, ()> {
            Box::pin(async {})
        }
    }
    let script = Script::of([answer(429, &[("retry-after", "5")], ""), ok("")]);
    let builder = builder(&script, &StillClock::new()).clock(Stopped);
    run(request(&builder.build().unwrap(), Method::Get, "x").send()).unwrap();
    assert_eq!(script.count(), 2);
}

#[test]
fn retries_truncated_responses() {
    let Answer::Whole(whole) = ok(r#"{"id":"1","name":"all of it"}"#) else {
        unreachable!()
    };
    let script = Script::of([
        Answer::Cut(whole.clone()),
        Answer::Lost,
        Answer::Whole(whole),
    ]);
    let response =
        run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap();
    assert_eq!(response.body(), r#"{"id":"1","name":"all of it"}"#);
    assert_eq!(script.count(), 3);
}

#[test]
fn truncated_error_responses_keep_their_status() {
    let Answer::Whole(whole) = answer(404, &[], "{\"error\":{\"code\":\"x\"") else {
        unreachable!()
    };
    let script = Script::of([Answer::Cut(whole)]);
    let error =
        run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap_err();
    assert_eq!(
        (error.status(), script.count()),
        (Some(StatusCode::NOT_FOUND), 1)
    );
}

#[test]
fn returns_the_last_response_after_four_tries() {
    let body = r#"{"error":{"code":"TooManyRequests","message":"Slower."}}"#;
    let throttled = answer(429, &[("retry-after", "2")], body);
    let script = Script::of(vec![throttled; 4]);
    let clock = StillClock::new();
    let error = run(request(&client(&script, &clock), Method::Get, "x").send()).unwrap_err();
    assert_eq!(script.count(), 4);
    assert_eq!(clock.waits(), [2000, 2000, 2000]);
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(
        (error.code(), error.message()),
        (Some("TooManyRequests"), "Slower.")
    );
    assert_eq!(
        (error.tries(), error.retry_after()),
        (4, Some(Duration::from_secs(2)))
    );
    let script = Script::of(vec![Answer::Lost; 4]);
    let error = run(request(&client(&script, &clock), Method::Get, "x").send()).unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 4));
}

/// Checks the wait after a `429` with this header.
fn check_wait(retry_after: &str, milliseconds: u128) {
    let script = Script::of([answer(429, &[("retry-after", retry_after)], ""), ok("")]);
    let clock = StillClock::new();
    run(request(&client(&script, &clock), Method::Get, "x").send()).unwrap();
    assert_eq!(clock.waits(), [milliseconds], "{retry_after}");
}

#[test]
fn the_wait_is_exactly_what_the_service_asks_for() {
    check_wait("1", 1_000);
    check_wait("200", 200_000);
    // Truncated to whole seconds, this would be no wait.
    check_wait("0.249", 249);
    check_wait("1.5", 1_500);
    // The seconds of the date alone would be five.
    check_wait("Thu, 01 Jan 1970 00:02:05 GMT", 125_000);
    check_wait("300", 300_000);
}

#[test]
fn the_wait_counts_whatever_the_status() {
    for status in [408, 429, 502, 503, 504] {
        let script = Script::of([answer(status, &[("retry-after", "61")], ""), ok("")]);
        let clock = StillClock::new();
        run(request(&client(&script, &clock), Method::Get, "x").send()).unwrap();
        assert_eq!(clock.waits(), [61_000], "{status}");
    }
}

#[test]
fn retries_without_retry_after() {
    for gone_by in ["0", "Thu, 01 Jan 1970 00:00:30 GMT"] {
        let script = Script::of([answer(429, &[("retry-after", gone_by)], ""), ok("")]);
        let clock = StillClock::new();
        clock.advance(60);
        run(request(&client(&script, &clock), Method::Get, "x").send()).unwrap();
        assert_eq!((clock.waits(), script.count()), (vec![0], 2));
    }
}

#[test]
fn fails_if_retry_after_exceeds_the_maximum() {
    for (asked, seconds) in [
        ("301", 301),
        ("Thu, 01 Jan 1970 10:00:00 GMT", 36_000),
        ("1e9", 0),
    ] {
        let script = Script::of([answer(429, &[("retry-after", asked)], ""), ok("")]);
        let clock = StillClock::new();
        let client = client(&script, &clock);
        let result = run(request(&client, Method::Get, "x").send());
        if seconds == 0 {
            // Not a number: the delay of the retry policy applies.
            result.unwrap();
            continue;
        }
        let error = result.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!((clock.waits().len(), script.count()), (0, 1), "{asked}");
        // The other requests do not wait for it either.
        run(request(&client, Method::Get, "x").send()).unwrap();
        assert!(clock.waits().is_empty());
    }
    let script = Script::of([answer(503, &[("retry-after", "5")], "")]);
    let retry = RetryPolicy {
        max_retry_after: Duration::from_millis(4_999),
        ..RetryPolicy::default()
    };
    let client = builder(&script, &StillClock::new())
        .retry(retry)
        .build()
        .unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
}

#[test]
fn redirects_resend_body_and_headers() {
    let script = Script::of([
        answer(429, &[], ""),
        answer(503, &[("retry-after", "0")], ""),
        ok(""),
    ]);
    let client = client(&script, &StillClock::new());
    let request = request(&client, Method::Post, "x").with_json(&serde_json::json!({"a": 1}));
    run(request.send()).unwrap();
    for index in 0..3 {
        assert_eq!(script.request(index).body(), r#"{"a":1}"#);
        assert_eq!(script.header(index, "content-type"), "application/json");
    }
    let ids: Vec<String> = (0..3)
        .map(|index| script.header(index, "client-request-id"))
        .collect();
    assert!(ids[0] == ids[1] && ids[1] == ids[2]);
}

#[test]
fn jitter_stays_between_its_bounds_and_is_not_always_the_same() {
    let retry = RetryPolicy::default();
    let randomness = Seeded::new(7);
    let mut previous = retry.min_delay;
    let mut seen = Vec::new();
    for _ in 0..200 {
        let next = retry.jitter(previous, &randomness);
        assert!(next >= retry.min_delay && next <= retry.max_delay && next <= previous * 3);
        seen.push(next);
        previous = next;
    }
    seen.sort();
    seen.dedup();
    assert!(seen.len() > 100);
    assert_eq!(
        retry.jitter(previous, &Seeded::new(7)),
        retry.jitter(previous, &Seeded::new(7))
    );
    let mut odd = RetryPolicy::default();
    (odd.min_delay, odd.max_delay) = (Duration::from_secs(9), Duration::from_secs(2));
    assert_eq!(
        odd.jitter(Duration::ZERO, &randomness),
        Duration::from_secs(2)
    );
}

#[test]
fn waits_without_a_word_of_the_service_follow_the_seed() {
    let waits = |seed| {
        let script = Script::of([
            answer(502, &[], ""),
            Answer::Lost,
            answer(504, &[], ""),
            ok(""),
        ]);
        let clock = StillClock::new();
        let builder = builder(&script, &clock).randomness(Seeded::new(seed));
        run(request(&builder.build().unwrap(), Method::Get, "x").send()).unwrap();
        clock.waits()
    };
    assert_eq!(waits(1), waits(1));
    assert_ne!(waits(1), waits(2));
    assert!(waits(1).iter().all(|wait| (1_000..=27_000).contains(wait)));
}

#[test]
fn on_wait_receives_every_wait() {
    let script = Script::of([
        answer(429, &[("retry-after", "2")], ""),
        Answer::Lost,
        ok(""),
    ]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hook = seen.clone();
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .on_wait(move |wait| hook.lock().unwrap().push(wait.clone()))
        .build()
        .unwrap();
    run(request(&client, Method::Get, "x").send()).unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    assert_eq!(
        seen[0].reason,
        WaitReason::Status(StatusCode::TOO_MANY_REQUESTS)
    );
    assert_eq!(
        (seen[0].duration, seen[0].tries),
        (Duration::from_secs(2), 1)
    );
    assert_eq!((seen[1].reason, seen[1].tries), (WaitReason::NoResponse, 2));
    assert_eq!(
        seen[1].operation.map(|operation| operation.path),
        Some("/things/{id}")
    );
}

#[test]
fn throttling_delays_all_requests_of_a_client() {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let client = client(&Script::of([]), &StillClock::new());
    let exchange = || request(&client, Method::Get, "x").exchange().unwrap();
    let (mut first, mut second, mut third) = (exchange(), exchange(), exchange());
    assert!(matches!(first.next(at(0)), Step::Send(_)));
    assert!(matches!(second.next(at(0)), Step::Send(_)));
    let Answer::Whole(throttled) = answer(429, &[("retry-after", "10")], "") else {
        unreachable!()
    };
    first.answered(throttled.clone(), at(1));
    // A request that has not been sent yet waits until the same time.
    let Step::Wait(wait) = third.next(at(4)) else {
        panic!("the gate is closed")
    };
    assert_eq!(
        (wait.duration, wait.reason),
        (Duration::from_secs(7), WaitReason::Gate)
    );
    // A longer wait applies to requests that were given a shorter one.
    second.answered(throttled, at(5));
    let Step::Wait(wait) = first.next(at(5)) else {
        panic!("the service asked for it")
    };
    assert_eq!(wait.duration, Duration::from_secs(10));
    let Step::Wait(wait) = first.next(at(11)) else {
        panic!("the gate is still closed")
    };
    assert_eq!(wait.duration, Duration::from_secs(4));
    assert!(matches!(first.next(at(15)), Step::Send(_)));
    assert!(matches!(third.next(at(15)), Step::Send(_)));
    // Another client does not wait.
    let other = super::super::scripted::client(&Script::of([]), &StillClock::new());
    let mut other = request(&other, Method::Get, "x").exchange().unwrap();
    assert!(matches!(other.next(at(5)), Step::Send(_)));
}

#[test]
fn gateway_errors_do_not_close_the_gate() {
    let client = client(&Script::of([]), &StillClock::new());
    let exchange = || request(&client, Method::Get, "x").exchange().unwrap();
    let (mut first, mut second) = (exchange(), exchange());
    assert!(matches!(first.next(SystemTime::UNIX_EPOCH), Step::Send(_)));
    let Answer::Whole(stumbles) = answer(502, &[], "") else {
        unreachable!()
    };
    first.answered(stumbles, SystemTime::UNIX_EPOCH);
    assert!(matches!(second.next(SystemTime::UNIX_EPOCH), Step::Send(_)));
}

#[test]
fn does_not_retry_if_disabled() {
    let script = Script::of([answer(429, &[("retry-after", "1")], "")]);
    let clock = StillClock::new();
    let client = builder(&script, &clock)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!((script.count(), clock.waits().len()), (1, 0));
}

#[test]
fn requests_that_were_not_sent_are_retried_whatever_their_method() {
    let script = Script::of([
        Answer::Refused,
        Answer::Refused,
        ok(""),
        Answer::Refused,
        Answer::Lost,
    ]);
    let client = client(&script, &StillClock::new());
    run(request(&client, Method::Post, "x").send()).unwrap();
    let error = run(request(&client, Method::Post, "x").send()).unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 2));
}
