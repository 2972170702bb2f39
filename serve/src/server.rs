//! The HTTP server: accepts connections, logs requests, and applies faults to answers.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::answer::Answer;
use crate::body::AnswerBody;
use crate::faults::Effect;
use crate::graph::Graph;
use crate::received::ReceivedRequest;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::guid;
use crate::{explorer, origin, tls};

/// The time for the head of a request, and for a TLS handshake.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// The time for the body of a request.
const BODY_TIMEOUT: Duration = Duration::from_secs(120);

/// The time that requests in progress have to complete when the server stops.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// The maximum size of a request body in bytes; a range of an upload has at most 60 MiB.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// A server that listens on the loopback interface. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// A message stops the server after the requests in progress; dropping it stops the server at once.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The state that all connections share.
#[derive(Debug)]
struct Shared {
    service: Service,
    /// The origin if a request does not tell it.
    default_origin: Arc<str>,
    certificate: Option<String>,
    request_log: Mutex<VecDeque<ReceivedRequest>>,
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
        let tls = match settings.uses_tls {
            true => Some(tls::create(&settings.host_names())?),
            false => None,
        };
        let (acceptor, certificate) = tls.map(|tls| (tls.acceptor, tls.authority)).unzip();
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let default_origin = settings.origin.clone();
        let default_origin = default_origin.unwrap_or_else(|| format!("{scheme}://{address}"));
        let shared = Arc::new(Shared {
            service: Service::new(graph.clone(), settings),
            default_origin: default_origin.into(),
            certificate,
            request_log: Mutex::default(),
            ids: AtomicU64::new(0),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let at_work = shared.clone();
        let thread = std::thread::Builder::new().name("graphwright-serve".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(accept(listener, acceptor, at_work, stopped));
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

    /// Returns the base URL for a version: `http://127.0.0.1:8080/v1.0`, or that of [`Settings::origin`].
    pub fn base_url(&self, version: &str) -> String {
        format!("{}/{version}", self.shared.default_origin)
    }

    /// Returns the URL of the [site](Settings::explorer): `http://127.0.0.1:8080/explorer/`.
    pub fn explorer_url(&self) -> Option<String> {
        let explorer = self.shared.service.settings.explorer.as_ref();
        explorer.map(|_| format!("{}{}", self.shared.default_origin, explorer::ROOT))
    }

    /// Returns the certificate in PEM that clients have to trust, if the server [uses TLS](Settings::tls).
    pub fn certificate(&self) -> Option<&str> {
        self.shared.certificate.as_deref()
    }

    /// Returns the request log: the last requests, by default 1,000, those that a fault struck included.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        let log = self.shared.request_log.lock();
        let log = log.unwrap_or_else(PoisonError::into_inner);
        log.iter().cloned().collect()
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
                origin: self.shared.default_origin.clone(),
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

    /// Blocks until the process receives SIGINT or SIGTERM, then lets requests in progress complete.
    ///
    /// # Errors
    /// Returns an error if the signals cannot be received.
    pub fn wait(mut self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(stop_signal())?;
        if let Some(stop) = self.stop.take() {
            // The server stopped already if the receiver is gone.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // The panic message of the thread has been printed already.
            let _ = thread.join();
        }
        Ok(())
    }
}

#[cfg(unix)]
async fn stop_signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Accepts connections until a message on `stopped`, or until its sender is dropped.
async fn accept(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Shared>,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let graceful = GracefulShutdown::new();
    let is_graceful = loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            message = &mut stopped => break message.is_ok(),
        };
        let Ok((connection, _)) = accepted else {
            // Without free file descriptors the error repeats until a connection ends.
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        // A delay of small answers serves nobody on the loopback interface.
        let _ = connection.set_nodelay(true);
        let shared = shared.clone();
        let watcher = graceful.watcher();
        match acceptor.clone() {
            None => tokio::spawn(serve(connection, shared, watcher)),
            Some(acceptor) => tokio::spawn(async move {
                let handshake = timeout(HEAD_TIMEOUT, acceptor.accept(connection));
                if let Ok(Ok(connection)) = handshake.await {
                    serve(connection, shared, watcher).await;
                }
            }),
        };
    };
    drop(listener);
    if is_graceful {
        let _ = timeout(STOP_TIMEOUT, graceful.shutdown()).await;
    }
}

/// Answers the requests of a connection.
async fn serve(
    connection: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = service_fn(move |request| respond(shared.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(connection), service);
    // Errors are expected: faults and clients close connections.
    let _ = watcher.watch(connection).await;
}

/// Answers one request. An error closes the connection.
async fn respond(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, io::Error> {
    let (head, body) = request.into_parts();
    if let Some(explorer) = &shared.service.settings.explorer
        && let Some(answer) = explorer.answer(&head).await
    {
        return Ok(to_response(answer, &[]));
    }
    let body = match read_body(body).await {
        Ok(body) => body,
        Err(refusal) => return Ok(to_response(refusal, &[])),
    };
    let origin = match &shared.service.settings.origin {
        Some(_) => shared.default_origin.clone(),
        None => origin::of_request(&head.headers, &shared.default_origin).into(),
    };
    let received = ReceivedRequest {
        method: head.method.as_str().to_owned(),
        path: decode_file_path(head.uri.path()),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        origin,
        is_internal: false,
    };
    shared.log(&received);
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

/// Decodes the delimiters of a file path that an SDK encoded as a whole: `items/root%3A%2Fa.txt%3A`.
fn decode_file_path(path: &str) -> String {
    match path.contains("root%3A") {
        true => path.replace("%3A", ":").replace("%2F", "/"),
        false => path.to_owned(),
    }
}

/// Reads the body of a request. An error is the answer to a body that is too large, too slow or incomplete.
async fn read_body(body: Incoming) -> Result<Bytes, Answer> {
    let body = Limited::new(body, MAX_BODY).collect();
    match timeout(BODY_TIMEOUT, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let message = format!("The body has more than {MAX_BODY} bytes.");
            Err(Answer::error(413, "RequestEntityTooLarge", message))
        }
        Ok(Err(_)) => Err(Answer::bad_request("The body is incomplete.")),
        Err(_) => Err(Answer::error(
            408,
            "RequestTimeout",
            "The body did not arrive in time.",
        )),
    }
}

impl Shared {
    fn log(&self, received: &ReceivedRequest) {
        let limit = self.service.settings.request_log;
        if limit == 0 {
            return;
        }
        let log = self.request_log.lock();
        let mut log = log.unwrap_or_else(PoisonError::into_inner);
        if log.len() >= limit {
            log.pop_front();
        }
        log.push_back(received.clone());
    }

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
                Effect::Loop => loop_next_link(received, &mut answer),
                Effect::Foreign(origin) => replace_origin(&received.origin, origin, &mut answer),
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
}

/// Makes the next link point to the page it is on.
fn loop_next_link(received: &ReceivedRequest, answer: &mut Answer) {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body)
        && body.get("value").is_some_and(Value::is_array)
    {
        let here = format!("{}{}", received.origin, received.target());
        body["@odata.nextLink"] = Value::String(here);
        answer.body = body.to_string().into();
    }
}

/// Replaces the origin of this server by another in the body and headers.
fn replace_origin(own: &str, origin: &str, answer: &mut Answer) {
    if let Ok(body) = std::str::from_utf8(&answer.body) {
        answer.body = body.replace(own, origin).into();
    }
    for (_, value) in &mut answer.headers {
        *value = value.replace(own, origin);
    }
}

fn to_response(answer: Answer, faults: &[Effect]) -> Response<AnswerBody> {
    let mut body = AnswerBody::whole(answer.body);
    for fault in faults {
        match fault {
            Effect::CutBody => body = body.truncated(),
            Effect::Slow(pause) => body = body.delayed(*pause),
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
