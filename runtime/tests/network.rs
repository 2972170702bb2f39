//! The transport that comes along, over real connections to this machine.
#![cfg(all(feature = "reqwest", feature = "blocking"))]

#[cfg(test)]
#[path = "network/connections.rs"]
mod connections;
