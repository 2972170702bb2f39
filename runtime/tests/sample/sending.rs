//! Requests on their way, over a transport that answers from a list.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use graphwright_runtime::{BoxFuture, Bytes, ErrorKind, Transport, TransportError, Value};
use http::{Request, Response, StatusCode};

use crate::sample::client::{Client, GadgetRequestBuilder};
use crate::sample::types::Gadget;

/// Answers every request in the same way, and remembers them.
struct Recorded {
    status: u16,
    body: Bytes,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl Transport for Recorded {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.requests.lock().unwrap().push(request);
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        let id = http::HeaderValue::from_static("r-1");
        response.headers_mut().insert("request-id", id);
        Box::pin(async { Ok(response) })
    }
}

fn answering(status: u16, body: impl Into<Bytes>) -> (GadgetRequestBuilder, Arc<Recorded>) {
    let transport = Arc::new(Recorded {
        status,
        body: body.into(),
        requests: Mutex::default(),
    });
    (
        Client::new(transport.clone()).gadgets().by_id("1"),
        transport,
    )
}

/// Runs a future that never waits.
fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the transport answers at once"),
    }
}

#[test]
fn an_entity_comes_back() {
    let (gadget, transport) = answering(200, r#"{"id":"1","new":2}"#);
    let read = run(gadget.get().header("x", "y").send()).unwrap();
    assert_eq!(read.id.as_deref(), Some("1"));
    let requests = transport.requests.lock().unwrap();
    assert_eq!(
        requests[0].uri(),
        "https://graph.microsoft.com/v1.0/gadgets/1"
    );
    assert_eq!(requests[0].headers()["x"], "y");
}

#[test]
fn a_page_comes_back_and_is_written_again() {
    let json = r#"{"@odata.context":"c","@odata.count":7,"value":[{"id":"1"},{"id":"2","x":1}],"@odata.nextLink":"n"}"#;
    let transport = Recorded {
        status: 200,
        body: json.into(),
        requests: Mutex::default(),
    };
    let page = run(async { Client::new(transport).gadgets().list().await }).unwrap();
    assert_eq!(
        (page.count, page.next_link.as_deref()),
        (Some(7), Some("n"))
    );
    assert_eq!(page.value.len(), 2);
    assert_eq!(serde_json::to_string(&page).unwrap(), json);
}

#[test]
fn pages_of_all_sorts_round_trip() {
    use graphwright_runtime::{AnyEntity, Guid, Page, Single};
    fn check<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) {
        let page: T = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&page).unwrap(), json);
    }
    check::<Page<String>>(r#"{"value":["a",null]}"#);
    check::<Page<Guid>>(r#"{"value":["6F9619FF-8b86-d011-b42d-00cf4fc964ff"]}"#);
    check::<Page<Value>>(r#"{"value":[1,[],null]}"#);
    check::<Page<AnyEntity>>(r#"{"value":[]}"#);
    check::<Page<Value>>(r#"{"value":[]}"#);
    check::<Page<String>>(r#"{"value":[]}"#);
    check::<Page<Gadget>>(r#"{}"#);
    check::<Page<Gadget>>(r#"{"value":{"id":"1"}}"#);
    check::<Page<Gadget>>(r#"{"value":null}"#);
    check::<Single<f64>>(r#"{"@odata.context":"c","value":1}"#);
    check::<Single<bool>>(r#"{"value":null}"#);
}

#[test]
fn other_content() {
    run(answering(204, "").0.delete().send()).unwrap();
    assert_eq!(
        run(answering(204, "").0.update(&Gadget::default()).send()).unwrap(),
        Gadget::default()
    );
    assert_eq!(
        run(answering(200, vec![0, 255]).0.download().send()).unwrap(),
        vec![0, 255]
    );
    assert_eq!(
        run(answering(200, r#"{"value":3}"#).0.score("a", 1).send())
            .unwrap()
            .value,
        Some(3)
    );
    assert_eq!(
        run(answering(202, "").0.probe(&Value::Null).send()).unwrap(),
        Value::Null
    );
    let transport = answering(200, "\u{feff}42").1;
    assert_eq!(
        run(Client::new(transport).gadgets().count().send()).unwrap(),
        42
    );
}

#[test]
fn the_service_refuses() {
    let body = r#"{"error":{"code":"Request_ResourceNotFound","message":"There is none.","innerError":{}}}"#;
    let error = run(answering(404, body).0.get().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.code(), Some("Request_ResourceNotFound"));
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.to_string(),
        "the service returned an error (404 Not Found): Request_ResourceNotFound: There is none."
    );
    assert_eq!(error.body(), body);
}

#[test]
fn the_service_refuses_in_odd_ways() {
    for (body, code, message) in [
        ("", None, ""),
        ("<html>", None, ""),
        ("[1]", None, ""),
        (r#"{"error":null}"#, None, ""),
        (
            r#"{"error":"invalid_client","error_description":"No."}"#,
            Some("invalid_client"),
            "No.",
        ),
        (r#"{"code":"x","message":"y"}"#, Some("x"), "y"),
        (r#"{"error":{"code":5,"message":["y"]}}"#, None, ""),
    ] {
        let error = run(answering(500, body).0.get().send()).unwrap_err();
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(error.body(), body);
    }
    let error = run(answering(302, "x".repeat(1_000_000)).0.delete().send()).unwrap_err();
    assert_eq!(error.body().len(), 65_536);
}

#[test]
fn content_errors_contain_the_response() {
    for body in ["<html>", "[]", "{"] {
        let error = run(answering(200, body).0.get().send()).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Content, Some(StatusCode::OK))
        );
        assert_eq!(error.body(), body);
    }
}

#[test]
fn unconnected_clients_fail() {
    let client = Client::new(graphwright_runtime::Unconnected);
    let error = run(client.gadgets().list().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(
        error.to_string(),
        "the request or its response was not transmitted: this client has no transport"
    );
}
