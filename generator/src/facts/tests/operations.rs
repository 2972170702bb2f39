//! Pages that describe requests: where the lines are, and what the sections say.

use super::{api, codes, names};
use crate::facts::{OperationFacts, PageKind, UrlPlace};
use crate::report::Code;

fn operation(text: &str) -> OperationFacts {
    api(text).0.operation.unwrap()
}

fn lines(facts: &OperationFacts) -> Vec<String> {
    let lines = facts.request_lines.iter();
    lines
        .map(|line| format!("{:?} {}", line.method, line.template))
        .collect()
}

#[test]
fn lines_in_their_section() {
    let (page, report) = api(
        "# Close session\n\nCloses.\n\n## HTTP request\n\n<!-- { \"blockType\": \"ignored\" } -->\n``` http\nPOST /things/{id | name}/close\nthing-session-id: {id}\n\nor\nGET /a/.../b\nsomething else\n```\n\n\
         ```csharp\nvar x = GET;\n```\n\n## Request headers\n\n|Name|Type|Description|\n|--|--|--|\n|Authorization|string|Bearer {token}. Required.|\n",
    );
    let facts = page.operation.unwrap();
    assert_eq!(lines(&facts), ["Post /things/{id | name}/close"]);
    let headers: Vec<_> = facts
        .request_headers
        .iter()
        .map(|row| (row.name.value.as_str(), row.required))
        .collect();
    assert_eq!(
        headers,
        [("thing-session-id", true), ("Authorization", true)]
    );
    assert_eq!(
        codes(&report),
        [Code::EllipsisInTemplate, Code::UnreadRequestLine]
    );
}

#[test]
fn lines_below_topical_headings() {
    let block = |line: &str| {
        format!(
            "### HTTP request\n\n<!-- {{ \"blockType\": \"request\", \"name\": \"x\" }} -->\n```msgraph-interactive\n{line}\n```\n\n"
        )
    };
    let facts = operation(&format!(
        "# Get thing\n\nReads.\n\n## Mine\n\n{}## Yours\n\n{}",
        block("GET /me/thing"),
        block("GET /users/{id}/thing")
    ));
    assert_eq!(lines(&facts), ["Get /me/thing", "Get /users/{id}/thing"]);
    assert!(facts.examples.is_empty());
}

#[test]
fn lines_without_a_section() {
    let facts = operation(
        "# Add members\n\nAdds.\n\n## Permissions\n\nSome.\n\n```http\nPOST /things/{id}/members\n```\n\n## Example\n\n```http\nPOST https://graph.microsoft.com/v1.0/things/1/members\n```\n",
    );
    assert_eq!(lines(&facts), ["Post /things/{id}/members"]);
    assert_eq!(facts.examples.len(), 1);
}

#[test]
fn no_line_that_could_be_called() {
    let (page, report) = api(
        "# Create thing\n\n## HTTP request\n\n```http\nPOST ** Collection URI for thing not found\n```\n",
    );
    assert_eq!(page.kind, PageKind::Operation);
    assert_eq!(codes(&report), [Code::TemplateMissing, Code::NoRequestLine]);
}

#[test]
fn parameters_by_heading_and_header() {
    let table = "|Parameter|Type|Description|\n|--|--|--|\n|connection-id|String|An id.|\n\n";
    let facts = operation(&format!(
        "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n### Path parameters\n\n{table}## Function parameters\n\n{table}## Optional query parameters\n\n\
         |Query parameter|Type|Description|\n|--|--|--|\n|$deltatoken|string|A token.|\n"
    ));
    let places: Vec<_> = facts
        .url_parameters
        .iter()
        .map(|parameter| parameter.place)
        .collect();
    assert_eq!(
        places,
        [UrlPlace::Path, UrlPlace::Function, UrlPlace::Query]
    );
    assert_eq!(facts.url_parameters[2].row.name.value, "$deltatoken");
}

