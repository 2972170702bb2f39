//! `lsp` as an editor runs it: a client that speaks the protocol with the program over its standard input and output.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A client with the server that it has started.
struct Client {
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Notifications and requests of the server that no test has taken yet.
    received: Vec<Value>,
    next_id: i32,
}

impl Client {
    /// Starts the server in another folder than the workspace.
    fn start(arguments: &[&str]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_graphwright"))
            .current_dir(std::env::temp_dir())
            .arg("lsp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        Self {
            input: server.stdin.take(),
            output: BufReader::new(server.stdout.take().expect("the output is piped")),
            server,
            received: Vec::new(),
            next_id: 0,
        }
    }

    /// Starts the server and opens a workspace with all capabilities that it uses.
    fn open(folder: &Path, arguments: &[&str]) -> Self {
        Self::open_with(folder, arguments, &["utf-8"])
    }

    fn open_with(folder: &Path, arguments: &[&str], encodings: &[&str]) -> Self {
        let mut client = Self::start(arguments);
        let result = client.request("initialize", initialization(folder, encodings));
        let encoding = encodings.first().copied().unwrap_or("utf-16");
        assert_eq!(result["capabilities"]["positionEncoding"], encoding);
        client.notify("initialized", json!({}));
        client
    }

    fn send(&mut self, body: &str) {
        let input = self.input.as_mut().expect("the input is open");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    }

    fn notify(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.send(&message.to_string());
    }

    /// Sends a request and returns the whole response.
    fn call(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = json!(self.next_id);
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.send(&message.to_string());
        self.response(&id)
    }

    /// Sends a request and returns its result.
    #[track_caller]
    fn request(&mut self, method: &str, params: Value) -> Value {
        let mut response = self.call(method, params);
        assert_eq!(response.get("error"), None, "{method}");
        response["result"].take()
    }

    /// Sends a request and returns the code of its error.
    fn error(&mut self, method: &str, params: Value) -> i64 {
        let response = self.call(method, params);
        response["error"]["code"].as_i64().unwrap_or_default()
    }

    /// Reads up to the response with an id.
    fn response(&mut self, id: &Value) -> Value {
        loop {
            let message = self.read().expect("the server answers");
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.received.push(message);
        }
    }

    /// Reads a message; `None` at the end of the output.
    fn read(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output
                .read_line(&mut line)
                .expect("the output is text");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("the length is a number"),
                None if line.is_empty() => return None,
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output
            .read_exact(&mut body)
            .expect("the message is complete");
        Some(serde_json::from_slice(&body).expect("the message is JSON"))
    }

    /// Takes the first message that a condition holds for, of those that the server sends while it handles everything so far.
    #[track_caller]
    fn take_message(&mut self, condition: impl Fn(&Value) -> bool) -> Value {
        if !self.received.iter().any(&condition) {
            self.synchronize();
        }
        let index = self.received.iter().position(&condition);
        let index = index.unwrap_or_else(|| panic!("no such message: {:#?}", self.received));
        self.received.remove(index)
    }

    /// Waits until the server has handled everything so far.
    fn synchronize(&mut self) {
        self.request("workspace/symbol", json!({ "query": "" }));
    }

    #[track_caller]
    fn notification(&mut self, method: &str) -> Value {
        self.take_message(|message| message["method"] == method)["params"].take()
    }

    /// Returns the next diagnostics of a document; those of an open document are of the given version.
    #[track_caller]
    fn diagnostics(&mut self, uri: &str, version: Option<i32>) -> Vec<String> {
        let message = self.take_message(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"].get("version").and_then(Value::as_i64)
                    == version.map(i64::from)
        });
        let diagnostics = message["params"]["diagnostics"].as_array();
        diagnostics
            .expect("there is a list")
            .iter()
            .map(shown)
            .collect()
    }

    fn open_document(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the text of a document.
    fn replace(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Returns everything that the server has sent about a document.
    fn messages(&mut self, uri: &str) -> Vec<Value> {
        self.synchronize();
        let about = |message: &&Value| message["params"]["uri"] == uri;
        self.received.iter().filter(about).cloned().collect()
    }

    /// Shuts the server down and returns its exit code.
    fn end(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.wait()
    }

    fn wait(mut self) -> Option<i32> {
        drop(self.input.take());
        while self.read().is_some() {}
        self.server.wait().expect("the server ends").code()
    }
}

/// `severity rule line:column-line:column`, counted from 0.
fn shown(diagnostic: &Value) -> String {
    let place = |end: &str| {
        let place = &diagnostic["range"][end];
        format!("{}:{}", place["line"], place["character"])
    };
    format!(
        "{} {} {}-{}",
        diagnostic["severity"],
        diagnostic["code"].as_str().unwrap_or_default(),
        place("start"),
        place("end")
    )
}

fn initialization(folder: &Path, encodings: &[&str]) -> Value {
    json!({
        "processId": null,
        "rootUri": null,
        "workspaceFolders": [{ "uri": uri(folder), "name": "docs" }],
        "capabilities": {
            "general": { "positionEncodings": encodings },
            "textDocument": {
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            },
            "workspace": {
                "didChangeWatchedFiles": { "dynamicRegistration": true },
                "workspaceEdit": { "documentChanges": true },
            },
        },
    })
}

/// The URI of a path, in which only blanks are escaped.
fn uri(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    let path = path.trim_start_matches('/').replace(' ', "%20");
    format!("file:///{path}")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))
        .expect("a folder can be created");
    fs::write(path, text).expect("a file can be written");
}

