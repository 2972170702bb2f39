//! A clock for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::pipeline::Clock;
use crate::request::BoxFuture;

/// A clock for tests that advances only by waits, which complete at once. Clones share the same time.
///
/// ```
/// use graphwright_runtime::{Client, Method, ScriptedClock, ScriptedTransport, Error};
///
/// # async fn test() -> Result<(), Error> {
/// let clock = ScriptedClock::new();
/// let transport = ScriptedTransport::new()
///     .expect(Method::Get, "/me")
///     .respond_with_headers(429, [("Retry-After", "30")], "")
///     .expect(Method::Get, "/me")
///     .respond(200, r#"{"id":"1"}"#);
/// let client: Client = Client::builder("https://graph.microsoft.com/v1.0")
///     .transport(transport)
///     .clock(clock.clone())
///     .build()?;
/// client.get("/me").send().await?;
/// assert_eq!(clock.waits(), [std::time::Duration::from_secs(30)]);
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test()).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct ScriptedClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: SystemTime,
    waits: Vec<Duration>,
}

impl ScriptedClock {
    /// Creates a clock that starts at the Unix epoch.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            now: SystemTime::UNIX_EPOCH,
            waits: Vec::new(),
        })))
    }

    /// Returns the waits so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// Advances the clock.
    pub fn advance(&self, duration: Duration) {
        self.state().now += duration;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ScriptedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ScriptedClock {
    fn now(&self) -> SystemTime {
        self.state().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.state();
        state.now += duration;
        state.waits.push(duration);
        Box::pin(async {})
    }
}
