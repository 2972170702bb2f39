//! The thread that analyzes the pages and answers requests from the result.
//!
//! It takes all tasks that wait, analyzes the pages as they are after the last change, and then answers the requests among the tasks.
//! So every request is answered from an analysis of the text that it refers to, and changes in quick succession cost one analysis.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use lsp_types::notification::{PublishDiagnostics, ShowMessage};
use lsp_types::{
    CodeActionParams, DocumentSymbolParams, HoverContents, MarkupContent, MarkupKind, MessageType,
    ShowMessageParams, TextDocumentPositionParams, Uri, WorkspaceSymbolParams,
};
use serde_json::Value;

use super::actions::Actions;
use super::diagnostics::Published;
use super::documents::Documents;
use super::hover;
use super::markup::Markup;
use super::positions::{Encoding, Lines};
use super::server::Event;
use super::snapshot::Snapshot;
use super::subject::{Found, find_subject};
use super::workspace::Workspace;
use super::{definition, symbols};
use crate::arguments::LspArguments;
use crate::terminal::printable_line;

/// What the client supports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Hovers in markdown.
    pub(super) has_markdown: bool,
    /// Changes of documents with their versions.
    pub(super) has_versions: bool,
    /// Symbols with children.
    pub(super) has_hierarchy: bool,
}

/// A task of the worker.
pub(super) enum Task {
    /// The documents have changed.
    Change(Change),
    /// A request.
    Request(PendingRequest),
}

/// A change of the open documents or of the files.
pub(super) struct Change {
    /// The number of changes so far, with this one.
    pub(super) generation: u64,
    pub(super) documents: Documents,
    /// Whether files on disk may have changed.
    pub(super) reads_disk: bool,
}

/// A request that is answered from the analysis.
pub(super) struct PendingRequest {
    pub(super) id: RequestId,
    pub(super) query: Query,
    /// The version of the document that the request is about, if it is open.
    pub(super) version: Option<i32>,
    /// Whether the client has cancelled the request.
    pub(super) is_cancelled: Arc<AtomicBool>,
}

/// The requests.
pub(super) enum Query {
    CodeAction(CodeActionParams),
    Hover(TextDocumentPositionParams),
    Definition(TextDocumentPositionParams),
    DocumentSymbol(DocumentSymbolParams),
    WorkspaceSymbol(WorkspaceSymbolParams),
}

impl Query {
    /// Returns the document that the request is about.
    pub(super) fn uri(&self) -> Option<&Uri> {
        match self {
            Self::CodeAction(params) => Some(&params.text_document.uri),
            Self::Hover(params) | Self::Definition(params) => Some(&params.text_document.uri),
            Self::DocumentSymbol(params) => Some(&params.text_document.uri),
            Self::WorkspaceSymbol(_) => None,
        }
    }
}

/// The state of the thread.
pub(super) struct Worker {
    pub(super) arguments: LspArguments,
    /// The workspace folder.
    pub(super) folder: PathBuf,
    pub(super) client: Client,
    pub(super) events: Sender<Event>,
    /// The number of the last change.
    pub(super) latest: Arc<AtomicU64>,
    workspace: Option<Workspace>,
    snapshot: Option<Snapshot>,
    published: Published,
    /// The error that the client has been shown last.
    shown_error: Option<String>,
}

impl Worker {
    pub(super) fn new(
        arguments: LspArguments,
        folder: PathBuf,
        client: Client,
        events: Sender<Event>,
        latest: Arc<AtomicU64>,
    ) -> Self {
        Self {
            arguments,
            folder,
            client,
            events,
            latest,
            workspace: None,
            snapshot: None,
            published: Published::default(),
            shown_error: None,
        }
    }

