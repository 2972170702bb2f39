//! The site: its files, and the rendering of each.

use generator::source::Location;
use rayon::prelude::*;

use crate::changes::{self, History};
use crate::frame::Frame;
use crate::numbers::Numbers;
use crate::parity::{self, Parity};
use crate::requests::RequestForm;
use crate::routes::{Route, Routes};
use crate::state::State;
use crate::{areas, operations, overview, permissions, problems, requests, search, sources, types};

/// The static files of the site by name.
const ASSETS: &[(&str, &str)] = &[
    ("style.css", include_str!("../assets/style.css")),
    ("theme.js", include_str!("../assets/theme.js")),
    ("site.js", include_str!("../assets/site.js")),
    ("search.js", include_str!("../assets/search.js")),
    ("permissions.js", include_str!("../assets/permissions.js")),
];

/// The script of the form that sends requests; only a server has it.
const REQUEST_SCRIPT: (&str, &str) = ("request.js", include_str!("../assets/request.js"));

/// The site of a state of the documentation.
#[derive(Debug)]
pub struct Site {
    pub(crate) state: State,
    pub(crate) routes: Routes,
    /// The comparison of the versions, if there are two.
    pub(crate) parity: Option<Parity>,
    /// The earlier states, if any are given.
    pub(crate) history: Option<History>,
    /// The name of the newer state, if this is the site of an earlier one.
    pub(crate) newer: Option<String>,
    /// The paths of all files, sorted.
    paths: Vec<String>,
    pub(crate) request_form: Option<RequestForm>,
}

/// The folder of the site of the earlier state.
const BEFORE: &str = "before/";

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the folder of the site, with `/` as separator.
    pub path: String,
    /// The content.
    pub text: String,
}

impl Site {
    /// Creates the site of a state.
    pub fn new(state: State) -> Self {
        Self::create(state, None)
    }

    /// Creates the site of a state with a form that sends requests to the server which shows the site.
    pub fn with_request_form(state: State, request_form: RequestForm) -> Self {
        Self::create(state, Some(request_form))
    }

    fn create(state: State, request_form: Option<RequestForm>) -> Self {
        let mut assets: Vec<&'static str> = ASSETS.iter().map(|(name, _)| *name).collect();
        assets.extend(request_form.map(|_| REQUEST_SCRIPT.0));
        let mut routes = Routes::new(&state, &assets, request_form);
        let parity = Parity::new(&state);
        if let Some(parity) = &parity {
            routes.add_lists("parity", &parity.lists, &parity::ROUTES);
        }
        let mut site = Self {
            state,
            routes,
            request_form,
            parity,
            history: None,
            newer: None,
            paths: Vec::new(),
        };
        site.collect_paths();
        site
    }

    /// Creates the site of a state with the changes since an earlier one, whose own site is below `before/`. `older` are the numbers of
    /// the states before these two, oldest first.
    pub fn with_history(state: State, before: State, older: Vec<Numbers>) -> Self {
        let label = state.label.clone();
        let (mut site, mut before) = rayon::join(|| Self::new(state), || Self::new(before));
        before.newer = Some(label);
        let history = History::new(&site.state, before, older);
        site.routes
            .add_lists("changes", &history.lists, &changes::ROUTES);
        site.history = Some(history);
        site.collect_paths();
        site
    }

    fn collect_paths(&mut self) {
        let own = self.routes.paths().map(str::to_owned);
        let before = self.history.iter().flat_map(|history| {
            let paths = history.before.paths();
            paths.map(|path| format!("{BEFORE}{path}"))
        });
        self.paths = own.chain(before).collect();
        self.paths.sort();
    }

    /// Returns the path of a line of the documentation below the site, with its anchor.
    pub(crate) fn line_path(&self, at: Location) -> String {
        let route = self.routes.of_line(at.file, at.line);
        format!("{}#L{}", self.routes.path(route), at.line)
    }

    /// Returns the paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// Renders all files, in the order of their paths.
    pub fn render_all(&self) -> Vec<File> {
        let paths: Vec<&str> = self.paths().collect();
        let files = paths.into_par_iter().map(|path| File {
            path: path.to_owned(),
            text: self
                .render(path)
                .expect("the site has a file at each of its paths"),
        });
        files.collect()
    }

    /// Renders the file at a path below the folder of the site, such as `index.html`. Returns `None` if there is none.
    pub fn render(&self, path: &str) -> Option<String> {
        if let Some(path) = path.strip_prefix(BEFORE) {
            return self.history.as_ref()?.before.render(path);
        }
        let route = self.routes.find(path)?;
        let frame = Frame { site: self, path };
        Some(match route {
            Route::Overview => overview::render(frame),
            Route::Search => search::render(frame),
            Route::Version(version) => areas::render_version(frame, version),
            Route::Area(version, area, part) => areas::render_area(frame, version, area, part),
            Route::Structured(version, id, part) => {
                types::render_structured(frame, version, id, part)
            }
            Route::Enum(version, id, part) => types::render_enum(frame, version, id, part),
            Route::Operation(version, id) => operations::render(frame, version, id),
            Route::Permissions(version, part) => permissions::render_list(frame, version, part),
            Route::Permission(version, index, part) => {
                permissions::render_permission(frame, version, index, part)
            }
            Route::LeastPermissions(version) => permissions::render_least(frame, version),
            Route::PermissionIndex(version) => permissions::render_index(self, version),
            Route::Parity(part) => parity::render(frame, self.parity.as_ref()?, None, part),
            Route::ParityArea(area, part) => {
                parity::render(frame, self.parity.as_ref()?, Some(area), part)
            }
            Route::Changes(part) => changes::render(frame, self.history.as_ref()?, None, part),
            Route::ChangesArea(area, part) => {
                changes::render(frame, self.history.as_ref()?, Some(area), part)
            }
            Route::RequestForm => requests::render(frame),
            Route::Request(version, id) => requests::render_operation(frame, version, id),
            Route::Problems => problems::render_index(frame),
            Route::Rule(code, part) => problems::render_rule(frame, code, part),
            Route::Source(file, part) => sources::render(frame, file, part),
            Route::SearchIndex(version) => search::render_index(self, version),
            Route::Asset(name) => {
                let mut assets = ASSETS.iter().chain([&REQUEST_SCRIPT]);
                let asset = assets.find(|(other, _)| *other == name);
                asset.map(|(_, text)| (*text).to_owned())?
            }
        })
    }
}

/// Returns the media type of a file of the site, by the extension of its path.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}
