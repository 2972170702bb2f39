//! The default transport.

mod runtime;
mod builder;
mod reqwest;

pub use builder::{Proxy, ReqwestTransportBuilder, Timeouts};
pub use reqwest::ReqwestTransport;
#[cfg(feature = "blocking")]
pub(crate) use runtime::while_blocking;
