//! The message loop: the life cycle of the server, the open documents, and the requests that are not yet answered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument,
    DidOpenTextDocument, DidSaveTextDocument, Exit, Initialized, LogMessage, Notification as _,
};
use lsp_types::request::{
    CodeActionRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, Initialize,
    RegisterCapability, Request as _, Shutdown, WorkspaceSymbolRequest,
};
use lsp_types::{
    CancelParams, ClientCapabilities, CodeActionKind, CodeActionOptions,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    GotoDefinitionParams, HoverParams, InitializeParams, InitializeResult, LogMessageParams,
    MarkupKind, MessageType, NumberOrString, OneOf, SaveOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::actions;
use super::documents::Documents;
use super::messages::{Incoming, Outgoing};
use super::positions::Encoding;
use super::uris;
use super::worker::{Change, Client, PendingRequest, Query, Task, Worker};
use crate::arguments::LspArguments;
use crate::config;

/// What the message loop reacts to.
pub(super) enum Event {
    /// The client has sent a message.
    Incoming(Incoming),
    /// The client has closed the input, or it cannot be read any further.
    Closed(Option<String>),
    /// The worker has answered a request.
    Answer(Response),
    /// The worker has something else for the client.
    Outgoing(Message),
}

/// How the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// After `shutdown`.
    Orderly,
    /// Without `shutdown`.
    Abrupt,
}

/// The phases of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Before `initialize`.
    New,
    Running,
    /// After `shutdown`.
    Stopped,
}

/// The state of the message loop.
pub(super) struct Server {
    arguments: LspArguments,
    phase: Phase,
    encoding: Encoding,
    watches_files: bool,
    documents: Documents,
    /// The requests that the worker has not answered yet.
    pending: BTreeMap<RequestId, Arc<AtomicBool>>,
    /// The number of changes so far.
    generation: Arc<AtomicU64>,
    /// The tasks of the worker, which is started by `initialize`.
    tasks: Option<Sender<Task>>,
    events: Sender<Event>,
    output: Sender<Outgoing>,
}

impl Server {
    pub(super) fn new(
        arguments: LspArguments,
        events: Sender<Event>,
        output: Sender<Outgoing>,
    ) -> Self {
        Self {
            arguments,
            phase: Phase::New,
            encoding: Encoding::Utf16,
            watches_files: false,
            documents: Documents::default(),
            pending: BTreeMap::new(),
            generation: Arc::default(),
            tasks: None,
            events,
            output,
        }
    }

    /// Handles events until the client ends the server.
    pub(super) fn run(mut self, events: &Receiver<Event>) -> End {
        while let Ok(event) = events.recv() {
            match event {
                Event::Incoming(Incoming::Message(Message::Notification(notification)))
                    if notification.method == Exit::METHOD =>
                {
                    break;
                }
                Event::Incoming(Incoming::Message(message)) => self.handle(message),
                Event::Incoming(Incoming::Invalid(failure)) => {
                    self.send(Outgoing::Failure(failure));
                }
                Event::Closed(reason) => {
                    if let Some(reason) = reason {
                        crate::terminal::err!("error: the input cannot be read: {reason}\n");
                    }
                    break;
                }
                Event::Answer(response) => {
                    // The answer to a cancelled request has been sent already.
                    if self.pending.remove(&response.id).is_some() {
                        self.send(Outgoing::Message(response.into()));
                    }
                }
                Event::Outgoing(message) => self.send(Outgoing::Message(message)),
            }
        }
        match self.phase {
            Phase::Stopped => End::Orderly,
            Phase::New | Phase::Running => End::Abrupt,
        }
    }

    fn send(&self, message: Outgoing) {
        // The writer ends when the client closes its end; the input ends then as well.
        let _ = self.output.send(message);
    }

    fn respond(&self, response: Response) {
        self.send(Outgoing::Message(response.into()));
    }

