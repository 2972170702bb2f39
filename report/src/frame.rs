//! What all pages share: the document, the header and the navigation.

use generator::model::{Api, Type, TypeRef};
use generator::source::Location;
use maud::{DOCTYPE, Markup, html};

use crate::routes::Route;
use crate::search;
use crate::site::Site;

/// The content security policy of all pages. Scripts and styles come from the site alone; nothing is loaded from elsewhere, and nothing
/// inline is executed.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'";

/// The page that is rendered.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'s> {
    pub(crate) site: &'s Site,
    pub(crate) path: &'s str,
}

impl<'s> Frame<'s> {
    /// Returns the path from this page to the root of the site: `../../`.
    pub(crate) fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// Returns a link to another file of the site.
    pub(crate) fn href(&self, route: Route) -> String {
        self.root() + self.site.routes.path(route)
    }

    /// Returns a link to a line of the documentation.
    pub(crate) fn line_href(&self, at: Location) -> String {
        self.root() + &self.site.line_path(at)
    }

    /// Renders a link to a line of the documentation, with the path and the line as its text.
    pub(crate) fn source_link(&self, at: Location) -> Markup {
        let path = &self.site.state.sources.get(at.file).path;
        html! { a.source href=(self.line_href(at)) { (path) ":" (at.line) } }
    }

    /// Renders a link to a line of the documentation for a table, without the folders of the path.
    pub(crate) fn row_source_link(&self, at: Location) -> Markup {
        let path = &self.site.state.sources.get(at.file).path;
        html! { a.source href=(self.line_href(at)) title=(path) { (file_name(path)) ":" (at.line) } }
    }

    /// Renders a type with links to its definition.
    pub(crate) fn type_link(&self, version: usize, ty: &TypeRef) -> Markup {
        let api: &Api = self.site.state.api(version);
        let link = |route, name: &str| html! { a href=(self.href(route)) { (name) } };
        let element = match &ty.ty {
            Type::Primitive(primitive) => html! { "Edm." (format!("{primitive:?}")) },
            Type::Enum(id) => link(Route::Enum(version, *id, 0), &api.enum_type(*id).name.name),
            Type::Structured(id) => {
                let name = &api.structured_type(*id).name.name;
                link(Route::Structured(version, *id, 0), name)
            }
            Type::Undefined(name) => {
                html! { span.undefined title="No page defines this type." { (name) } }
            }
        };
        html! {
            code.type { @if ty.collection { "Collection(" (element) ")" } @else { (element) } }
        }
    }

    /// Renders a page. `trail` are the pages above it.
    pub(crate) fn page(&self, title: &str, trail: &[(Route, &str)], body: Markup) -> String {
        let root = self.root();
        let state = &self.site.state;
        let markup = html! {
            (DOCTYPE)
            html lang="en" data-root=(root) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(CONTENT_SECURITY_POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    title { (title) " · " (state.label) }
                    script src=(self.href(Route::Asset("theme.js"))) {}
                    link rel="stylesheet" href=(self.href(Route::Asset("style.css")));
                    script src=(self.href(Route::Asset("site.js"))) defer {}
                    script src=(self.href(Route::Asset("search.js"))) defer {}
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header.site {
                        nav aria-label="Site" {
                            a.home href=(self.href(Route::Overview)) { "Graph documentation" }
                            @for (version, api) in state.analysis.model.apis.iter().enumerate() {
                                a href=(self.href(Route::Version(version))) { (api.version.name()) }
                            }
                            @if self.site.parity.is_some() { a href=(self.href(Route::Parity(0))) { "Parity" } }
                            @if self.site.history.is_some() { a href=(self.href(Route::Changes(0))) { "Changes" } }
                            a href=(self.href(Route::Problems)) { "Problems" }
                            @if self.site.request_form.is_some() {
                                a href=(self.href(Route::RequestForm)) { "Send a request" }
                            }
                        }
                        form role="search" action=(self.href(Route::Search)) method="get" {
                            label.hidden for="search" { "Search" }
                            input #search type="search" name="q" autocomplete="off" placeholder="Search"
                                data-indexes=(search::index_paths(self.site));
                        }
                    }
                    main #content tabindex="-1" {
                        @if let Some(newer) = &self.site.newer {
                            p.earlier role="note" {
                                "Earlier state: " strong { (state.label) } ". "
                                a href={ (root) "../index.html" } { "Newer state: " (newer) }
                            }
                        }
                        @if !trail.is_empty() {
                            nav.trail aria-label="Breadcrumb" {
                                ol {
                                    @for (route, name) in trail {
                                        li { a href=(self.href(*route)) { (name) } }
                                    }
                                }
                            }
                        }
                        (body)
                    }
                    footer.site { "State: " (state.label) }
                }
            }
        };
        markup.into_string()
    }

    /// Renders the links between the parts of a list; nothing if it has a single part.
    pub(crate) fn part_links(
        &self,
        count: usize,
        current: usize,
        route: impl Fn(usize) -> Route,
    ) -> Markup {
        html! {
            @if count > 1 {
                ol.parts aria-label="Parts" {
                    @for part in 0..count {
                        li {
                            @if part == current { a aria-current="page" { (part + 1) } }
                            @else { a href=(self.href(route(part))) { (part + 1) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the name of the file at a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
