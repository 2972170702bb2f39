//! The changes since an earlier state, whose site is below `before/`.

use std::collections::BTreeSet;

use generator::diff::{self, Change, Class, Diff, ItemKind, Key, Seen, Side};
use generator::model::{HttpMethod, QualifiedName};
use generator::source::Location;
use maud::{Markup, html};

use crate::frame::{Frame, file_name};
use crate::lists::{
    AreaLists, ListRoutes, NO_AREA, area_title, attribute_value, select, text_filter,
};
use crate::numbers::Numbers;
use crate::routes::{Route, part_of};
use crate::site::Site;
use crate::state::{Item, State};
use crate::text::{count, shorten};
use crate::types;

/// The maximum length of a shown value in characters.
const MAX_VALUE: usize = 160;

/// The maximum length of a shown name in characters.
const MAX_NAME: usize = 200;

pub(crate) const ROUTES: ListRoutes = ListRoutes {
    all: Route::Changes,
    of_area: Route::ChangesArea,
};

/// The earlier states.
#[derive(Debug)]
pub(crate) struct History {
    /// The numbers of all states, oldest first; the last ones are those of the shown state.
    pub(crate) numbers: Vec<Numbers>,
    /// The changes since the state of `before`.
    pub(crate) lists: AreaLists<Change>,
    /// The site of the earlier state.
    pub(crate) before: Box<Site>,
}

impl History {
    /// Compares a state with the state of an earlier site.
    pub(crate) fn new(state: &State, before: Site, mut numbers: Vec<Numbers>) -> Self {
        let Diff { changes } = diff::compare(&side(&before.state), &side(state));
        let areas = changes
            .iter()
            .map(|change| area(state, &before.state, change));
        let areas = areas.collect();
        numbers.extend([&before.state, state].map(State::numbers));
        Self {
            numbers,
            lists: AreaLists::new(changes, areas),
            before: Box::new(before),
        }
    }
}

fn side(state: &State) -> Side<'_> {
    Side {
        sources: &state.sources,
        model: &state.analysis.model,
        library: &state.library,
    }
}

/// Returns the name of the area of a change: that of its item, or else that of its page.
fn area(state: &State, before: &State, change: &Change) -> String {
    let earlier_key = change.earlier_key.as_ref().unwrap_or(&change.key);
    let of_item = |state: &State, key: &Key| match key.kind {
        ItemKind::Feature => find_area(state, key).map(|(_, name)| name.to_owned()),
        _ => find_item(state, key).map(|item| state.area_of(item).to_owned()),
    };
    let of_page = |state: &State, seen: &Option<Seen>| {
        let file = state.sources.find(seen.as_ref()?.page.as_ref()?)?;
        let item = state.items_by_page.get(&file)?.first()?;
        Some(state.area_of(*item).to_owned())
    };
    of_item(state, &change.key)
        .or_else(|| of_item(before, earlier_key))
        .or_else(|| of_page(state, &change.after))
        .or_else(|| of_page(before, &change.before))
        .unwrap_or_else(|| NO_AREA.to_owned())
}

/// Returns the type or operation that a key denotes or that contains its item.
fn find_item(state: &State, key: &Key) -> Option<Item> {
    let mut apis = state.analysis.model.apis.iter();
    let version = apis.position(|api| api.version == key.version)?;
    let find_type = |name: &str| {
        let (namespace, name) = name.rsplit_once('.')?;
        let name = QualifiedName {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        state.find_type(version, &name)
    };
    let find_operation = |request: &str| {
        let (method, path) = request.split_once(' ')?;
        let request = (HttpMethod::parse(method)?, path.to_owned());
        let id = state.versions[version].operations.get(&request)?;
        Some(Item::Operation(version, *id))
    };
    match key.kind {
        ItemKind::Derivation => find_type(&key.name),
        ItemKind::Type
        | ItemKind::Constructor
        | ItemKind::Property
        | ItemKind::Member
        | ItemKind::Parameters
        | ItemKind::Operation => find_operation(&key.owner).or_else(|| find_type(&key.owner)),
        ItemKind::Feature | ItemKind::Builder => None,
    }
}

/// Returns the page and the name of the area of a feature.
fn find_area<'s>(state: &'s State, key: &Key) -> Option<(Route, &'s str)> {
    let mut apis = state.analysis.model.apis.iter();
    let version = apis.position(|api| api.version == key.version)?;
    let mut features = state.library.versions[version].features.iter();
    let feature = features.find(|feature| feature.name == key.owner)?;
    let names = &state.versions[version].area_names;
    let area = names
        .iter()
        .position(|name| name == feature.area.as_str())?;
    Some((Route::Area(version, area, 0), &names[area]))
}

