//! The pages of operations.

use generator::model::{
    Account, Body, Content, ExampleMessage, Grant, Operation, OperationId, OperationKind,
    ParameterPlace, ResponseContent, Segment,
};
use maud::{Markup, html};

use crate::frame::Frame;
use crate::permissions::{account_words, least_href, link as permission_link};
use crate::routes::Route;
use crate::state::Item;
use crate::text::{inline, prose, shorten};
use crate::types::{deprecation, page_facts, property_facts, query_tags, tag_list};
use crate::{areas, problems};

/// The maximum length of a shown body in characters.
const MAX_BODY: usize = 12_000;

/// The maximum number of shown examples.
const MAX_EXAMPLES: usize = 10;

/// Returns the kind of an operation in words.
pub(crate) fn kind(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::List => "list",
        OperationKind::Get => "get",
        OperationKind::Create => "create",
        OperationKind::Update => "update",
        OperationKind::Replace => "replace",
        OperationKind::Delete => "delete",
        OperationKind::Action => "action",
        OperationKind::Function => "function",
        OperationKind::Reference => "reference",
        OperationKind::Stream => "stream",
        OperationKind::Count => "count",
    }
}

/// Renders the link to an operation.
pub(crate) fn link(frame: Frame<'_>, version: usize, id: OperationId) -> Markup {
    let operation = frame.site.state.api(version).operation(id);
    html! {
        a href=(frame.href(Route::Operation(version, id))) {
            code { (operation.method.name()) " " (operation.path.template()) }
        }
    }
}

