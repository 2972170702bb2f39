//! The transport over reqwest, with rustls on ring.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::ReqwestTransportBuilder;
use super::runtime::{Runtimes, StreamWithin, Within, own};
use crate::request::{BoxFuture, ByteStream, Content, Transport, TransportError};

/// Sends requests over HTTP/1.1 and HTTP/2, and trusts the certificates of the operating system. It works inside of a tokio
/// runtime, and under any other executor with a runtime of its own. It follows no redirects, and sends a request
/// again only if the server states that it did not process it (an HTTP/2 `GOAWAY` or `REFUSED_STREAM`); the client does the rest.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    runtimes: Arc<Runtimes>,
}

/// The number of times that a request is sent again at once after a connection gave it up unsent.
const UNSENT: u32 = 4;

impl ReqwestTransport {
    /// Creates a transport with the default settings.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Returns a builder, which sets timeouts, certificates, proxies and connection limits.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::default()
    }
}

/// Sends requests with a client of [`reqwest`](crate::reqwest), whose settings are kept. It should follow no redirects
/// (`redirect::Policy::none()`): the client follows them itself, after it checks their hosts.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            runtimes: Arc::default(),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (parts, mut body) = self.open(request.map(Content::Whole)).await?.into_parts();
            let mut all = Vec::new();
            while let Some(piece) = crate::pipeline::chunk(&mut body).await {
                all.extend_from_slice(&piece?);
            }
            Ok(Response::from_parts(parts, all.into()))
        })
    }

    fn open(
        &self,
        request: Request<Content>,
    ) -> BoxFuture<'_, Result<Response<ByteStream>, TransportError>> {
        let runtime = match own() {
            Ok(runtime) => runtime,
            Err(error) => return Box::pin(async { Err(error) }),
        };
        self.runtimes.record(runtime.as_ref());
        let (client, runtimes) = (self.client.clone(), self.runtimes.clone());
        let stays = runtime.clone();
        let future = Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(body)).map_err(carried)?;
            let response: Response<reqwest::Body> =
                execute(&client, &runtimes, request).await?.into();
            Ok(response.map(|body| -> ByteStream {
                let stream: ByteStream = Box::pin(Pieces(body));
                match stays {
                    None => stream,
                    runtime => Box::pin(StreamWithin { runtime, stream }),
                }
            }))
        });
        Box::pin(Within { runtime, future })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// Sends a request, and at once again if the connection gave it up before it was sent.
async fn execute(
    client: &reqwest::Client,
    runtimes: &Runtimes,
    request: reqwest::Request,
) -> Result<reqwest::Response, TransportError> {
    let is_unsent = |error: &reqwest::Error| {
        is_canceled(error) || is_refused(error) || runtimes.is_single() && is_abandoned(error)
    };
    for _ in 0..UNSENT {
        let Some(copy) = request.try_clone() else {
            break;
        };
        match client.execute(copy).await {
            Err(error) if is_unsent(&error) => {}
            result => return result.map_err(carried),
        }
    }
    client.execute(request).await.map_err(|error| {
        if is_unsent(&error) {
            TransportError::unsent(error.without_url())
        } else {
            carried(error)
        }
    })
}

fn body(content: Content) -> reqwest::Body {
    match content {
        Content::Whole(bytes) => bytes.into(),
        Content::Stream(stream) => reqwest::Body::wrap_stream(stream),
    }
}

/// Removes the URL from the error, as it may be a credential.
fn carried(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if is_permanent(&error) {
        TransportError::permanent(error)
    } else if error.is_connect() {
        TransportError::unsent(error)
    } else {
        TransportError::new(error)
    }
}

