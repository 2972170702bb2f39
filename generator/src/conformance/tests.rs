use super::*;
use crate::model::sample;
use crate::model::{ExampleJson, HttpMethod};
use crate::source::{At, FileId};

const AT: Location = Location {
    file: FileId(0),
    line: 20,
    column: 1,
};

/// One half of an example.
fn message(line: u32, json: Option<&str>) -> ExampleMessage {
    let at = Location { line, ..AT };
    ExampleMessage {
        headers: Vec::new(),
        content: json.map_or(Content::Empty, |json| {
            let body = Location {
                line: line + 3,
                ..AT
            };
            let text = At::new(json.to_owned(), body);
            ExampleJson::parse(text.clone()).map_or(Content::Other(text), Content::Json)
        }),
        at,
        disputed: false,
    }
}

fn example(path: &str, request: Option<&str>, response: Option<&str>) -> Example {
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (path, None),
    };
    Example {
        name: None,
        request: message(20, request),
        response: Some(message(40, response)),
        path: path.to_owned(),
        query,
        status: Some(200),
    }
}

/// Adds an example to an operation. Returns the findings with their lines, and whether request and response are marked.
fn check_example(
    method: HttpMethod,
    operation: &str,
    example: Example,
) -> (Vec<(Code, u32, String)>, [bool; 2]) {
    let mut model = sample::model();
    let find = |operation_: &&mut Operation| {
        operation_.method == method && operation_.path.normalised() == operation
    };
    let operations = &mut model.apis[0].operations;
    let place = operations.iter_mut().find(find).unwrap();
    place.examples.push(example);
    let checked = check(&model);
    checked.mark(&mut model);
    let findings = checked.findings;
    let shown = findings
        .into_iter()
        .map(|finding| (finding.code, finding.at.line, finding.message));
    let operations = &model.apis[0].operations;
    let example = operations.iter().find_map(|own| own.examples.first());
    let example = example.unwrap();
    let response = example.response.as_ref().unwrap();
    (
        shown.collect(),
        [example.request.disputed, response.disputed],
    )
}

fn check_response(operation: &str, path: &str, json: &str, expected: &[(Code, u32)]) {
    let (found, _) = check_example(HttpMethod::Get, operation, example(path, None, Some(json)));
    let codes: Vec<(Code, u32)> = found.iter().map(|(code, line, _)| (*code, *line)).collect();
    assert_eq!(codes, expected, "{json}: {found:?}");
}

fn check_gadget(json: &str, expected: &[(Code, u32)]) {
    check_response("/gadgets/{}", "/gadgets/7", json, expected);
}

fn check_request(method: HttpMethod, operation: &str, example: Example, expected: &[Code]) {
    let (found, [is_marked, _]) = check_example(method, operation, example);
    let codes: Vec<Code> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, expected, "{found:?}");
    let breaks = codes.iter().copied().any(is_breaking);
    assert_eq!(is_marked, breaks);
}

