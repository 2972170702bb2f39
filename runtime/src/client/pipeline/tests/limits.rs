//! Tests of responses that exceed the limits.

use std::future::{Future, poll_fn};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};

use crate::pipeline::Limits;
use crate::pipeline::scripted::{
    Answer, BASE, Script, StillClock, answer, builder, ok, request, run,
};
use crate::request::{BoxFuture, Client, ErrorKind, Method, Transport, TransportError};

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

/// A transport whose responses arrive when the test completes them, and that counts the requests in flight.
#[derive(Clone, Default)]
struct Counting(Arc<Mutex<(Vec<Waker>, usize, usize)>>);

impl Transport for Counting {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut is_first = true;
        Box::pin(poll_fn(move |context| {
            let mut state = self.0.lock().unwrap();
            if is_first {
                is_first = false;
                state.0.push(context.waker().clone());
                state.1 += 1;
                state.2 = state.2.max(state.1);
                return Poll::Pending;
            }
            state.1 -= 1;
            Poll::Ready(Ok(Response::new(Bytes::from_static(b"{}"))))
        }))
    }
}

#[test]
fn limits_the_requests_in_flight() {
    let counting = Counting::default();
    let builder = Client::builder(BASE).transport(counting.clone());
    let client = builder
        .max_concurrent_requests(NonZeroUsize::new(3).unwrap())
        .build()
        .unwrap();
    let mut requests: Vec<_> = (0..20).map(|_| Box::pin(client.get("/x").send())).collect();
    let mut context = Context::from_waker(Waker::noop());
    let mut rounds = 0;
    while !requests.is_empty() {
        requests.retain_mut(|request| request.as_mut().poll(&mut context).is_pending());
        rounds += 1;
        assert!(rounds < 100, "requests wait for slots that are free");
    }
    assert_eq!(counting.0.lock().unwrap().2, 3);
}

#[test]
fn downloads_occupy_a_slot_until_their_end() {
    let script = Script::of([ok("123456789"), ok("{}")]);
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .max_concurrent_requests(NonZeroUsize::MIN)
        .build()
        .unwrap();
    let mut download = run(client.get("/x").typed::<Bytes>().download()).unwrap();
    let mut second = Box::pin(client.get("/y").send());
    let mut context = Context::from_waker(Waker::noop());
    assert!(second.as_mut().poll(&mut context).is_pending());
    while run(download.next_chunk()).is_some() {}
    assert!(second.as_mut().poll(&mut context).is_ready());
}