/// Whether the connection pool canceled the request before it was sent, for example because another connection to the server
/// turned out to use HTTP/2.
fn is_canceled(error: &(dyn std::error::Error + 'static)) -> bool {
    has_text(error, "client error (Canceled)")
}

/// Whether the server stated that it did not process the request: an HTTP/2 `GOAWAY` without an error, or `REFUSED_STREAM`. The
/// HTTP library sends such a request twice again itself.
fn is_refused(error: &(dyn std::error::Error + 'static)) -> bool {
    has_text(error, "connection error received: not a result of an error")
        || has_text(
            error,
            "stream error received: refused stream before processing any application logic",
        )
}

/// Whether the task of the connection ended while it held the request. If the runtime is running, this is an HTTP/2 connection
/// that the server retired while the request waited for other requests on it to complete.
fn is_abandoned(error: &(dyn std::error::Error + 'static)) -> bool {
    has_text(error, "runtime dropped the dispatch task")
}

/// Whether the text of an error or of a cause ends with `text`. The HTTP library distinguishes these errors by text only.
fn has_text(error: &(dyn std::error::Error + 'static), text: &str) -> bool {
    error.to_string().ends_with(text) || error.source().is_some_and(|cause| has_text(cause, text))
}

/// Whether a retry cannot resolve the error: a certificate that is not trusted, an unknown host, or missing credentials of a proxy.
fn is_permanent(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        let io = error.downcast_ref::<std::io::Error>();
        // The source of an I/O error is that of the error inside it.
        if let Some(inner) = io.and_then(|io| io.get_ref())
            && is_permanent(inner)
        {
            return true;
        }
        // The standard library and the proxy connector have no error types for these.
        let text = error.to_string();
        if PERMANENT.iter().any(|permanent| text.contains(permanent)) {
            return true;
        }
        next = error.source();
    }
    false
}

/// The messages of permanent errors: of resolvers on Linux, macOS and Windows, and of the proxy connector.
const PERMANENT: [&str; 5] = [
    "Name or service not known",
    "Name does not resolve",
    "nodename nor servname provided",
    "No such host is known",
    "proxy authorization required",
];

/// The body of a response as a stream of chunks.
struct Pieces(reqwest::Body);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        use http_body::Body;
        loop {
            return match Pin::new(&mut self.0).poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(carried(error)))),
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(bytes) => Poll::Ready(Some(Ok(bytes))),
                    // Trailers are ignored.
                    Err(_) => continue,
                },
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    use bytes::Bytes;
    use http::{Method, Request};

    use super::{ReqwestTransport, is_permanent};
    use crate::request::Transport;

    /// Reads HTTP/2 frames until the headers of a request.
    fn read_headers(connection: &mut TcpStream) {
        let mut preface = [0; 24];
        connection.read_exact(&mut preface).unwrap();
        loop {
            let mut head = [0; 9];
            connection.read_exact(&mut head).unwrap();
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; length as usize];
            connection.read_exact(&mut payload).unwrap();
            if head[3] == 1 {
                return;
            }
        }
    }

    #[test]
    fn resends_requests_that_the_server_did_not_process() {
        // `GOAWAY` without an error, after which the last processed stream is 0.
        check_resent(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // `RST_STREAM` with `REFUSED_STREAM` for stream 1, and `GOAWAY` after it.
        let reset = [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 7];
        let go_away = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        check_resent(&[&reset[..], &go_away[..]].concat());
    }

    /// Checks that a request is sent again whose first seven tries are answered with `refusal`: more than the HTTP library
    /// resends.
    fn check_resent(refusal: &[u8]) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/x", listener.local_addr().unwrap());
        let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        // `:status: 204` on stream 1.
        let no_content = [0, 0, 1, 1, 5, 0, 0, 0, 1, 0x89];
        let mut answers = vec![refusal.to_vec(); 7];
        answers.push(no_content.to_vec());
        let server = thread::spawn(move || {
            let mut kept = Vec::new();
            for answer in answers {
                let (mut connection, _) = listener.accept().unwrap();
                connection.write_all(&settings).unwrap();
                read_headers(&mut connection);
                connection.write_all(&answer).unwrap();
                kept.push(connection);
            }
            kept
        });
        let builder = ReqwestTransport::builder().client_builder().unwrap();
        let client = builder.http2_prior_knowledge().build().unwrap();
        let mut request = Request::new(Bytes::from_static(b"body"));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.parse().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let response = runtime.block_on(ReqwestTransport::from(client).send(request));
        assert_eq!(response.unwrap().status(), 204);
        drop(server.join().unwrap());
    }

    fn check(error: impl std::error::Error + Send + Sync + 'static, expected: bool) {
        assert_eq!(is_permanent(&error), expected, "{error}");
        assert_eq!(is_permanent(&io::Error::other(error)), expected);
    }

    #[test]
    fn classifies_permanent_errors() {
        let unknown_issuer = rustls::CertificateError::UnknownIssuer;
        check(rustls::Error::InvalidCertificate(unknown_issuer), true);
        check(rustls::Error::HandshakeNotComplete, false);
        let lookup = "failed to lookup address information: ";
        check(
            io::Error::other(format!("{lookup}Name or service not known")),
            true,
        );
        check(
            io::Error::other(format!("{lookup}Temporary failure in name resolution")),
            false,
        );
        check(io::Error::from(io::ErrorKind::ConnectionReset), false);
    }
}
