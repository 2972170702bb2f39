//! The files of the site: a route for each, with its path.

use std::collections::{BTreeMap, BTreeSet};

use generator::model::{EnumId, OperationId, StructuredTypeId};
use generator::report::Code;
use generator::source::FileId;

use crate::lists::{AreaLists, ListRoutes};
use crate::names::{UniqueNames, slug, source_slug};
use crate::requests::RequestForm;
use crate::state::State;
use crate::text;

/// A file of the site. Versions and areas are indexes; parts of a long list count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Route {
    Overview,
    Search,
    Version(usize),
    /// Version, area, part.
    Area(usize, usize, usize),
    /// Version, type, part of the properties.
    Structured(usize, StructuredTypeId, usize),
    /// Version, type, part of the members.
    Enum(usize, EnumId, usize),
    Operation(usize, OperationId),
    /// Version, part.
    Permissions(usize, usize),
    /// Version, permission, part.
    Permission(usize, usize, usize),
    LeastPermissions(usize),
    PermissionIndex(usize),
    /// Part of the differences between the versions.
    Parity(usize),
    /// Area of these differences, part.
    ParityArea(usize, usize),
    /// Part of the changes since the earlier state.
    Changes(usize),
    /// Area of these changes, part.
    ChangesArea(usize, usize),
    /// The form for any request, if a server shows the site.
    RequestForm,
    /// The form for an operation.
    Request(usize, OperationId),
    Problems,
    /// Rule, part.
    Rule(Code, usize),
    /// A file of the documentation, part.
    Source(FileId, usize),
    SearchIndex(usize),
    Asset(&'static str),
}

/// The number of rows of a list on one page.
pub(crate) const ROWS: usize = 300;

/// Returns the number of pages of a list; an empty list has one page.
pub(crate) fn parts(rows: usize) -> usize {
    rows.div_ceil(ROWS).max(1)
}

/// Returns the page of a list that contains a row.
pub(crate) fn part_of(row: usize) -> usize {
    row / ROWS
}

/// Returns the rows of one page of a list.
pub(crate) fn part<T>(rows: &[T], part: usize) -> &[T] {
    rows.chunks(ROWS).nth(part).unwrap_or_default()
}

/// The paths of all files.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    paths: BTreeMap<Route, String>,
    by_path: BTreeMap<String, Route>,
    /// The first line of each part of each file of the documentation.
    pub(crate) source_parts: Vec<Vec<u32>>,
}

