//! The tokio runtime that drives the connections: that of the caller, or one of the transport's own.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Id, Runtime};

use crate::request::{BoxFuture, ByteStream, TransportError};

thread_local! {
    /// Whether this thread blocks on a request, so that a runtime on it cannot make progress.
    static BLOCKS: Cell<bool> = const { Cell::new(false) };
}

/// Runs a closure on a thread that blocks on a request.
#[cfg(feature = "blocking")]
pub(crate) fn while_blocking<T>(act: impl FnOnce() -> T) -> T {
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            BLOCKS.set(self.0);
        }
    }
    let _before = Before(BLOCKS.replace(true));
    act()
}

/// Returns the runtime to enter, or `None` if the caller is inside of one.
pub(super) fn own() -> Result<Option<Handle>, TransportError> {
    if !BLOCKS.get() && Handle::try_current().is_ok() {
        return Ok(None);
    }
    static OWN: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let own = OWN.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(1)
            .thread_name("graphwright")
            .enable_all();
        builder.build().map_err(|error| error.to_string())
    });
    match own {
        Ok(runtime) => Ok(Some(runtime.handle().clone())),
        Err(error) => Err(TransportError::new(error.clone())),
    }
}

/// The runtimes that a transport was used in, and that may drive its connections.
#[derive(Debug, Default)]
pub(super) struct Runtimes {
    first: OnceLock<Id>,
    has_others: AtomicBool,
}

impl Runtimes {
    /// Records the runtime that drives the connections of a request: its own, or that of the caller.
    pub(super) fn record(&self, own: Option<&Handle>) {
        let id = match own {
            Some(own) => own.id(),
            None => Handle::current().id(),
        };
        if *self.first.get_or_init(|| id) != id {
            self.has_others.store(true, Relaxed);
        }
    }

    /// Whether a request in progress proves that the runtime of all connections is running, as there is no other one.
    pub(super) fn is_single(&self) -> bool {
        !self.has_others.load(Relaxed)
    }
}

/// A future that is polled inside of a runtime.
pub(super) struct Within<'a, T> {
    pub(super) runtime: Option<Handle>,
    pub(super) future: BoxFuture<'a, T>,
}

impl<T> Future for Within<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let runtime = self.runtime.clone();
        let _entered = runtime.as_ref().map(Handle::enter);
        self.future.as_mut().poll(context)
    }
}

/// A stream that is polled inside of a runtime.
pub(super) struct StreamWithin {
    pub(super) runtime: Option<Handle>,
    pub(super) stream: ByteStream,
}

impl Stream for StreamWithin {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let runtime = self.runtime.clone();
        let _entered = runtime.as_ref().map(Handle::enter);
        self.stream.as_mut().poll_next(context)
    }
}
