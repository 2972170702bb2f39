//! Examples: how messages are cut, and which response belongs to which request.

use super::{api, codes};
use crate::facts::ExampleFact;
use crate::report::{Code, Report};

fn examples(blocks: &[&str]) -> (Vec<ExampleFact>, Report) {
    let fenced: String = blocks
        .iter()
        .map(|block| format!("```http\n{block}\n```\n\n"))
        .collect();
    let (page, report) = api(&format!(
        "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Example\n\n{fenced}"
    ));
    (page.operation.unwrap().examples, report)
}

/// Writes examples as `request -> response`.
fn shown(blocks: &[&str]) -> Vec<String> {
    let one = |example: &ExampleFact| {
        let request = example
            .request
            .as_ref()
            .map_or("-", |request| request.url.rsplit('/').next().unwrap_or(""));
        let response = example
            .response
            .as_ref()
            .map_or("-".to_owned(), |response| response.status.to_string());
        format!("{request} -> {response}")
    };
    examples(blocks).0.iter().map(one).collect()
}

#[test]
fn pairs() {
    let (get, post) = (
        "GET https://graph.microsoft.com/v1.0/a",
        "POST https://graph.microsoft.com/v1.0/b",
    );
    let ok = "HTTP/1.1 200 OK";
    assert_eq!(shown(&[get, ok, post, ok]), ["a -> 200", "b -> 200"]);
    assert_eq!(
        shown(&[get, ok, "HTTP/1.1 202 Accpted"]),
        ["a -> 200", "- -> 202"]
    );
    assert_eq!(shown(&[get, post, ok]), ["a -> -", "b -> 200"]);
    assert_eq!(
        shown(&[&format!("{get}\n\n{post}"), ok]),
        ["a -> -", "b -> 200"]
    );
    assert_eq!(shown(&["HTTP/1.1 200"]), ["- -> 200"]);
}

#[test]
fn bodies() {
    let (examples, report) = examples(&[
        "POST https://graph.microsoft.com/v1.0/a\n\nContent-type: application/json\n\n{\"b\": 1, \"a\": 2,}",
        "HTTP/1.1 200 OK\nContent-type: application/json\n{\n  \"value\": }\n",
    ]);
    let request = examples[0].request.as_ref().unwrap();
    let body = request.body.as_ref().unwrap();
    assert_eq!(
        (body.text.value.as_str(), body.json.is_some()),
        ("{\"b\": 1, \"a\": 2}", true)
    );
    assert_eq!(
        (body.text.at.line - request.at.line, body.text.at.column),
        (4, 1)
    );
    let response = examples[0].response.as_ref().unwrap();
    assert!(response.body.as_ref().unwrap().json.is_none());
    assert_eq!(codes(&report), [Code::RepairedJson, Code::BrokenJson]);
    let broken = &report.problems()[1];
    assert_eq!(
        (broken.at.line - response.at.line, broken.at.column),
        (3, 12)
    );
}

#[test]
fn bodies_that_are_no_json() {
    let (examples, report) = examples(&[
        "PUT https://graph.microsoft.com/v1.0/a\nContent-type: image/png\n\n{binary content}",
    ]);
    let body = examples[0].request.as_ref().unwrap().body.as_ref().unwrap();
    assert_eq!(
        (body.text.value.as_str(), body.json.is_some()),
        ("{binary content}", false)
    );
    assert!(report.problems().is_empty());
}

#[test]
fn titles() {
    let (page, _) = api(
        "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Examples\n\n### Example 1: All\n\n#### Request\n\n```http\nGET https://graph.microsoft.com/v1.0/a\n```\n",
    );
    let examples = page.operation.unwrap().examples;
    assert_eq!(
        examples[0].title.as_ref().map(|title| title.value.as_str()),
        Some("Example 1: All")
    );
}
