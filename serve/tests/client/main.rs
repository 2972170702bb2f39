//! The client against the server, over real connections. One program, so that it is linked once. Nobody waits: the clock of
//! the client only says it did.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod setting;

mod batches;
mod explorer;
mod faults;
mod foreign;
mod lists;
mod load;
mod long;
mod scopes;
mod state;
