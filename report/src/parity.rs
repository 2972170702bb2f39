//! The comparison of v1.0 with beta.

use std::collections::BTreeSet;

use generator::diff::{Aspect, Disparity, Place, Stated, compare_versions};
use generator::model::ApiVersion;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::lists::{AreaLists, ListRoutes, area_title, attribute_value, select, text_filter};
use crate::routes::{Route, part_of};
use crate::state::{Item, State};
use crate::text::{count, shorten};
use crate::types;

/// The maximum length of a shown value in characters.
const MAX_VALUE: usize = 160;

/// The maximum length of a shown name in characters.
const MAX_NAME: usize = 200;

pub(crate) const ROUTES: ListRoutes = ListRoutes {
    all: Route::Parity,
    of_area: Route::ParityArea,
};

/// The comparison of two versions.
#[derive(Debug)]
pub(crate) struct Parity {
    /// The indexes of v1.0 and beta.
    versions: [usize; 2],
    pub(crate) lists: AreaLists<Disparity>,
}

impl Parity {
    /// Compares v1.0 with beta. Returns `None` unless the state has both.
    pub(crate) fn new(state: &State) -> Option<Self> {
        let apis = &state.analysis.model.apis;
        let find = |version| apis.iter().position(|api| api.version == version);
        let versions = [find(ApiVersion::V1_0)?, find(ApiVersion::Beta)?];
        let [left, right] = versions;
        let disparities = compare_versions(&apis[left], &apis[right]);
        let areas = disparities
            .iter()
            .map(|disparity| {
                let side = |version, stated: &Option<Stated>| {
                    let place = stated.as_ref()?.place;
                    Some(state.area_of(item(version, place)).to_owned())
                };
                side(left, &disparity.left)
                    .or_else(|| side(right, &disparity.right))
                    .expect("one version has the item")
            })
            .collect();
        Some(Self {
            versions,
            lists: AreaLists::new(disparities, areas),
        })
    }

    /// Returns the numbers of items that only the first and only the second version has, and the number of differences.
    fn counts<'a>(&'a self, rows: impl IntoIterator<Item = &'a usize>) -> [usize; 3] {
        let mut counts = [0; 3];
        for row in rows {
            let disparity = &self.lists.rows[*row];
            let column = match (&disparity.left, &disparity.right) {
                (Some(_), None) => 0,
                (None, Some(_)) => 1,
                _ => 2,
            };
            counts[column] += 1;
        }
        counts
    }
}

/// Renders a page of the comparison: of all areas or of one.
pub(crate) fn render(
    frame: Frame<'_>,
    parity: &Parity,
    area: Option<usize>,
    current: usize,
) -> String {
    let state = &frame.site.state;
    let names = parity
        .versions
        .map(|version| state.api(version).version.name());
    let lists = &parity.lists;
    let rows = lists.part(area, current);
    let total = area.map_or(lists.rows.len(), |area| lists.areas[area].1.len());
    let title = match area {
        Some(area) => area_title(&lists.areas[area].0),
        None => format!("{} beside {}", names[0], names[1]),
    };
    let body = html! {
        h1 { (title) }
        @if area.is_none() && current == 0 { (summary(frame, parity, names)) }
        section aria-labelledby="differences" {
            h2 #differences { (count(total, "difference")) }
            @if total == 0 { p { "Both versions document the same." } } @else {
                (ROUTES.part_links(frame, lists, area, current))
                p {
                    (text_filter("parity", "Filter the differences")) " "
                    (select("parity", "class", "Difference", &classes(parity, &rows, names)))
                    (select("parity", "kind", "Kind", &kinds(parity, &rows)))
                    @if area.is_none() { (select("parity", "area", "Area", &areas(parity, &rows))) }
                }
                div.scroll {
                    table.sortable.comparison #parity {
                        thead { tr {
                            th scope="col" { "Item" } th scope="col" { "Kind" } th scope="col" { "Difference" }
                            th scope="col" { (names[0]) } th scope="col" { (names[1]) }
                        } }
                        tbody { @for row in &rows { (self::row(frame, parity, *row, names)) } }
                    }
                }
                (ROUTES.part_links(frame, lists, area, current))
            }
        }
    };
    let overview = [(Route::Parity(0), "Parity")];
    let trail = match (area, current) {
        (None, 0) => &overview[..0],
        _ => &overview,
    };
    frame.page(&format!("{title}, parity"), trail, body)
}

