//! Responses: what a page states and what its example shows.

use super::types::resource;
use super::{check, check_codes};

const PART: (&str, &str) = (
    "v1.0/resources/part.md",
    resource!(
        "part resource type",
        "A part.",
        "|id|String|Names it.|\n|weight|Int32|How heavy.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.part""#
    ),
);
const BIG_PART: (&str, &str) = (
    "v1.0/resources/bigpart.md",
    resource!(
        "bigPart resource type",
        "A big part.\n\nInherits from [part](part.md)",
        "|cranes|Int32|How many it takes.|\n",
        r#""@odata.type": "microsoft.graph.bigPart""#
    ),
);
const LABEL: (&str, &str) = (
    "v1.0/resources/label.md",
    resource!(
        "label resource type",
        "A label.",
        "|words|String|What it says.|\n",
        r#""@odata.type": "microsoft.graph.label""#
    ),
);

/// Checks the response of `POST /parts/{id}/sort`, given the sentence, the annotation and the body of the example.
fn check_response(sentence: &str, annotation: &str, body: &str, expected: &str) {
    let page = format!(
        "# part: sort\n\nNamespace: microsoft.graph\n\nSorts.\n\n## HTTP request\n\n```http\nPOST /parts/{{id}}/sort\n```\n\n\
         ## Request body\n\nDo not supply a request body for this method.\n\n\
         ## Response\n\nIf successful, this method returns a `200 OK` response code and {sentence} in the response body.\n\n\
         ## Example\n\n### Request\n\n<!-- {{ \"blockType\": \"request\" }} -->\n```http\n\
         POST https://graph.microsoft.com/v1.0/parts/1/sort\n```\n\n\
         ### Response\n\n<!-- {{ \"blockType\": \"response\"{annotation} }} -->\n```http\nHTTP/1.1 200 OK\n\
         Content-Type: application/json\n\n{body}\n```\n"
    );
    check(
        &[
            PART,
            BIG_PART,
            LABEL,
            ("v1.0/api/part-sort.md", page.as_str()),
        ],
        "Action POST",
        &format!("Action POST /parts/{{id}}/sort\n  returns 200 {expected}"),
    );
}

#[test]
fn context_outweighs_sentence_and_annotation() {
    check_response(
        "a [label](../resources/label.md) object",
        r#", "@odata.type": "microsoft.graph.label""#,
        r##"{ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.part)", "value": [] }"##,
        "Collection(microsoft.graph.part)",
    );
    check_response(
        "a collection of [part](../resources/part.md) objects",
        r#", "@odata.type": "microsoft.graph.part", "isCollection": true"#,
        r##"{ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#parts/$entity" }"##,
        "microsoft.graph.part",
    );
}

#[test]
fn body_shows_whether_the_response_is_a_collection() {
    let annotation = r#", "@odata.type": "microsoft.graph.part""#;
    let sentence = "a [part](../resources/part.md) object";
    check_response(
        sentence,
        annotation,
        r#"{ "value": [ { "id": "1" } ] }"#,
        "Collection(microsoft.graph.part)",
    );
    check_response(
        "a collection of [part](../resources/part.md) objects",
        annotation,
        r#"{ "id": "1" }"#,
        "microsoft.graph.part",
    );
}

#[test]
fn body_shows_whether_the_response_is_an_object() {
    check_response(
        "a String collection object",
        r#", "@odata.type": "microsoft.graph.part", "isCollection": true"#,
        r#"{ "value": [ { "id": "1" } ] }"#,
        "Collection(microsoft.graph.part)",
    );
    check_response(
        "a String collection",
        r#", "@odata.type": "microsoft.graph.part", "isCollection": true"#,
        r#"{ "value": [ "1" ] }"#,
        "Collection(Edm.String)",
    );
    check_response(
        "a Boolean",
        r#", "@odata.type": "microsoft.graph.part""#,
        r#"{ "value": true }"#,
        "Edm.Boolean",
    );
}

#[test]
fn the_type_with_the_keys_of_the_body_is_chosen() {
    check_response(
        "a [label](../resources/label.md) object",
        r#", "@odata.type": "microsoft.graph.part""#,
        r#"{ "id": "1", "weight": 2 }"#,
        "microsoft.graph.part",
    );
    check_response(
        "a [part](../resources/part.md) object",
        r#", "@odata.type": "microsoft.graph.label""#,
        r#"{ "id": "1", "weight": 2 }"#,
        "microsoft.graph.part",
    );
}

#[test]
fn a_derived_type_is_chosen_for_a_single_object_only() {
    let annotation = r#", "@odata.type": "microsoft.graph.bigPart""#;
    check_response(
        "a [part](../resources/part.md) object",
        annotation,
        r#"{ "id": "1", "cranes": 2 }"#,
        "microsoft.graph.bigPart",
    );
    check_response(
        "a collection of [part](../resources/part.md) objects",
        annotation,
        r#"{ "value": [ { "id": "1", "cranes": 2 } ] }"#,
        "Collection(microsoft.graph.part)",
    );
}

#[test]
fn several_types_in_a_sentence() {
    check_response(
        "a [part](../resources/part.md) object and associated [label](../resources/label.md)",
        "",
        "{}",
        "microsoft.graph.part",
    );
    check_response(
        "a new [part](../resources/part.md) or a [bigPart](../resources/bigpart.md) object",
        "",
        "{}",
        "microsoft.graph.part",
    );
    check_response(
        "a collection of [part](../resources/part.md) and/or [label](../resources/label.md) objects",
        "",
        "{}",
        "Collection(Edm.Untyped)",
    );
}

#[test]
fn disagreement_is_reported() {
    check_codes(
        &[
            PART,
            LABEL,
            (
                "v1.0/api/part-sort.md",
                "# part: sort\n\nNamespace: microsoft.graph\n\nSorts.\n\n## HTTP request\n\n```http\nPOST /parts/{id}/sort\n```\n\n\
                 ## Response\n\nIf successful, this method returns a `200 OK` response code and a [part](../resources/part.md) \
                 object in the response body.\n\n## Example\n\n### Request\n\n```http\n\
                 POST https://graph.microsoft.com/v1.0/parts/1/sort\n```\n\n\
                 ### Response\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"value\": [ { \"id\": \"1\" } ] }\n```\n",
            ),
        ],
        &["GW3060"],
    );
}

#[test]
fn parameters_of_an_action_under_any_heading_are_its_body() {
    check(
        &[
            PART,
            (
                "v1.0/api/part-lift.md",
                "# part: lift\n\nNamespace: microsoft.graph\n\nLifts.\n\n## HTTP request\n\n```http\nPOST /parts/{partId}/lift?slowly={slowly}\n```\n\n\
                 ## Request body\n\nNo request body is required.\n\n\
                 ## Parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|partId|String|Which.|\n|slowly|Boolean|In the query.|\n|height|Int32|How high.|\n\n\
                 ## Response\n\nIf the height is too much, a `507 Insufficient Storage` response is returned. If successful, this method \
                 returns a `204 No Content` response code.\n",
            ),
        ],
        "Action POST",
        "\
Action POST /parts/{partId}/lift
  query slowly: Edm.Boolean
  sends parameters
    height: Edm.Int32
  the body may be left out
  returns 204 nothing",
    );
}
