//! Operations: kinds, bodies, responses, permissions, merged pages, examples.

use super::types::resource;
use super::{check, check_codes, resolve_pages};
use crate::model::{Content, Segment};

const SHELF: (&str, &str) = (
    "v1.0/resources/shelf.md",
    resource!(
        "shelf resource type",
        "Holds things.",
        "|id|String|Names it.|\n|boards|Int32|How many.|\n|picture|Stream|How it looks.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.shelf""#
    ),
);
const LIST: (&str, &str) = (
    "v1.0/api/shelf-list.md",
    "# List shelves\n\nNamespace: microsoft.graph\n\nReads all shelves.\n\n## Permissions\n\n\
     |Permission type|Permissions (from least to most privileged)|\n|:---|:---|\n\
     |Delegated (work or school account)|Shelf.Read.All, Shelf.ReadWrite.All|\n\
     |Delegated (personal Microsoft account)|Not supported.|\n|Application|Shelf.Read.All|\n\n\
     ## HTTP request\n\n```http\nGET /shelves\n```\n\n## Request body\n\nDo not supply a request body for this method.\n\n\
     ## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of \
     [shelf](../resources/shelf.md) objects in the response body.\n\n\
     ## Example\n\n### Request\n\n```http\nGET https://graph.microsoft.com/v1.0/shelves\n```\n\n### Response\n\n\
     ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"value\": [] }\n```\n",
);
const UPDATE: (&str, &str) = (
    "v1.0/api/shelf-update.md",
    "# Update shelf\n\nNamespace: microsoft.graph\n\nChanges a shelf.\n\n## HTTP request\n\n```http\nPATCH /shelves/{shelf-id}\n```\n\n\
     ## Request body\n\nIn the request body, supply a JSON representation for the [shelf](../resources/shelf.md) object.\n\n\
     ## Response\n\nIf successful, this method returns a `200 OK` response code and an updated \
     [shelf](../resources/shelf.md) object in the response body.\n",
);

#[test]
fn get_of_a_collection_is_a_list_with_permissions() {
    check(
        &[SHELF, LIST],
        "List GET /shelves",
        "\
List GET /shelves
  returns 200 Collection(microsoft.graph.shelf)
  work: Shelf.Read.All, Shelf.ReadWrite.All
  personal: not supported
  application: Shelf.Read.All",
    );
}

#[test]
fn update_sends_and_returns_the_type() {
    check(
        &[SHELF, LIST, UPDATE],
        "Update PATCH",
        "\
Update PATCH /shelves/{shelf-id}
  sends microsoft.graph.shelf
  returns 200 microsoft.graph.shelf",
    );
}

