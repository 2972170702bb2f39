//! `lsp`: a language server that checks pages while they are written. It speaks the Language Server Protocol on standard input and
//! output.
//!
//! One thread reads messages, one writes them, one analyzes the pages, and the main thread keeps the state between them, so that it
//! never waits for an analysis or for the client.

mod actions;
mod definition;
mod diagnostics;
mod documents;
mod hover;
mod json_keys;
mod markup;
mod messages;
mod positions;
mod server;
mod snapshot;
mod subject;
mod symbols;
mod uris;
mod worker;
mod workspace;

use std::io::{BufReader, BufWriter};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::Result;

use crate::Outcome;
use crate::arguments::LspArguments;
use messages::Outgoing;
use server::{End, Event, Server};

pub(crate) fn run(arguments: &LspArguments) -> Result<Outcome> {
    let (events, receiver) = mpsc::channel();
    let (output, outgoing) = mpsc::channel();
    let reader_events = events.clone();
    thread::spawn(move || read_messages(&reader_events));
    let writer = thread::spawn(move || write_messages(outgoing));
    let server = Server::new(arguments.clone(), events, output);
    let end = server.run(&receiver);
    // The server has dropped its sender, so the writer ends after the last message.
    let _ = writer.join();
    Ok(match end {
        End::Orderly => Outcome::Clean,
        End::Abrupt => Outcome::Faulty,
    })
}

/// Reads messages until the input ends.
fn read_messages(events: &Sender<Event>) {
    let mut input = BufReader::new(std::io::stdin());
    loop {
        let event = match messages::read(&mut input) {
            Ok(Some(incoming)) => Event::Incoming(incoming),
            Ok(None) => Event::Closed(None),
            Err(error) => Event::Closed(Some(error.to_string())),
        };
        let is_last = matches!(event, Event::Closed(_));
        // The receiver is gone when the program ends.
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Writes messages until the server ends or the client closes its end.
fn write_messages(outgoing: Receiver<Outgoing>) {
    let mut output = BufWriter::new(std::io::stdout());
    for message in outgoing {
        if message.write(&mut output).is_err() {
            return;
        }
    }
}
