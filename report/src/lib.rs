//! The documentation as a static site: a page per type, operation and documentation page, with permissions, examples and problems.
//!
//! [`Site::new`] indexes a [`State`] of the documentation, and [`Site::render`] renders one file of the site at a time. Nothing is
//! read from or written to disk: `graphwright report` writes all files, and `graphwright serve` renders a file when it is requested.
//! All links are relative, so the site works from the file system and below any path.
//!
//! Text from pages is data: the templates escape it, and the pages forbid inline scripts and styles.

mod state;
mod routes;
mod site;
mod frame;
mod names;
mod lists;
mod numbers;
mod plots;
mod text;
mod overview;
mod areas;
mod types;
mod operations;
mod permissions;
mod requests;
mod sources;
mod problems;
mod parity;
mod changes;
mod search;
#[cfg(test)]
mod tests;

pub use frame::CONTENT_SECURITY_POLICY;
pub use numbers::Numbers;
pub use requests::RequestForm;
pub use site::{File, Site, media_type};
pub use state::State;
