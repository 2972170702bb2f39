//! The search: the page of its results, and the index of each version as a script. `assets/search.js` describes the format.

use std::collections::{BTreeMap, BTreeSet};

use generator::model::{EnumId, OperationId, QualifiedName, StructuredTypeId};
use maud::html;
use serde_json::json;

use crate::frame::Frame;
use crate::names::slug;
use crate::routes::{Route, part, parts};
use crate::site::Site;
use crate::types::anchor;

/// Renders the page of the search, which the script fills.
pub(crate) fn render(frame: Frame<'_>) -> String {
    let body = html! {
        h1 { "Search" }
        p #search-status role="status" { "The search needs scripts. Without them, start with the areas of a version." }
        p hidden {
            label for="search-kind" { "Kind" } " "
            select #search-kind { option value="" { "all" } }
        }
        ol #search-page {}
    };
    frame.page("Search", &[], body)
}

/// Returns the paths of all indexes below the site, separated by spaces.
pub(crate) fn index_paths(site: &Site) -> String {
    let versions = 0..site.state.versions.len();
    let paths: Vec<&str> = versions
        .map(|version| site.routes.path(Route::SearchIndex(version)))
        .collect();
    paths.join(" ")
}

/// Renders the index of a version. The first one contains the problem rules as well, which belong to no version.
pub(crate) fn render_index(site: &Site, version: usize) -> String {
    let mut groups = type_groups(site, version);
    groups.push(operation_group(site, version));
    groups.push(permission_group(site, version));
    groups.extend(page_groups(site, version));
    if version == 0 {
        groups.push(rule_group(site));
    }
    let index = script(version, &groups);
    format!("graphwrightSearchIndex({index});\n")
}

/// Entries of one kind with links of one form.
struct Group {
    /// The kind; empty if only the members are entries.
    kind: &'static str,
    /// The version to show; empty if the entries belong to none.
    version: &'static str,
    /// The link, with `*` in place of the slug.
    href: String,
    /// The kind of the members, and the form of their anchors.
    members: Option<(&'static str, &'static str)>,
    rows: Vec<Row>,
}

struct Row {
    name: Name,
    members: Vec<Name>,
}

/// A name, with the slug of its link unless that follows from the name.
struct Name {
    text: String,
    slug: Option<String>,
}

impl Name {
    fn new(text: &str) -> Self {
        // Names are separated by line breaks.
        let text = text.replace(|letter: char| letter.is_control(), "\u{fffd}");
        Self { text, slug: None }
    }

    /// Creates a name whose link has the slug that is the `*` of `pattern` in `path`. The slug is stored unless it follows from
    /// `source`.
    fn linked(text: &str, pattern: &str, path: &str, source: &str) -> Self {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let actual = path
            .strip_prefix(before)
            .and_then(|path| path.strip_suffix(after))
            .expect("the path of an entry has the form of its group");
        Self {
            slug: (actual != slug(&Self::new(source).text)).then(|| actual.to_owned()),
            ..Self::new(text)
        }
    }
}

/// The namespace that names are shown without.
const NAMESPACE: &str = "microsoft.graph.";

/// The form of the anchors of properties and members.
const ANCHOR: &str = "p-*";

fn type_groups(site: &Site, version: usize) -> Vec<Group> {
    let api = site.state.api(version);
    let mut groups = TypeGroups {
        site,
        version: api.version.name(),
        groups: BTreeMap::new(),
    };
    for (id, ty) in api.structured_types.iter().enumerate() {
        let route = |part| Route::Structured(version, StructuredTypeId(id as u32), part);
        let properties = ty.properties.iter().map(|property| property.name.as_str());
        groups.add(["type", "property"], &ty.name, properties.collect(), route);
    }
    for (id, ty) in api.enums.iter().enumerate() {
        let route = |part| Route::Enum(version, EnumId(id as u32), part);
        let members = ty.members.iter().map(|member| member.name.as_str());
        groups.add(["enum", "member"], &ty.name, members.collect(), route);
    }
    groups.groups.into_values().collect()
}

/// The groups of types: by kind, whether names are shown without namespace, and whether the page is the first of the type.
struct TypeGroups<'s> {
    site: &'s Site,
    version: &'static str,
    groups: BTreeMap<(&'static str, bool, bool), Group>,
}

impl TypeGroups<'_> {
    /// Adds a row for each page of a type.
    fn add(
        &mut self,
        [kind, member_kind]: [&'static str; 2],
        name: &QualifiedName,
        members: Vec<&str>,
        route: impl Fn(usize) -> Route,
    ) {
        let full = name.full();
        let short = full.strip_prefix(NAMESPACE);
        let prefix = short.map_or("", |_| NAMESPACE);
        let name = short.unwrap_or(&full);
        for page in 0..parts(members.len()) {
            let key = (kind, short.is_some(), page == 0);
            let group = self.groups.entry(key).or_insert_with(|| Group {
                kind: if page == 0 { kind } else { "" },
                version: self.version,
                href: format!("{}/types/{prefix}*.html", self.version),
                members: Some((member_kind, ANCHOR)),
                rows: Vec::new(),
            });
            let path = self.site.routes.path(route(page));
            let members = part(&members, page);
            group.rows.push(Row {
                name: Name::linked(name, &group.href, path, name),
                members: members
                    .iter()
                    .map(|name| Name::linked(name, ANCHOR, &anchor(name), name))
                    .collect(),
            });
        }
    }
}

