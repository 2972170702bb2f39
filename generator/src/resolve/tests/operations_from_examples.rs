//! Examples: the operations, spellings and responses that they add to the request lines.

use super::types::resource;
use super::{check_codes, resolve_pages};
use crate::model::{Api, OperationKind};

const OWNER: (&str, &str) = (
    "v1.0/resources/owner.md",
    resource!(
        "owner resource type",
        "Has shelves.",
        "|id|String|Names it.|\n|shelves|[shelf](shelf.md) collection|Its shelves.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.owner""#
    ),
);
const SHELF: (&str, &str) = (
    "v1.0/resources/shelf.md",
    resource!(
        "shelf resource type",
        "Holds things.",
        "|id|String|Names it.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.shelf""#
    ),
);

/// Returns a page about shelves with a request line and examples, each given as the lines of its blocks.
fn page(line: &str, examples: &[&str]) -> String {
    let blocks = examples
        .iter()
        .map(|lines| format!("```http\n{lines}\n```\n"));
    format!(
        "# List shelves\n\nNamespace: microsoft.graph\n\nReads shelves.\n\n## HTTP request\n\n```http\n{line}\n```\n\n\
         ## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of \
         [shelf](../resources/shelf.md) objects in the response body.\n\n## Example\n\n{}",
        blocks.collect::<String>()
    )
}

/// A page that shows the types of two roots.
const ROOTS: (&str, &str) = (
    "v1.0/api/owner-get.md",
    "# Get owner\n\nNamespace: microsoft.graph\n\nReads an owner.\n\n## HTTP request\n\n```http\nGET /me\nGET /owners/{id}\n```\n\n\
     ## Response\n\nIf successful, this method returns a `200 OK` response code and an \
     [owner](../resources/owner.md) object in the response body.\n",
);

fn operations(api: &Api) -> Vec<String> {
    let all = api.operations.iter().map(|operation| {
        format!(
            "{} {} {}",
            operation.method.name(),
            operation.path.template(),
            operation.examples.len()
        )
    });
    all.collect()
}

/// Returns the operations of all pages, with the number of their examples.
fn check(line: &str, examples: &[&str], expected: &[&str]) {
    let page = page(line, examples);
    let pages = [OWNER, SHELF, ROOTS, ("v1.0/api/shelf-list.md", &page)];
    let (api, _) = resolve_pages(&pages, "");
    let mut found = operations(&api);
    found.retain(|found| {
        !found.starts_with("GET /me 0") && !found.starts_with("GET /owners/{id} 0")
    });
    assert_eq!(found, expected);
}

#[test]
fn example_at_another_path_adds_an_operation() {
    check(
        "GET /owners/{id}/shelves",
        &["GET https://graph.microsoft.com/v1.0/me/shelves"],
        &["GET /me/shelves 1", "GET /owners/{id}/shelves 0"],
    );
}

#[test]
fn count_is_not_matched_as_a_key() {
    check(
        "GET /owners",
        &["GET https://graph.microsoft.com/v1.0/owners/$count"],
        &["GET /owners 0", "GET /owners/$count 1"],
    );
}

#[test]
fn counts_and_casts_after_a_collection_add_operations() {
    check(
        "GET /owners/{id}/shelves",
        &[
            "GET https://graph.microsoft.com/v1.0/owners/7/shelves/$count",
            "GET https://graph.microsoft.com/v1.0/owners/7/shelves/microsoft.graph.shelf?$top=1",
        ],
        &[
            "GET /owners/{id}/shelves 0",
            "GET /owners/{owner-id}/shelves/$count 1",
            "GET /owners/{owner-id}/shelves/microsoft.graph.shelf 1",
        ],
    );
}

#[test]
fn arguments_that_only_an_example_has_add_a_function() {
    check(
        "GET /owners/{id}/shelves/find(a='{a}')",
        &["GET https://graph.microsoft.com/v1.0/owners/7/shelves/find(colour='red',top=3)"],
        &[
            "GET /owners/{id}/shelves/find(a='{a}') 0",
            "GET /owners/{owner-id}/shelves/find(colour='{colour}',top={top}) 1",
        ],
    );
}

#[test]
fn examples_match_functions_by_their_arguments() {
    check(
        "GET /owners/{id}/shelves/find(a='{a}')\nGET /owners/{id}/shelves/find(b='{b}')",
        &["GET https://graph.microsoft.com/v1.0/owners/7/shelves/find(b='x')"],
        &[
            "GET /owners/{id}/shelves/find(a='{a}') 0",
            "GET /owners/{id}/shelves/find(b='{b}') 1",
        ],
    );
}

#[test]
fn example_with_an_untyped_segment_is_ignored() {
    let url = "GET https://graph.microsoft.com/v1.0/me/boxes";
    check(
        "GET /owners/{id}/shelves",
        &[url],
        &["GET /owners/{id}/shelves 0"],
    );
    let text = page("GET /owners/{id}/shelves", &[url]);
    let pages = [OWNER, SHELF, ROOTS, ("v1.0/api/shelf-list.md", &text)];
    check_codes(&pages, &["GW3029", "GW3018"]);
}

