//! Request and response bodies that are streamed.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, RANGE};
use http::{HeaderValue, StatusCode};

use super::{ByteStream, Error, Operation, Request, TransportError};
use crate::pipeline::{BodySource, chunk, open};

/// The body of a response as a stream of chunks. If the connection breaks, the stream ends with an error, and
/// [`received`](Self::received) is the offset to resume from with [`Request::range_from`].
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    stream: ByteStream,
    received: u64,
    operation: &'static Operation,
}

impl Download {
    /// The status of the response; `206 Partial Content` for a range.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The length of the body in bytes, if the service states it.
    pub fn length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH)?.parse().ok()
    }

    /// The `Content-Type`, such as `image/jpeg`.
    pub fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE)
    }

    /// The `ETag` of the content.
    pub fn etag(&self) -> Option<&str> {
        self.header(ETAG)
    }

    /// The number of bytes received so far.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Returns the next chunk, or `None` at the end of the body.
    pub async fn next_chunk(&mut self) -> Option<Result<Bytes, Error>> {
        let chunk_result = chunk(&mut self.stream).await;
        self.record_chunk(chunk_result)
    }

    /// Returns the next chunk, or `None` at the end of the body; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn next_chunk_blocking(&mut self) -> Option<Result<Bytes, Error>> {
        crate::blocking::wait(self.next_chunk())
    }

    fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn record_chunk(
        &mut self,
        chunk: Option<Result<Bytes, TransportError>>,
    ) -> Option<Result<Bytes, Error>> {
        match chunk? {
            Ok(bytes) => {
                self.received += bytes.len() as u64;
                Some(Ok(bytes))
            }
            Err(error) => Some(Err(Error::transport(error).with_operation(self.operation))),
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk_result = self.stream.as_mut().poll_next(context);
        chunk_result.map(|chunk_result| self.record_chunk(chunk_result))
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
    /// Sends the request and returns the body as a stream, without a size limit. No token is sent to the storage host that the
    /// service redirects to.
    pub async fn download(self) -> Result<Download, Error> {
        let raw = self.into_raw();
        let operation = raw.operation();
        let call = raw
            .to_call()
            .map_err(|error| error.with_operation(operation))?;
        let (parts, stream) = open(raw.client(), call).await?.into_parts();
        Ok(Download {
            status: parts.status,
            headers: parts.headers,
            stream,
            received: 0,
            operation,
        })
    }

    /// Sends the request and returns the body as a stream; blocks the thread until the headers arrive.
    #[cfg(feature = "blocking")]
    pub fn download_blocking(self) -> Result<Download, Error> {
        crate::blocking::wait(self.download())
    }

    /// Sets the `Range` header to the bytes from the offset `start` to the end. Together with [`if_match`](Self::if_match) it
    /// ensures that the content has not changed since an earlier download.
    pub fn range_from(self, start: u64) -> Self {
        let range = format!("bytes={start}-");
        self.header(RANGE.as_str(), &range)
    }
}

impl<T> Request<T> {
    /// Replaces the request body by a stream. Every try calls `open` for a new stream that starts at the beginning. `length` is
    /// the number of bytes, if known.
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
