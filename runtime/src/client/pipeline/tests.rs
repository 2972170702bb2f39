//! Requests on their way: each behaviour by itself, with a clock that stands still.

mod retry;
mod redirect;
mod headers;
mod limits;
mod signing;
mod streams;
mod hostile;