/// Returns the operations: a row for each path, with its methods as members.
fn operation_group(site: &Site, version: usize) -> Group {
    let api = site.state.api(version);
    let href = format!("{}/operations/*.html", api.version.name());
    let mut rows: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for (id, operation) in api.operations.iter().enumerate() {
        let path = site
            .routes
            .path(Route::Operation(version, OperationId(id as u32)));
        let template = operation.path.template();
        let method = operation.method.name();
        let source = format!("{}{template}", method.to_lowercase());
        let name = Name::linked(method, &href, path, &source);
        rows.entry(template).or_default().push(name);
    }
    let rows = rows.into_iter().map(|(template, members)| Row {
        name: Name::new(&template),
        members,
    });
    Group {
        kind: "operation",
        version: api.version.name(),
        members: None,
        rows: rows.collect(),
        href,
    }
}

fn permission_group(site: &Site, version: usize) -> Group {
    let name = site.state.api(version).version.name();
    let href = format!("{name}/permissions/*.html");
    let permissions = site.state.versions[version].permissions.iter();
    let rows = permissions.enumerate().map(|(place, permission)| {
        let path = site.routes.path(Route::Permission(version, place, 0));
        Row {
            name: Name::linked(&permission.name, &href, path, &permission.name),
            members: Vec::new(),
        }
    });
    Group {
        kind: "permission",
        version: name,
        members: None,
        rows: rows.collect(),
        href,
    }
}

/// Returns the pages, a group for each folder: a row for each title, with the names of its files as members.
fn page_groups(site: &Site, version: usize) -> Vec<Group> {
    let api = site.state.api(version);
    let mut folders: BTreeMap<String, BTreeMap<&str, Vec<Name>>> = BTreeMap::new();
    for page in &site.state.analysis.pages {
        let source = &site.state.sources.get(page.file).path;
        if page.version != Some(api.version) {
            continue;
        }
        let path = site.routes.path(Route::Source(page.file, 0));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = source.rsplit('/').next().unwrap_or(source);
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let name = Name::linked(stem, &format!("{folder}/*.html"), path, stem);
        let title = page
            .title
            .as_ref()
            .map_or(stem, |title| title.value.as_str());
        let titles = folders.entry(folder.to_owned()).or_default();
        titles.entry(title).or_default().push(name);
    }
    let groups = folders.into_iter().map(|(folder, titles)| {
        let rows = titles.into_iter().map(|(title, members)| Row {
            name: Name::new(title),
            members,
        });
        Group {
            kind: "page",
            version: api.version.name(),
            href: format!("{folder}/*.html"),
            members: None,
            rows: rows.collect(),
        }
    });
    groups.collect()
}

fn rule_group(site: &Site) -> Group {
    let findings = site.state.findings.iter();
    let rules: BTreeSet<_> = findings.map(|finding| finding.problem.code).collect();
    let href = "problems/*.html";
    let rows = rules.into_iter().map(|code| Row {
        name: Name::linked(
            code.rule(),
            href,
            site.routes.path(Route::Rule(code, 0)),
            code.rule(),
        ),
        members: Vec::new(),
    });
    Group {
        kind: "rule",
        version: "",
        href: href.to_owned(),
        members: None,
        rows: rows.collect(),
    }
}

fn script(place: usize, groups: &[Group]) -> serde_json::Value {
    let rows = groups.iter().flat_map(|group| &group.rows);
    let names = rows.flat_map(|row| row.members.iter().chain([&row.name]));
    let names: BTreeSet<&str> = names.map(|name| name.text.as_str()).collect();
    let numbers: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
    let item = |name: &Name| {
        let number = numbers[name.text.as_str()];
        match &name.slug {
            None => number.to_string(),
            Some(slug) => format!("{number}={slug}"),
        }
    };
    let groups = groups.iter().map(|group| {
        let rows = group.rows.iter().map(|row| {
            let items: Vec<String> = [&row.name]
                .into_iter()
                .chain(&row.members)
                .map(item)
                .collect();
            items.join(" ")
        });
        let rows: Vec<String> = rows.collect();
        let mut json = json!({
            "kind": group.kind,
            "version": group.version,
            "href": group.href,
            "rows": rows.join("\n"),
        });
        if let Some((kind, anchor)) = group.members {
            json["member"] = kind.into();
            json["anchor"] = anchor.into();
        }
        json
    });
    let names: Vec<&str> = names.into_iter().collect();
    json!({ "place": place, "names": names.join("\n"), "groups": groups.collect::<Vec<_>>() })
}
