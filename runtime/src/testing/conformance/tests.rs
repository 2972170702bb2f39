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

/// Tries one example. What is found is shown with its line and the start of its words.
fn check(operation: &str, halves: Value, found: &[&str]) {
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
        .map(|finding| format!("{:?} {}: {}", finding.kind, finding.line, finding.words))
        .collect();
    assert_eq!(shown.len(), found.len(), "{shown:#?}");
    for (shown, found) in shown.iter().zip(found) {
        assert!(shown.starts_with(found), "{shown}");
    }
}

#[test]
fn what_is_as_documented_says_nothing() {
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
fn a_wrong_path_is_told() {
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/2", "arguments": ["1"] } }),
        &["Fault 1: the path is /things/1, documented is /things/2"],
    );
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/1" } }),
        &["Fault 1: the path has no argument 0"],
    );
}

#[test]
fn a_wrong_query_is_told() {
    check(
        "GET /things",
        json!({ "request": { "path": "/things", "query": [["$top", "1"], ["$top", "2"]] } }),
        &["Fault 1: the query is [(\"$top\", \"2\")], documented is"],
    );
}

#[test]
fn a_wrong_body_is_told() {
    check(
        "POST /things/$ref",
        json!({ "request": { "path": "/things/$ref" } }),
        &["Fault 1: the body is {}, documented is "],
    );
    check(
        "GET /things",
        json!({ "request": { "path": "/things", "body": {} } }),
        &["Fault 1: the body is , documented is {}"],
    );
    check(
        "PATCH /things/{}",
        json!({ "request": { "path": "/things/1", "arguments": ["1"], "body": [1] } }),
        &["Fault 1: the body cannot be read: "],
    );
}

#[test]
fn a_wrong_kind_of_content_is_told() {
    check(
        "PATCH /things/{}",
        json!({
            "request": {
                "path": "/things/1", "arguments": ["1"], "body": {}, "headers": [["content-type", "text/xml"]],
            },
        }),
        &["Fault 1: the kind of the content is application/json, documented is text/xml"],
    );
}

#[test]
fn a_lossy_response_is_told() {
    check(
        "GET /things/{}/at(number)",
        json!({
            "request": { "path": "/things/1/at(number=7)", "arguments": ["1", "7"] },
            "response": { "status": 200, "body": { "id": "1" } },
        }),
        &["Fault 2: the response comes back as , documented is {\"id\":\"1\"}"],
    );
}

#[test]
fn nothing_can_be_shown_as_an_empty_object() {
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
fn a_response_is_tried_even_if_its_request_cannot_be_built() {
    check(
        "GET /things/{}/at(number)",
        json!({
            "request": { "path": "/things/1/at(number={n})", "arguments": ["1", "{n}"] },
            "response": { "status": 200, "body": 1 },
        }),
        &[
            "Fault 1: the argument \"{n}\" is not of its type",
            "Fault 2: the response comes back as ",
        ],
    );
}

#[test]
fn misfits_are_told() {
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
fn what_is_excused_is_told_as_such() {
    check(
        "GET /things/{}",
        json!({ "request": { "path": "/things/2", "arguments": ["1"], "excused": true } }),
        &["Excused 1: the path is"],
    );
}

#[test]
fn errors_keep_their_code() {
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
fn an_operation_without_a_row_is_told() {
    check(
        "PUT /things",
        json!({ "request": { "path": "/things" }, "response": { "status": 204 } }),
        &[
            "Fault 1: no row calls `PUT /things`",
            "Fault 2: the request was not built",
        ],
    );
}

#[test]
#[should_panic(expected = "1 of 1 examples are not as documented:\np.md:3: ")]
fn a_fault_fails_the_test() {
    let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
    let examples = json!({ "examples": [
        { "operation": "GET /things", "page": "p.md", "request": { "line": 3, "path": "/other" } },
    ] });
    super::check(&client, ROWS, &examples.to_string());
}
