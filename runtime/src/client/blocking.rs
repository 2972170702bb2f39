//! Requests without `async`: the same futures, polled on the current thread.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Runs a future to completion on the current thread. The default transport works without an async runtime. Inside of an async
/// runtime this blocks a worker thread.
///
/// ```
/// use graphwright_runtime::blocking::wait;
///
/// assert_eq!(wait(async { 1 + 1 }), 2);
/// ```
pub fn wait<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = poll(|| future.as_mut().poll(&mut context)) {
            return output;
        }
        // Returns immediately if the future was woken before.
        thread::park();
    }
}

#[cfg(feature = "reqwest")]
fn poll<T>(poll: impl FnOnce() -> T) -> T {
    crate::transport::while_blocking(poll)
}

#[cfg(not(feature = "reqwest"))]
fn poll<T>(poll: impl FnOnce() -> T) -> T {
    poll()
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
