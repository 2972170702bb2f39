//! Files that are not held in memory: read and written piece by piece.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, RANGE};
use http::{HeaderValue, StatusCode};

use super::{ByteStream, Error, Operation, Request, TransportError};
use crate::pipeline::{BodySource, chunk, open};

/// What comes back, piece by piece; a stream. What breaks off is an error at its end, and [`received`](Self::received)
/// says where to go on: see [`Request::range_from`].
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    stream: ByteStream,
    received: u64,
    operation: &'static Operation,
}

impl Download {
    /// The status: `206` if it is a part.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes will come, if the service says so.
    pub fn length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH)?.parse().ok()
    }

    /// What it is, such as `image/jpeg`.
    pub fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE)
    }

    /// The tag of this state of it.
    pub fn etag(&self) -> Option<&str> {
        self.header(ETAG)
    }

    /// How many bytes have come.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The next piece; none at the end.
    pub async fn next_piece(&mut self) -> Option<Result<Bytes, Error>> {
        let piece = chunk(&mut self.stream).await;
        self.took(piece)
    }

    /// The next piece, without `async`.
    #[cfg(feature = "blocking")]
    pub fn next_piece_blocking(&mut self) -> Option<Result<Bytes, Error>> {
        crate::blocking::wait(self.next_piece())
    }

    fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn took(
        &mut self,
        piece: Option<Result<Bytes, TransportError>>,
    ) -> Option<Result<Bytes, Error>> {
        match piece? {
            Ok(piece) => {
                self.received += piece.len() as u64;
                Some(Ok(piece))
            }
            Err(error) => Some(Err(Error::transport(error).of_operation(self.operation))),
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.stream.as_mut().poll_next(context);
        piece.map(|piece| self.took(piece))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Download");
        shown
            .field("status", &self.status)
            .field("received", &self.received);
        shown.finish_non_exhaustive()
    }
}

impl Request<Bytes> {
    /// Sends the request, and gives the content while it is on its way: it has no limit. The token does not go along to
    /// where the service keeps the file.
    pub async fn download(self) -> Result<Download, Error> {
        let raw = self.into_raw();
        let operation = raw.operation();
        let call = raw
            .to_call()
            .map_err(|error| error.of_operation(operation))?;
        let (parts, stream) = open(raw.client(), call).await?.into_parts();
        Ok(Download {
            status: parts.status,
            headers: parts.headers,
            stream,
            received: 0,
            operation,
        })
    }

    /// Sends the request, and gives the content while it is on its way, without `async`.
    #[cfg(feature = "blocking")]
    pub fn download_blocking(self) -> Result<Download, Error> {
        crate::blocking::wait(self.download())
    }

    /// Only what stands behind so many bytes. With [`if_match`](Self::if_match) it is of the same state as before.
    pub fn range_from(self, start: u64) -> Self {
        let range = format!("bytes={start}-");
        self.header(RANGE.as_str(), &range)
    }
}

impl<T> Request<T> {
    /// Takes the body from a stream, in place of what it was. Each try asks for the stream anew, from its beginning on. Say
    /// how long it is if you know.
    pub fn content_stream(
        self,
        length: Option<u64>,
        source: impl Fn() -> ByteStream + Send + Sync + 'static,
    ) -> Self {
        self.map_raw(|raw| {
            raw.set_source(length, BodySource::new(source));
            let bytes = HeaderValue::from_static("application/octet-stream");
            raw.default_header(CONTENT_TYPE, bytes);
        })
    }
}
