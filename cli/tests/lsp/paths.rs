//! Folders, URIs and hostile pages.

use serde_json::{Value, json};

use crate::client::{Client, actions, uri};
use crate::pages::{BROKEN, LAMP, UNDEFINED, at, lamp, page, project, resource, write};

#[test]
fn a_missing_folder_is_a_message_and_may_come_later() {
    let (_folder, workspace) = project(&[]);
    let mut client = Client::open(&workspace, &[]);
    let message = client.notification("window/showMessage");
    assert_eq!(message["type"], 1);
    assert_eq!(
        message["message"],
        "docs: no such folder; expected a documentation folder"
    );
    let lamp_uri = page(&workspace, LAMP);
    // The same error is shown once.
    client.open_document(&lamp_uri, &lamp());
    assert_eq!(
        client.request("textDocument/hover", at(&lamp_uri, 0, 2)),
        Value::Null
    );
    assert_eq!(
        client.request("workspace/symbol", json!({ "query": "" })),
        Value::Null
    );
    let is_message = |message: &Value| message["method"] == "window/showMessage";
    assert!(!client.received.iter().any(is_message));
    write(&workspace.join("docs"), LAMP, "# lamp resource type\n");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(client.diagnostics(&lamp_uri, Some(1)), [UNDEFINED, BROKEN]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn documents_outside_of_the_folder_have_no_diagnostics() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let outside = workspace.join("notes.md");
    write(&workspace, "notes.md", &lamp());
    let mut client = Client::open(&workspace, &[]);
    for uri in [
        uri(&outside),
        page(&workspace, "readme.md"),
        page(&workspace, "v1.0/resources/lamp.txt"),
        page(&workspace, "v1.0/api/snippets/lamp.md"),
        "untitled:Untitled-1".to_owned(),
        "https://example.com/v1.0/resources/lamp.md".to_owned(),
    ] {
        client.open_document(&uri, &lamp());
        assert_eq!(client.messages(&uri), [Value::Null; 0], "{uri}");
        assert_eq!(
            client.request("textDocument/hover", at(&uri, 0, 2)),
            Value::Null
        );
        assert_eq!(actions(&mut client, &uri, 9, None), [Value::Null; 0]);
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn uris_are_kept_as_the_client_spells_them() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &["--docs", "./docs"]);
    let written = page(&workspace, LAMP);
    let spelled = written.replace("lamp.md", "l%61mp%2Emd");
    assert_eq!(client.diagnostics(&written, None), [UNDEFINED, BROKEN]);
    client.open_document(&spelled, &lamp());
    assert_eq!(client.diagnostics(&spelled, Some(1)), [UNDEFINED, BROKEN]);
    // The diagnostics of the other spelling are withdrawn.
    assert_eq!(client.diagnostics(&written, None), [""; 0]);
    assert_eq!(client.end(), Some(0));
}

#[cfg(unix)]
#[test]
fn symbolic_links_lead_to_pages() {
    use std::os::unix::fs::symlink;

    let (folder, workspace) = project(&[(LAMP, &lamp())]);
    let resources = workspace.join("docs/v1.0/resources");
    let linked = folder.path().join("linked");
    symlink(&workspace, &linked).expect("a link can be created");
    symlink(folder.path().join("secret.md"), resources.join("out.md"))
        .expect("a link can be created");
    write(folder.path(), "secret.md", "# secret resource type\n");
    // The workspace is opened through a link, and a document by its real path.
    let mut client = Client::open(&linked, &[]);
    assert_eq!(
        client.diagnostics(&page(&linked, LAMP), None),
        [UNDEFINED, BROKEN]
    );
    let real = page(&workspace, LAMP);
    client.open_document(&real, "# lamp resource type\n");
    assert_eq!(client.diagnostics(&real, Some(1)), [""; 0]);
    // A link that leaves the folder is not read, even if the document is open.
    let out = page(&linked, "v1.0/resources/out.md");
    client.open_document(&out, "# secret resource type\n");
    assert_eq!(
        client.diagnostics(&out, Some(1)),
        ["2 skipped-file 0:0-0:0"]
    );
    assert_eq!(
        client.request("workspace/symbol", json!({ "query": "secret" })),
        json!([])
    );
    assert_eq!(client.end(), Some(0));
}

#[test]
fn hostile_pages_do_no_harm() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, "");
    let many_rows = "|a|[b](b.md)|c|\n".repeat(2000);
    let texts = [
        "\u{feff}".to_owned(),
        "|".repeat(100_000),
        "# a\r# b\r\n\r".repeat(1000),
        format!("``` json\n{}\n```\n", "{\"a\":[".repeat(20_000)),
        "[".repeat(50_000) + &"](".repeat(50_000),
        "<!-- {\n".repeat(5000),
        resource("lamp", "|a\u{1b}[31m\u{202e}|[`|\u{0}](b.md)|\u{1f4a1}|\n"),
        resource("lamp", &many_rows),
        lamp().replace('\n', "\r"),
    ];
    for (index, text) in texts.iter().enumerate() {
        let version = index as i32 + 2;
        client.replace(&lamp_uri, version, text);
        for (line, column) in [(0, 0), (0, 3), (1, 1), (8, 1), (8, 6)] {
            client.request("textDocument/hover", at(&lamp_uri, line, column));
            client.request("textDocument/definition", at(&lamp_uri, line, column));
        }
        actions(&mut client, &lamp_uri, 8, None);
        client.request(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": lamp_uri } }),
        );
        let message = client.take_message(|message| message["params"]["version"] == version);
        let text = message.to_string();
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text}");
    }
    let is_error = |message: &Value| message["method"] == "window/showMessage";
    assert!(!client.received.iter().any(is_error));
    assert_eq!(client.end(), Some(0));
}
