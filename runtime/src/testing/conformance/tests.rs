use super::*;
use crate::{AnyEntity, Client, Method, Operation, Page, Reference, Request, Unconnected};

static GET: Operation = operation(Method::Get);
static LIST: Operation = operation(Method::Get);
static UPDATE: Operation = operation(Method::Patch);
static LINK: Operation = operation(Method::Post);

const fn operation(method: Method) -> Operation {
    Operation::new(method, "", "", "", "", "")
}

const ROWS: &[Row<Client>] = &[
    ("GET /things", |client, arguments| {
        arguments.finish::<Page<AnyEntity>>(client.path("things").request(&LIST))
    }),
    ("GET /things/{}", |client, arguments| {
        let path = client.path("things").key(arguments.text(0)?);
        arguments.finish::<AnyEntity>(path.request(&GET))
    }),
    ("GET /things/{}/at(number)", |client, arguments| {
        let number: i32 = arguments.value(1)?;
        let path = client.path("things").key(arguments.text(0)?);
        let path = path.function("at", &[("number", crate::plain(&number))]);
        arguments.finish::<()>(path.request(&GET))
    }),
    ("PATCH /things/{}", |client, arguments| {
        let path = client.path("things").key(arguments.text(0)?);
        let request: Request<AnyEntity> =
            path.request_with(&UPDATE, &arguments.body::<AnyEntity>()?);
        arguments.finish(request)
    }),
    ("POST /things/$ref", |client, arguments| {
        let path = client.path("things").segment("$ref");
        arguments.finish::<()>(path.request_with(&LINK, &arguments.body::<Reference>()?))
    }),
];

/// Checks one example. `expected` has the kind, the line and the start of the message of each finding.
fn check(operation: &str, halves: Value, expected: &[&str]) {
    let mut example = halves;
    example["operation"] = operation.into();
    example["page"] = "page.md".into();
    example["request"]["line"] = 1.into();
    if !example["response"].is_null() {
        example["response"]["line"] = 2.into();
    }
    let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
    let (count, findings) = run(&client, ROWS, &json!({ "examples": [example] }).to_string());
    assert_eq!(count, 1);
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| format!("{:?} {}: {}", finding.kind, finding.line, finding.message))
        .collect();
    assert_eq!(shown.len(), expected.len(), "{shown:#?}");
    for (shown, expected) in shown.iter().zip(expected) {
        assert!(shown.starts_with(expected), "{shown}");
    }
}

#[test]
fn accepts_documented_requests_and_responses() {
    check(
        "PATCH /things/{}",
        json!({
            "request": {
                "path": "/things/a%20b", "arguments": ["a b"], "query": [["$select", "id,name"]],
                "headers": [["Prefer", "x"], ["Content-Type", "application/json; charset=utf-8"], ["Host", "h"]],
                "body": { "name": "n", "id": null },
            },
            "response": { "status": 200, "body": { "other": 1, "id": "1" } },
        }),
        &[],
    );
}

#[test]
fn reports_a_different_path() {
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/2", "arguments": ["1"] } }),
        &["Failure 1: the path is /things/1, documented is /things/2"],
    );
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/1" } }),
        &["Failure 1: the path has no argument 0"],
    );
}

#[test]
fn reports_a_different_query() {
    check(
        "GET /things",
        json!({ "request": { "path": "/things", "query": [["$top", "1"], ["$top", "2"]] } }),
        &["Failure 1: the query is [(\"$top\", \"2\")], documented is"],
    );
}

#[test]
fn reports_a_different_body() {
    check(
        "POST /things/$ref",
        json!({ "request": { "path": "/things/$ref" } }),
        &["Failure 1: the body is {}, documented is "],
    );
    check(
        "GET /things",
        json!({ "request": { "path": "/things", "body": {} } }),
        &["Failure 1: the body is , documented is {}"],
    );
    check(
        "PATCH /things/{}",
        json!({ "request": { "path": "/things/1", "arguments": ["1"], "body": [1] } }),
        &["Failure 1: the body cannot be deserialized: "],
    );
}

#[test]
fn reports_a_different_content_type() {
    check(
        "PATCH /things/{}",
        json!({
            "request": {
                "path": "/things/1", "arguments": ["1"], "body": {}, "headers": [["content-type", "text/xml"]],
            },
        }),
        &["Failure 1: the content type is application/json, documented is text/xml"],
    );
}

#[test]
fn reports_a_response_that_does_not_round_trip() {
    check(
        "GET /things/{}/at(number)",
        json!({
            "request": { "path": "/things/1/at(number=7)", "arguments": ["1", "7"] },
            "response": { "status": 200, "body": { "id": "1" } },
        }),
        &["Failure 2: the response round-trips to , documented is {\"id\":\"1\"}"],
    );
}

#[test]
fn accepts_an_empty_object_for_no_content() {
    check(
        "GET /things/{}/at(number)",
        json!({
            "request": { "path": "/things/1/at(number=7)", "arguments": ["1", "7"] },
            "response": { "status": 204, "body": {} },
        }),
        &[],
    );
}

#[test]
fn checks_the_response_if_the_request_cannot_be_built() {
    check(
        "GET /things/{}/at(number)",
        json!({
            "request": { "path": "/things/1/at(number={n})", "arguments": ["1", "{n}"] },
            "response": { "status": 200, "body": 1 },
        }),
        &[
            "Failure 1: the argument \"{n}\" does not have the documented type",
            "Failure 2: the response round-trips to ",
        ],
    );
}

#[test]
fn reports_type_mismatches() {
    check(
        "GET /things",
        json!({
            "request": { "path": "/things" },
            "response": { "status": 200, "body": { "value": [{ "id": "1" }, { "id": 2 }] } },
        }),
        &["TypeMismatch 2: value/1/id"],
    );
}

#[test]
fn reports_excused_messages_as_excused() {
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/2", "arguments": ["1"], "excused": true } }),
        &["Excused 1: the path is"],
    );
}

#[test]
fn accepts_documented_error_codes() {
    check(
        "GET /things",
        json!({
            "request": { "path": "/things" },
            "response": { "status": 404, "body": { "error": { "code": "NotFound" } } },
        }),
        &[],
    );
}

#[test]
fn reports_an_operation_without_a_row() {
    check(
        "PUT /things",
        json!({ "request": { "path": "/things" }, "response": { "status": 204 } }),
        &[
            "Failure 1: no row calls `PUT /things`",
            "Failure 2: the request was not built",
        ],
    );
}

#[test]
#[should_panic(expected = "1 of 1 examples differ from the documentation:\np.md:3: ")]
fn a_failure_panics() {
    let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
    let examples = json!({ "examples": [
        { "operation": "GET /things", "page": "p.md", "request": { "line": 3, "path": "/other" } },
    ] });
    super::check(&client, ROWS, &examples.to_string());
}
