//! What spans tell, and what they do not.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::pipeline::scripted::{Script, StillClock, answer, builder, ok, request, run};
use crate::request::Method;
use crate::sign_in::AccessToken;

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

#[test]
fn a_span_names_the_operation_and_no_secret() {
    let notes = Notes::default();
    tracing::subscriber::with_default(notes.clone(), || {
        let script = Script::of([answer(429, &[("retry-after", "2")], "secret"), ok("secret")]);
        let builder = builder(&script, &StillClock::new());
        let client = builder
            .token_source(AccessToken::fixed("secret"))
            .build()
            .unwrap();
        let mut patch =
            request(&client, Method::Patch, "secret").with_json(&serde_json::json!("secret"));
        patch.set_header("Prefer", "secret");
        patch.set_query("$filter", "secret");
        run(patch.send()).unwrap();
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
