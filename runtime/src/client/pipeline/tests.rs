//! Tests of the pipeline, one behaviour each, with a scripted transport and clock.

mod retry;
mod redirect;
mod headers;
mod limits;
mod signing;
mod streams;
mod hostile;