fn summary(frame: Frame<'_>, parity: &Parity, names: [&str; 2]) -> Markup {
    html! {
        section aria-labelledby="areas" {
            h2 #areas { "Areas" }
            p { (text_filter("parity-areas", "Filter the areas")) }
            div.scroll {
                table.sortable #parity-areas {
                    thead { tr {
                        th scope="col" { "Area" }
                        th scope="col" data-sort="number" { "Only " (names[0]) }
                        th scope="col" data-sort="number" { "Only " (names[1]) }
                        th scope="col" data-sort="number" { "Different" }
                    } }
                    tbody {
                        @for (area, (name, rows)) in parity.lists.areas.iter().enumerate() {
                            tr {
                                th scope="row" { a href=(frame.href(Route::ParityArea(area, 0))) { (area_title(name)) } }
                                @for number in parity.counts(rows) { td.number { (number) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(frame: Frame<'_>, parity: &Parity, index: usize, names: [&str; 2]) -> Markup {
    let disparity = &parity.lists.rows[index];
    let area = &parity.lists.areas[parity.lists.area_of_row[index]].0;
    let class = class(disparity, names);
    let [left, right] = parity.versions;
    html! {
        tr data-class=(attribute_value(&class)) data-kind=(disparity.item.name()) data-area=(attribute_value(area)) {
            th scope="row" { code { (shorten(&disparity.name, MAX_NAME)) } }
            td { (disparity.item.name()) }
            td { (class) }
            td { (side(frame, left, &disparity.left)) }
            td { (side(frame, right, &disparity.right)) }
        }
    }
}

fn side(frame: Frame<'_>, version: usize, stated: &Option<Stated>) -> Markup {
    html! {
        @if let Some(stated) = stated {
            @let shown = if stated.shown.is_empty() { "present" } else { &stated.shown };
            a href=(frame.root() + &path(frame, version, stated.place)) { (shorten(shown, MAX_VALUE)) }
        } @else { "absent" }
    }
}

/// Returns the path of an item below the site.
fn path(frame: Frame<'_>, version: usize, place: Place) -> String {
    let site = frame.site;
    match place {
        Place::Property(id, index) => types::property_path(site, version, id, index),
        Place::Member(id, index) => {
            let name = &site.state.api(version).enum_type(id).members[index].name;
            let route = Route::Enum(version, id, part_of(index));
            format!("{}#{}", site.routes.path(route), types::anchor(name))
        }
        Place::Structured(_) | Place::Enum(_) | Place::Operation(_) => {
            site.routes.path(item(version, place).route()).to_owned()
        }
    }
}

/// Returns the type or operation of a place.
fn item(version: usize, place: Place) -> Item {
    match place {
        Place::Structured(id) | Place::Property(id, _) => Item::Structured(version, id),
        Place::Enum(id) | Place::Member(id, _) => Item::Enum(version, id),
        Place::Operation(id) => Item::Operation(version, id),
    }
}

fn class(disparity: &Disparity, names: [&str; 2]) -> String {
    match (disparity.aspect, &disparity.right) {
        (Aspect::Presence, None) => format!("only {}", names[0]),
        (Aspect::Presence, Some(_)) => format!("only {}", names[1]),
        (aspect, _) => aspect.name().to_owned(),
    }
}

fn classes(parity: &Parity, rows: &[usize], names: [&str; 2]) -> Vec<String> {
    let classes = rows
        .iter()
        .map(|row| class(&parity.lists.rows[*row], names));
    classes.collect::<BTreeSet<String>>().into_iter().collect()
}

fn kinds(parity: &Parity, rows: &[usize]) -> Vec<String> {
    let kinds = rows.iter().map(|row| parity.lists.rows[*row].item);
    let kinds = kinds.collect::<BTreeSet<_>>().into_iter();
    kinds.map(|kind| kind.name().to_owned()).collect()
}

fn areas(parity: &Parity, rows: &[usize]) -> Vec<String> {
    let areas = rows.iter().map(|row| parity.lists.area_of_row[*row]);
    let areas = areas.collect::<BTreeSet<_>>().into_iter();
    areas
        .map(|area| parity.lists.areas[area].0.clone())
        .collect()
}
