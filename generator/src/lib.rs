//! Turns documentation pages into the files of a Rust client library. Touches no disk, no network and no clock.

pub mod source;
pub mod report;
pub mod model;
pub mod markdown;
pub mod facts;
pub mod resolve;
pub mod export;
pub mod rust;
pub mod emit;
