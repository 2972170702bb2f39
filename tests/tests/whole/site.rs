//! The site of all pages: every link leads somewhere, and no page is too large for a phone.

use generator::Analysis;
use generator::source::Sources;
use graphwright_report::{Site, State};

use crate::documentation;
use crate::links::Links;

/// The maximum size of a page in bytes.
const MAX_PAGE: usize = 200_000;

fn check(sources: Sources, analysis: Analysis) {
    let site = Site::new(State::new("state", sources, analysis));
    let files = site.render_all();
    let texts = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()));
    assert_eq!(Links::new(texts).broken(), Vec::<String>::new());
    let pages = files.iter().filter(|file| file.path.ends_with(".html"));
    let large = pages.filter(|file| file.text.len() > MAX_PAGE);
    let large: Vec<&str> = large.map(|file| file.path.as_str()).collect();
    assert_eq!(large, Vec::<&str>::new());
}

#[test]
fn own_pages_have_a_complete_site() {
    check(documentation::own_sources(), documentation::own());
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn real_pages_have_a_complete_site() {
    check(
        documentation::real_sources("2021-07"),
        documentation::real(),
    );
}
