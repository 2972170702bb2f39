//! The default transport.

mod runtime;
mod reqwest;

pub use reqwest::{ReqwestTransport, Timeouts};
#[cfg(feature = "blocking")]
pub(crate) use runtime::while_blocking;
