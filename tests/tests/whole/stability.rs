//! A page more or less renames nothing: names follow from what an item is, not from what else there is.
//!
//! What holds without exception: types, properties, members, parameters, the way to each operation, and the names of builders,
//! as `types` and `builders` have them. The modules below an area follow the documentation's own division: a type stands where
//! a page that defines it says, and a builder with the type that its path leads to. So they stay as long as those pages do.

mod names;

use std::collections::BTreeMap;

use generator::facts::PageFacts;
use generator::source::{FileId, Sources};
use rayon::prelude::*;

use crate::documentation::{self, Silent};
use names::{Names, names};

/// What only one page tells: that the last word is called, and is no property. A path that goes on behind the word, on
/// another page, does not say so.
const CALLED_ON_ONE_PAGE: [&str; 1] = ["/visibleView/"];

/// What is called otherwise without some pages than with all.
#[derive(Default)]
struct Changes {
    items: Vec<String>,
    /// Types that stand elsewhere, although all pages that define them are there.
    modules: Vec<String>,
    /// Builders that stand elsewhere.
    requests: Vec<String>,
    /// How many items there are without the pages.
    kept: usize,
}

fn changes(left_out: &[usize], pages: &[PageFacts], all: &Names, sources: &Sources) -> Changes {
    let kept = pages.iter().enumerate();
    let kept: Vec<PageFacts> = kept
        .filter(|(index, _)| !left_out.contains(index))
        .map(|(_, page)| page.clone())
        .collect();
    let gone: Vec<FileId> = left_out.iter().map(|index| pages[*index].file).collect();
    let found = names(&kept, sources);
    let places = |modules: &BTreeMap<String, (String, Vec<FileId>)>| {
        let lasting = modules.iter().filter(|(key, _)| {
            let files = all.modules.get(*key).map(|(_, files)| files);
            files.is_some_and(|files| !files.iter().any(|file| gone.contains(file)))
        });
        let places = lasting.map(|(key, (place, _))| (key.clone(), place.clone()));
        places.collect::<BTreeMap<_, _>>()
    };
    Changes {
        items: renamed(&found.items, &all.items),
        modules: renamed(&places(&found.modules), &places(&all.modules)),
        requests: renamed(&found.requests, &all.requests),
        kept: found.items.len(),
    }
}

fn renamed(found: &BTreeMap<String, String>, all: &BTreeMap<String, String>) -> Vec<String> {
    let both = found
        .iter()
        .filter_map(|(key, name)| Some((key, name, all.get(key)?)));
    both.filter(|(_, name, now)| name != now)
        .map(|(key, name, now)| format!("{key}: {name} became {now}"))
        .collect()
}

#[test]
fn a_tenth_of_our_pages_renames_nothing() {
    let sources = documentation::own_sources();
    let pages = documentation::own().pages;
    let all = names(&pages, &sources);
    assert!(all.items.len() > 400, "{}", all.items.len());
    let changes: Vec<String> = (0..10)
        .into_par_iter()
        .flat_map_iter(|tenth| {
            let left_out: Vec<usize> = (tenth..pages.len()).step_by(10).collect();
            let found = changes(&left_out, &pages, &all, &sources);
            assert!(found.kept > 300, "{}", found.kept);
            found.items.into_iter().chain(found.modules)
        })
        .collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

/// A tenth of the pages is far more than ever comes at once.
#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn a_tenth_of_the_real_pages_renames_nothing() {
    let sources = documentation::real_sources("2021-07");
    let pages = generator::analyze(&sources, &documentation::corrections(), &Silent).pages;
    let all = names(&pages, &sources);
    let without = |tenth: usize| {
        let left_out: Vec<usize> = (tenth..pages.len()).step_by(10).collect();
        changes(&left_out, &pages, &all, &sources)
    };
    let (first, second) = rayon::join(|| without(0), || without(6));
    for mut found in [first, second] {
        assert!(found.kept > 13_000, "{}", found.kept);
        let is_excused = |change: &str| CALLED_ON_ONE_PAGE.iter().any(|word| change.contains(word));
        found.items.retain(|change| !is_excused(change));
        assert!(found.items.is_empty(), "{}", found.items.join("\n"));
        assert!(found.modules.is_empty(), "{}", found.modules.join("\n"));
        println!("{} builders stand in other modules", found.requests.len());
    }
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn a_month_of_the_real_pages_renames_nothing() {
    let read = |tag: &str| {
        let sources = documentation::real_sources(tag);
        let pages = generator::analyze(&sources, &documentation::corrections(), &Silent).pages;
        names(&pages, &sources)
    };
    let (before, after) = rayon::join(|| read("2021-06"), || read("2021-07"));
    let changes = renamed(&before.items, &after.items);
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}
