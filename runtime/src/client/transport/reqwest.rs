//! Requests over reqwest, with rustls on ring.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

use super::runtime::{StreamWithin, Within, own};
use crate::request::{BoxFuture, ByteStream, Content, Transport, TransportError};

/// Carries requests over HTTP/1.1 and HTTP/2, with the certificates that the machine trusts. It works under tokio, and
/// under any other executor on a thread of its own. It follows no redirects and tries nothing again: the client does.
#[derive(Clone)]
pub struct ReqwestTransport(reqwest::Client);

/// How long a transport waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection: 10 seconds unless told.
    pub connect: Duration,
    /// For the next bytes: 100 seconds unless told.
    pub read: Duration,
    /// For a whole try with its response: without end unless told.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(100),
            total: None,
        }
    }
}

impl ReqwestTransport {
    /// A transport with the usual timeouts.
    pub fn new() -> Result<Self, TransportError> {
        Self::with_timeouts(Timeouts::default())
    }

    /// A transport with these timeouts.
    pub fn with_timeouts(timeouts: Timeouts) -> Result<Self, TransportError> {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let tls = tls
            .with_safe_default_protocol_versions()
            .map_err(TransportError::new)?;
        let tls = tls.with_platform_verifier().map_err(TransportError::new)?;
        let mut tls = tls.with_no_client_auth();
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(timeouts.connect)
            .read_timeout(timeouts.read);
        if let Some(total) = timeouts.total {
            builder = builder.timeout(total);
        }
        Ok(Self(builder.build().map_err(carried)?))
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
        let client = self.0.clone();
        let stays = runtime.clone();
        let future = Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(body)).map_err(carried)?;
            let response: Response<reqwest::Body> =
                client.execute(request).await.map_err(carried)?.into();
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

fn body(content: Content) -> reqwest::Body {
    match content {
        Content::Whole(bytes) => bytes.into(),
        Content::Stream(stream) => reqwest::Body::wrap_stream(stream),
    }
}

/// The error without the address, which may be a secret.
fn carried(error: reqwest::Error) -> TransportError {
    TransportError::new(error.without_url())
}

/// The body of a response, piece by piece.
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
                    // What stands behind the body says nothing to us.
                    Err(_) => continue,
                },
            };
        }
    }
}
