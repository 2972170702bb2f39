//! What spans tell, and what they do not.
//!
//! A program of its own with one test: `tracing` remembers for each place whether anybody listens, and a request that
//! another thread sends at the same time without a listener would settle that for all.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::VecDeque;
use std::fmt::Debug;
use std::future::ready;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use graphwright_runtime::{
    AccessToken, BoxFuture, Bytes, Client, Clock, Method, Operation, Permissions, Transport,
    TransportError,
};
use http::{Request, Response};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes all fields down.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .lock()
            .unwrap()
            .push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Answers from a list.
struct Answers(Mutex<VecDeque<Response<Bytes>>>);

impl Transport for Answers {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(ready(Ok(self.0.lock().unwrap().pop_front().unwrap())))
    }
}

/// A clock that goes on when somebody waits: it holds the seconds.
#[derive(Default)]
struct Waited(AtomicU64);

impl Clock for Waited {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.fetch_add(duration.as_secs(), Ordering::Relaxed);
        Box::pin(ready(()))
    }
}

static OPERATION: Operation = Operation {
    method: Method::Patch,
    path: "/things/{id}",
    page: "https://learn.microsoft.com/graph/api/thing",
    permissions: Permissions::UNSTATED,
};

fn answer(status: u16) -> http::response::Builder {
    Response::builder().status(status)
}

#[test]
fn spans_contain_the_operation_but_no_secrets() {
    let notes = Notes::default();
    tracing::subscriber::with_default(notes.clone(), || {
        let secret = Bytes::from_static(b"secret");
        let later = answer(429)
            .header("retry-after", "2")
            .body(secret.clone())
            .unwrap();
        let answers = VecDeque::from([later, answer(200).body(secret).unwrap()]);
        let client = Client::builder("https://graph.microsoft.com/v1.0")
            .transport(Arc::new(Answers(Mutex::new(answers))))
            .clock(Waited::default())
            .token_source(AccessToken::fixed("secret"))
            .build()
            .unwrap();
        let body = serde_json::json!("secret");
        let patch = client
            .path("secret")
            .request_with::<()>(&OPERATION, &body)
            .header("Prefer", "secret")
            .query("$filter", "secret");
        let sent = pin!(patch.into_future()).poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(sent, Poll::Ready(Ok(_))), "{sent:?}");
    });
    let notes = notes.0.lock().unwrap();
    assert!(!notes.contains("secret"), "{notes}");
    for told in [
        "method=\"PATCH\"",
        "operation=\"/things/{id}\"",
        "wait_ms=2000",
        "reason=Status(429)",
        "status=200",
        "tries=2",
        "waited_ms=2000",
    ] {
        assert!(notes.contains(told), "{told}: {notes}");
    }
}
