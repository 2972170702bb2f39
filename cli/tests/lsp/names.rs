//! Hovers, definitions and symbols.

use serde_json::json;

use crate::client::Client;
use crate::pages::{BULB, LAMP, at, bulb, find, page, pages, project};

#[test]
fn hovers_show_what_a_name_denotes() {
    let pages = pages();
    let (_folder, workspace) =
        project(&pages.each_ref().map(|(path, text)| (*path, text.as_str())));
    let mut client = Client::open(&workspace, &[]);
    for (path, text) in &pages {
        client.open_document(&page(&workspace, path), text);
    }
    let mut check = |index: usize, after: &str, wanted: &str, expected: &[&str]| {
        let (path, text) = &pages[index];
        let (line, column) = find(text, after, wanted);
        let hover = client.request(
            "textDocument/hover",
            at(&page(&workspace, path), line, column + 1),
        );
        let shown = hover["contents"]["value"].as_str().unwrap_or_default();
        for part in expected {
            assert!(
                shown.contains(part),
                "{wanted} after {after}: {part}\n{shown}"
            );
        }
        assert_eq!(
            shown.is_empty(),
            expected.is_empty(),
            "{wanted} after {after}: {shown}"
        );
    };
    let bulb = [
        "complex type `microsoft.graph.bulb`",
        "|`watts`|`Edm.Int32`|The power\\.|",
    ];
    // In a type cell, in a link of a sentence, in a heading, and in an annotation.
    check(0, "|bulb|", "[bulb]", &bulb);
    check(1, "# bulb", "bulb", &bulb);
    let lamp = [
        "entity type `microsoft.graph.lamp`",
        "Base type: `microsoft.graph.entity`",
        // Text of pages has no markup.
        "\\<b\\>Bold\\<\\/b\\>",
        "\\[y\\]\\(command\\:z\\)",
        "Defined in [v1\\.0\\/resources\\/lamp\\.md\\:1](<file:///",
    ];
    check(2, "Reads a", "lamp", &lamp[..2]);
    check(2, "@odata.type", "graph.lamp", &lamp[..2]);
    check(0, "# lamp", "resource", &lamp[..1]);
    let mode = [
        "enum `microsoft.graph.lampMode`",
        "|`off`||Does not shine\\.|",
    ];
    check(0, "|mode|", "lampMode", &mode);
    check(0, "### lampMode", "lampMode", &mode);
    check(
        0,
        "|:---|:---|\n|on|",
        "off",
        &["enum member `off`", "Does not shine"],
    );
    // Properties in a table and in JSON.
    let watts = [
        "property `watts`",
        "Type: `Edm.Int32`",
        "Declared by `microsoft.graph.bulb`",
    ];
    check(1, "|watts|", "watts", &watts);
    check(2, "\"bulb\"", "watts", &watts);
    check(
        2,
        "\"mode\"",
        "mode",
        &["Type: `microsoft.graph.lampMode`", "Whether it shines"],
    );
    check(
        2,
        "|Application|",
        "Lamp.Read.All",
        &[
            "permission `Lamp.Read.All`",
            "Opens 1 operation of v1.0",
            "application: 1 operation",
        ],
    );
    check(2, "Reads a", "Reads", &[]);
    check(2, "``` http", "http", &[]);
    check(2, "\"id\": ", "1", &[]);
    let uri = page(&workspace, BULB);
    client.replace(
        &uri,
        2,
        "# bulb resource type\n<!-- graphwright: allow(undefined-type) x -->\n",
    );
    let hover = client.request("textDocument/hover", at(&uri, 1, 30));
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(
        shown.starts_with("rule `undefined-type`, GW3004, level `warn`"),
        "{shown}"
    );
    assert_eq!(client.end(), Some(0));
}

#[test]
fn definitions_are_places_in_pages() {
    let pages = pages();
    let (_folder, workspace) =
        project(&pages.each_ref().map(|(path, text)| (*path, text.as_str())));
    let mut client = Client::open(&workspace, &[]);
    for (path, text) in &pages {
        client.open_document(&page(&workspace, path), text);
    }
    let mut check = |index: usize, after: &str, wanted: &str, expected: Option<(&str, u32)>| {
        let (path, text) = &pages[index];
        let (line, column) = find(text, after, wanted);
        let place = at(&page(&workspace, path), line, column + 1);
        let found = client.request("textDocument/definition", place);
        let found = found["uri"].as_str().map(|uri| {
            let line = found["range"]["start"]["line"].as_u64().unwrap_or_default();
            (uri.to_owned(), line)
        });
        let expected = expected.map(|(path, line)| (page(&workspace, path), u64::from(line)));
        assert_eq!(found, expected, "{wanted} after {after}");
    };
    check(0, "|bulb|", "[bulb]", Some((BULB, 0)));
    check(0, "|mode|", "lampMode", Some((LAMP, 13)));
    check(2, "Returns a", "lamp", Some((LAMP, 0)));
    check(2, "@odata.type", "graph.lamp", Some((LAMP, 0)));
    check(2, "\"bulb\"", "watts", Some((BULB, 9)));
    check(2, "|Application|", "Lamp.Read.All", None);
    check(2, "Reads a", "Reads", None);

    // A link to a page that defines no type, and to a heading.
    let uri = page(&workspace, BULB);
    client.replace(
        &uri,
        2,
        &(bulb() + "\nSee [how](../api/lamp-get.md#http-request).\n"),
    );
    let found = client.request("textDocument/definition", at(&uri, 11, 8));
    assert_eq!(found["uri"], page(&workspace, "v1.0/api/lamp-get.md"));
    assert_eq!(found["range"]["start"]["line"], 13);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn symbols_are_headings_types_and_operations() {
    let pages = pages();
    let (_folder, workspace) =
        project(&pages.each_ref().map(|(path, text)| (*path, text.as_str())));
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, &pages[0].1);
    let symbols = client.request(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": lamp_uri } }),
    );
    let root = &symbols[0];
    assert_eq!(root["name"], "lamp resource type");
    assert_eq!(root["kind"], 5);
    assert_eq!(root["children"][0]["name"], "Properties");
    assert_eq!(
        root["children"][0]["children"][0]["name"],
        "lampMode values"
    );
    assert_eq!(root["range"]["end"]["line"], 19);
    assert_eq!(root["children"][0]["range"]["start"]["line"], 4);

    let mut search = |query: &str| -> Vec<String> {
        let symbols = client.request("workspace/symbol", json!({ "query": query }));
        let names = symbols.as_array().into_iter().flatten();
        names
            .filter_map(|symbol| symbol["name"].as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(
        search("LAMP"),
        [
            "microsoft.graph.lamp",
            "microsoft.graph.lampMode",
            "GET /lamps/{id}"
        ]
    );
    assert_eq!(search("nosuch"), [""; 0]);
    assert_eq!(client.end(), Some(0));
}
