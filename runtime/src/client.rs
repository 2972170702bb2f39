//! The client: requests and everything that happens between a request and its response.

pub mod request;
pub mod hosts;
pub mod sign_in;
pub mod pipeline;
pub mod paging;
pub mod long_running;
pub mod batch;
pub mod upload;
pub mod scripted;
#[cfg(feature = "reqwest")]
pub mod transport;
#[cfg(feature = "blocking")]
pub mod blocking;