/// A workspace whose path has a blank, with pages in `docs`.
fn project(pages: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let workspace = folder.path().join("a workspace");
    fs::create_dir(&workspace).expect("a folder can be created");
    for (path, text) in pages {
        write(&workspace.join("docs"), path, text);
    }
    (folder, workspace)
}

fn page(workspace: &Path, path: &str) -> String {
    uri(&workspace.join("docs").join(path))
}

/// A page that defines a type; the rows are those of its properties and start on line 9.
fn resource(name: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}"
    )
}

fn lamp() -> String {
    resource(
        "lamp",
        "|id|String|The key.|\n|bulb|[bulb](bulb.md)|Gives light.|\n",
    )
}

fn bulb() -> String {
    resource("bulb", "|id|String|The key.|\n|watts|Int32|The power.|\n")
}

const LAMP: &str = "v1.0/resources/lamp.md";
const BULB: &str = "v1.0/resources/bulb.md";

const UNDEFINED: &str = "2 undefined-type 9:7-9:11";
const BROKEN: &str = "3 broken-link 9:13-9:20";

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
    })
}

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

/// Applies the changes of an action to a text; columns are bytes.
fn apply(action: &Value, text: &str) -> String {
    let document = &action["edit"]["documentChanges"][0];
    let mut edits: Vec<&Value> = document["edits"].as_array().into_iter().flatten().collect();
    edits.reverse();
    let mut text = text.to_owned();
    for edit in edits {
        let offset = |end: &str| {
            let place = &edit["range"][end];
            let line = place["line"].as_u64().unwrap_or_default() as usize;
            let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            before + place["character"].as_u64().unwrap_or_default() as usize
        };
        let range = offset("start")..offset("end");
        text.replace_range(range, edit["newText"].as_str().unwrap_or_default());
    }
    text
}

fn actions(client: &mut Client, uri: &str, line: u32, only: Option<&str>) -> Vec<Value> {
    let place = json!({ "line": line, "character": 8 });
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": place, "end": place },
        "context": context,
    });
    let actions = client.request("textDocument/codeAction", params);
    actions.as_array().cloned().expect("there is a list")
}

