//! Enums that no type cell refers to, and enums that rows contradict.

use super::types::resource;
use super::{check, check_codes};

/// Creates a page with enums, each given by name and rows.
macro_rules! enums {
    ($($name:literal $members:literal)*) => {
        (
            "v1.0/resources/enums.md",
            concat!(
                "# Enum values\n\nNamespace: microsoft.graph\n\n",
                $("### ", $name, " values\n\n|Member|\n|:---|\n", $members, "\n",)*
            ),
        )
    };
}

const DOOR: (&str, &str) = (
    "v1.0/resources/doorframe.md",
    resource!(
        "doorFrame resource type",
        "Holds a door.",
        "|woodKind|String|What it is made of. Possible values are: `oak`, `pine`.|\n\
         |paint|String|Possible values are: `red`, `blue`.|\n",
        r#""@odata.type": "microsoft.graph.doorFrame""#
    ),
);

#[test]
fn enum_named_after_a_string_property_is_its_type() {
    let pages = [
        DOOR,
        enums!("doorWoodKind" "|oak|\n|pine|\n|elm|\n" "shade" "|dark|\n"),
    ];
    check(
        &pages,
        "complex microsoft.graph.doorFrame",
        "\
complex microsoft.graph.doorFrame
  woodKind: microsoft.graph.doorWoodKind
  paint: Edm.String [values red | blue]",
    );
    check_codes(&pages, &[]);
}

#[test]
fn enum_page_defines_an_enum_although_a_string_property_has_its_name() {
    let pages = [DOOR, enums!("paint" "|red|\n|blue|\n" "shade" "|dark|\n")];
    check(
        &pages,
        "enum microsoft.graph.paint",
        "enum microsoft.graph.paint\n  red\n  blue",
    );
    check(
        &pages,
        "complex microsoft.graph.doorFrame",
        "\
complex microsoft.graph.doorFrame
  woodKind: Edm.String [values oak | pine]
  paint: Edm.String [values red | blue]",
    );
    check_codes(&pages, &[]);
}

#[test]
fn enum_that_repeats_another_is_dropped() {
    let lamp = (
        "v1.0/resources/lamp.md",
        resource!(
            "lamp resource type",
            "Gives light.",
            "|shade|[lampShade](enums.md#lampshade-values)|How dark it is.|\n",
            r#""@odata.type": "microsoft.graph.lamp""#
        ),
    );
    let pages = [
        lamp,
        enums!("shade" "|dark|\n|bright|\n" "lampShade" "|dark|\n|bright|\n|none|\n"),
    ];
    check(&pages, "enum microsoft.graph.shade", "");
    check_codes(&pages, &["GW3046"]);
}

#[test]
fn enum_that_all_rows_contradict_is_dropped() {
    let lamp = (
        "v1.0/resources/lamp.md",
        resource!(
            "lamp resource type",
            "Gives light.",
            "|state|lampState|Possible values are: `on`, `off`.|\n|kind|lampKind|Possible values are: `table`, `floor`.|\n",
            r#""@odata.type": "microsoft.graph.lamp""#
        ),
    );
    let pages = [
        lamp,
        enums!("lampState" "|table|\n|floor|\n" "lampKind" "|table|\n|floor|\n"),
    ];
    check(
        &pages,
        "enum microsoft.graph.lampState",
        "\
enum microsoft.graph.lampState
  on
  off",
    );
    check_codes(&pages, &["GW3049", "GW3021"]);
}
