//! What the generator writes, by hand: one of each shape. Everything here must compile against the runtime as it is.

mod sample {
    /// In the generated crate: `pub use graphwright_runtime as runtime;` in lib.rs, `use crate::runtime;` in each file.
    pub use graphwright_runtime as runtime;
    pub mod client;
    pub mod types;
}

#[path = "sample/behaviour.rs"]
mod behaviour;
