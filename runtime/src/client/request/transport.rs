//! What carries requests.

use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;

use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Bytes that come piece by piece.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// What a request carries.
pub enum Content {
    /// All of it at once.
    Whole(Bytes),
    /// Piece by piece. The headers say how long it is, if that is known.
    Stream(ByteStream),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "Content({} bytes)", bytes.len()),
            Self::Stream(_) => f.write_str("Content(a stream)"),
        }
    }
}

/// Carries a request to the service and brings the response back: one try, no redirect followed, nothing added. What the
/// client adds (tokens, tries, waits) is the same for every transport.
///
/// ```
/// use graphwright_runtime::{BoxFuture, Bytes, Transport, TransportError};
///
/// /// Answers every request with no content.
/// struct Silence;
///
/// impl Transport for Silence {
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
    /// Sends a request.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request, and gives the response while its body is still on its way. Without a body of its own, this is
    /// [`send`](Self::send) with all in memory.
    fn open(
        &self,
        request: http::Request<Content>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let (parts, content) = request.into_parts();
            let body = match content {
                Content::Whole(body) => body,
                Content::Stream(stream) => gather(stream).await?,
            };
            let response = self.send(http::Request::from_parts(parts, body)).await?;
            Ok(response.map(once))
        })
    }
}

/// All of a stream.
async fn gather(mut stream: ByteStream) -> Result<Bytes, TransportError> {
    let mut all = BytesMut::new();
    while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        all.extend_from_slice(&piece?);
    }
    Ok(all.freeze())
}

/// A stream of one piece.
pub(crate) fn once(bytes: Bytes) -> ByteStream {
    Box::pin(Once(Some(bytes).filter(|bytes| !bytes.is_empty())))
}

struct Once(Option<Bytes>);

impl Stream for Once {
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

/// For clients that only build requests: sending fails.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unconnected;

impl Transport for Unconnected {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::lasting("this client is not connected")) })
    }
}

/// Why a request or its response did not get through.
#[derive(Debug)]
pub struct TransportError {
    source: Box<dyn Error + Send + Sync>,
    is_lasting: bool,
}

impl TransportError {
    /// From the transport's own error, or a text.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: error.into(),
            is_lasting: false,
        }
    }

    /// An error that trying again does not mend.
    pub fn lasting(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            is_lasting: true,
            ..Self::new(error)
        }
    }

    /// Whether trying again does not mend it.
    pub fn is_lasting(&self) -> bool {
        self.is_lasting
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
