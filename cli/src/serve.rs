//! `serve`: runs a local mock of the Graph API, built from the pages.

use std::sync::OnceLock;

use anyhow::{Context, Result};
use graphwright_report::{CONTENT_SECURITY_POLICY, RequestForm, Site, State, media_type};
use graphwright_serve::{Explorer, ExplorerFile, Graph, Server, Settings};

use crate::arguments::{DocsArguments, ServeArguments};
use crate::lint::Levels;
use crate::terminal::out;
use crate::{Outcome, generate, report};

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
        .explorer(explorer(arguments))
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
    if let Some(url) = server.explorer_url() {
        out!("{url}\n");
    }
    server.wait()?;
    Ok(Outcome::Clean)
}

/// Returns the site about the documentation. It is built when it is requested first: the API does not need the pages, which take
/// memory.
fn explorer(arguments: &ServeArguments) -> Explorer {
    let docs = arguments.docs.clone();
    let request_form = RequestForm {
        has_token: arguments.check_scopes,
    };
    let site: OnceLock<Result<Site, String>> = OnceLock::new();
    Explorer::new(CONTENT_SECURITY_POLICY, move |path| {
        let build = || build_site(&docs, request_form).map_err(|error| format!("{error:#}"));
        let site = site.get_or_init(build).as_ref().map_err(String::clone)?;
        let file = site.render(path).map(|text| ExplorerFile {
            media_type: media_type(path),
            content: text.into_bytes(),
        });
        Ok(file)
    })
}

fn build_site(docs: &DocsArguments, request_form: RequestForm) -> Result<Site> {
    let choices = docs.choices()?;
    let label = report::label(&choices.folder);
    let levels = Levels::read(docs.config.as_deref())?;
    let (docs, analysis) = generate::analyze(docs)?;
    Ok(generate::threads(choices.jobs)?.install(|| {
        let state = State::with_rules(label, docs.sources, analysis, |code| levels.shows(code));
        Site::with_request_form(state, request_form)
    }))
}
