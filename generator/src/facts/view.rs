//! Facts to look at: as JSON and as text.

mod json;
mod text;

pub use json::json;
pub use text::text;
