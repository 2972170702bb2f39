//! The areas of a version, and the types and operations of each.

use generator::model::{EnumId, OperationId, StructuredTypeId};
use maud::{Markup, html};

use crate::frame::Frame;
use crate::operations;
use crate::routes::{Route, part, parts};
use crate::state::{Item, VersionIndex};
use crate::text::{inline, shorten};

impl VersionIndex {
    /// Returns the items of an area: types first, then operations.
    pub(crate) fn items_of_area(&self, version: usize, name: &str) -> Vec<Item> {
        let places = |areas: &[String]| -> Vec<u32> {
            let indexes = areas.iter().enumerate().filter(|(_, area)| *area == name);
            indexes.map(|(index, _)| index as u32).collect()
        };
        let structured = places(&self.areas.structured_types);
        let enums = places(&self.areas.enums);
        let operations = places(&self.areas.operations);
        let structured = structured
            .into_iter()
            .map(|id| Item::Structured(version, StructuredTypeId(id)));
        let enums = enums.into_iter().map(|id| Item::Enum(version, EnumId(id)));
        let operations = operations
            .into_iter()
            .map(|id| Item::Operation(version, OperationId(id)));
        structured.chain(enums).chain(operations).collect()
    }

    /// Returns the number of items of an area.
    pub(crate) fn rows_of_area(&self, name: &str) -> usize {
        let all = [
            &self.areas.structured_types,
            &self.areas.enums,
            &self.areas.operations,
        ];
        all.into_iter()
            .flatten()
            .filter(|area| *area == name)
            .count()
    }
}

/// Renders the list of areas.
pub(crate) fn render_version(frame: Frame<'_>, version: usize) -> String {
    let state = &frame.site.state;
    let (api, index) = (state.api(version), &state.versions[version]);
    let count = |areas: &[String], name: &str| areas.iter().filter(|area| *area == name).count();
    let body = html! {
        h1 { (api.version.name()) }
        p { a href=(frame.href(Route::Permissions(version, 0))) { "Permissions" } }
        p { input.filter type="search" data-filter="areas" aria-label="Filter the areas" placeholder="Filter"; }
        div.scroll {
            table.sortable #areas {
                thead { tr {
                    th scope="col" { "Area" }
                    th scope="col" data-sort="number" { "Types" }
                    th scope="col" data-sort="number" { "Operations" }
                } }
                tbody {
                    @for (area, name) in index.area_names.iter().enumerate() {
                        tr {
                            th scope="row" { a href=(frame.href(Route::Area(version, area, 0))) { (name.replace('_', " ")) } }
                            td.number { (count(&index.areas.structured_types, name) + count(&index.areas.enums, name)) }
                            td.number { (count(&index.areas.operations, name)) }
                        }
                    }
                }
            }
        }
    };
    frame.page(api.version.name(), &[], body)
}

/// Renders a part of the items of an area.
pub(crate) fn render_area(frame: Frame<'_>, version: usize, area: usize, current: usize) -> String {
    let state = &frame.site.state;
    let (api, index) = (state.api(version), &state.versions[version]);
    let name = &index.area_names[area];
    let items = index.items_of_area(version, name);
    let title = name.replace('_', " ");
    let links = || {
        frame.part_links(parts(items.len()), current, |part| {
            Route::Area(version, area, part)
        })
    };
    let body = html! {
        h1 { (title) }
        (links())
        p { input.filter type="search" data-filter="items" aria-label="Filter the items" placeholder="Filter"; }
        div.scroll {
            table.sortable #items {
                thead { tr { th scope="col" { "Item" } th scope="col" { "Kind" } th scope="col" { "Description" } } }
                tbody {
                    @for item in part(&items, current) { (row(frame, *item)) }
                }
            }
        }
        (links())
    };
    let trail = [(Route::Version(version), api.version.name())];
    frame.page(&format!("{title}, {}", api.version.name()), &trail, body)
}

/// Renders the row of an item in a list.
pub(crate) fn row(frame: Frame<'_>, item: Item) -> Markup {
    let (link, kind, description) = describe(frame, item);
    html! {
        tr { th scope="row" { (link) } td { (kind) } td { (inline(&shorten(description, 160))) } }
    }
}

/// Renders the links to the same item in other versions as rows of a list of facts.
pub(crate) fn other_versions(frame: Frame<'_>, item: Item) -> Markup {
    let state = &frame.site.state;
    let others = state.in_other_versions(item);
    html! {
        @if !others.is_empty() {
            dt { "Other versions" }
            dd {
                @for other in others {
                    @let (route, version) = match other {
                        Item::Structured(version, id) => (Route::Structured(version, id, 0), version),
                        Item::Enum(version, id) => (Route::Enum(version, id, 0), version),
                        Item::Operation(version, id) => (Route::Operation(version, id), version),
                    };
                    a href=(frame.href(route)) { (state.api(version).version.name()) }
                }
            }
        }
    }
}

/// Returns the link to an item, its kind and its description.
pub(crate) fn describe<'s>(frame: Frame<'s>, item: Item) -> (Markup, &'static str, &'s str) {
    let state = &frame.site.state;
    match item {
        Item::Structured(version, id) => {
            let ty = state.api(version).structured_type(id);
            let link = html! { a href=(frame.href(Route::Structured(version, id, 0))) { code { (ty.name.name) } } };
            (link, crate::types::kind(ty), &ty.docs.description)
        }
        Item::Enum(version, id) => {
            let ty = state.api(version).enum_type(id);
            let link = html! { a href=(frame.href(Route::Enum(version, id, 0))) { code { (ty.name.name) } } };
            (link, "enum type", &ty.docs.description)
        }
        Item::Operation(version, id) => {
            let operation = state.api(version).operation(id);
            let link = operations::link(frame, version, id);
            (
                link,
                operations::kind(operation.kind),
                &operation.docs.description,
            )
        }
    }
}
