//! Tests of the site, with a few small pages.

mod comparisons;
mod links;

use generator::source::{Source, Sources};
use generator::{CORRECTIONS, Progress, resolve::Corrections};
use insta::assert_snapshot;

use crate::{RequestForm, Site, State, media_type};
use links::Links;

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const LAMP: &str = "\
# lamp resource type

Namespace: microsoft.graph

A device that gives light.

Inherits from [device](device.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|colour|String|The colour of its `light`. Supports `$filter` (`eq`, `ne`). Required.|
|state|lampState|Whether it is on. Possible values are: `off`, `on`. Read-only.|
|rooms|[room](room.md) collection|Where it hangs.|

### lampState values
|Member|Value|Description|
|:---|:---|:---|
|off|0|It is off.|
|on|1|It is on.|
";

const DEVICE: &str = "\
# device resource type

Namespace: microsoft.graph

A thing with a plug & a <switch>.

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key. Read-only.|
";

const GET_LAMP: &str = "\
# Get lamp

Namespace: microsoft.graph

Reads one lamp.

## Permissions
|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Lamp.Read, Lamp.ReadWrite|
|Delegated (personal Microsoft account)|Not supported.|
|Application|Lamp.Read.All|

## HTTP request
``` http
GET /lamps/{id}
```

## Response
If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.

## Example
### Request
``` http
GET https://graph.microsoft.com/v1.0/lamps/7?$select=colour
```
### Response
``` http
HTTP/1.1 200 OK
Content-Type: application/json

{ \"id\": \"7\", \"colour\": \"red\", \"size\": 1 }
```
";

/// Builds the state of some pages below `v1.0`, or below `beta` if their paths say so.
fn state(label: &str, pages: &[(&str, &str)]) -> State {
    let files = pages.iter().map(|(path, text)| Source {
        path: match path.starts_with("beta/") {
            true => (*path).to_owned(),
            false => format!("v1.0/{path}"),
        },
        text: (*text).to_owned(),
    });
    let sources = Sources::new(files.collect());
    let corrections = Corrections::parse(CORRECTIONS).unwrap();
    let analysis = generator::analyze(&sources, &corrections, &Silent);
    State::new(label, sources, analysis)
}

/// Builds the site of some pages.
fn site(pages: &[(&str, &str)]) -> Site {
    Site::new(state("today", pages))
}

fn lamps() -> Site {
    site(&[
        ("api/lamp-get.md", GET_LAMP),
        ("resources/device.md", DEVICE),
        ("resources/lamp.md", LAMP),
    ])
}

/// Returns the content of a page, one element per line.
fn content(site: &Site, path: &str) -> String {
    let page = site.render(path).unwrap();
    let start = page.find("<main").unwrap();
    let end = page.find("</main>").unwrap();
    page[start..end].replace("><", ">\n<")
}

#[track_caller]
fn check_contains(site: &Site, path: &str, expected: &[&str]) {
    let content = content(site, path);
    for text in expected {
        assert!(content.contains(text), "{text} is not in\n{content}");
    }
}

#[track_caller]
fn check_links(site: &Site) {
    let files = site.render_all();
    let texts = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()));
    assert_eq!(Links::new(texts).broken(), Vec::<String>::new());
}

#[test]
fn every_item_has_a_page() {
    let site = lamps();
    let paths: Vec<&str> = site.paths().collect();
    assert_snapshot!(paths.join("\n"));
    for path in &paths {
        assert!(site.render(path).is_some(), "{path}");
    }
    assert_eq!(site.render("v1.0/types/microsoft.graph.chair.html"), None);
    assert_eq!(site.render("../index.html"), None);
    assert_eq!(site.render(""), None);
}

#[test]
fn type_page_shows_what_is_known() {
    assert_snapshot!(content(&lamps(), "v1.0/types/microsoft.graph.lamp.html"));
}

#[test]
fn enum_page_lists_members() {
    let members = [
        "<code>off</code>",
        "<code>Off</code>",
        "It is on.",
        "<code>lamp.state</code>",
    ];
    check_contains(
        &lamps(),
        "v1.0/types/microsoft.graph.lampState.html",
        &members,
    );
}

#[test]
fn operation_page_shows_what_is_known() {
    assert_snapshot!(content(&lamps(), "v1.0/operations/get-lamps-id.html"));
}

/// Requires two permissions together, or others under a condition.
const DELETE_LAMP: &str = "\
# Delete lamp

Namespace: microsoft.graph

Deletes a lamp.

## Permissions
|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Lamp.ReadWrite and Room.Read.All, Lamp.Read|
|Delegated (personal Microsoft account)|Not supported.|

## HTTP request
``` http
DELETE /lamps/{id}
```