#[test]
fn values_must_match_their_types() {
    check_gadget(
        r##"{"id": "1", "count": 3, "@odata.etag": "x", "#act": {}}"##,
        &[],
    );
    check_gadget(
        "{\n\"id\": \"1\",\n\"count\": \"three\"}",
        &[(Code::ValueOfOtherType, 45)],
    );
    check_gadget(
        r#"{"created": "datetime-value"}"#,
        &[(Code::ValueOfOtherType, 43)],
    );
    check_gadget(r#"{"tags": "a"}"#, &[(Code::ValueOfOtherType, 43)]);
    check_gadget(r#"{"owner": "a"}"#, &[(Code::ValueOfOtherType, 43)]);
    check_gadget(
        r#"{"count": null, "anything": [1], "strange": 2, "anchor": {"x": 1}}"#,
        &[],
    );
}

#[test]
fn enum_values_must_be_members() {
    check_gadget(r#"{"colour": "red", "features": "backup,v8_0"}"#, &[]);
    check_gadget(r#"{"colour": "Red"}"#, &[(Code::ValueNotInEnum, 43)]);
    check_gadget(r#"{"colour": "red,none"}"#, &[(Code::ValueNotInEnum, 43)]);
    check_gadget(r#"{"colours": ["blue"]}"#, &[(Code::ValueNotInEnum, 43)]);
}

#[test]
fn properties_must_be_listed_unless_the_type_is_open() {
    check_gadget(r#"{"weight": 3}"#, &[(Code::UnlistedProperty, 43)]);
    check_gadget(r#"{"target": {"anything": 3}}"#, &[]);
    let twice = r#"{"parts": [{"weight": 3}, {"weight": 4}, {"height": 4}]}"#;
    check_gadget(twice, &[(Code::UnlistedProperty, 43); 2]);
}

#[test]
fn instance_types_must_be_defined_and_derived() {
    let stated = |name: &str| format!("{{\"target\": {{\"@odata.type\": \"{name}\"}}}}");
    check_gadget(&stated("#microsoft.graph.groupTarget"), &[]);
    check_gadget(
        &stated("#microsoft.graph.other"),
        &[(Code::UnknownInstanceType, 43)],
    );
    check_gadget(
        &stated("#microsoft.graph.gadget"),
        &[(Code::UnfittingInstanceType, 43)],
    );
}

#[test]
fn envelope_depends_on_the_return_type() {
    check_gadget(r#"{"value": {"id": "1"}}"#, &[(Code::WrappedEntity, 40)]);
    check_gadget(
        r#"{"value": [{"id": "1"}]}"#,
        &[(Code::UnexpectedCollection, 40)],
    );
    let list = |json: &str, expected: &[(Code, u32)]| {
        check_response("/gadgets", "/gadgets", json, expected);
    };
    list(
        r#"{"value": [{"weight": 1}]}"#,
        &[(Code::UnlistedProperty, 43)],
    );
    list(r#"{"id": "1"}"#, &[(Code::EnvelopeMissing, 40)]);
    list(r#"{"value": {"id": "1"}}"#, &[(Code::EnvelopeMissing, 40)]);
    list("[]", &[(Code::ContentOfOtherKind, 40)]);
    list("{\"value\": [", &[(Code::ExampleNotJson, 40)]);
}

#[test]
fn undocumented_response_body_is_reported() {
    let example = example("/gadgets/7", Some("{}"), Some(r#"{"id": "7"}"#));
    let (found, marks) = check_example(HttpMethod::Patch, "/gadgets/{}", example);
    assert_eq!(found[0].0, Code::UnexpectedResponse);
    assert_eq!((found[0].1, marks), (40, [false, true]));
    let nothing = self::example("/gadgets/7", Some("{}"), Some("{ }"));
    assert_eq!(
        self::check_example(HttpMethod::Patch, "/gadgets/{}", nothing).0,
        []
    );
}

#[test]
fn error_responses_are_not_checked() {
    let mut example = example("/gadgets", None, Some("[1]"));
    example.status = Some(404);
    assert_eq!(check_example(HttpMethod::Get, "/gadgets", example).0, []);
}

#[test]
fn request_bodies_must_match_the_operation() {
    use HttpMethod::{Get, Patch, Post};
    let body = |json: &str| example("/gadgets/7", Some(json), None);
    let code =
        |method, json, codes: &[Code]| check_request(method, "/gadgets/{}", body(json), codes);
    code(
        Patch,
        r#"{"count": "x", "weight": 1}"#,
        &[Code::ValueOfOtherType, Code::UnlistedProperty],
    );
    code(Patch, "[]", &[Code::ContentOfOtherKind]);
    code(Patch, "{{", &[Code::ExampleNotJson]);
    code(Get, "{}", &[Code::UnexpectedBody]);
    check_request(
        Patch,
        "/gadgets/{}",
        example("/gadgets/7", None, None),
        &[Code::MissingBody],
    );
    let clone = |json: &str, codes: &[Code]| {
        let example = example("/gadgets/7/clone", Some(json), None);
        check_request(Post, "/gadgets/{}/clone", example, codes);
    };
    clone(r#"{"features": "backup", "body": {"filter": "f"}}"#, &[]);
    clone(
        r#"{"features": 3, "other": 1}"#,
        &[Code::ValueOfOtherType, Code::UnlistedProperty],
    );
    let link = |json: &str, codes: &[Code]| {
        let example = example("/gadgets/7/parts/$ref", Some(json), None);
        check_request(Post, "/gadgets/{}/parts/$ref", example, codes);
    };
    link(
        r#"{"@odata.id": "https://graph.microsoft.com/v1.0/gadgets/8"}"#,
        &[],
    );
    link(r#"{"id": "8"}"#, &[Code::MissingLink]);
}

#[test]
fn paths_must_match_the_request_line() {
    let get = |path: &str, codes: &[Code]| {
        check_request(
            HttpMethod::Get,
            "/gadgets/{}",
            example(path, None, None),
            codes,
        );
    };
    get("/gadgets/a%20b", &[]);
    get("/gadgets('7')", &[]);
    get("/Gadgets/7", &[Code::PathSpelledOtherwise]);
    get("/gadgets/7/more", &[Code::PathSpelledOtherwise]);
    let score = |arguments: &str, codes: &[Code]| {
        let path = format!("/gadgets/7/score({arguments})");
        let operation = "/gadgets/{}/score(from,top,since,body)";
        check_request(
            HttpMethod::Get,
            operation,
            example(&path, None, None),
            codes,
        );
    };
    score(
        "from='it''s',top=3,since=2020-01-01T00:00:00Z,body='b'",
        &[],
    );
    score(
        "from=a,top=3,since=2020-01-01T00:00:00Z,body='b'",
        &[Code::PathSpelledOtherwise],
    );
    score(
        "top=3,from='a',since=2020-01-01T00:00:00Z,body='b'",
        &[Code::PathSpelledOtherwise],
    );
    score(
        "from='a',top={n},since=2020-01-01T00:00:00Z,body='b'",
        &[Code::ArgumentOfOtherType],
    );
}

#[test]
fn query_options_and_headers_must_be_valid() {
    let list = |query: &str, codes: &[Code]| {
        let path = format!("/gadgets?{query}");
        check_request(
            HttpMethod::Get,
            "/gadgets",
            example(&path, None, None),
            codes,
        );
    };
    list("$top=1&$skip=2", &[]);
    list("$top=1&%24top=2", &[Code::RepeatedQueryOption]);
    let header = |name: &str, value: &str, codes: &[Code]| {
        let mut example = example("/gadgets/7", Some("{}"), None);
        let header = (name.to_owned(), value.to_owned());
        example.request.headers.push(header);
        check_request(HttpMethod::Patch, "/gadgets/{}", example, codes);
    };
    header("Content-Type", "Application/json; charset=utf-8", &[]);
    header("Content-Type", "text/plain", &[Code::OtherContentKind]);
    header("Prefer", "a=\"ü\"", &[Code::InvalidHeader]);
    header("If Match", "a", &[Code::InvalidHeader]);
}

#[test]
fn findings_are_converted_to_problems() {
    let (found, _) = check_example(
        HttpMethod::Get,
        "/gadgets/{}",
        example("/gadgets/7", None, Some(r#"{"owner": {"weight": 1}}"#)),
    );
    let (code, line, text) = &found[0];
    let finding = Finding {
        message_at: AT,
        code: *code,
        at: Location { line: *line, ..AT },
        message: text.clone(),
        replacement: None,
        subject: None,
    };
    let report = report(&[finding]);
    let problem = &report.problems()[0];
    assert_eq!(problem.code.id(), "GW5003");
    assert!(
        problem.message.starts_with("owner/weight: "),
        "{}",
        problem.message
    );
}