#[test]
fn post_to_an_unknown_name_is_an_action_with_parameters() {
    check(
        &[
            SHELF,
            LIST,
            (
                "v1.0/api/shelf-tidy.md",
                "# shelf: tidy\n\nNamespace: microsoft.graph\n\nPuts things in order.\n\n## HTTP request\n\n```http\nPOST /shelves/{shelf-id}/tidy\n```\n\n\
                 ## Request body\n\nIn the request body, provide a JSON object with the following parameters.\n\n\
                 |Parameter|Type|Description|\n|:---|:---|:---|\n|byColour|Boolean|Whether colours count.|\n\n\
                 ## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
        ],
        "Action POST",
        "\
Action POST /shelves/{shelf-id}/tidy
  sends parameters
    byColour: Edm.Boolean
  returns 204 nothing",
    );
}

#[test]
fn parameters_of_an_action_outside_of_the_request_body_section() {
    let page = |method: &str, path: &str, body: &str| {
        format!(
            "# shelf: tidy\n\nNamespace: microsoft.graph\n\nPuts things in order.\n\n## HTTP request\n\n```http\n{method} {path}\n```\n\n\
             ## Request body\n\n{body}\n\n## Parameters\n\n\
             |Parameter|Type|Description|\n|:---|:---|:---|\n|shelf-id|String|Which.|\n|byColour|Boolean|Whether colours count.|\n\n\
             ## Response\n\nIf successful, this method returns a `204 No Content` response code.\n"
        )
    };
    let check_page = |page: String, expected: &str| {
        check(
            &[SHELF, LIST, ("v1.0/api/shelf-tidy.md", &page)],
            "Action POST",
            expected,
        );
    };
    let example = "No request body is required. It can say more:\n\n\
                   <!-- { \"blockType\": \"request\", \"name\": \"tidy\" } -->\n```http\nPOST /shelves/1/tidy\n\n{\"byColour\": true}\n```";
    check_page(
        page("POST", "/shelves/{shelf-id}/tidy", example),
        "\
Action POST /shelves/{shelf-id}/tidy
  sends parameters
    byColour: Edm.Boolean
  the body may be left out
  returns 204 nothing",
    );
    check_page(
        page("POST", "/shelves/{shelf-id}/tidy", "Supply the parameters."),
        "\
Action POST /shelves/{shelf-id}/tidy
  sends parameters
    byColour: Edm.Boolean
  returns 204 nothing",
    );
}

#[test]
fn path_decides_references_and_streams() {
    let pages = [
        SHELF,
        LIST,
        (
            "v1.0/api/shelf-get-picture.md",
            "# Get picture\n\nNamespace: microsoft.graph\n\nReads how it looks.\n\n## HTTP request\n\n```http\nGET /shelves/{id}/picture\n```\n\n\
             ## Response\n\nIf successful, this method returns a `200 OK` response code and the picture.\n",
        ),
        (
            "v1.0/api/shelf-delete-owner.md",
            "# Remove owner\n\nNamespace: microsoft.graph\n\nTakes the owner away.\n\n## HTTP request\n\n```http\nDELETE /shelves/{id}/owner/$ref\n```\n\n\
             ## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
        ),
    ];
    check(
        &pages,
        "Stream GET",
        "\
Stream GET /shelves/{id}/picture
  returns 200 bytes",
    );
    check(
        &pages,
        "Reference DELETE",
        "\
Reference DELETE /shelves/{id}/owner/$ref
  returns 204 nothing",
    );
}

#[test]
fn pages_about_derived_types_share_the_operation_of_the_base() {
    check(
        &[
            SHELF,
            LIST,
            UPDATE,
            (
                "v1.0/resources/bookcase.md",
                resource!(
                    "bookcase resource type",
                    "A shelf for books.\n\nInherits from [shelf](shelf.md)",
                    "|doors|Int32|How many.|\n",
                    r#""@odata.type": "microsoft.graph.bookcase""#
                ),
            ),
            (
                "v1.0/api/bookcase-update.md",
                "# Update bookcase\n\nNamespace: microsoft.graph\n\nChanges a bookcase.\n\n## HTTP request\n\n```http\nPATCH /shelves/{shelfId}\n```\n\n\
                 ## Request body\n\nIn the request body, supply a JSON representation for the [bookcase](../resources/bookcase.md) object.\n\n\
                 ## Response\n\nIf successful, this method returns a `200 OK` response code and an updated \
                 [bookcase](../resources/bookcase.md) object in the response body.\n",
            ),
        ],
        "Update PATCH",
        "\
Update PATCH /shelves/{shelf-id}
  sends microsoft.graph.shelf
  returns 200 microsoft.graph.shelf",
    );
}

#[test]
fn example_is_assigned_to_the_operation_that_it_calls() {
    let (api, report) = resolve_pages(&[SHELF, LIST, UPDATE], "");
    let list = api
        .operations
        .iter()
        .find(|operation| operation.path.template() == "/shelves")
        .unwrap();
    assert_eq!(list.examples.len(), 1);
    let example = &list.examples[0];
    assert_eq!(
        (example.path.as_str(), example.status),
        ("/shelves", Some(200))
    );
    assert_eq!(example.request.content, Content::Empty);
    assert!(report.problems().is_empty(), "{:#?}", report.problems());
}

#[test]
fn example_without_operation_is_reported() {
    let page = LIST.1.replace("v1.0/shelves\n", "beta/boards\n");
    check_codes(
        &[SHELF, ("v1.0/api/shelf-list.md", &page)],
        &["GW3029", "GW3030"],
    );
}

#[test]
fn below_an_untyped_root_request_lines_show_the_types() {
    let listed = LIST.1.replace("GET /shelves", "GET /house/shelves");
    let updated = UPDATE.1.replace("PATCH /shelves", "PATCH /house/shelves");
    let (api, _) = resolve_pages(
        &[
            SHELF,
            ("v1.0/api/shelf-list.md", &listed),
            ("v1.0/api/shelf-update.md", &updated),
        ],
        "",
    );
    let update = api.operations.last().unwrap();
    assert_eq!(update.path.template(), "/house/shelves/{shelf-id}");
    let Some(Segment::Key(key)) = update.path.segments.last() else {
        panic!("the path ends in a key");
    };
    let name = key.of.map(|id| api.structured_type(id).name.full());
    assert_eq!(name.as_deref(), Some("microsoft.graph.shelf"));
}
