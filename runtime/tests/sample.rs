//! Behaviour of generated code, tested with hand-written code of the same shapes.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[allow(dead_code, reason = "generated code has more items than the tests use")]
pub mod sample {
    //! As in a generated crate: `pub use` in lib.rs, and `use crate::runtime;` in each file.
    pub use graphwright_runtime as runtime;
    pub mod client;
    pub mod types;
}

#[path = "sample/codec.rs"]
mod codec;
#[path = "sample/odd_json.rs"]
mod odd_json;
#[path = "sample/polymorphism.rs"]
mod polymorphism;
#[path = "sample/requests.rs"]
mod requests;
#[path = "sample/sending.rs"]
mod sending;
