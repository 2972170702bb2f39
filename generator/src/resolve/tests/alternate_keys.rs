//! Alternate keys in every spelling, and functions that look like them.

use super::resolve_pages;
use super::types::resource;
use crate::model::Api;

const LAMP: (&str, &str) = (
    "v1.0/resources/lamp.md",
    resource!(
        "lamp resource type",
        "Gives light.",
        "|id|String|Names it.|\n|lampId|String|Names it, too.|\n|number|Int32|Counts it.|\n|sockets|socket collection|Where it fits.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.lamp""#
    ),
);

fn page(name: &str, title: &str, lines: &str) -> (String, String) {
    let text = format!(
        "# {title}\n\nNamespace: microsoft.graph\n\n## HTTP request\n\n```http\n{lines}\n```\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.\n"
    );
    (format!("v1.0/api/{name}.md"), text)
}

fn resolve(pages: &[(String, String)]) -> Api {
    let pages = pages
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let pages: Vec<(&str, &str)> = pages.chain([LAMP]).collect();
    resolve_pages(&pages, "").0
}

/// Checks the kind, method, path and other spellings of the operations that request lines define.
fn check_lines(title: &str, lines: &str, expected: &[&str]) {
    check_pages(&[page("page", title, lines)], expected);
}

fn check_pages(pages: &[(String, String)], expected: &[&str]) {
    let api = resolve(pages);
    let found: Vec<String> = api
        .operations
        .iter()
        .map(|operation| {
            let spellings: Vec<String> = operation
                .spellings
                .iter()
                .map(|spelling| format!(" also {spelling}"))
                .collect();
            format!(
                "{:?} {} {}{}",
                operation.kind,
                operation.method.name(),
                operation.path.template(),
                spellings.concat()
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn keys_with_the_name_of_a_property() {
    check_lines(
        "Get lamp",
        "GET /lamps(lampId='{lampId}')",
        &["Get GET /lamps(lampId='{lampId}')"],
    );
    check_lines(
        "Get lamp",
        "GET /lamps/{id}\nGET /lamps(lampId='{lampId}')",
        &["Get GET /lamps(lampId='{lampId}')", "Get GET /lamps/{id}"],
    );
    check_lines(
        "Update lamp",
        "PATCH /rooms/{id}/lamps(lampId='{lampId}')",
        &["Update PATCH /rooms/{id}/lamps(lampId='{lampId}')"],
    );
    check_lines(
        "Get friend",
        "GET /lamps(lampId='{lampId}')/friends(lampId='{friend}')/best",
        &["Get GET /lamps(lampId='{lampId}')/friends(lampId='{friend}')/best"],
    );
    check_lines(
        "Update lamp",
        "PATCH /lamps(lampId='{lampId}')/microsoft.graph.lamp",
        &["Update PATCH /lamps(lampId='{lampId}')/microsoft.graph.lamp"],
    );
}

#[test]
fn spellings_of_one_key_are_one_operation() {
    check_lines(
        "Upsert lamp",
        "PATCH /lamps(lampId='{lampId}')\nPATCH /lamps/lampId='{lampId}'\nPATCH /lamps/lampid={lampId}\nPATCH /lamps/(lampId='{lampId}')",
        &[
            "Update PATCH /lamps(lampId='{lampId}') also /lamps/lampId='{lampId}' also /lamps/lampid={lampId} \
             also /lamps/(lampId='{lampId}')",
        ],
    );
    check_lines(
        "Delete lamp",
        "DELETE /lamps(lampId='{a}',number={b})\nDELETE /lamps(number={b},lampId='{a}')",
        &["Delete DELETE /lamps(lampId='{a}',number={b}) also /lamps(number={b},lampId='{a}')"],
    );
}

#[test]
fn keys_without_a_property() {
    for line in [
        "/lamps('{id}')/friends",
        "/lamps({id})/friends",
        "/lamps(id='{id}')/friends",
        "/lamps/id={id}/friends",
    ] {
        check_lines(
            "Get friend",
            &format!("GET {line}"),
            &["Get GET /lamps/{id}/friends"],
        );
    }
}

#[test]
fn literals_follow_the_type_of_the_property() {
    check_lines(
        "Get lamp",
        "GET /lamps/number={number}",
        &["Get GET /lamps(number={number}) also /lamps/number={number}"],
    );
    check_lines(
        "Get lamp",
        "GET /lamps(LAMPID={lampId})",
        &["Get GET /lamps(lampId='{lampId}') also /lamps(LAMPID={lampId})"],
    );
    check_lines(
        "Get lamp",
        "GET /lamps(lampId='65278b8c')",
        &["Get GET /lamps(lampId='{lampId}') also /lamps(lampId='65278b8c')"],
    );
}

#[test]
fn functions_are_no_keys() {
    // The page says so.
    check_pages(
        &[
            page("near", "lamp: near", "GET /lamps/near(place='{place}')"),
            page(
                "near-friend",
                "Get friend",
                "GET /lamps/near(place='{place}')/friends",
            ),
        ],
        &[
            "Function GET /lamps/near(place='{place}')",
            "Get GET /lamps/near(place='{place}')/friends",
        ],
    );
    // A function without a page of its own reads, and is the last segment.
    check_lines(
        "Get nearest",
        "GET /lamps/near(place='{place}')",
        &["Function GET /lamps/near(place='{place}')"],
    );
    check_lines(
        "Count nearest",
        "GET /lamps/microsoft.graph.near(place='{place}')/$count",
        &["Count GET /lamps/microsoft.graph.near(place='{place}')/$count"],
    );
    check_lines(
        "Get friends",
        "GET /lamps/{id}/getByPath(path='{path}')/friends",
        &["Get GET /lamps/{id}/getByPath(path='{path}')/friends"],
    );
    let api = resolve(&[page(
        "near",
        "lamp: near",
        "GET /lamps/near(place='{place}')/friends",
    )]);
    assert!(api.operations[0].path.alternate_keys().next().is_some());
}

#[test]
fn collections_of_other_lines_and_tables_are_no_functions() {
    check_pages(
        &[
            page(
                "lamps-get",
                "Get lamp",
                "GET /rooms/{id}/lamps(lampId='{lampId}')",
            ),
            page("lamps-get-by-id", "Get lamp", "GET /rooms/{id}/lamps/{id}"),
            page(
                "sockets",
                "Get socket",
                "GET /lamps/{id}/sockets(size='{size}')",
            ),
        ],
        &[
            "Get GET /lamps/{id}/sockets(size='{size}')",
            "Get GET /rooms/{id}/lamps(lampId='{lampId}')",
            "Get GET /rooms/{id}/lamps/{id}",
        ],
    );
}

#[test]
fn examples_find_operations_by_alternate_key() {
    let (path, text) = page(
        "lamp-update",
        "Update lamp",
        "PATCH /lamps/{id}\nPATCH /lamps(lampId='{lampId}')",
    );
    let text = format!(
        "{text}\n## Examples\n\n### Request\n\n```http\nPATCH https://graph.microsoft.com/v1.0/lamps(lampId='7')\n\
         Content-Type: application/json\n\n{{ \"lampId\": \"7\" }}\n```\n"
    );
    let api = resolve(&[(path, text)]);
    let examples: Vec<usize> = api
        .operations
        .iter()
        .map(|operation| operation.examples.len())
        .collect();
    assert_eq!(examples, [1, 0]);
}