## Response
If successful, this method returns a `204 No Content` response code.
";

#[test]
fn permission_pages_list_operations() {
    let site = site(&[
        ("api/lamp-delete.md", DELETE_LAMP),
        ("api/lamp-get.md", GET_LAMP),
        ("resources/device.md", DEVICE),
        ("resources/lamp.md", LAMP),
    ]);
    let table = |path: &str| {
        let content = content(&site, path);
        let start = content.find("<tbody>").unwrap();
        content[start..content.find("</tbody>").unwrap()].to_owned()
    };
    assert_snapshot!(table("v1.0/permissions/index.html"));
    assert_snapshot!(table("v1.0/permissions/Lamp.ReadWrite.html"));
    assert_eq!(
        site.render("v1.0/permissions/operations.js").unwrap(),
        "globalThis.permissionIndex = {\"permissions\":[\
         [\"Lamp.Read\",\"Lamp.Read\"],[\"Lamp.Read.All\",\"Lamp.Read.All\"],\
         [\"Lamp.ReadWrite\",\"Lamp.ReadWrite\"],[\"Room.Read.All\",\"Room.Read.All\"]],\
         \"grants\":[[[0],[2]],\"not supported\",[[1]],[[2,3],[0]],\"not stated\"],\
         \"operations\":[[\"get-lamps-id\",\"GET /lamps/{id}\",[0,1,2]],\
         [\"delete-lamps-id\",\"DELETE /lamps/{id}\",[3,1,4]]]};\n"
    );
    check_links(&site);
}

#[test]
fn served_site_sends_the_requests_of_examples() {
    const CREATE_LAMP: &str = "\
# Create lamp

Namespace: microsoft.graph

## HTTP request
``` http
POST /lamps
```

## Example
### Request
``` http
POST https://graph.microsoft.com/v1.0/lamps
Host: graph.microsoft.com
Prefer: return=minimal

{ \"colour\": \"</textarea><script>\" }
```
### Response
``` http
HTTP/1.1 201 Created
```
";
    let pages = [
        ("api/lamp-delete.md", DELETE_LAMP),
        ("api/lamp-get.md", GET_LAMP),
        ("api/lamp-post.md", CREATE_LAMP),
        ("resources/lamp.md", LAMP),
    ];
    let request_form = RequestForm { has_token: true };
    let served = Site::with_request_form(state("today", &pages), request_form);
    let get = "v1.0/requests/get-lamps-id.html";
    let post = "v1.0/requests/post-lamps.html";
    check_contains(
        &served,
        get,
        &[
            "<option selected>GET</option>",
            "value=\"/v1.0/lamps/7?$select=colour\"",
            "id=\"request-token\"",
        ],
    );
    check_contains(
        &served,
        post,
        &[
            "<option selected>POST</option>",
            "value=\"/v1.0/lamps\"",
            ">Prefer: return=minimal\nContent-Type: application/json</textarea>",
            "{ &quot;colour&quot;: &quot;&lt;/textarea&gt;&lt;script&gt;&quot; }",
        ],
    );
    // An operation without an example has its template.
    check_contains(
        &served,
        "v1.0/requests/delete-lamps-id.html",
        &["value=\"/v1.0/lamps/{id}\""],
    );
    check_contains(
        &served,
        "v1.0/operations/get-lamps-id.html",
        &["../../v1.0/requests/get-lamps-id.html\">"],
    );
    assert!(served.render("request.html").is_some());
    check_links(&served);

    let written = site(&pages);
    for path in [get, "request.html", "assets/request.js"] {
        assert_eq!(written.render(path), None, "{path}");
    }
    let operation = content(&written, "v1.0/operations/get-lamps-id.html");
    assert!(!operation.contains("Try it"), "{operation}");
}

#[test]
fn page_of_the_documentation_marks_problems() {
    let site = lamps();
    check_contains(
        &site,
        "pages/v1.0/resources/lamp.html",
        &["<li id=\"L14\">", "<mark>", "undefined-type", "room"],
    );
    check_contains(
        &site,
        "problems/undefined-type.html",
        &["v1.0/resources/lamp.md:14", "<mark>"],
    );
}

#[test]
fn links_lead_to_files_and_anchors() {
    check_links(&lamps());
}

