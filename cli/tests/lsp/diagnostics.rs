//! What is shown as a problem, and where.

use std::fs;

use serde_json::json;

use crate::client::{Client, uri};
use crate::pages::{BROKEN, BULB, LAMP, UNDEFINED, bulb, lamp, page, project, resource, write};

#[test]
fn open_documents_take_the_place_of_files() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &[]);
    let (lamp_uri, bulb_uri) = (page(&workspace, LAMP), page(&workspace, BULB));
    // All pages with problems are shown, open or not.
    assert_eq!(client.diagnostics(&lamp_uri, None), [UNDEFINED, BROKEN]);

    // A page that is not saved yet defines the type, and the diagnostics of the other page change.
    client.open_document(&bulb_uri, &bulb());
    assert_eq!(client.diagnostics(&bulb_uri, Some(1)), [""; 0]);
    assert_eq!(client.diagnostics(&lamp_uri, None), [""; 0]);

    // Incremental changes, after which the page defines no type.
    let change = |start: u32, end_line: u32, end: u32, text: &str| {
        json!({
            "range": {
                "start": { "line": 0, "character": start },
                "end": { "line": end_line, "character": end },
            },
            "text": text,
        })
    };
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": bulb_uri, "version": 2 },
            "contentChanges": [change(6, 99, 0, "s"), change(2, 0, 2, "Light ")],
        }),
    );
    assert_eq!(client.diagnostics(&bulb_uri, Some(2)), [""; 0]);
    assert_eq!(client.diagnostics(&lamp_uri, None), [UNDEFINED]);

    // A document that is closed without being saved no longer exists.
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": bulb_uri } }),
    );
    assert_eq!(client.diagnostics(&bulb_uri, None), [""; 0]);
    assert_eq!(client.diagnostics(&lamp_uri, None), [UNDEFINED, BROKEN]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn changes_on_disk_are_noticed() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &[]);
    let (lamp_uri, bulb_uri) = (page(&workspace, LAMP), page(&workspace, BULB));
    assert_eq!(client.diagnostics(&lamp_uri, None), [UNDEFINED, BROKEN]);
    let changed = |uri: &str, kind: u32| json!({ "changes": [{ "uri": uri, "type": kind }] });

    write(&workspace.join("docs"), BULB, &bulb());
    client.notify("workspace/didChangeWatchedFiles", changed(&bulb_uri, 1));
    assert_eq!(client.diagnostics(&lamp_uri, None), [""; 0]);

    client.open_document(&lamp_uri, "# lamp resource type\n");
    assert_eq!(client.diagnostics(&lamp_uri, Some(1)), [""; 0]);
    write(&workspace.join("docs"), LAMP, &lamp());
    fs::remove_file(workspace.join("docs").join(BULB)).expect("the page can be removed");
    client.notify(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": lamp_uri } }),
    );
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": lamp_uri } }),
    );
    assert_eq!(client.diagnostics(&lamp_uri, None), [UNDEFINED, BROKEN]);

    // The configuration is read again as well.
    write(
        &workspace,
        "graphwright.toml",
        "[lint]\nundefined-type = \"deny\"\nbroken-link = \"allow\"\n",
    );
    let config = uri(&workspace.join("graphwright.toml"));
    client.notify("workspace/didChangeWatchedFiles", changed(&config, 1));
    assert_eq!(
        client.diagnostics(&lamp_uri, None),
        [UNDEFINED.replace('2', "1")]
    );
    write(
        &workspace,
        "graphwright.toml",
        "[lint]\nundefned-type = \"deny\"\n",
    );
    client.notify("workspace/didChangeWatchedFiles", changed(&config, 2));
    let message = client.notification("window/showMessage");
    assert_eq!(
        message["message"],
        "graphwright.toml:2: unknown rule `undefned-type`; did you mean `undefined-type`?"
    );
    assert_eq!(client.end(), Some(0));
}

#[test]
fn levels_comments_and_the_baseline_decide_what_is_shown() {
    let allowed = lamp().replace(
        "Gives light.",
        "Gives light. <!-- graphwright: allow(broken-link) planned -->",
    );
    let (_folder, workspace) = project(&[(LAMP, &allowed)]);
    write(
        &workspace,
        "graphwright.toml",
        "[lint]\nundefined-type = \"deny\"\n",
    );
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    assert_eq!(
        client.diagnostics(&lamp_uri, None),
        ["1 undefined-type 9:7-9:11"]
    );
    client.open_document(&lamp_uri, &lamp());
    let message = client.take_message(|message| message["params"]["version"] == 1);
    let diagnostic = &message["params"]["diagnostics"][0];
    assert_eq!(diagnostic["source"], "graphwright");
    let text = diagnostic["message"].as_str().unwrap_or_default();
    assert!(text.starts_with("unknown type `bulb`: "), "{text}");
    assert_eq!(client.end(), Some(0));

    write(
        &workspace,
        "known.toml",
        &format!(
            "[\"{LAMP}\"]\nundefined-type = [\n    {},\n]\n",
            json!(text.split("; ").next())
        ),
    );
    let mut client = Client::open(&workspace, &["--baseline", "known.toml"]);
    client.open_document(&lamp_uri, &lamp());
    assert_eq!(client.diagnostics(&lamp_uri, Some(1)), [BROKEN]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn columns_are_in_the_negotiated_encoding() {
    let rows = "|id|String|The key.|\n|\t宽\u{1f4a1}|[blub](#x)|Light.|\n";
    let (_folder, workspace) = project(&[(LAMP, &resource("lamp", rows))]);
    let lamp_uri = page(&workspace, LAMP);
    let check = |encodings: &[&str], expected: &str| {
        let mut client = Client::open_with(&workspace, &[], encodings);
        let place = format!("2 invalid-row-name {expected}");
        assert_eq!(
            client.diagnostics(&lamp_uri, None),
            [place],
            "{encodings:?}"
        );
        // The client counts a byte order mark; the second one is on the first line.
        client.open_document(&lamp_uri, "\u{feff}# lamp resource type [a](b.md)\n");
        let diagnostics = client.diagnostics(&lamp_uri, Some(1));
        let column = if encodings == ["utf-8"] { 28 } else { 26 };
        assert_eq!(
            diagnostics.last().map(String::as_str),
            Some(format!("3 broken-link 0:{column}-0:{}", column + 4).as_str())
        );
        assert_eq!(client.end(), Some(0));
    };
    check(&["utf-8"], "9:2-9:9");
    check(&["utf-16"], "9:2-9:5");
    check(&["utf-32"], "9:2-9:4");
    check(&[], "9:2-9:5");
}