impl Routes {
    pub(crate) fn new(
        state: &State,
        assets: &[&'static str],
        request_form: Option<RequestForm>,
    ) -> Self {
        let mut routes = Self::default();
        let mut names = UniqueNames::default();
        let mut add = |route: Route, path: String, extension: &str| {
            let path = names.claim(path) + extension;
            routes.by_path.insert(path.clone(), route);
            routes.paths.insert(route, path);
        };
        let html = ".html";
        add(Route::Overview, "index".to_owned(), html);
        add(Route::Search, "search".to_owned(), html);
        add(Route::Problems, "problems/index".to_owned(), html);
        if request_form.is_some() {
            add(Route::RequestForm, "request".to_owned(), html);
        }
        for asset in assets {
            add(Route::Asset(asset), format!("assets/{asset}"), "");
        }
        for (version, index) in state.versions.iter().enumerate() {
            let api = state.api(version);
            let folder = api.version.name();
            add(Route::Version(version), format!("{folder}/index"), html);
            add(
                Route::SearchIndex(version),
                format!("{folder}/search"),
                ".js",
            );
            for (area, name) in index.area_names.iter().enumerate() {
                let path = format!("{folder}/areas/{}", slug(name));
                for part in 0..parts(index.rows_of_area(name)) {
                    add(
                        Route::Area(version, area, part),
                        numbered(&path, part),
                        html,
                    );
                }
            }
            for (id, ty) in api.structured_types.iter().enumerate() {
                let path = format!("{folder}/types/{}", slug(&ty.name.full()));
                for part in 0..parts(ty.properties.len()) {
                    let route = Route::Structured(version, StructuredTypeId(id as u32), part);
                    add(route, numbered(&path, part), html);
                }
            }
            for (id, ty) in api.enums.iter().enumerate() {
                let path = format!("{folder}/types/{}", slug(&ty.name.full()));
                for part in 0..parts(ty.members.len()) {
                    let route = Route::Enum(version, EnumId(id as u32), part);
                    add(route, numbered(&path, part), html);
                }
            }
            for (id, operation) in api.operations.iter().enumerate() {
                let route = Route::Operation(version, OperationId(id as u32));
                let method = operation.method.name().to_ascii_lowercase();
                let name = slug(&format!("{method}{}", operation.path.template()));
                add(route, format!("{folder}/operations/{name}"), html);
                if request_form.is_some() {
                    let route = Route::Request(version, OperationId(id as u32));
                    add(route, format!("{folder}/requests/{name}"), html);
                }
            }
            let path = format!("{folder}/permissions");
            add(
                Route::LeastPermissions(version),
                format!("{path}/least"),
                html,
            );
            add(
                Route::PermissionIndex(version),
                format!("{path}/operations"),
                ".js",
            );
            for part in 0..parts(index.permissions.len()) {
                let name = numbered(&format!("{path}/index"), part);
                add(Route::Permissions(version, part), name, html);
            }
            for (place, permission) in index.permissions.iter().enumerate() {
                let name = format!("{path}/{}", slug(&permission.name));
                for part in 0..parts(permission.uses.len()) {
                    let route = Route::Permission(version, place, part);
                    add(route, numbered(&name, part), html);
                }
            }
        }
        let rules: BTreeSet<Code> = state
            .findings
            .iter()
            .map(|finding| finding.problem.code)
            .collect();
        for code in rules {
            let count = state
                .findings
                .iter()
                .filter(|finding| finding.problem.code == code)
                .count();
            for part in 0..parts(count) {
                let path = format!("problems/{}", code.rule());
                add(Route::Rule(code, part), numbered(&path, part), html);
            }
        }
        let mut source_parts = Vec::with_capacity(state.sources.len());
        for (file, source) in state.sources.iter() {
            let starts = text::split_lines(&source.text);
            let path = format!("pages/{}", source_slug(&source.path));
            for part in 0..starts.len() {
                add(Route::Source(file, part), numbered(&path, part), html);
            }
            source_parts.push(starts);
        }
        routes.source_parts = source_parts;
        routes
    }

    /// Adds the pages of a comparison: `name.html` with all rows, and `name/AREA.html` with those of each area.
    pub(crate) fn add_lists<T>(&mut self, name: &str, lists: &AreaLists<T>, routes: &ListRoutes) {
        let mut names = UniqueNames::default();
        let mut add = |area: Option<usize>, path: &str| {
            for part in 0..lists.parts(area) {
                let path = names.claim(numbered(path, part)) + ".html";
                let route = routes.route(area, part);
                self.by_path.insert(path.clone(), route);
                self.paths.insert(route, path);
            }
        };
        add(None, name);
        for (area, (title, _)) in lists.areas.iter().enumerate() {
            add(Some(area), &format!("{name}/{}", slug(title)));
        }
    }

    /// Returns whether the site has a file.
    pub(crate) fn has(&self, route: Route) -> bool {
        self.paths.contains_key(&route)
    }

    /// Returns the path of a file.
    ///
    /// # Panics
    /// The site has no such file.
    pub(crate) fn path(&self, route: Route) -> &str {
        let path = self.paths.get(&route);
        path.unwrap_or_else(|| panic!("every link should have a target, but {route:?} has none"))
    }

    /// Returns the file at a path.
    pub(crate) fn find(&self, path: &str) -> Option<Route> {
        self.by_path.get(path).copied()
    }

    /// Returns all paths, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// Returns the route of a line of the documentation.
    pub(crate) fn of_line(&self, file: FileId, line: u32) -> Route {
        let starts = &self.source_parts[file.0 as usize];
        let part = starts.partition_point(|start| *start <= line);
        Route::Source(file, part.saturating_sub(1))
    }
}

fn numbered(path: &str, part: usize) -> String {
    match part {
        0 => path.to_owned(),
        part => format!("{path}-{}", part + 1),
    }
}
