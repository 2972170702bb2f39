//! Collects the items of one state of the documentation from its model and its lowered library.

mod operations;
mod signatures;
mod types;

use crate::rust::{Ident, Version};
use crate::source::{Location, Sources};

use super::items::{Item, Items, Key};
use super::{ItemKind, Side};

/// Returns every item of a state.
pub(super) fn collect_items(side: &Side<'_>) -> Items {
    let mut items = Items::new();
    for api in &side.model.apis {
        let version = side
            .library
            .versions
            .iter()
            .find(|version| version.version == api.version);
        let Some(version) = version else {
            continue;
        };
        for feature in &version.features {
            let key = Key::new(api.version, ItemKind::Feature, &feature.name, "");
            let item = Item {
                path: feature.name.clone(),
                place: locate_area(&feature.area, version, side.sources),
                ..Item::default()
            };
            items.insert(key, item);
        }
        types::add_types(api, version, &mut items);
        operations::add_operations(api, version, &mut items);
    }
    items
}

/// Returns the start of the first page of an area.
fn locate_area(area: &Ident, version: &Version, sources: &Sources) -> Option<Location> {
    let area = version.areas.iter().find(|one| one.ident == *area)?;
    let mut pages = area.modules.iter().flat_map(|module| {
        let parts = module.parts.iter().flat_map(|part| &part.pages);
        let pages = module.pages.iter().chain(&module.builder_pages);
        pages.chain(parts)
    });
    let page = pages.next()?;
    let file = sources.find(page)?;
    Some(Location {
        file,
        line: 1,
        column: 1,
    })
}