    /// Runs tasks until their sender is dropped.
    pub(super) fn run(mut self, tasks: &Receiver<Task>) {
        while let Ok(first) = tasks.recv() {
            let mut change: Option<Change> = None;
            let mut requests = Vec::new();
            for task in std::iter::once(first).chain(tasks.try_iter()) {
                match task {
                    Task::Change(mut next) => {
                        next.reads_disk |= change.is_some_and(|change| change.reads_disk);
                        change = Some(next);
                    }
                    Task::Request(request) => requests.push(request),
                }
            }
            if let Some(change) = change {
                self.change(change);
            }
            for request in requests {
                self.answer(request);
            }
        }
    }

    fn change(&mut self, change: Change) {
        // A panic is our own mistake. The server continues, since the next change may avoid it.
        let result = catch_unwind(AssertUnwindSafe(|| self.analyze(change)));
        let error = match result {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(format!("{error:#}")),
            Err(_) => Some("the pages cannot be analyzed because of an internal error".to_owned()),
        };
        if let Some(error) = error
            .as_ref()
            .filter(|error| self.shown_error.as_ref() != Some(error))
        {
            self.notify::<ShowMessage>(ShowMessageParams {
                typ: MessageType::ERROR,
                message: printable_line(error),
            });
        }
        self.shown_error = error;
    }

    fn analyze(&mut self, change: Change) -> anyhow::Result<()> {
        if change.reads_disk || self.workspace.is_none() {
            self.workspace = Some(Workspace::read(&self.folder, &self.arguments)?);
        }
        let workspace = self
            .workspace
            .as_ref()
            .expect("the workspace was just read");
        let snapshot = workspace.analyze(change.documents);
        if self.latest.load(Ordering::Relaxed) == change.generation {
            for params in self.published.update(&snapshot, self.client.encoding) {
                self.notify::<PublishDiagnostics>(params);
            }
        }
        self.snapshot = Some(snapshot);
        Ok(())
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params) {
        let notification = Notification::new(N::METHOD.to_owned(), params);
        // The receiver is gone when the program ends.
        let _ = self
            .events
            .send(Event::Outgoing(Message::from(notification)));
    }

    fn answer(&mut self, request: PendingRequest) {
        if request.is_cancelled.load(Ordering::Relaxed) {
            return;
        }
        let id = request.id.clone();
        let result = catch_unwind(AssertUnwindSafe(|| self.result(&request)));
        let response = match result {
            Ok(Ok(value)) => Response::new_ok(id, value),
            Ok(Err((code, reason))) => Response::new_err(id, code as i32, reason.to_owned()),
            Err(_) => Response::new_err(
                id,
                ErrorCode::InternalError as i32,
                "internal error".to_owned(),
            ),
        };
        let _ = self.events.send(Event::Answer(response));
    }

    fn result(&mut self, request: &PendingRequest) -> Result<Value, (ErrorCode, &'static str)> {
        let client = self.client;
        let (Some(snapshot), Some(workspace)) = (&mut self.snapshot, &self.workspace) else {
            return Ok(Value::Null);
        };
        if let Some(uri) = request.query.uri() {
            let document = snapshot.documents.get(uri.as_str());
            if document.map(|document| document.version) != request.version {
                let reason = "the document has changed since the request";
                return Err((ErrorCode::ContentModified, reason));
            }
        }
        let value = match &request.query {
            Query::CodeAction(params) => {
                let mut actions = Actions {
                    workspace,
                    snapshot,
                    encoding: client.encoding,
                    has_versions: client.has_versions,
                };
                to_value(actions.find(params))
            }
            Query::Hover(place) => find(snapshot, client, place)
                .and_then(|(found, lines)| {
                    let markup = match client.has_markdown {
                        true => Markup::markdown(),
                        false => Markup::plain(),
                    };
                    let kind = match client.has_markdown {
                        true => MarkupKind::Markdown,
                        false => MarkupKind::PlainText,
                    };
                    let value = hover::describe(snapshot, workspace.levels(), &found, markup)?;
                    let contents = HoverContents::Markup(MarkupContent { kind, value });
                    let range = Some(lines.range(found.range));
                    Some(to_value(lsp_types::Hover { contents, range }))
                })
                .unwrap_or_default(),
            Query::Definition(place) => find(snapshot, client, place)
                .and_then(|(found, _)| {
                    definition::find_definition(snapshot, client.encoding, &found)
                })
                .map(to_value)
                .unwrap_or_default(),
            Query::DocumentSymbol(params) => {
                match snapshot.open_page(params.text_document.uri.as_str()) {
                    Some((file, _)) => {
                        symbols::outline(snapshot, client.encoding, file, client.has_hierarchy)
                    }
                    None => Value::Null,
                }
            }
            Query::WorkspaceSymbol(params) => {
                symbols::search(snapshot, client.encoding, &params.query)
            }
        };
        Ok(value)
    }
}

