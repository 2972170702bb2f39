//! The default transport over real connections to the local machine.
#![cfg(all(feature = "reqwest", feature = "blocking"))]

#[cfg(test)]
#[path = "network/connections.rs"]
mod connections;
#[cfg(test)]
#[path = "network/tls.rs"]
mod tls;
