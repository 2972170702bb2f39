//! Response bodies: complete, delayed chunk by chunk, or truncated.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// The size of a chunk of a delayed body in bytes.
const CHUNK_SIZE: usize = 64;

/// The body of a response.
pub(crate) struct AnswerBody {
    chunks: VecDeque<Bytes>,
    /// The value of `Content-Length`.
    length: u64,
    /// Whether the connection is closed after the chunks, before the body is complete.
    is_truncated: bool,
    pause: Option<Duration>,
    sleeping: Option<Pin<Box<Sleep>>>,
    /// Whether the connection had a chance to send the last chunk.
    is_flushed: bool,
}

impl AnswerBody {
    pub(crate) fn whole(body: Bytes) -> Self {
        Self {
            length: body.len() as u64,
            chunks: VecDeque::from_iter(Some(body).filter(|body| !body.is_empty())),
            is_truncated: false,
            pause: None,
            sleeping: None,
            is_flushed: true,
        }
    }

    /// Truncates the body in the middle.
    pub(crate) fn truncated(mut self) -> Self {
        if let Some(body) = self.chunks.pop_front() {
            self.chunks = VecDeque::from([body.slice(..body.len() / 2)]);
        }
        self.is_truncated = true;
        self
    }

    /// Splits the body into chunks, with a pause before each.
    pub(crate) fn delayed(mut self, pause: Duration) -> Self {
        let split = |chunk: Bytes| {
            let starts = (0..chunk.len()).step_by(CHUNK_SIZE);
            let chunks =
                starts.map(|start| chunk.slice(start..chunk.len().min(start + CHUNK_SIZE)));
            chunks.collect::<Vec<Bytes>>()
        };
        self.chunks = self.chunks.into_iter().flat_map(split).collect();
        self.pause = Some(pause);
        self
    }

    /// Waits until the last chunk is sent and the pause is over.
    fn poll_next_chunk(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if !self.is_flushed {
            self.is_flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(pause) = self.pause.filter(|pause| !pause.is_zero()) {
            let sleeping = self.sleeping.get_or_insert_with(|| Box::pin(sleep(pause)));
            if sleeping.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.sleeping = None;
        }
        Poll::Ready(())
    }
}

impl http_body::Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.poll_next_chunk(context).is_pending() {
            return Poll::Pending;
        }
        if let Some(chunk) = self.chunks.pop_front() {
            self.is_flushed = false;
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        let error = self
            .is_truncated
            .then(|| Err(io::Error::other("truncated by a fault")));
        self.is_truncated = false;
        Poll::Ready(error)
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty() && !self.is_truncated
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