#[test]
fn names_that_differ_by_case_have_files_of_their_own() {
    let page = |name: &str| LAMP.replace("# lamp resource", &format!("# {name} resource"));
    let site = site(&[
        ("resources/lamp.md", &page("lamp")),
        ("resources/lamp-2.md", &page("Lamp")),
    ]);
    let mut names: Vec<String> = site.paths().map(str::to_ascii_lowercase).collect();
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn items_link_to_other_versions() {
    let site = site(&[
        ("api/lamp-get.md", GET_LAMP),
        ("resources/lamp.md", LAMP),
        (
            "beta/api/lamp-get.md",
            &GET_LAMP.replace("{id}", "{lampId}"),
        ),
        ("beta/resources/lamp.md", LAMP),
        ("beta/resources/device.md", DEVICE),
    ]);
    check_contains(
        &site,
        "v1.0/types/microsoft.graph.lamp.html",
        &["../../beta/types/microsoft.graph.lamp.html"],
    );
    check_contains(
        &site,
        "beta/types/microsoft.graph.lampState.html",
        &["../../v1.0/types/microsoft.graph.lampState.html"],
    );
    check_contains(
        &site,
        "v1.0/operations/get-lamps-id.html",
        &["../../beta/operations/get-lamps-lampId.html"],
    );
    let device = content(&site, "beta/types/microsoft.graph.device.html");
    assert!(!device.contains("Other versions"), "{device}");
    check_links(&site);
}

#[test]
fn long_lists_have_several_pages() {
    let rows: String = (0..700)
        .map(|number| format!("|p{number}|String|A value.|\n"))
        .collect();
    let table = "|Property|Type|Description|\n|:---|:---|:---|\n";
    let page = format!("# lamp resource type\n\nA lamp.\n\n## Properties\n{table}{rows}");
    let site = site(&[("resources/lamp.md", &page)]);
    check_contains(
        &site,
        "v1.0/types/microsoft.graph.lamp.html",
        &["id=\"p-p299\""],
    );
    check_contains(
        &site,
        "v1.0/types/microsoft.graph.lamp-3.html",
        &["id=\"p-p699\""],
    );
    check_links(&site);
}

#[test]
fn long_pages_of_the_documentation_have_several_parts() {
    let text = format!("# Title\n{}", "<&\"> text\n".repeat(5_000));
    let site = site(&[("api/long.md", &text)]);
    let parts: Vec<&str> = site
        .paths()
        .filter(|path| path.starts_with("pages/"))
        .collect();
    assert!(parts.len() > 1, "{parts:?}");
    for part in parts {
        assert!(site.render(part).unwrap().len() < 200_000, "{part}");
    }
    check_contains(
        &site,
        "pages/v1.0/api/long-2.html",
        &["<ol class=\"lines\" start=\""],
    );
}

#[test]
fn text_of_pages_is_escaped() {
    const TEXT: &str =
        "</title><script>alert(1)</script><img src=x onerror=alert(1)>\" ' onmouseover=x";
    let lamp = LAMP
        .replace("A device that gives light.", TEXT)
        .replace("The colour of its", TEXT)
        .replace("It is off.", TEXT)
        .replace("|rooms|", &format!("|{TEXT}|"));
    let get = GET_LAMP
        .replace("Reads one lamp.", TEXT)
        .replace("red", "</code><script>alert(1)</script>")
        .replace("Lamp.Read,", &format!("{TEXT},"))
        .replace("lamps/{id}", "lamps/{<script>alert(1)</script>}");
    let site = site(&[
        ("api/lamp-get.md", &get),
        ("resources/<script>.md", &lamp),
        ("resources/lamp.md", &lamp),
    ]);
    for file in site.render_all() {
        let rest = file.text.replace("<script src=", "");
        let is_page = file.path.ends_with(".html");
        assert!(!is_page || !rest.contains("<script"), "{}", file.path);
        assert!(!is_page || !rest.contains("<img"), "{}", file.path);
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte);
        assert!(file.path.bytes().all(is_safe), "{}", file.path);
    }
}

#[test]
fn links_of_pages_lead_to_https_only() {
    let page = LAMP.replace("[room](room.md)", "[room](javascript:alert(1))");
    for file in site(&[("resources/lamp.md", &page)]).render_all() {
        assert!(!file.text.contains("href=\"javascript"), "{}", file.path);
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let pages = [
        ("api/lamp-get.md", GET_LAMP),
        ("resources/device.md", DEVICE),
        ("resources/lamp.md", LAMP),
    ];
    let mut reversed = pages;
    reversed.reverse();
    assert_eq!(site(&pages).render_all(), site(&reversed).render_all());
}

#[test]
fn documentation_without_pages_has_a_site() {
    let site = site(&[]);
    check_links(&site);
    assert!(site.render("index.html").is_some());
}

#[test]
fn media_types_follow_extensions() {
    assert_eq!(media_type("index.html"), "text/html; charset=utf-8");
    assert_eq!(
        media_type("assets/site.js"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(media_type("assets/style.css"), "text/css; charset=utf-8");
}

#[test]
fn search_index_lists_all_names() {
    assert_snapshot!(lamps().render("v1.0/search.js").unwrap());
}
