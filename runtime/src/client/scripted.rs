//! A transport and a clock for tests: no network, and no waiting.

mod clock;
mod transport;

pub use clock::ScriptedClock;
pub use transport::{Expectation, ScriptedTransport};