#[test]
fn request_bodies() {
    let check = |text: &str, none: bool, represents: Option<(&str, bool)>| {
        let facts = operation(&format!(
            "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Request body\n\n{text}\n"
        ));
        let body = facts.request_body;
        assert_eq!(body.none.is_some(), none, "{text}");
        let found = body
            .represents
            .as_ref()
            .map(|phrase| (phrase.value.names[0].text.as_str(), phrase.value.collection));
        assert_eq!(found, represents, "{text}");
    };
    check("Do not supply a request body for this method.", true, None);
    check(
        "In the body, supply a JSON representation of a [thing](thing.md) object.",
        false,
        Some(("thing", false)),
    );
    check(
        "In the body, supply a JSON representation for the thing object.",
        false,
        Some(("thing", false)),
    );
    check(
        "In the body, supply a JSON representation of a collection of [thing](thing.md).",
        false,
        Some(("thing", true)),
    );
    check(
        "In the body, supply JSON representation of the parameters.",
        false,
        None,
    );
}

#[test]
fn required_columns() {
    let facts = operation(
        "# Add thing\n\n## HTTP request\n\n```http\nPOST /a\n```\n\n## Request body\n\n|Parameter|Type|Required?|Description|\n|--|--|--|--|\n|a|String|Yes|One.|\n|b|String|No|Two. Optional.|\n",
    );
    let rows = &facts.request_body.properties;
    assert_eq!(names(rows), ["a", "b"]);
    assert_eq!(
        (rows[0].required, rows[1].required, rows[1].optional),
        (true, false, true)
    );
    assert!(facts.request_body.says_parameters);
}

#[test]
fn columns_by_name() {
    let facts = operation(
        "# Update thing\n\n## HTTP request\n\n```http\nPATCH /a\n```\n\n## Request body\n\n|Permission Type|Property|Type|Description|\n|--|--|--|--|\n|User|roles|Collection of String|Roles.|\n",
    );
    assert_eq!(names(&facts.request_body.properties), ["roles"]);
    assert!(facts.permissions.is_empty());
}

#[test]
fn responses() {
    let check = |text: &str, status: &[u16], content: Option<(&str, bool)>| {
        let facts = operation(&format!(
            "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Response\n\n{text}\n"
        ));
        let response = facts.response;
        let found: Vec<_> = response
            .statuses
            .iter()
            .map(|status| status.value)
            .collect();
        assert_eq!(found, status, "{text}");
        let found = response
            .content
            .as_ref()
            .map(|phrase| (phrase.value.names[0].text.as_str(), phrase.value.collection));
        assert_eq!(found, content, "{text}");
    };
    check(
        "Returns `200 OK` and a [thing](thing.md) object in the response body.",
        &[200],
        Some(("thing", false)),
    );
    check(
        "Returns `200 OK` and a collection of [thing](thing.md) objects in the response body.",
        &[200],
        Some(("thing", true)),
    );
    check(
        "Returns `200 OK` and a [thing](thing.md) collection object in the response body.",
        &[200],
        Some(("thing", true)),
    );
    check(
        "Returns `200 OK` and a Boolean in the response body.",
        &[200],
        Some(("Boolean", false)),
    );
    check(
        "Returns `204 No Content`. It does not return anything in the response body.",
        &[204],
        None,
    );
    check("Returns `302 Found` for Microsoft 365.", &[302], None);
}

#[test]
fn tabs_of_languages_are_not_read() {
    let (page, _) = api(
        "# Get thing\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Example\n\n# [HTTP](#tab/http)\n<!-- { \"blockType\": \"request\" , \"name\" : \"x\" }-->\n\
         ``` http\nGET https://graph.microsoft.com/v1.0/a\n```\n\n# [C#](#tab/csharp)\n```csharp\nGET https://graph.microsoft.com/v1.0/b\n```\n\n---\n\n### Response\n\n```http\nHTTP/1.1 204 No Content\n```\n",
    );
    let facts = page.operation.unwrap();
    assert_eq!(facts.examples.len(), 1);
    let example = &facts.examples[0];
    assert_eq!(
        example.response.as_ref().map(|response| response.status),
        Some(204)
    );
    let annotation = example
        .request
        .as_ref()
        .and_then(|request| request.annotation.as_ref());
    assert_eq!(
        annotation.and_then(|annotation| annotation.name.as_deref()),
        Some("x")
    );
}
