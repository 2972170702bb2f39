//! The interface between the client and the network.

use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;

use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A stream of chunks of a body.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a request.
pub enum Content {
    /// The whole body.
    Whole(Bytes),
    /// A stream of chunks. The headers state the length if it is known.
    Stream(ByteStream),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "Content({} bytes)", bytes.len()),
            Self::Stream(_) => f.write_str("Content(stream)"),
        }
    }
}

/// Sends a request to the service and returns the response. A transport makes a single try: it follows no redirects and adds
/// nothing. Tokens, retries and waits are added by the client, and are the same for every transport.
///
/// ```
/// use graphwright_runtime::{BoxFuture, Bytes, Transport, TransportError};
///
/// /// Answers every request with no content.
/// struct NoContent;
///
/// impl Transport for NoContent {
///     fn send(
///         &self,
///         _request: http::Request<Bytes>,
///     ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
///         Box::pin(async {
///             let mut response = http::Response::new(Bytes::new());
///             *response.status_mut() = http::StatusCode::NO_CONTENT;
///             Ok(response)
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the complete response.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request and returns the response as soon as its headers arrive. The default implementation calls
    /// [`send`](Self::send) and keeps the whole body in memory.
    fn open(
        &self,
        request: http::Request<Content>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let (parts, content) = request.into_parts();
            let body = match content {
                Content::Whole(body) => body,
                Content::Stream(stream) => collect_stream(stream).await?,
            };
            let response = self.send(http::Request::from_parts(parts, body)).await?;
            Ok(response.map(single_chunk))
        })
    }
}

/// Collects a stream into a single buffer.
async fn collect_stream(mut stream: ByteStream) -> Result<Bytes, TransportError> {
    let mut all = BytesMut::new();
    while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        all.extend_from_slice(&piece?);
    }
    Ok(all.freeze())
}

/// Returns a stream of a single chunk.
pub(crate) fn single_chunk(bytes: Bytes) -> ByteStream {
    Box::pin(SingleChunk(Some(bytes).filter(|bytes| !bytes.is_empty())))
}

struct SingleChunk(Option<Bytes>);

impl Stream for SingleChunk {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        (**self).send(request)
    }

    fn open(
        &self,
        request: http::Request<Content>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        (**self).open(request)
    }
}

/// A transport for clients that only build requests: sending fails.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unconnected;

impl Transport for Unconnected {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::permanent("this client has no transport")) })
    }
}

/// The error of a request or response that could not be transmitted.
#[derive(Debug)]
pub struct TransportError {
    source: Box<dyn Error + Send + Sync>,
    is_permanent: bool,
    is_unsent: bool,
}

impl TransportError {
    /// Creates an error from the error of an HTTP library, or from a message.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: error.into(),
            is_permanent: false,
            is_unsent: false,
        }
    }

    /// Creates an error of a request of which the service received nothing, for example because no connection could be
    /// established. Such a request may be sent again, whatever its method.
    pub fn unsent(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            is_unsent: true,
            ..Self::new(error)
        }
    }

    /// Creates an error that a retry cannot resolve.
    pub fn permanent(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            is_permanent: true,
            ..Self::new(error)
        }
    }

    /// Whether a retry cannot resolve the error.
    pub fn is_permanent(&self) -> bool {
        self.is_permanent
    }

    /// Whether the service received nothing of the request.
    pub fn is_unsent(&self) -> bool {
        self.is_unsent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}
