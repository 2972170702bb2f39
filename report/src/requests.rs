//! The form that sends a request to the server which shows the site.

use generator::model::{Content, ExampleMessage, HttpMethod, Operation, OperationId};
use maud::{Markup, html};

use crate::frame::Frame;
use crate::operations;
use crate::routes::Route;

/// The settings of the form that sends requests to the server which shows the site.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestForm {
    /// Whether the form has a field for an access token.
    pub has_token: bool,
}

/// The initial values of the form.
#[derive(Default)]
struct Values {
    method: &'static str,
    /// The path and the query.
    target: String,
    headers: String,
    body: String,
}

/// Renders the form for any request.
pub(crate) fn render(frame: Frame<'_>) -> String {
    let apis = &frame.site.state.analysis.model.apis;
    let version = apis.first().map_or("v1.0", |api| api.version.name());
    let values = Values {
        method: "GET",
        target: format!("/{version}/"),
        ..Values::default()
    };
    let body = html! {
        h1 { "Send a request" }
        (form(frame, &values))
    };
    frame.page("Send a request", &[], body)
}

/// Renders the form for an operation, with the values of its first example.
pub(crate) fn render_operation(frame: Frame<'_>, version: usize, id: OperationId) -> String {
    let api = frame.site.state.api(version);
    let operation = api.operation(id);
    let body = html! {
        h1 { "Send a request" }
        p { "Operation: " (operations::link(frame, version, id)) }
        (form(frame, &example_values(api.version.name(), operation)))
    };
    let title = format!(
        "Send {} {}, {}",
        operation.method.name(),
        operation.path.template(),
        api.version.name()
    );
    let trail = [(Route::Version(version), api.version.name())];
    frame.page(&title, &trail, body)
}

/// Returns the values of the first example, or the template of the path if the operation has none.
fn example_values(version: &str, operation: &Operation) -> Values {
    let method = operation.method.name();
    let Some(example) = operation.examples.first() else {
        let target = format!("/{version}{}", operation.path.template());
        return Values {
            method,
            target,
            ..Values::default()
        };
    };
    let mut target = format!("/{version}{}", example.path);
    if let Some(query) = &example.query {
        target += &format!("?{query}");
    }
    Values {
        method,
        target,
        headers: headers(&example.request),
        body: match &example.request.content {
            Content::Empty => String::new(),
            Content::Json(json) => json.text.value.clone(),
            Content::Other(text) => text.value.clone(),
        },
    }
}

/// Returns the headers of an example without those that the browser sets, one per line.
fn headers(request: &ExampleMessage) -> String {
    const OF_THE_BROWSER: [&str; 4] = ["authorization", "content-length", "host", "connection"];
    let is_shown =
        |name: &str| !OF_THE_BROWSER.contains(&name.trim().to_ascii_lowercase().as_str());
    let shown = request.headers.iter().filter(|(name, _)| is_shown(name));
    let mut lines: Vec<String> = shown
        .map(|(name, value)| format!("{}: {}", name.trim(), value.trim()))
        .collect();
    let is_json = matches!(request.content, Content::Json(_));
    let has_type = |line: &String| line.to_ascii_lowercase().starts_with("content-type:");
    if is_json && !lines.iter().any(has_type) {
        lines.push("Content-Type: application/json".to_owned());
    }
    lines.join("\n")
}

fn form(frame: Frame<'_>, values: &Values) -> Markup {
    let methods = [
        HttpMethod::Get,
        HttpMethod::Post,
        HttpMethod::Put,
        HttpMethod::Patch,
        HttpMethod::Delete,
    ];
    let has_token = frame
        .site
        .request_form
        .is_some_and(|request_form| request_form.has_token);
    html! {
        noscript { p.warning { "The form needs scripts." } }
        form.request #request-form {
            p {
                label for="request-method" { "Method" } " "
                select #request-method {
                    @for method in methods {
                        option selected[method.name() == values.method] { (method.name()) }
                    }
                }
            }
            p {
                label for="request-target" { "Path and query" } " "
                input #request-target type="text" required autocomplete="off" spellcheck="false" size="80" value=(values.target);
            }
            @if has_token {
                p {
                    label for="request-token" { "Access token" } " "
                    input #request-token type="text" autocomplete="off" spellcheck="false" size="60"; " "
                    button type="button" data-grant="client_credentials" { "Token of an application" } " "
                    button type="button" data-grant="password" { "Token of a user" }
                }
            }
            p {
                label for="request-headers" { "Headers, one per line" } br;
                textarea #request-headers rows="4" cols="80" spellcheck="false" { (values.headers) }
            }
            p {
                label for="request-body" { "Body" } br;
                textarea #request-body rows="12" cols="80" spellcheck="false" { (values.body) }
            }
            p { button type="submit" { "Send" } }
        }
        p #response-status role="status" {}
        section #response hidden aria-labelledby="response-title" {
            h2 #response-title { "Response" }
            h3 { "Headers" }
            pre.scroll tabindex="0" { code #response-headers {} }
            h3 { "Body" }
            pre.scroll tabindex="0" { code #response-body {} }
        }
        script src=(frame.href(Route::Asset("request.js"))) defer {}
    }
}
