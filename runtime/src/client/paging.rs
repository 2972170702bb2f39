//! Lists by page and by item, and delta queries.

mod walk;
mod cursor;
mod pages;
mod items;
mod changes;
mod collect_error;
#[cfg(test)]
mod tests;

pub use changes::{Change, Changes, ChangesState, Removed};
pub use collect_error::CollectError;
pub use cursor::{Cursor, CursorError};
pub use items::Items;
pub use pages::Pages;
