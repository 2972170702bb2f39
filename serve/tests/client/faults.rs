//! Each fault alone: what the client makes of it.

use std::time::Duration;

use graphwright::runtime::{ErrorKind, Page};
use graphwright::v1_0::types::{ManagedDevice, MobileThreatDefenseConnector as Connector};
use graphwright_serve::{Server, Settings};

use crate::setting::{CONNECTORS, Hasty, TOKEN, client, client_with, serve};

fn with(faults: &str) -> Server {
    serve(Settings::new().items(3).faults(faults.parse().unwrap()))
}

fn list(server: &Server) -> Result<Page<ManagedDevice>, graphwright::runtime::Error> {
    client(server)
        .device_management()
        .managed_devices()
        .list()
        .send_blocking()
}

#[test]
fn every_form_of_retry_after_is_honoured() {
    for (form, least, most) in [
        ("0", 0.0, 0.0),
        ("7", 7.0, 7.0),
        ("0.249", 0.249, 0.249),
        // The server and the client read the clock at different times.
        ("date+250", 150.0, 250.0),
        ("date", 0.0, 0.0),
    ] {
        for status in [429, 503] {
            let server = with(&format!("{status}={form} at 1"));
            let clock = Hasty::default();
            let client = client_with(&server, TOKEN, clock.clone());
            client
                .device_management()
                .managed_devices()
                .list()
                .send_blocking()
                .unwrap();
            let waits = clock.0.lock().unwrap().clone();
            let waited = waits.iter().map(Duration::as_secs_f64).fold(0.0, f64::max);
            assert!(
                (least..=most).contains(&waited),
                "{status} {form}: {waits:?}"
            );
            assert_eq!(server.requests().len(), 2);
        }
    }
}

#[test]
fn closed_connections_are_retried() {
    for fault in [
        "cut at 1",
        "cut=answer at 1",
        "cut=body at 1",
        "502 at 1",
        "408 at 1",
    ] {
        let server = with(fault);
        assert_eq!(list(&server).unwrap().value.len(), 3, "{fault}");
        assert_eq!(server.requests().len(), 2, "{fault}");
    }
    let server = with("cut");
    let error = list(&server).unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 4));
}

#[test]
fn requests_that_may_have_succeeded_are_not_repeated() {
    let create = |server: &Server| {
        let connectors = client(server)
            .device_management()
            .mobile_threat_defense_connectors();
        connectors.create(&Connector::default()).send_blocking()
    };
    for (fault, is_done, items) in [
        // Nobody knows whether it was done.
        ("cut=answer at 1", false, 4),
        ("cut=body at 1", false, 4),
        ("cut at 1", false, 3),
        ("504 at 1", false, 3),
        // The service says that it was not.
        ("429=0 at 1", true, 4),
        ("503=0 at 1", true, 4),
        ("503 at 1", false, 3),
    ] {
        let server = with(fault);
        assert_eq!(create(&server).is_ok(), is_done, "{fault}");
        assert_eq!(server.items(CONNECTORS).len(), items, "{fault}");
    }
}

#[test]
fn next_link_loops_are_detected() {
    let server = with("loop");
    let mut items = client(&server)
        .device_management()
        .managed_devices()
        .list()
        .items();
    let mut count = 0;
    let error = loop {
        match items.next_item_blocking().expect("a circle is no end") {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), count), (ErrorKind::LoopDetected, 3));
}

#[test]
fn odd_bodies() {
    // Slow ones come whole, and the name of the type decides nothing.
    assert_eq!(list(&with("slow=0")).unwrap().value.len(), 3);
    assert_eq!(list(&with("type=text/plain")).unwrap().value.len(), 3);
    // A page for browsers is no empty list.
    let error = list(&with("html")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Content);
    assert_eq!(error.status().unwrap(), 200);
}