/// Renders the page of an operation.
pub(crate) fn render(frame: Frame<'_>, version: usize, id: OperationId) -> String {
    let state = &frame.site.state;
    let (api, index) = (state.api(version), &state.versions[version]);
    let operation = api.operation(id);
    let template = operation.path.template();
    let call = &index.calls[id.0 as usize];
    let area = &index.areas.operations[id.0 as usize];
    let body = html! {
        h1 { code { span.method { (operation.method.name()) } " " (template) } }
        @if frame.site.request_form.is_some() {
            p { a href=(frame.href(Route::Request(version, id))) { "Try it" } }
        }
        (deprecation(operation.docs.deprecated.as_deref()))
        (prose(&operation.docs.description))
        dl.facts {
            dt { "Kind" } dd { (kind(operation.kind)) }
            @if let Some(binding) = &operation.binding { dt { "Bound to" } dd { (frame.type_link(version, binding)) } }
            @if !operation.spellings.is_empty() {
                dt { "Other forms" }
                dd { ul { @for spelling in &operation.spellings { li { code { (operation.method.name()) " " (spelling) } } } } }
            }
            @if operation.path.segments.iter().any(|segment| matches!(segment, Segment::Key(_))) {
                dt { "Keys" }
                dd {
                    ul.inline {
                        @for segment in &operation.path.segments {
                            @if let Segment::Key(key) = segment {
                                li {
                                    code { "{" (key.name) "}" }
                                    @if let Some(id) = key.of {
                                        " of " a href=(frame.href(Route::Structured(version, id, 0))) { code { (api.structured_type(id).name.name) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            dt { "Body" } dd { (body_type(frame, version, operation)) }
            dt { "Response" }
            dd {
                @if let Some(status) = operation.success_status { (status) ": " }
                @match &operation.response {
                    ResponseContent::None => "no content",
                    ResponseContent::Value(ty) => (frame.type_link(version, ty)),
                    ResponseContent::Stream => "binary content",
                    ResponseContent::Undefined => "JSON whose type no page states",
                }
            }
            dt { "Rust" } dd { code { (call.expression) } }
            (areas::other_versions(frame, Item::Operation(version, id)))
            (page_facts(frame, &operation.pages))
        }
        (permissions(frame, version, id))
        (parameters(frame, version, operation))
        (usage(operation))
        (examples(frame, operation, &call.sample))
        (problems::section(frame, &operation.pages))
    };
    let version_name = api.version.name();
    let area_title = area.replace('_', " ");
    let mut trail = vec![(Route::Version(version), version_name)];
    let place = index.area_names.iter().position(|other| other == area);
    trail.extend(place.map(|place| (Route::Area(version, place, 0), area_title.as_str())));
    let title = format!("{} {template}, {version_name}", operation.method.name());
    frame.page(&title, &trail, body)
}

fn body_type(frame: Frame<'_>, version: usize, operation: &Operation) -> Markup {
    html! {
        @match &operation.body {
            Body::None => "none",
            Body::Value(ty) => (frame.type_link(version, ty)),
            Body::Parameters(_) => { a href="#parameters" { "parameters" } }
            Body::Reference(None) => "a reference",
            Body::Reference(Some(ty)) => { "a reference to " (frame.type_link(version, ty)) }
            Body::Stream => "binary content",
            Body::Undefined => "JSON whose type no page states",
        }
        @if operation.is_body_optional { ", optional" }
    }
}

fn permissions(frame: Frame<'_>, version: usize, id: OperationId) -> Markup {
    let permissions = &frame.site.state.api(version).operation(id).permissions;
    html! {
        section aria-labelledby="permissions" {
            h2 #permissions { "Permissions" }
            div.scroll {
                table {
                    thead { tr { th scope="col" { "Account" } th scope="col" { "Any one of, least privileged first" } } }
                    tbody {
                        @for account in Account::ALL {
                            tr {
                                th scope="row" { (account_words(account)) }
                                td {
                                    (grant(frame, version, permissions.grant(account)))
                                    @for conditional in permissions.conditional_for(account) {
                                        p.note { (inline(&conditional.condition.text())) ": " (grant(frame, version, &conditional.grant)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            p { a href=(least_href(frame, version, id)) { "Least privileged permissions for several operations" } }
            @if !permissions.roles.is_empty() {
                p { "The signed-in user needs one of the roles " (permissions.roles.join(", ")) "." }
            }
        }
    }
}

fn grant(frame: Frame<'_>, version: usize, grant: &Grant) -> Markup {
    html! {
        @match grant {
            Grant::Unstated => { span.muted { "not stated" } }
            Grant::NotSupported => { span.muted { "not supported" } }
            Grant::Conditional => { span.muted { "depends on a condition" } }
            Grant::AnyOf(sets) => {
                ul.inline.permissions {
                    @for (place, set) in sets.sets.iter().enumerate() {
                        li class=[(place == 0).then_some("least")] {
                            @for (place, name) in set.iter().enumerate() { @if place > 0 { " and " } (permission_link(frame, version, name)) }
                        }
                    }
                }
            }
        }
    }
}

fn parameters(frame: Frame<'_>, version: usize, operation: &Operation) -> Markup {
    let fields = match &operation.body {
        Body::Parameters(fields) => fields.as_slice(),
        Body::None | Body::Value(_) | Body::Reference(_) | Body::Stream | Body::Undefined => &[],
    };
    html! {
        @if !operation.parameters.is_empty() || !fields.is_empty() {
            section aria-labelledby="parameters" {
                h2 #parameters { "Parameters" }
                div.scroll {
                    table {
                        thead { tr {
                            th scope="col" { "Parameter" } th scope="col" { "In" } th scope="col" { "Type" }
                            th scope="col" { "Description" } th scope="col" { "Source" }
                        } }
                        tbody {
                            @for parameter in &operation.parameters {
                                tr {
                                    th scope="row" {
                                        code { (parameter.name) @if let Some(value) = &parameter.value { ": " (value) } }
                                    }
                                    td { @match parameter.place { ParameterPlace::Query => "query", ParameterPlace::Header => "header" } }
                                    td { @if let Some(ty) = &parameter.ty { (frame.type_link(version, ty)) } }
                                    td {
                                        (inline(&parameter.docs.description))
                                        @if parameter.required { ul.tags { li { "required" } } }
                                    }
                                    td { (frame.row_source_link(parameter.origin)) }
                                }
                            }
                            @for field in fields {
                                tr {
                                    th scope="row" { code { (field.name) } }
                                    td { "body" }
                                    td { (frame.type_link(version, &field.ty)) }
                                    td { (property_facts(field, false)) }
                                    td { (frame.row_source_link(field.origin)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn usage(operation: &Operation) -> Markup {
    let usage = &operation.usage;
    let has_page_size = usage.page_size.default.is_some() || usage.page_size.maximum.is_some();
    let is_empty = usage.query.is_empty() && usage.query_notes.is_empty() && !has_page_size;
    let callouts: Vec<_> = usage
        .callouts
        .iter()
        .filter(|callout| !callout.is_general)
        .collect();
    html! {
        @if !is_empty {
            section aria-labelledby="query" {
                h2 #query { "Query options" }
                (tag_list(&query_tags(&usage.query)))
                @for note in &usage.query_notes { p { (inline(note)) } }
                @if has_page_size {
                    p {
                        "Page size: "
                        @if let Some(default) = usage.page_size.default { (default) " by default" }
                        @if let Some(maximum) = usage.page_size.maximum {
                            @if usage.page_size.default.is_some() { ", " } "at most " (maximum)
                        }
                    }
                }
            }
        }
        @if !usage.throttling.is_empty() || !callouts.is_empty() || !usage.clouds.is_empty() {
            section aria-labelledby="notes" {
                h2 #notes { "Notes" }
                @for note in &usage.throttling { p { (inline(note)) } }
                @for callout in callouts {
                    p.callout { @if !callout.label.is_empty() { strong { (callout.label) ": " } } (inline(&callout.text)) }
                }
                @if !usage.clouds.is_empty() {
                    dl.facts {
                        @for cloud in &usage.clouds {
                            dt { (cloud.name) } dd { @if cloud.supported { "available" } @else { "not available" } }
                        }
                    }
                }
            }
        }
    }
}

fn examples(frame: Frame<'_>, operation: &Operation, sample: &str) -> Markup {
    html! {
        @if !operation.examples.is_empty() {
            section aria-labelledby="examples" {
                h2 #examples { "Examples" }
                @if !sample.is_empty() {
                    h3 { "Rust" }
                    pre.scroll tabindex="0" { code { (shorten(sample, MAX_BODY)) } }
                }
                @for (number, example) in operation.examples.iter().take(MAX_EXAMPLES).enumerate() {
                    h3 { "Example " (number + 1) }
                    h4 { "Request " (frame.source_link(example.request.at)) }
                    pre.scroll tabindex="0" { code {
                        (operation.method.name()) " " (example.path)
                        @if let Some(query) = &example.query { "?" (query) }
                        "\n"
                        (message(&example.request))
                    } }
                    (disputed(&example.request))
                    @if let Some(response) = &example.response {
                        h4 { "Response " (frame.source_link(response.at)) }
                        pre.scroll tabindex="0" { code {
                            @if let Some(status) = example.status { "HTTP/1.1 " (status) "\n" }
                            (message(response))
                        } }
                        (disputed(response))
                    }
                }
                @if operation.examples.len() > MAX_EXAMPLES {
                    p { "The pages have " (operation.examples.len() - MAX_EXAMPLES) " more examples." }
                }
            }
        }
    }
}

/// Renders the headers and the body of a message.
fn message(message: &ExampleMessage) -> Markup {
    let body = match &message.content {
        Content::Empty => None,
        Content::Json(json) => Some(&json.text.value),
        Content::Other(text) => Some(&text.value),
    };
    html! {
        @for (name, value) in &message.headers { (name) ": " (value) "\n" }
        @if let Some(body) = body { "\n" (shorten(body, MAX_BODY)) }
    }
}

fn disputed(message: &ExampleMessage) -> Markup {
    html! {
        @if message.disputed { p.warning { "This message contradicts the rest of the documentation." } }
    }
}
