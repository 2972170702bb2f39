//! `serve`: runs a local mock of the Graph API, built from the pages.

use anyhow::{Context, Result};
use graphwright_serve::{Graph, Server, Settings};

use crate::arguments::ServeArguments;
use crate::terminal::out;
use crate::{Outcome, generate};

pub(crate) fn run(arguments: &ServeArguments) -> Result<Outcome> {
    // The pages and the facts are not needed any more once the model exists.
    let graph = {
        let (docs, analysis) = generate::analyze(&arguments.docs)?;
        if generate::print_errors(&analysis, &docs) {
            return Ok(Outcome::Faulty);
        }
        Graph::new(analysis.model)
    };
    let mut settings = Settings::new()
        .port(arguments.port)
        .page_size(arguments.page_size)
        .faults(arguments.faults.clone())
        .request_log(0);
    if let Some(items) = arguments.items {
        settings = settings.items(items);
    }
    if arguments.check_scopes {
        settings = settings.check_scopes();
    }
    if arguments.tls.is_some() {
        settings = settings.tls();
    }
    if let Some(origin) = &arguments.origin {
        settings = settings.origin(origin);
    }
    if let Some(host) = &arguments.upload_host {
        settings = settings.upload_host(host);
    }
    let server = Server::start(&graph, settings);
    let server = server.with_context(|| format!("cannot listen on port {}", arguments.port))?;
    if let (Some(path), Some(certificate)) = (&arguments.tls, server.certificate()) {
        std::fs::write(path, certificate)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    for version in graph.versions() {
        out!("{}\n", server.base_url(version));
    }
    server.wait()?;
    Ok(Outcome::Clean)
}
