//! `serve`: runs a local mock of the Graph API, built from the pages.

use anyhow::{Context, Result};
use graphwright_serve::{Graph, Server, Settings};

use crate::arguments::ServeArguments;
use crate::terminal::out;
use crate::{Outcome, generate};

pub(crate) fn run(arguments: &ServeArguments) -> Result<Outcome> {
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    generate::print_errors(&analysis, &docs);
    let graph = Graph::new(analysis.model);
    let mut settings = Settings::new()
        .port(arguments.port)
        .page_size(arguments.page_size)
        .faults(arguments.faults.clone());
    if let Some(items) = arguments.items {
        settings = settings.items(items);
    }
    if arguments.check_scopes {
        settings = settings.check_scopes();
    }
    let server = Server::start(&graph, settings);
    let server = server.with_context(|| format!("cannot listen on port {}", arguments.port))?;
    for version in graph.versions() {
        out!("{}\n", server.base_url(version));
    }
    server.wait();
    Ok(Outcome::Clean)
}
