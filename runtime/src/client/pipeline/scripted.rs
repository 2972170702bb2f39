//! Test support: a transport that answers from a list, a clock that advances only by waits, and clients that use both.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response, StatusCode};

use super::{Clock, Seeded};
use crate::ScriptedClock;
use crate::request::{
    BoxFuture, ByteStream, Client, ClientBuilder, Content, Method, Operation, Permissions,
    RawRequest, Transport, TransportError,
};

/// The base URL of all clients here.
pub(crate) const BASE: &str = "https://graph.microsoft.com/v1.0";

/// The result of a try.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The complete response.
    Whole(Response<Bytes>),
    /// The beginning of the response, then a lost connection.
    Cut(Response<Bytes>),
    /// No response: the connection is lost.
    Lost,
    /// No connection can be established.
    Refused,
}

/// Creates a response with this status and these headers: `answer(429, &[("retry-after", "3")], "")`.
pub(crate) fn answer(
    status: u16,
    headers: &[(&'static str, &str)],
    body: impl Into<Bytes>,
) -> Answer {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    for (name, value) in headers {
        response.headers_mut().append(*name, value.parse().unwrap());
    }
    Answer::Whole(response)
}

pub(crate) fn ok(body: impl Into<Bytes>) -> Answer {
    answer(200, &[], body)
}

/// A transport that answers from a list and records the requests.
pub(crate) struct Script {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<Request<Bytes>>>,
}

impl Script {
    pub(crate) fn of(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            sent: Mutex::default(),
        })
    }

    /// The recorded requests, in the form `GET https://…`.
    pub(crate) fn sent(&self) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        sent.iter()
            .map(|request| format!("{} {}", request.method(), request.uri()))
            .collect()
    }

    /// The number of recorded requests.
    pub(crate) fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// A recorded request.
    pub(crate) fn request(&self, index: usize) -> Request<Bytes> {
        self.sent.lock().unwrap()[index].clone()
    }

    /// A header of a recorded request, or an empty string if it is absent.
    pub(crate) fn header(&self, index: usize, name: &str) -> String {
        let sent = self.sent.lock().unwrap();
        let values = sent[index].headers().get_all(name).iter();
        let values: Vec<&str> = values.map(|value| value.to_str().unwrap()).collect();
        values.join(" | ")
    }
}

impl Transport for Script {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        unreachable!("the pipeline opens")
    }

    fn open(
        &self,
        request: Request<Content>,
    ) -> BoxFuture<'_, Result<Response<ByteStream>, TransportError>> {
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async move {
            let (parts, content) = request.into_parts();
            let mut body = Vec::new();
            match content {
                Content::Whole(bytes) => body.extend_from_slice(&bytes),
                Content::Stream(mut stream) => {
                    while let Some(piece) = super::drive::chunk(&mut stream).await {
                        body.extend_from_slice(&piece?);
                    }
                }
            }
            self.sent
                .lock()
                .unwrap()
                .push(Request::from_parts(parts, body.into()));
            let lost = || TransportError::new("the connection is lost");
            match answer.expect("the script is long enough") {
                Answer::Lost => Err(lost()),
                Answer::Refused => Err(TransportError::unsent("the connection is refused")),
                Answer::Whole(response) => Ok(response.map(|body| pieces(body, None))),
                Answer::Cut(response) => Ok(response.map(|body| pieces(body, Some(lost())))),
            }
        })
    }
}

/// Splits a body into chunks of a few bytes.
fn pieces(body: Bytes, end: Option<TransportError>) -> ByteStream {
    struct Pieces(Bytes, Option<TransportError>);
    impl Stream for Pieces {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let length = self.0.len().min(7);
            let piece = self.0.split_to(length);
            Poll::Ready(if piece.is_empty() {
                self.1.take().map(Err)
            } else {
                Some(Ok(piece))
            })
        }
    }
    Box::pin(Pieces(body, end))
}

/// A clock that advances only by waits, and records them.
#[derive(Clone)]
pub(crate) struct StillClock(ScriptedClock);

impl StillClock {
    /// Starts at the Unix epoch.
    pub(crate) fn new() -> Self {
        Self(ScriptedClock::new())
    }

    /// The recorded waits, in milliseconds.
    pub(crate) fn waits(&self) -> Vec<u128> {
        self.0.waits().iter().map(Duration::as_millis).collect()
    }

    /// Advances the clock.
    pub(crate) fn advance(&self, seconds: u64) {
        self.0.advance(Duration::from_secs(seconds));
    }
}

impl Clock for StillClock {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }
}

/// Returns the builder of a client with a scripted transport.
pub(crate) fn builder(script: &Arc<Script>, clock: &StillClock) -> ClientBuilder {
    let builder = Client::builder(BASE).transport(script.clone());
    builder.clock(clock.clone()).randomness(Seeded::new(1))
}

/// Returns a client with a scripted transport.
pub(crate) fn client(script: &Arc<Script>, clock: &StillClock) -> Client {
    builder(script, clock).build().unwrap()
}

/// Creates a request for a path.
pub(crate) fn request(client: &Client, method: Method, path: &str) -> RawRequest {
    let operation = Operation {
        method,
        path: "/things/{id}",
        page: "https://learn.microsoft.com/graph/api/thing",
        permissions: Permissions::UNSTATED,
    };
    let operation: &'static Operation = Box::leak(Box::new(operation));
    client.path(path).request::<()>(operation).into_raw()
}

/// Runs a future that never waits for an external event.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}
