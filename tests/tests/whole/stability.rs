//! A page more or less renames nothing: names follow from what an item is, not from what else there is.

use std::collections::BTreeMap;

use generator::facts::PageFacts;
use generator::resolve::{self, Corrections};
use generator::rust::{self, Crate, Module};
use generator::source::Sources;
use rayon::prelude::*;

use crate::documentation;

/// What each item is called, by the words of the service for it.
type Names = BTreeMap<String, String>;

/// The names of all that some pages give.
fn names(pages: &[PageFacts], sources: &Sources) -> Names {
    let text = sources.find(generator::CORRECTIONS);
    let text = text.map(|file| sources.get(file).text.as_str());
    let corrections = Corrections::read(text.expect("there are corrections"));
    let corrections = corrections.expect("the corrections can be read");
    let (model, _) = resolve::resolve(pages, sources, &corrections);
    let (library, _) = rust::lower(&model, sources);
    names_of(&library)
}

fn names_of(library: &Crate) -> Names {
    let mut names = Names::new();
    for version in &library.versions {
        let name = version.version.name();
        for area in &version.areas {
            for module in &area.modules {
                types(name, area.ident.as_str(), module, &mut names);
                for builder in &module.builders {
                    for method in &builder.methods {
                        let operation = &method.operation;
                        let key = format!("{name} {:?} {}", operation.method, operation.template);
                        names.insert(key, format!("{}.{}", builder.ident, method.ident));
                    }
                }
            }
        }
    }
    names
}

fn types(version: &str, area: &str, module: &Module, names: &mut Names) {
    for item in &module.structs {
        let Some(name) = &item.name else { continue };
        let key = format!("{version} {}", name.full());
        for field in &item.fields {
            names.insert(format!("{key}.{}", field.wire), field.ident.to_string());
        }
        names.insert(key, format!("{area}::{}::{}", module.ident, item.ident));
    }
    for item in &module.enums {
        let key = format!("{version} {}", item.name.full());
        for variant in &item.variants {
            names.insert(format!("{key}.{}", variant.wire), variant.ident.to_string());
        }
        names.insert(key, format!("{area}::{}::{}", module.ident, item.ident));
    }
}

/// Holds that what is still there without some pages has the names that it has with them, and gives how much that is.
fn without(
    leaves: impl Fn(usize, &PageFacts) -> bool,
    pages: &[PageFacts],
    all: &Names,
    sources: &Sources,
) -> (usize, Vec<String>) {
    let kept = pages.iter().enumerate();
    let kept: Vec<PageFacts> = kept
        .filter(|(index, page)| !leaves(*index, page))
        .map(|(_, page)| page.clone())
        .collect();
    let found = names(&kept, sources);
    let mut changes = Vec::new();
    for (key, name) in &found {
        if let Some(before) = all.get(key)
            && before != name
        {
            changes.push(format!("{key} is {before}, and was {name}"));
        }
    }
    (found.len(), changes)
}

#[test]
fn each_of_our_pages_renames_nothing() {
    let sources = documentation::own_sources();
    let pages = documentation::own().pages;
    let all = names(&pages, &sources);
    assert!(all.len() > 500, "only {} names", all.len());
    let changes: Vec<String> = (0..pages.len())
        .into_par_iter()
        .flat_map_iter(|left_out| {
            let (found, changes) = without(|index, _| index == left_out, &pages, &all, &sources);
            assert!(found > all.len() / 2, "only {found} names");
            let page = &sources.get(pages[left_out].file).path;
            let changes = changes.into_iter();
            changes.map(move |change| format!("with {page}, {change}"))
        })
        .collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn a_tenth_of_the_real_pages_renames_nothing() {
    let (Some(sources), Some(understood)) = (
        documentation::real_sources("2021-07"),
        documentation::real(),
    ) else {
        return;
    };
    let pages = understood.pages;
    let all = names(&pages, &sources);
    let changes: Vec<String> = (0..10)
        .into_par_iter()
        .flat_map_iter(|tenth| without(|index, _| index % 10 == tenth, &pages, &all, &sources).1)
        .collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}
