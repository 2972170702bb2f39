//! What the programs share: where they connect to, how they sign in, and how they say what went wrong.

mod connection;
mod failure;

pub use connection::Connection;
pub use failure::{Failure, finish};