/// Returns the path of the item that a key denotes, below the site.
fn find_path(site: &Site, key: &Key) -> Option<String> {
    let state = &site.state;
    if key.kind == ItemKind::Feature {
        let (route, _) = find_area(state, key)?;
        return Some(site.routes.path(route).to_owned());
    }
    let item = find_item(state, key)?;
    let is_member = matches!(key.kind, ItemKind::Property | ItemKind::Member);
    let member = match item {
        Item::Structured(version, id) if is_member => {
            let api = state.api(version);
            let place = api.ancestors(id).find_map(|id| {
                let mut properties = api.structured_type(id).properties.iter();
                Some((id, properties.position(|one| one.name == key.name)?))
            });
            place.map(|(id, index)| types::property_path(site, version, id, index))
        }
        Item::Enum(version, id) if is_member => {
            let mut members = state.api(version).enum_type(id).members.iter();
            let index = members.position(|member| member.name == key.name);
            index.map(|index| {
                let path = site.routes.path(Route::Enum(version, id, part_of(index)));
                format!("{path}#{}", types::anchor(&key.name))
            })
        }
        Item::Structured(..) | Item::Enum(..) | Item::Operation(..) => None,
    };
    Some(member.unwrap_or_else(|| site.routes.path(item.route()).to_owned()))
}

/// Renders a page of the changes: of all areas or of one.
pub(crate) fn render(
    frame: Frame<'_>,
    history: &History,
    area: Option<usize>,
    current: usize,
) -> String {
    let lists = &history.lists;
    let rows = lists.part(area, current);
    let total = area.map_or(lists.rows.len(), |area| lists.areas[area].1.len());
    let title = match area {
        Some(area) => area_title(&lists.areas[area].0),
        None => "Changes".to_owned(),
    };
    let changes = || rows.iter().map(|row| &lists.rows[*row]);
    let names = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let body = html! {
        h1 { (title) }
        p {
            "From " a href=(before_href(frame, "index.html")) { (history.before.state.label) }
            " to " a href=(frame.href(Route::Overview)) { (frame.site.state.label) } "."
        }
        @if area.is_none() && current == 0 && total > 0 { (summary(frame, history)) }
        section aria-labelledby="list" {
            h2 #list { (count(total, "change")) }
            @if total == 0 { p { "Nothing changed." } } @else {
                (ROUTES.part_links(frame, lists, area, current))
                p {
                    (text_filter("changes", "Filter the changes")) " "
                    (select("changes", "class", "Class", &names(changes().map(|change| change.class.name()).collect())))
                    (select("changes", "change", "Change", &names(changes().map(|change| change.kind.name()).collect())))
                    (select("changes", "kind", "Kind", &names(changes().map(|change| change.key.kind.name()).collect())))
                    @if area.is_none() {
                        (select("changes", "area", "Area", &names(rows.iter().map(|row| area_of(lists, *row)).collect())))
                    }
                }
                div.scroll {
                    table.sortable.comparison #changes {
                        thead { tr {
                            th scope="col" { "Item" } th scope="col" { "Class" } th scope="col" { "Change" }
                            th scope="col" { "Before" } th scope="col" { "After" }
                        } }
                        tbody { @for row in &rows { (self::row(frame, history, *row)) } }
                    }
                }
                (ROUTES.part_links(frame, lists, area, current))
            }
        }
    };
    let overview = [(Route::Changes(0), "Changes")];
    let trail = match (area, current) {
        (None, 0) => &overview[..0],
        _ => &overview,
    };
    frame.page(&title, trail, body)
}

