//! The search: the page of its results, and the index of each version.

use maud::html;

use crate::frame::Frame;
use crate::site::Site;

/// Renders the page of the search, which the script fills.
pub(crate) fn render(frame: Frame<'_>) -> String {
    let body = html! {
        h1 { "Search" }
        p #search-status role="status" { "The search needs scripts." }
        ol #search-page {}
    };
    frame.page("Search", &[], body)
}

/// Renders the index of a version.
pub(crate) fn render_index(_site: &Site, version: usize) -> String {
    format!("// version {version}\n")
}
