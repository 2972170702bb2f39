//! Bodies on their way: whole, in pieces, or broken off.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How long a piece of a slow body is.
const PIECE: usize = 64;

/// A body on its way.
pub(crate) struct AnswerBody {
    pieces: VecDeque<Bytes>,
    /// How long it says it is.
    length: u64,
    /// Whether it breaks off behind its pieces.
    is_broken: bool,
    pause: Option<Duration>,
    sleeping: Option<Pin<Box<Sleep>>>,
    /// Whether what was given has had its chance to leave.
    has_left: bool,
}

impl AnswerBody {
    pub(crate) fn whole(body: Bytes) -> Self {
        Self {
            length: body.len() as u64,
            pieces: VecDeque::from_iter(Some(body).filter(|body| !body.is_empty())),
            is_broken: false,
            pause: None,
            sleeping: None,
            has_left: true,
        }
    }

    /// Breaks off in the middle.
    pub(crate) fn broken(mut self) -> Self {
        if let Some(body) = self.pieces.pop_front() {
            self.pieces = VecDeque::from([body.slice(..body.len() / 2)]);
        }
        self.is_broken = true;
        self
    }

    /// Comes in pieces, with a pause before each.
    pub(crate) fn slow(mut self, pause: Duration) -> Self {
        let split = |piece: Bytes| {
            let starts = (0..piece.len()).step_by(PIECE);
            let pieces = starts.map(|start| piece.slice(start..piece.len().min(start + PIECE)));
            pieces.collect::<Vec<Bytes>>()
        };
        self.pieces = self.pieces.into_iter().flat_map(split).collect();
        self.pause = Some(pause);
        self
    }

    /// Whether it is time for the next piece: what was given before has left, and the pause is over.
    fn poll_turn(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_left {
            self.has_left = true;
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
        if self.poll_turn(context).is_pending() {
            return Poll::Pending;
        }
        if let Some(piece) = self.pieces.pop_front() {
            self.has_left = false;
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        let error = self
            .is_broken
            .then(|| Err(io::Error::other("broken off on demand")));
        self.is_broken = false;
        Poll::Ready(error)
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && !self.is_broken
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
