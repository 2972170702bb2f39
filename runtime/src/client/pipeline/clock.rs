//! Time: what it is, and waiting. Tests put a clock of their own in place of it.

use std::time::{Duration, SystemTime};

use super::timer;
use crate::request::BoxFuture;

/// Tells the time and waits.
pub trait Clock: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> SystemTime;

    /// Waits so long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The time of the machine. It waits on one thread that all share, so it works under any executor.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(timer::Sleep::new(duration))
    }
}
