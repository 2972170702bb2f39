//! Names, kinds and bases of structured types.

use super::{check, check_codes};

/// Creates the page of a type. `annotation` precedes its JSON representation; `rows` are those of its Properties table.
macro_rules! resource {
    ($heading:literal, $intro:literal, $rows:literal, $annotation:literal) => {
        concat!(
            "# ",
            $heading,
            "\n\nNamespace: microsoft.graph\n\n",
            $intro,
            "\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n",
            $rows,
            "\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", ",
            $annotation,
            " } -->\n\n```json\n{ }\n```\n"
        )
    };
}
pub(super) use resource;

const DEVICE: (&str, &str) = (
    "v1.0/resources/widget.md",
    resource!(
        "widget resource type",
        "A thing on a shelf.",
        "|id|String|Names it.|\n|weight|Int32|In grams.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
    ),
);

#[test]
fn key_makes_an_entity_type_that_inherits_id() {
    check(
        &[DEVICE],
        "entity microsoft.graph.widget",
        "\
entity microsoft.graph.widget : microsoft.graph.entity
  weight: Edm.Int32",
    );
    check(
        &[DEVICE],
        "entity microsoft.graph.entity",
        "\
entity microsoft.graph.entity [abstract; key id]
  id: Edm.String [read-only; not nullable]",
    );
}

#[test]
fn type_without_key_and_methods_is_complex() {
    check(
        &[(
            "v1.0/resources/size.md",
            resource!(
                "size resource type",
                "How large it is.",
                "|width|Double|From left to right.|\n",
                r#""@odata.type": "microsoft.graph.size""#
            ),
        )],
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  width: Edm.Double",
    );
}

#[test]
fn annotation_names_the_type_that_links_to_its_file_denote() {
    check(
        &[
            (
                "v1.0/resources/chart.md",
                resource!(
                    "Chart resource type",
                    "Draws numbers.",
                    "|scale|[Axis](axis.md)|How it is marked.|\n",
                    r#""@odata.type": "microsoft.graph.sheetChart""#
                ),
            ),
            (
                "v1.0/resources/Axis.md",
                resource!(
                    "Axis resource type",
                    "Marks numbers.",
                    "|start|Double|Where it starts.|\n",
                    r#""@odata.type": "microsoft.graph.sheetAxis""#
                ),
            ),
        ],
        "complex microsoft.graph.sheetChart",
        "\
complex microsoft.graph.sheetChart
  scale: microsoft.graph.sheetAxis",
    );
}

#[test]
fn inherited_rows_belong_to_the_base() {
    check(
        &[
            DEVICE,
            (
                "v1.0/resources/gadget.md",
                resource!(
                    "gadget resource type",
                    "A widget with a plug.\n\nInherits from [widget](widget.md)",
                    "|id|String|Names it. Inherited from [widget](widget.md)|\n\
                     |weight|Int32|In grams. Inherited from [widget](widget.md)|\n\
                     |voltage|Int32|What it needs.|\n",
                    r#""@odata.type": "microsoft.graph.gadget""#
                ),
            ),
        ],
        "entity microsoft.graph.gadget",
        "\
entity microsoft.graph.gadget : microsoft.graph.widget
  voltage: Edm.Int32",
    );
}

#[test]
fn base_gets_a_property_that_only_derived_types_list() {
    let pages = [
        DEVICE,
        (
            "v1.0/resources/gadget.md",
            resource!(
                "gadget resource type",
                "A widget with a plug.\n\nInherits from [widget](widget.md)",
                "|colour|String|How it looks. Inherited from [widget](widget.md).|\n",
                r#""@odata.type": "microsoft.graph.gadget""#
            ),
        ),
    ];
    check(
        &pages,
        "entity microsoft.graph.widget",
        "\
entity microsoft.graph.widget : microsoft.graph.entity
  weight: Edm.Int32
  colour: Edm.String",
    );
    check_codes(&pages, &["GW3012"]);
}

#[test]
fn cycles_of_base_types_are_removed() {
    let pages = [
        (
            "v1.0/resources/hen.md",
            resource!(
                "hen resource type",
                "Lays eggs.\n\nInherits from [egg](egg.md)",
                "|name|String|What it is called.|\n",
                r#""@odata.type": "microsoft.graph.hen""#
            ),
        ),
        (
            "v1.0/resources/egg.md",
            resource!(
                "egg resource type",
                "Becomes a hen.\n\nInherits from [hen](hen.md)",
                "|size|Int32|How large it is.|\n",
                r#""@odata.type": "microsoft.graph.egg""#
            ),
        ),
    ];
    check(
        &pages,
        "complex microsoft.graph.egg",
        "\
complex microsoft.graph.egg
  size: Edm.Int32",
    );
    check_codes(&pages, &["GW3009"]);
}

#[test]
fn base_in_a_sentence_precedes_the_annotation() {
    check_codes(
        &[
            DEVICE,
            (
                "v1.0/resources/gadget.md",
                resource!(
                    "gadget resource type",
                    "A widget with a plug.\n\nInherits from [widget](widget.md)",
                    "|voltage|Int32|What it needs.|\n",
                    r#""baseType": "microsoft.graph.entity", "@odata.type": "microsoft.graph.gadget""#
                ),
            ),
        ],
        &["GW3008"],
    );
}

#[test]
fn parts_on_two_pages_define_one_type() {
    check(
        &[
            DEVICE,
            (
                "v1.0/resources/shop-widget.md",
                resource!(
                    "widget resource type",
                    "A thing that is sold.",
                    "|id|String|Names it.|\n|price|Decimal|What it costs.|\n",
                    r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
                ),
            ),
        ],
        "entity microsoft.graph.widget",
        "\
entity microsoft.graph.widget : microsoft.graph.entity
  weight: Edm.Int32
  price: Edm.Decimal",
    );
}

#[test]
fn undefined_type_stays_undefined() {
    let pages = [(
        "v1.0/resources/size.md",
        resource!(
            "size resource type",
            "How large it is.",
            "|unit|measure|What it is counted in.|\n",
            r#""@odata.type": "microsoft.graph.size""#
        ),
    )];
    check(
        &pages,
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  unit: undefined `measure`",
    );
    check_codes(&pages, &["GW3004"]);
}

#[test]
fn qualified_name_denotes_no_type_of_another_namespace() {
    let pages = [
        (
            "v1.0/resources/lid.md",
            resource!(
                "lid resource type",
                "It closes.",
                "|weight|Int32|In grams.|\n",
                r#""@odata.type": "microsoft.graph.lid""#
            ),
        ),
        (
            "v1.0/resources/pot.md",
            resource!(
                "pot resource type",
                "It cooks.",
                "|main|microsoft.graph.lid|In the main namespace.|\n|other|microsoft.graph.kitchen.lid|In another.|\n|short|lid|In none.|\n",
                r#""@odata.type": "microsoft.graph.kitchen.pot""#
            ),
        ),
    ];
    check(
        &pages,
        "complex microsoft.graph.kitchen.pot",
        "\
complex microsoft.graph.kitchen.pot
  main: microsoft.graph.lid
  other: undefined `microsoft.graph.kitchen.lid`
  short: microsoft.graph.lid",
    );
    check_codes(&pages, &["GW3004"]);
}
