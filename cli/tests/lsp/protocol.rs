//! The life cycle of the server, and invalid messages.

use std::io::Write;

use serde_json::{Value, json};

use crate::client::{Client, initialization};
use crate::pages::{LAMP, at, lamp, page, project};

#[test]
fn the_life_cycle_follows_the_protocol() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::start(&[]);
    assert_eq!(client.error("textDocument/hover", json!({})), -32002);
    // Notifications before the initialization are dropped.
    client.notify("textDocument/didOpen", json!({}));
    assert_eq!(
        client.error("initialize", json!({ "capabilities": 7 })),
        -32602
    );
    let result = client.request("initialize", initialization(&workspace, &[]));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(result["serverInfo"]["name"], "graphwright");
    assert_eq!(
        client.error("initialize", initialization(&workspace, &[])),
        -32600
    );
    client.notify("initialized", json!({}));
    let registration =
        client.take_message(|message| message["method"] == "client/registerCapability");
    let answer = json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null });
    client.send(&answer.to_string());
    assert_eq!(client.error("textDocument/rename", json!({})), -32601);
    assert_eq!(client.error("$/unknown", json!({})), -32601);
    client.notify("$/unknown", json!({}));
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    assert_eq!(client.error("textDocument/hover", json!({})), -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.wait(), Some(0));
}

#[test]
fn the_exit_code_tells_whether_the_server_was_shut_down() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.wait(), Some(1));
    assert_eq!(Client::start(&[]).wait(), Some(1));
    // The client closes the input without `exit`.
    let mut client = Client::open(&workspace, &[]);
    client.request("shutdown", Value::Null);
    assert_eq!(client.wait(), Some(0));
}

#[test]
fn invalid_messages_are_answered() {
    let (_folder, workspace) = project(&[(LAMP, &lamp())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp = page(&workspace, LAMP);
    for (body, code, id) in [
        ("{", -32700, Value::Null),
        ("\u{fffd}", -32700, Value::Null),
        ("[]", -32600, Value::Null),
        ("{\"id\":77}", -32600, json!(77)),
    ] {
        client.send(body);
        assert_eq!(client.response(&id)["error"]["code"], code, "{body}");
    }
    for params in [
        json!(null),
        json!([1]),
        json!({ "textDocument": { "uri": 5 } }),
        json!({ "textDocument": { "uri": "not a URI" }, "position": { "line": 0, "character": 0 } }),
        json!({ "textDocument": { "uri": lamp }, "position": { "line": -1, "character": 0 } }),
    ] {
        assert_eq!(client.error("textDocument/hover", params), -32602);
    }
    for (method, params) in [
        ("textDocument/didOpen", json!({ "textDocument": 1 })),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": lamp, "version": 1 }, "contentChanges": [] }),
        ),
        ("$/cancelRequest", json!({ "id": {} })),
    ] {
        client.notify(method, params);
        let message = client.notification("window/logMessage");
        let message = message["message"].as_str().unwrap_or_default();
        assert!(message.starts_with(method), "{message}");
    }
    // Places beyond the end of the text.
    client.open_document(&lamp, "# a");
    assert_eq!(
        client.request("textDocument/hover", at(&lamp, u32::MAX, u32::MAX)),
        Value::Null
    );
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": lamp } }),
    );
    assert_eq!(
        client.request("textDocument/hover", at(&lamp, 0, 0)),
        Value::Null
    );
    assert_eq!(client.end(), Some(0));

    let mut client = Client::open(&workspace, &[]);
    let input = client.input.as_mut().expect("the input is open");
    input
        .write_all(b"no header\r\n\r\n")
        .expect("the server reads");
    assert_eq!(client.wait(), Some(1));
}
