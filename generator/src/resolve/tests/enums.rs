//! Enums: from pages, sections and lists in rows.

use super::types::resource;
use super::{check, check_codes};

#[test]
fn powers_of_two_are_flags() {
    check(
        &[(
            "v1.0/resources/sides.md",
            "# sides enum type\n\nNamespace: microsoft.graph\n\nWhere it opens.\n\n## Members\n\n|Member|Value|Description|\n|:---|:---|:---|\n\
             |none|0|Nowhere.|\n|left|1|Left.|\n|right|2|Right.|\n|top|4|Above.|\n",
        )],
        "enum microsoft.graph.sides",
        "\
enum microsoft.graph.sides [flags]
  none = 0
  left = 1
  right = 2
  top = 4",
    );
}

#[test]
fn members_of_two_definitions_are_merged() {
    let pages = [
        (
            "v1.0/resources/mood.md",
            "# mood enum type\n\nNamespace: microsoft.graph\n\nHow it feels.\n\n## Members\n\n|Member|Value|Description|\n|:---|:---|:---|\n\
             |glad|0|Fine.|\n|sad|1|Not fine.|\n",
        ),
        (
            "v1.0/resources/old-mood.md",
            "# mood enum type\n\nNamespace: microsoft.graph\n\nHow it feels.\n\n## Members\n\n|Member|Value|Description|\n|:---|:---|:---|\n\
             |glad|7|Fine.|\n|unknownFutureValue|9|To come.|\n",
        ),
    ];
    check(
        &pages,
        "enum microsoft.graph.mood",
        "\
enum microsoft.graph.mood
  glad = 0
  sad = 1
  unknownFutureValue = 9",
    );
    check_codes(&pages, &["GW3019"]);
}

#[test]
fn undefined_type_with_listed_values_becomes_an_enum() {
    let pages = [(
        "v1.0/resources/door.md",
        resource!(
            "door resource type",
            "Leads into a room.",
            "|opening|doorSide|Where it opens. Possible values are: `left`, `right`.|\n",
            r#""@odata.type": "microsoft.graph.door""#
        ),
    )];
    check(
        &pages,
        "enum microsoft.graph.doorSide",
        "\
enum microsoft.graph.doorSide
  left
  right",
    );
    check_codes(&pages, &["GW3021"]);
}

#[test]
fn values_listed_by_several_rows_are_united() {
    let pages = [(
        "v1.0/resources/door.md",
        resource!(
            "door resource type",
            "Leads into a room.",
            "|now|doorState|Its state. Possible values are: `open`, `shut`, `unknownFutureValue`.|\n\
             |before|doorState|Its state before. Possible values are: `open`, `ajar`, `unknownFutureValue`.|\n",
            r#""@odata.type": "microsoft.graph.door""#
        ),
    )];
    check(
        &pages,
        "enum microsoft.graph.doorState",
        "\
enum microsoft.graph.doorState
  open
  shut
  ajar
  unknownFutureValue",
    );
    check_codes(&pages, &["GW3021"]);
}

#[test]
fn section_about_a_string_property_defines_no_enum() {
    let pages = [(
        "v1.0/resources/door.md",
        "# door resource type\n\nNamespace: microsoft.graph\n\nLeads into a room.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n\
         |wood|String|What it is made of.|\n\n### wood values\n\n|Member|Description|\n|:---|:---|\n|oak|Hard.|\n|pine|Soft.|\n\n\
         ## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.door\" } -->\n\n```json\n{ \"wood\": \"String\" }\n```\n",
    )];
    check(
        &pages,
        "complex microsoft.graph.door",
        "\
complex microsoft.graph.door
  wood: Edm.String [values oak | pine]",
    );
    check_codes(&pages, &["GW3020"]);
}

/// Checks the enum `doorSide` that a row of a door defines.
fn check_row(description: &str, expected: &str) {
    let page = resource!(
        "door resource type",
        "Leads into a room.",
        "|opening|doorSide|DESCRIPTION|\n",
        r#""@odata.type": "microsoft.graph.door""#
    );
    let page = page.replace("DESCRIPTION", description);
    check(
        &[("v1.0/resources/door.md", page.as_str())],
        "enum microsoft.graph.doorSide",
        expected,
    );
}

#[test]
fn rows_state_flags() {
    let flags = "enum microsoft.graph.doorSide [flags]\n  left\n  right";
    check_row(
        "A multi-valued property. Possible values are: `left`, `right`.",
        flags,
    );
    check_row(
        "Possible values are: `left`, `right`. This is a flagged enumeration.",
        flags,
    );
}

#[test]
fn members_that_require_the_prefer_header() {
    check_row(
        "The possible values are: `left`, `unknownFutureValue`, `top`, `right`. Use the \
         `Prefer: include-unknown-enum-members` request header to get the following value(s) in this [evolvable enum](/x): \
         `top` , `right`.",
        "\
enum microsoft.graph.doorSide
  left
  unknownFutureValue
  top [requires Prefer]
  right [requires Prefer]",
    );
    // The description alone states it, whatever the order.
    check_row(
        "Possible values are: `left`, `right`, `unknownFutureValue`. Use the `Prefer: include-unknown-enum-members` request \
         header to get the following values: `right`.",
        "\
enum microsoft.graph.doorSide
  left
  right [requires Prefer]
  unknownFutureValue",
    );
}

#[test]
fn the_sentinel_in_other_letter_case() {
    check(
        &[(
            "v1.0/resources/sides.md",
            "# sides enum type\n\nNamespace: microsoft.graph\n\nWhere it opens.\n\n## Members\n\n|Member|Value|\n|:---|:---|\n\
             |left|1|\n|right|2|\n|top|4|\n|Unknownfuturevalue|5|\n|unknownFutureValue|5|\n|bottom|8|\n",
        )],
        "enum microsoft.graph.sides",
        "\
enum microsoft.graph.sides [flags]
  left = 1
  right = 2
  top = 4
  Unknownfuturevalue = 5
  bottom = 8 [requires Prefer]",
    );
}