#[test]
fn further_responses_answer_the_preceding_request() {
    let response = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"value\": [] }";
    let url = "GET https://graph.microsoft.com/v1.0/owners/7/shelves";
    check(
        "GET /owners/{id}/shelves",
        &[url, response, response],
        &["GET /owners/{id}/shelves 2"],
    );
    check(
        "GET /owners/{id}/shelves",
        &[response],
        &["GET /owners/{id}/shelves 1"],
    );
    let lines = "GET /owners/{id}/shelves\nPOST /owners/{id}/shelves";
    let text = page(lines, &[response]);
    let pages = [OWNER, SHELF, ROOTS, ("v1.0/api/shelf-list.md", &text)];
    let (_, report) = resolve_pages(&pages, "");
    let codes = report.problems().iter().map(|problem| problem.code.id());
    assert!(codes.into_iter().any(|code| code == "GW3036"));
}

#[test]
fn names_in_paths_get_the_most_frequent_spelling() {
    let url = "GET https://graph.microsoft.com/v1.0/bookShelves";
    check("GET /bookshelves", &[url, url], &["GET /bookShelves 2"]);
    // The spelling of a property in JSON outweighs that in paths.
    let url = "GET https://graph.microsoft.com/v1.0/owners/7/SHELVES";
    check(
        "GET /owners/{id}/SHELVES",
        &[url, url],
        &["GET /owners/{id}/shelves 2"],
    );
}

#[test]
fn response_with_status_204_has_the_content_of_its_example() {
    let update = |response: &str| {
        format!(
            "# Update shelf\n\nNamespace: microsoft.graph\n\nChanges a shelf.\n\n## HTTP request\n\n```http\n\
             PATCH /owners/{{id}}/shelves/{{id}}\n```\n\n## Request body\n\nIn the request body, supply a JSON \
             representation for the [shelf](../resources/shelf.md) object.\n\n## Response\n\nIf successful, this method \
             returns a `204 No Content` response code.\n\n## Example\n\n```http\n\
             PATCH https://graph.microsoft.com/v1.0/owners/7/shelves/8\nContent-Type: application/json\n\n{{}}\n```\n\n\
             ```http\n{response}\n```\n"
        )
    };
    let check = |response: &str, expected: &[&str]| {
        let text = update(response);
        let pages = [OWNER, SHELF, ROOTS, ("v1.0/api/shelf-update.md", &text)];
        check_codes(&pages, expected);
    };
    let json = "Content-Type: application/json\n\n";
    check(
        &format!("HTTP/1.1 200 OK\n{json}{{ \"id\": \"8\" }}"),
        &["GW3044"],
    );
    check(&format!("HTTP/1.1 200 OK\n{json}{{}}"), &[]);
    check("HTTP/1.1 204 No Content", &[]);
}

#[test]
fn values_and_streams_below_an_instance_add_operations() {
    check(
        "GET /owners/{id}/shelves/{id}",
        &[
            "GET https://graph.microsoft.com/v1.0/owners/7/shelves/8/id",
            "GET https://graph.microsoft.com/v1.0/owners/7/shelves/8/$value",
        ],
        &[
            "GET /owners/{id}/shelves/{id} 0",
            "GET /owners/{owner-id}/shelves/{shelf-id}/$value 1",
            "GET /owners/{owner-id}/shelves/{shelf-id}/id 1",
        ],
    );
}

#[test]
fn response_without_request_answers_the_request_line() {
    check(
        "GET /owners/{id}/shelves",
        &[
            "HTTP/1.1 200 OK\n\n{\"value\": []}",
            "GET https://graph.microsoft.com/v1.0/owners/7",
        ],
        &["GET /owners/{id} 1", "GET /owners/{id}/shelves 1"],
    );
}

/// A type with a single navigation property whose name is a plural.
const KEEPER: (&str, &str) = (
    "v1.0/resources/keeper.md",
    resource!(
        "keeper resource type",
        "Keeps a shelf.",
        "|id|String|Names it.|\n|shelf|[shelf](shelf.md)|Its shelf.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.keeper""#
    ),
);

/// Checks the kind of a GET operation at a path that is typed as a single instance.
#[track_caller]
fn check_kind(lines: &str, examples: &[&str], expected: OperationKind) {
    let page = page(lines, examples);
    let keepers = ROOTS.1.replace("owner", "keeper");
    let pages = [
        KEEPER,
        SHELF,
        ("v1.0/api/keeper-get.md", &keepers),
        ("v1.0/api/shelf-list.md", &page),
    ];
    let (api, _) = resolve_pages(&pages, "");
    let path = "/keepers/{id}/shelf";
    let mut operations = api.operations.iter();
    let found = operations.find(|operation| operation.path.template() == path);
    assert_eq!(found.map(|operation| operation.kind), Some(expected));
}

#[test]
fn examples_show_a_collection_where_the_type_is_single() {
    let line = "GET /keepers/{id}/shelf";
    let many = "HTTP/1.1 200 OK\n\n{\"value\": [{\"id\": \"7\"}]}";
    check_kind(line, &[], OperationKind::Get);
    check_kind(
        line,
        &["HTTP/1.1 200 OK\n\n{\"id\": \"7\"}"],
        OperationKind::Get,
    );
    check_kind(line, &[many], OperationKind::List);
}

#[test]
fn examples_at_another_name_do_not_count() {
    let request = "GET https://graph.microsoft.com/v1.0/keepers/7/others";
    let many = "HTTP/1.1 200 OK\n\n{\"value\": [{\"id\": \"7\"}]}";
    let lines = "GET /keepers/{id}/shelf\nGET /keepers/{id}/others";
    check_kind(lines, &[request, many], OperationKind::Get);
}
