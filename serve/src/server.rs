//! The HTTP server: accepts connections, logs requests, and applies faults to answers.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::answer::Answer;
use crate::body::AnswerBody;
use crate::faults::Effect;
use crate::graph::Graph;
use crate::received::ReceivedRequest;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::guid;

/// A server that listens on the loopback interface. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// The state that all connections share.
#[derive(Debug)]
struct Shared {
    service: Service,
    request_log: Mutex<Vec<ReceivedRequest>>,
    ids: AtomicU64,
}

impl Server {
    /// Starts a server on a thread of its own.
    ///
    /// # Errors
    /// Returns an error if the port is in use or the thread cannot be started.
    pub fn start(graph: &Graph, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let service = Service::new(graph.clone(), settings, format!("http://{address}"));
        let shared = Arc::new(Shared {
            service,
            request_log: Mutex::default(),
            ids: AtomicU64::new(0),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let at_work = shared.clone();
        let thread = std::thread::Builder::new().name("graphwright-serve".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept(listener, at_work));
                // Completes when the sender is dropped.
                let _ = stopped.await;
            });
        })?;
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Returns the address and port that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL for a version: `http://127.0.0.1:8080/v1.0`.
    pub fn base_url(&self, version: &str) -> String {
        format!("http://{}/{version}", self.address)
    }

    /// Returns the request log: every request received so far, those that a fault struck included.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        let log = self.shared.request_log.lock();
        log.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the current items of the collection at a path (`/v1.0/users`). Faults do not apply, and the request log does not
    /// change.
    pub fn items(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut query = Some("$top=1000".to_owned());
        while let Some(place) = query.take() {
            let answer = self.shared.service.answer(&ReceivedRequest {
                method: "GET".to_owned(),
                path: path.to_owned(),
                query: Some(place),
                headers: Default::default(),
                body: Default::default(),
                is_internal: true,
            });
            let mut page: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            if let Some(Value::Array(own)) = page.get_mut("value").map(Value::take) {
                items.extend(own);
            }
            let next = page.get("@odata.nextLink").and_then(Value::as_str);
            query = next.and_then(|next| Some(next.split_once('?')?.1.to_owned()));
        }
        items
    }

    /// Blocks until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The panic message of the thread has been printed already.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // A connection that failed before it was accepted does not affect others.
        let Ok((connection, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let shared = shared.clone();
        let service = service_fn(move |request| respond(shared.clone(), request));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
        // Errors are expected: faults and clients close connections.
        tokio::spawn(async { drop(connection.await) });
    }
}

/// Answers one request. An error closes the connection.
async fn respond(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, io::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let received = ReceivedRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        is_internal: false,
    };
    shared
        .request_log
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(received.clone());
    let faults = shared.service.settings.faults.next();
    if faults.contains(&Effect::Cut) {
        return Err(io::Error::other("connection closed by a fault"));
    }
    let answer = shared.answer(&received, &faults);
    if faults.contains(&Effect::CutAnswer) {
        return Err(io::Error::other("connection closed by a fault"));
    }
    Ok(to_response(answer, &faults))
}

impl Shared {
    fn answer(&self, received: &ReceivedRequest, faults: &[Effect]) -> Answer {
        let redirect = faults.iter().find_map(|fault| match fault {
            Effect::Redirect(origin) => Some(format!("{origin}{}", received.target())),
            _ => None,
        });
        let in_place = || faults.iter().cloned().find_map(Effect::in_place);
        let mut answer = match redirect {
            Some(location) => Answer::empty(302).with_header("location", location),
            None => in_place().unwrap_or_else(|| self.service.answer(received)),
        };
        for fault in faults {
            match fault {
                Effect::Loop => self.loop_next_link(received, &mut answer),
                Effect::Foreign(origin) => self.replace_origin(origin, &mut answer),
                Effect::ContentType(kind) => {
                    answer = answer.with_header("content-type", kind.as_str())
                }
                _ => {}
            }
        }
        let number = self.ids.fetch_add(1, Ordering::Relaxed) + 1;
        answer.with_ids(
            &guid(u128::from(number)),
            received.header("client-request-id"),
        )
    }

    /// Makes the next link point to the page it is on.
    fn loop_next_link(&self, received: &ReceivedRequest, answer: &mut Answer) {
        if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body)
            && body.get("value").is_some_and(Value::is_array)
        {
            let here = format!("{}{}", self.service.origin, received.target());
            body["@odata.nextLink"] = Value::String(here);
            answer.body = body.to_string().into();
        }
    }

    /// Replaces the origin of this server by another in the body and headers.
    fn replace_origin(&self, origin: &str, answer: &mut Answer) {
        let own = &self.service.origin;
        if let Ok(body) = std::str::from_utf8(&answer.body) {
            answer.body = body.replace(own, origin).into();
        }
        for (_, value) in &mut answer.headers {
            *value = value.replace(own, origin);
        }
    }
}

fn to_response(answer: Answer, faults: &[Effect]) -> Response<AnswerBody> {
    let mut body = AnswerBody::whole(answer.body);
    for fault in faults {
        match fault {
            Effect::CutBody => body = body.broken(),
            Effect::Slow(pause) => body = body.slow(*pause),
            _ => {}
        }
    }
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status)
        .expect("the server should answer with HTTP status codes");
    for (name, value) in answer.headers {
        let name = HeaderName::from_static(name);
        // The header value of a fault may be invalid.
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    if response.status() == StatusCode::NO_CONTENT {
        response.headers_mut().remove(CONTENT_TYPE);
    }
    response
}
