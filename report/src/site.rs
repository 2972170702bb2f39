//! The site: its files, and the rendering of each.

use rayon::prelude::*;

use crate::frame::Frame;
use crate::routes::{Route, Routes};
use crate::state::State;
use crate::{areas, operations, overview, permissions, problems, search, sources, types};

/// The static files of the site by name.
const ASSETS: &[(&str, &str)] = &[
    ("style.css", include_str!("../assets/style.css")),
    ("theme.js", include_str!("../assets/theme.js")),
    ("site.js", include_str!("../assets/site.js")),
    ("search.js", include_str!("../assets/search.js")),
    ("permissions.js", include_str!("../assets/permissions.js")),
];

/// The site of a state of the documentation.
#[derive(Debug)]
pub struct Site {
    pub(crate) state: State,
    pub(crate) routes: Routes,
}

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
        let assets: Vec<&'static str> = ASSETS.iter().map(|(name, _)| *name).collect();
        let routes = Routes::new(&state, &assets);
        Self { state, routes }
    }

    /// Returns the paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.routes.paths()
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
            Route::Problems => problems::render_index(frame),
            Route::Rule(code, part) => problems::render_rule(frame, code, part),
            Route::Source(file, part) => sources::render(frame, file, part),
            Route::SearchIndex(version) => search::render_index(self, version),
            Route::Asset(name) => {
                let asset = ASSETS.iter().find(|(other, _)| *other == name);
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