/// Returns what a place in an open page denotes, with the lines of the page.
fn find<'s>(
    snapshot: &'s Snapshot,
    client: Client,
    place: &TextDocumentPositionParams,
) -> Option<(Found<'s>, Lines<'s>)> {
    let (file, document) = snapshot.open_page(place.text_document.uri.as_str())?;
    if !snapshot.is_verbatim(file, document) {
        return None;
    }
    let lines = snapshot.lines(file, client.encoding);
    let found = find_subject(snapshot, file, lines.offset(place.position))?;
    Some((found, lines))
}

fn to_value(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("types of the protocol are JSON")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;

    use lsp_types::TextDocumentItem;
    use serde_json::json;

    use super::*;
    use crate::arguments::DocsArguments;

    #[test]
    fn changes_that_wait_are_analyzed_once() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("v1.0/resources/lamp.md");
        fs::create_dir_all(page.parent().unwrap()).unwrap();
        fs::write(&page, "# lamp resource type\n").unwrap();
        let uri: Uri = super::super::uris::from_path(&page).parse().unwrap();
        let (events, receiver) = mpsc::channel();
        let (tasks, waiting) = mpsc::channel();
        let latest = Arc::new(AtomicU64::new(3));
        let worker = Worker::new(
            LspArguments {
                docs: DocsArguments {
                    docs: Some(folder.path().to_owned()),
                    ..DocsArguments::default()
                },
                baseline: None,
                stdio: false,
            },
            folder.path().to_owned(),
            Client {
                encoding: Encoding::Utf8,
                has_markdown: true,
                has_versions: true,
                has_hierarchy: true,
            },
            events,
            latest,
        );
        let change = |version: i32| {
            let mut documents = Documents::default();
            documents.open(TextDocumentItem {
                uri: uri.clone(),
                language_id: "markdown".to_owned(),
                version,
                text: "# lamp resource type\n".to_owned(),
            });
            Task::Change(Change {
                generation: version as u64,
                documents,
                reads_disk: version == 1,
            })
        };
        let outline = |version: i32, is_cancelled: bool| {
            let params = json!({ "textDocument": { "uri": uri } });
            Task::Request(PendingRequest {
                id: RequestId::from(version),
                query: Query::DocumentSymbol(serde_json::from_value(params).unwrap()),
                version: Some(version),
                is_cancelled: Arc::new(AtomicBool::new(is_cancelled)),
            })
        };
        for task in [
            change(1),
            outline(1, false),
            change(2),
            outline(2, true),
            change(3),
            outline(3, false),
        ] {
            tasks.send(task).unwrap();
        }
        drop(tasks);
        worker.run(&waiting);
        let seen: Vec<String> = receiver
            .iter()
            .map(|event| match event {
                Event::Outgoing(Message::Notification(notification)) => {
                    let version = &notification.params["version"];
                    format!("{} {version}", notification.method)
                }
                Event::Answer(response) => match response.response_result {
                    Ok(value) => format!("{} {}", response.id, value[0]["name"]),
                    Err(error) => format!("{} {}", response.id, error.code),
                },
                _ => "other".to_owned(),
            })
            .collect();
        assert_eq!(
            seen,
            [
                "textDocument/publishDiagnostics 3",
                "1 -32801",
                "3 \"lamp resource type\"",
            ]
        );
    }
}
