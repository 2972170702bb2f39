//! The pipeline of a request: authentication, sending, waiting, retries and redirects. [`Exchange`] is a state machine that
//! decides the next step without I/O and without a clock; `drive` carries the steps out.

mod clock;
mod timer;
mod randomness;
mod limits;
mod retry_after;
mod retry;
mod gate;
mod concurrency;
mod call;
mod redirect;
mod exchange;
mod drive;
mod policies;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(test)]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;

pub(crate) use call::{BodySource, Call};
pub use clock::{Clock, SystemClock};
pub(crate) use concurrency::Slots;
pub(crate) use drive::{chunk, drive, open};
pub use exchange::{Exchange, Step};
pub use limits::Limits;
pub(crate) use policies::Policies;
#[cfg(feature = "credentials")]
pub(crate) use randomness::guid;
pub use randomness::{Randomness, Seeded};
pub(crate) use retry::{Repeatable, is_throttling};
pub use retry::{RetryPolicy, Wait, WaitReason};
pub(crate) use retry_after::retry_after;
