//! Relationships whose name or type requests change.

use super::{check, check_codes};

/// Creates the page of a shelf with one relationship.
macro_rules! shelf {
    ($row:literal) => {
        (
            "v1.0/resources/shelf.md",
            concat!(
                "# shelf resource type\n\nNamespace: microsoft.graph\n\nHolds things.\n\n",
                "## Relationships\n\n|Relationship|Type|Description|\n|:---|:---|:---|\n",
                $row,
                "\n## JSON representation\n\n",
                "<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.shelf\" } -->\n\n",
                "```json\n{ \"id\": \"String\" }\n```\n"
            ),
        )
    };
}

/// Creates a page with a request about widgets.
macro_rules! request {
    ($file:literal, $title:literal, $line:literal, $returns:literal) => {
        (
            concat!("v1.0/api/", $file, ".md"),
            concat!(
                "# ", $title, "\n\nNamespace: microsoft.graph\n\nDoes it.\n\n## HTTP request\n\n```http\n", $line,
                "\n```\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and ", $returns,
                " in the response body.\n"
            ),
        )
    };
}

const WIDGET: (&str, &str) = (
    "v1.0/resources/widget.md",
    super::types::resource!(
        "widget resource type",
        "A thing on a shelf.",
        "|id|String|Names it.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
    ),
);
const GET: (&str, &str) = request!(
    "widget-get",
    "Get widget",
    "GET /shelves/{shelf-id}/widgets/{widget-id}",
    "a [widget](../resources/widget.md) object"
);
const SHELVES: (&str, &str) = request!(
    "shelf-get",
    "Get shelf",
    "GET /shelves/{shelf-id}",
    "a [shelf](../resources/shelf.md) object"
);
const EXPECTED: &str = "\
entity microsoft.graph.shelf : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)";

#[test]
fn key_after_a_relationship_makes_a_collection() {
    let pages = [
        WIDGET,
        shelf!("|widgets|[widget](widget.md)|What is on it.|\n"),
        SHELVES,
        GET,
    ];
    check(&pages, "entity microsoft.graph.shelf", EXPECTED);
    check_codes(&pages, &["GW3048"]);
}

#[test]
fn list_response_makes_a_collection_of_a_plural_only() {
    let list = request!(
        "widget-list",
        "List widgets",
        "GET /shelves/{shelf-id}/widgets",
        "a collection of [widget](../resources/widget.md) objects"
    );
    let pages = [
        WIDGET,
        shelf!("|widgets|[widget](widget.md)|What is on it.|\n"),
        SHELVES,
        list,
    ];
    check(&pages, "entity microsoft.graph.shelf", EXPECTED);
    let best = request!(
        "widget-best",
        "Get best widget",
        "GET /shelves/{shelf-id}/best",
        "a collection of [widget](../resources/widget.md) objects"
    );
    check(
        &[
            WIDGET,
            shelf!("|best|[widget](widget.md)|The finest thing on it.|\n"),
            SHELVES,
            best,
        ],
        "entity microsoft.graph.shelf",
        "\
entity microsoft.graph.shelf : microsoft.graph.entity
  -> best: microsoft.graph.widget",
    );
}

#[test]
fn relationship_gets_the_name_in_paths() {
    let pages = [
        WIDGET,
        shelf!("|widget|[widget](widget.md) collection|What is on it.|\n"),
        SHELVES,
        GET,
    ];
    check(&pages, "entity microsoft.graph.shelf", EXPECTED);
    check_codes(&pages, &["GW3047"]);
}

#[test]
fn relationships_are_not_spelled_like_properties_of_other_types() {
    const OTHER: (&str, &str) = (
        "v1.0/resources/widget.md",
        super::types::resource!(
            "widget resource type",
            "A thing on a shelf.",
            "|id|String|Names it.|\n|bigBox|Boolean|Whether it is big.|\n",
            r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
        ),
    );
    const GET_BOX: (&str, &str) = request!(
        "shelf-get-bigbox",
        "Get box",
        "GET /shelves/{shelf-id}/bigbox",
        "a [widget](../resources/widget.md) object"
    );
    let pages = [
        shelf!("|bigbox|[widget](widget.md)|The box.|\n"),
        OTHER,
        SHELVES,
        GET_BOX,
    ];
    check(
        &pages,
        "Get GET /shelves/{shelf-id}/bigbox",
        "\
Get GET /shelves/{shelf-id}/bigbox
  returns 200 microsoft.graph.widget",
    );
    check_codes(&pages, &[]);
}

#[test]
fn a_path_of_a_base_type_and_a_derived_type_belongs_to_the_base_type() {
    const BIG: (&str, &str) = (
        "v1.0/resources/bigwidget.md",
        super::types::resource!(
            "bigWidget resource type",
            "A large thing. Inherits from [widget](widget.md).",
            "|id|String|Names it.|\n|size|Int32|How large it is.|\n",
            r#""keyProperty": "id", "@odata.type": "microsoft.graph.bigWidget""#
        ),
    );
    const LIST: (&str, &str) = request!(
        "bigwidget-list",
        "List bigWidgets",
        "GET /shelves/{shelf-id}/widgets",
        "a collection of [bigWidget](../resources/bigwidget.md) objects"
    );
    let pages = [shelf!(""), WIDGET, BIG, SHELVES, GET, LIST];
    check(&pages, "entity microsoft.graph.shelf", EXPECTED);
    check_codes(&pages, &["GW3023", "GW3070"]);
}