    fn reject(&self, id: RequestId, code: ErrorCode, reason: impl Into<String>) {
        self.respond(Response::new_err(id, code as i32, reason.into()));
    }

    fn handle(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.handle_request(request),
            Message::Notification(notification) if self.phase == Phase::Running => {
                if let Err(reason) = self.handle_notification(&notification) {
                    self.log(format!("{}: {reason}", notification.method));
                }
            }
            // No request of the server needs the answer of the client.
            Message::Notification(_) | Message::Response(_) => {}
        }
    }

    fn log(&self, message: String) {
        let params = LogMessageParams {
            typ: MessageType::ERROR,
            message,
        };
        let notification = Notification::new(LogMessage::METHOD.to_owned(), params);
        self.send(Outgoing::Message(notification.into()));
    }

    fn handle_request(&mut self, request: Request) {
        let id = request.id.clone();
        match (self.phase, request.method.as_str()) {
            (Phase::New, Initialize::METHOD) => match parse(request.params) {
                Ok(params) => self.initialize(id, &params),
                Err(reason) => self.reject(id, ErrorCode::InvalidParams, reason),
            },
            (Phase::New, _) => {
                self.reject(
                    id,
                    ErrorCode::ServerNotInitialized,
                    "expected `initialize` first",
                );
            }
            (Phase::Stopped, _) => {
                self.reject(id, ErrorCode::InvalidRequest, "the server is shut down");
            }
            (Phase::Running, Initialize::METHOD) => {
                self.reject(
                    id,
                    ErrorCode::InvalidRequest,
                    "the server is initialized already",
                );
            }
            (Phase::Running, Shutdown::METHOD) => {
                self.phase = Phase::Stopped;
                self.respond(Response::new_ok(id, Value::Null));
            }
            (Phase::Running, method) => match parse_query(method, request.params) {
                Some(Ok(query)) => self.enqueue(id, query),
                Some(Err(reason)) => self.reject(id, ErrorCode::InvalidParams, reason),
                None => {
                    let reason = format!("unknown method `{method}`");
                    self.reject(id, ErrorCode::MethodNotFound, reason);
                }
            },
        }
    }

    fn enqueue(&mut self, id: RequestId, query: Query) {
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let uri = query.uri();
        let document = uri.and_then(|uri| self.documents.get(uri.as_str()));
        let request = PendingRequest {
            id: id.clone(),
            version: document.map(|document| document.version),
            query,
            is_cancelled: is_cancelled.clone(),
        };
        if self.pending.contains_key(&id) {
            self.reject(
                id,
                ErrorCode::InvalidRequest,
                "a request with this id is not answered yet",
            );
            return;
        }
        self.pending.insert(id, is_cancelled);
        self.send_task(Task::Request(request));
    }

    fn send_task(&self, task: Task) {
        let tasks = self
            .tasks
            .as_ref()
            .expect("the worker runs after `initialize`");
        // The worker ends with the program.
        let _ = tasks.send(task);
    }

    fn initialize(&mut self, id: RequestId, params: &InitializeParams) {
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        self.encoding = Encoding::negotiate(offered);
        let client = client(capabilities, self.encoding);
        let workspace = capabilities.workspace.as_ref();
        self.watches_files = workspace
            .and_then(|workspace| workspace.did_change_watched_files)
            .and_then(|watched| watched.dynamic_registration)
            .unwrap_or_default();
        let folder = match enter_workspace(params) {
            Ok(folder) => folder,
            Err(reason) => {
                self.reject(id, ErrorCode::RequestFailed, reason);
                return;
            }
        };
        let worker = Worker::new(
            self.arguments.clone(),
            folder,
            client,
            self.events.clone(),
            self.generation.clone(),
        );
        let (tasks, receiver) = mpsc::channel();
        std::thread::spawn(move || worker.run(&receiver));
        self.tasks = Some(tasks);
        self.phase = Phase::Running;
        let result = InitializeResult {
            capabilities: server_capabilities(self.encoding),
            server_info: Some(ServerInfo {
                name: "graphwright".to_owned(),
                version: Some(crate::VERSION.to_owned()),
            }),
        };
        self.respond(Response::new_ok(id, result));
    }

    fn handle_notification(&mut self, notification: &Notification) -> Result<(), String> {
        let params = || notification.params.clone();
        match notification.method.as_str() {
            Initialized::METHOD => {
                if self.watches_files {
                    self.watch_files();
                }
                self.schedule_analysis(true);
            }
            DidOpenTextDocument::METHOD => {
                let params: DidOpenTextDocumentParams = parse(params())?;
                self.documents.open(params.text_document);
                self.schedule_analysis(false);
            }
            DidChangeTextDocument::METHOD => {
                let params: DidChangeTextDocumentParams = parse(params())?;
                let changes = &params.content_changes;
                self.documents
                    .change(&params.text_document, changes, self.encoding)?;
                self.schedule_analysis(false);
            }
            DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD => {
                self.schedule_analysis(true)
            }
            DidCloseTextDocument::METHOD => {
                let params: DidCloseTextDocumentParams = parse(params())?;
                self.documents.close(params.text_document.uri.as_str());
                self.schedule_analysis(true);
            }
            Cancel::METHOD => {
                let params: CancelParams = parse(params())?;
                let id = match params.id {
                    NumberOrString::Number(id) => RequestId::from(id),
                    NumberOrString::String(id) => RequestId::from(id),
                };
                if let Some(is_cancelled) = self.pending.remove(&id) {
                    is_cancelled.store(true, Ordering::Relaxed);
                    self.reject(id, ErrorCode::RequestCanceled, "the request was cancelled");
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Schedules an analysis of the pages.
    fn schedule_analysis(&mut self, reads_disk: bool) {
        let generation = self.generation.fetch_add(1, Ordering::Relaxed) + 1;
        self.send_task(Task::Change(Change {
            generation,
            documents: self.documents.clone(),
            reads_disk,
        }));
    }

    /// Registers for notifications on changes of pages, and of the files that configure the linter.
    fn watch_files(&self) {
        let watchers = json!([{ "globPattern": "**/*.md" }, { "globPattern": "**/*.toml" }]);
        let registration = json!({
            "id": "files",
            "method": DidChangeWatchedFiles::METHOD,
            "registerOptions": { "watchers": watchers },
        });
        let request = Request {
            id: RequestId::from("files".to_owned()),
            method: RegisterCapability::METHOD.to_owned(),
            params: json!({ "registrations": [registration] }),
        };
        self.send(Outgoing::Message(request.into()));
    }
}

fn parse<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|error| format!("invalid parameters: {error}"))
}

/// Parses a request that the worker answers. Returns `None` for other methods.
fn parse_query(method: &str, params: Value) -> Option<Result<Query, String>> {
    Some(match method {
        CodeActionRequest::METHOD => parse(params).map(Query::CodeAction),
        HoverRequest::METHOD => parse(params)
            .map(|params: HoverParams| Query::Hover(params.text_document_position_params)),
        GotoDefinition::METHOD => parse(params).map(|params: GotoDefinitionParams| {
            Query::Definition(params.text_document_position_params)
        }),
        DocumentSymbolRequest::METHOD => parse(params).map(Query::DocumentSymbol),
        WorkspaceSymbolRequest::METHOD => parse(params).map(Query::WorkspaceSymbol),
        _ => return None,
    })
}

/// Makes the workspace folder the current folder, as if the command line was run in it, and returns it. Of several folders, it is
/// the first one with a configuration file, or else the first one.
fn enter_workspace(params: &InitializeParams) -> Result<PathBuf, String> {
    let folders = params.workspace_folders.iter().flatten();
    let uris = folders.map(|folder| folder.uri.as_str());
    let folders: Vec<PathBuf> = uris.filter_map(uris::to_path).collect();
    #[expect(deprecated, reason = "clients without workspace folders send it")]
    let root = params.root_uri.as_ref();
    let root = || root.and_then(|uri| uris::to_path(uri.as_str()));
    let configured = folders
        .iter()
        .find(|folder| folder.join(config::FILE).is_file());
    let folder = configured.or(folders.first()).cloned().or_else(root);
    let cannot_use =
        |folder: &PathBuf, error| format!("{}: cannot be used: {error}", folder.display());
    match folder {
        Some(folder) => match std::env::set_current_dir(&folder) {
            Ok(()) => Ok(folder),
            Err(error) => Err(cannot_use(&folder, error)),
        },
        None => std::env::current_dir().map_err(|error| cannot_use(&PathBuf::from("."), error)),
    }
}

/// Returns what the client supports.
fn client(capabilities: &ClientCapabilities, encoding: Encoding) -> Client {
    let workspace = capabilities.workspace.as_ref();
    let text_document = capabilities.text_document.as_ref();
    let hover = text_document.and_then(|capabilities| capabilities.hover.as_ref());
    let formats = hover.and_then(|hover| hover.content_format.as_deref());
    Client {
        encoding,
        has_markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
        has_versions: workspace
            .and_then(|workspace| workspace.workspace_edit.as_ref())
            .and_then(|edit| edit.document_changes)
            .unwrap_or_default(),
        has_hierarchy: text_document
            .and_then(|capabilities| capabilities.document_symbol.as_ref())
            .and_then(|symbol| symbol.hierarchical_document_symbol_support)
            .unwrap_or_default(),
    }
}

fn server_capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                    include_text: Some(false),
                })),
                ..TextDocumentSyncOptions::default()
            },
        )),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        hover_provider: Some(true.into()),
        definition_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: None,
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: i32) -> Message {
        let method = WorkspaceSymbolRequest::METHOD.to_owned();
        Request::new(id.into(), method, json!({ "query": "" })).into()
    }

    #[test]
    fn a_cancelled_request_is_answered_once() {
        let (events, receiver) = mpsc::channel();
        let (output, outgoing) = mpsc::channel();
        let (tasks, waiting) = mpsc::channel();
        let arguments = LspArguments {
            docs: crate::arguments::DocsArguments::default(),
            baseline: None,
            stdio: false,
        };
        let mut server = Server::new(arguments, events.clone(), output);
        server.phase = Phase::Running;
        server.tasks = Some(tasks);
        let cancel = |id: i32| Notification::new(Cancel::METHOD.to_owned(), json!({ "id": id }));
        let send = |event| events.send(event).unwrap();
        let receive = |message| send(Event::Incoming(Incoming::Message(message)));
        receive(request(1));
        receive(request(2));
        // The id of a request that waits cannot be used again.
        receive(request(2));
        receive(cancel(1).into());
        receive(cancel(9).into());
        // The worker had started already.
        send(Event::Answer(Response::new_ok(1.into(), 1)));
        send(Event::Answer(Response::new_ok(2.into(), 2)));
        receive(cancel(2).into());
        send(Event::Closed(None));
        assert_eq!(server.run(&receiver), End::Abrupt);

        let answers: Vec<String> = outgoing
            .iter()
            .map(|message| match message {
                Outgoing::Message(Message::Response(response)) => match response.response_result {
                    Ok(value) => format!("{}: {value}", response.id),
                    Err(error) => format!("{}: {}", response.id, error.code),
                },
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(answers, ["2: -32600", "1: -32800", "2: 2"]);
        let cancelled: Vec<bool> = waiting
            .iter()
            .map(|task| match task {
                Task::Request(request) => request.is_cancelled.load(Ordering::Relaxed),
                Task::Change(_) => panic!("no document has changed"),
            })
            .collect();
        assert_eq!(cancelled, [true, false]);
    }
}