fn area_of(lists: &AreaLists<Change>, row: usize) -> &str {
    &lists.areas[lists.area_of_row[row]].0
}

/// Renders the number of changes by class and by area.
fn summary(frame: Frame<'_>, history: &History) -> Markup {
    let lists = &history.lists;
    let of_class = |class| {
        let first = lists.rows.iter().position(|change| change.class == class);
        let number = lists.rows.iter().filter(|change| change.class == class);
        first.map(|first| (first, number.count()))
    };
    html! {
        section aria-labelledby="classes" {
            h2 #classes { "Classes" }
            dl.facts {
                @for class in Class::ALL {
                    dt { (class.name()) }
                    dd {
                        @match of_class(class) {
                            Some((first, number)) => {
                                a href=(frame.href(Route::Changes(lists.part_of(first)))) { (number) }
                            }
                            None => { "0" }
                        }
                    }
                }
                @if let Some(class) = lists.rows.iter().map(|change| change.class).min() {
                    dt { "Version step" } dd { (class.step()) }
                }
            }
        }
        section aria-labelledby="areas" {
            h2 #areas { "Areas" }
            p { (text_filter("changed-areas", "Filter the areas")) }
            div.scroll {
                table.sortable #changed-areas {
                    thead { tr {
                        th scope="col" { "Area" }
                        @for class in Class::ALL { th scope="col" data-sort="number" { (class.name()) } }
                    } }
                    tbody {
                        @for (area, (name, rows)) in lists.areas.iter().enumerate() {
                            tr {
                                th scope="row" { a href=(frame.href(Route::ChangesArea(area, 0))) { (area_title(name)) } }
                                @for class in Class::ALL {
                                    td.number { (rows.iter().filter(|row| lists.rows[**row].class == class).count()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(frame: Frame<'_>, history: &History, index: usize) -> Markup {
    let change = &history.lists.rows[index];
    let area = attribute_value(area_of(&history.lists, index));
    let earlier_key = change.earlier_key.as_ref().unwrap_or(&change.key);
    html! {
        tr data-class=(change.class.name()) data-change=(change.kind.name()) data-kind=(change.key.kind.name()) data-area=(area) {
            th scope="row" {
                code { (shorten(&change.name(), MAX_NAME)) }
                @if let Some(name) = change.earlier_name() { p.note { "earlier " code { (shorten(&name, MAX_NAME)) } } }
            }
            td { (change.class.name()) }
            td { (change.key.kind.name()) " " (change.kind.name()) @if change.is_unstable { " (unstable name)" } }
            td {
                @if let Some(seen) = &change.before {
                    (self::seen(&history.before, earlier_key, seen, |path| before_href(frame, path)))
                }
            }
            td {
                @if let Some(seen) = &change.after {
                    (self::seen(frame.site, &change.key, seen, |path| frame.root() + path))
                }
            }
        }
    }
}

/// Renders one side of a change with links to its item and its line. `href` returns the link to a path of the site of that side.
fn seen(site: &Site, key: &Key, seen: &Seen, href: impl Fn(&str) -> String) -> Markup {
    let shown = match seen.shown.as_str() {
        "" => "not stated".to_owned(),
        shown => shorten(shown, MAX_VALUE),
    };
    let page = seen.page.as_ref();
    let source = page.and_then(|page| Some((page, site.state.sources.find(page)?)));
    html! {
        @match find_path(site, key) {
            Some(path) => { a href=(href(&path)) { (shown) } }
            None => { (shown) }
        }
        @if let Some((page, file)) = source {
            @let at = Location { file, line: seen.line, column: 1 };
            " " a.source href=(href(&site.line_path(at))) { (file_name(page)) ":" (seen.line) }
        }
    }
}

/// Returns the link to a path of the site of the earlier state.
fn before_href(frame: Frame<'_>, path: &str) -> String {
    format!("{}before/{path}", frame.root())
}