#[test]
fn code_actions_correct_pages_or_allow_problems() {
    let text = resource(
        "lamp",
        "|id|String|The key.|\n|bulb|[bulb](../api/bulb.md)|A | b.|\n|lens|[lens](lens.md)|\\| C.|\n",
    );
    let (_folder, workspace) = project(&[(LAMP, &text), (BULB, &bulb())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, &text);
    let found = client.diagnostics(&lamp_uri, Some(1));

    assert_eq!(actions(&mut client, &lamp_uri, 4, None), [Value::Null; 0]);
    let params = json!({
        "textDocument": { "uri": lamp_uri },
        "range": { "start": { "line": 9, "character": 0 }, "end": { "line": 10, "character": 0 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let found_actions = client.request("textDocument/codeAction", params);
    let titles: Vec<&str> = found_actions
        .as_array()
        .expect("there is a list")
        .iter()
        .filter_map(|action| action["title"].as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Replace `../api/bulb.md` by `bulb.md`",
            "Fix surplus-cells",
            "Allow broken-link in this line",
            "Allow surplus-cells in this line",
        ]
    );
    let fix = &found_actions[0];
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0]["code"], "broken-link");
    let document = &fix["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(*document, json!({ "uri": lamp_uri, "version": 1 }));
    assert_eq!(apply(fix, &text), text.replace("../api/", ""));

    // The page with the comment has one problem less and no other one.
    let allow = actions(&mut client, &lamp_uri, 10, None);
    let allow = allow
        .iter()
        .find(|action| action["title"] == "Allow undefined-type in this line")
        .expect("the type is undefined");
    let commented = apply(allow, &text);
    assert!(
        commented.ends_with("|\\| C. <!-- graphwright: allow(undefined-type) reason -->|\n"),
        "{commented}"
    );
    client.replace(&lamp_uri, 2, &commented);
    let rest = client.diagnostics(&lamp_uri, Some(2));
    let is_other = |diagnostic: &&String| !diagnostic.contains("undefined-type");
    assert_eq!(
        rest,
        found.iter().filter(is_other).cloned().collect::<Vec<_>>()
    );

    let all = actions(&mut client, &lamp_uri, 0, Some("source.fixAll"));
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0]["kind"], "source.fixAll.graphwright");
    let expected = commented.replace("../api/", "").replace("A | b", "A \\| b");
    assert_eq!(apply(&all[0], &commented), expected);
    client.replace(&lamp_uri, 3, &expected);
    client.diagnostics(&lamp_uri, Some(3));
    assert_eq!(
        actions(&mut client, &lamp_uri, 0, Some("source.fixAll")),
        [Value::Null; 0]
    );
    assert_eq!(
        actions(&mut client, &lamp_uri, 10, Some("refactor")),
        [Value::Null; 0]
    );
    assert_eq!(client.end(), Some(0));
}

#[test]
fn similar_names_are_offered() {
    let text = lamp().replace("[bulb](bulb.md)", "[blub](blub.md)");
    let (_folder, workspace) = project(&[(LAMP, &text), (BULB, &bulb())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, &text);
    let params = json!({
        "textDocument": { "uri": lamp_uri },
        "range": { "start": { "line": 9, "character": 0 }, "end": { "line": 10, "character": 0 } },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let action = |title: &str| {
        let mut actions = actions.as_array().into_iter().flatten();
        let action = actions.find(|action| action["title"] == title);
        action
            .unwrap_or_else(|| panic!("no {title}: {actions:#?}"))
            .clone()
    };
    let name = action("Replace `blub` by `bulb`");
    // It may not be what is meant.
    assert_eq!(name["isPreferred"], false);
    let named = apply(&name, &text);
    let linked = apply(&action("Replace `blub.md` by `bulb.md`"), &named);
    assert_eq!(linked, lamp());
    client.replace(&lamp_uri, 2, &linked);
    assert_eq!(client.diagnostics(&lamp_uri, Some(2)), [""; 0]);
    assert_eq!(client.end(), Some(0));
}

const GET_LAMP: &str = "\
# Get lamp

Namespace: microsoft.graph

Reads a [lamp](../resources/lamp.md).

## Permissions

|Permission type|Permissions|
|:---|:---|
|Delegated (work or school account)|Lamp.Read.All, Lamp.ReadWrite.All|
|Application|Lamp.Read.All|

## HTTP request

``` http
GET /lamps/{id}
```

## Response

Returns a `200 OK` status code and a [lamp](../resources/lamp.md) object.

## Example

### Request

<!-- {
  \"blockType\": \"request\",
  \"name\": \"get_lamp\"
}
-->
``` http
GET https://graph.microsoft.com/v1.0/lamps/1
```

### Response

<!-- {
  \"blockType\": \"response\",
  \"@odata.type\": \"microsoft.graph.lamp\"
}
-->
``` http
HTTP/1.1 200 OK
Content-Type: application/json

{
  \"id\": \"1\",
  \"mode\": \"on\",
  \"bulb\": { \"watts\": 60 }
}
```
";

const MODES: &str = "

### lampMode values

|Member|Description|
|:---|:---|
|on|Shines.|
|off|Does not shine.|
";

/// Pages that refer to each other.
fn pages() -> [(&'static str, String); 3] {
    let rows = "|id|String|The key. <b>Bold</b> *x* [y](command:z)|\n|bulb|[bulb](bulb.md)|Gives light.|\n|mode|lampMode|Whether it shines.|\n";
    [
        (LAMP, resource("lamp", rows) + MODES),
        (BULB, bulb()),
        ("v1.0/api/lamp-get.md", GET_LAMP.to_owned()),
    ]
}

/// The position of the first occurrence of a text after another one, by line and byte.
#[track_caller]
fn find(text: &str, after: &str, wanted: &str) -> (u32, u32) {
    let start = text.find(after).expect("the page has the text");
    let at = start + text[start..].find(wanted).expect("the page has the text");
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (line as u32, column as u32)
}

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
