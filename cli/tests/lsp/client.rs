//! A client that speaks the protocol with the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A client with the server that it has started.
pub(crate) struct Client {
    server: Child,
    pub(crate) input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Notifications and requests of the server that no test has taken yet.
    pub(crate) received: Vec<Value>,
    next_id: i32,
}

impl Client {
    /// Starts the server in another folder than the workspace.
    pub(crate) fn start(arguments: &[&str]) -> Self {
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
    pub(crate) fn open(folder: &Path, arguments: &[&str]) -> Self {
        Self::open_with(folder, arguments, &["utf-8"])
    }

    pub(crate) fn open_with(folder: &Path, arguments: &[&str], encodings: &[&str]) -> Self {
        let mut client = Self::start(arguments);
        let result = client.request("initialize", initialization(folder, encodings));
        let encoding = encodings.first().copied().unwrap_or("utf-16");
        assert_eq!(result["capabilities"]["positionEncoding"], encoding);
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn send(&mut self, body: &str) {
        let input = self.input.as_mut().expect("the input is open");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.send(&message.to_string());
    }

    /// Sends a request and returns the whole response.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = json!(self.next_id);
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.send(&message.to_string());
        self.response(&id)
    }

    /// Sends a request and returns its result.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let mut response = self.call(method, params);
        assert_eq!(response.get("error"), None, "{method}");
        response["result"].take()
    }

    /// Sends a request and returns the code of its error.
    pub(crate) fn error(&mut self, method: &str, params: Value) -> i64 {
        let response = self.call(method, params);
        response["error"]["code"].as_i64().unwrap_or_default()
    }

    /// Reads up to the response with an id.
    pub(crate) fn response(&mut self, id: &Value) -> Value {
        loop {
            let message = self.read().expect("the server answers");
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.received.push(message);
        }
    }

    /// Reads a message; `None` at the end of the output.
    pub(crate) fn read(&mut self) -> Option<Value> {
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
    pub(crate) fn take_message(&mut self, condition: impl Fn(&Value) -> bool) -> Value {
        if !self.received.iter().any(&condition) {
            self.synchronize();
        }
        let index = self.received.iter().position(&condition);
        let index = index.unwrap_or_else(|| panic!("no such message: {:#?}", self.received));
        self.received.remove(index)
    }

    /// Waits until the server has handled everything so far.
    pub(crate) fn synchronize(&mut self) {
        self.request("workspace/symbol", json!({ "query": "" }));
    }

    #[track_caller]
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        self.take_message(|message| message["method"] == method)["params"].take()
    }

    /// Returns the next diagnostics of a document; those of an open document are of the given version.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, uri: &str, version: Option<i32>) -> Vec<String> {
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

    pub(crate) fn open_document(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the text of a document.
    pub(crate) fn replace(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Returns everything that the server has sent about a document.
    pub(crate) fn messages(&mut self, uri: &str) -> Vec<Value> {
        self.synchronize();
        let about = |message: &&Value| message["params"]["uri"] == uri;
        self.received.iter().filter(about).cloned().collect()
    }

    /// Shuts the server down and returns its exit code.
    pub(crate) fn end(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.wait()
    }

    pub(crate) fn wait(mut self) -> Option<i32> {
        drop(self.input.take());
        while self.read().is_some() {}
        self.server.wait().expect("the server ends").code()
    }
}

/// `severity rule line:column-line:column`, counted from 0.
pub(crate) fn shown(diagnostic: &Value) -> String {
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

pub(crate) fn initialization(folder: &Path, encodings: &[&str]) -> Value {
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
pub(crate) fn uri(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    let path = path.trim_start_matches('/').replace(' ', "%20");
    format!("file:///{path}")
}

pub(crate) fn actions(client: &mut Client, uri: &str, line: u32, only: Option<&str>) -> Vec<Value> {
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
