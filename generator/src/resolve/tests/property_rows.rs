//! Properties: structural and navigation, from tables, JSON and paths.

use super::types::resource;
use super::{check, check_codes, resolve_pages};

const SHELF: (&str, &str) = (
    "v1.0/resources/shelf.md",
    concat!(
        "# shelf resource type\n\nNamespace: microsoft.graph\n\nHolds things.\n\n",
        "## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n",
        "|id|String|Names it.|\n",
        "|best|[widget](widget.md)|The finest thing on it.|\n",
        "\n## Relationships\n\n|Relationship|Type|Description|\n|:---|:---|:---|\n",
        "|widgets|[widget](widget.md) collection|All things on it.|\n",
        "|size|[size](size.md)|How much it holds.|\n",
        "\n## JSON representation\n\n",
        "<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.shelf\" } -->\n\n",
        "```json\n{ \"id\": \"String (identifier)\", \"@odata.type\": \"#microsoft.graph.shelf\",\n",
        "  \"builtOn\": \"String (timestamp)\", \"boards\": [\"Int32\"] }\n```\n"
    ),
);
const WIDGET: (&str, &str) = (
    "v1.0/resources/widget.md",
    resource!(
        "widget resource type",
        "A thing on a shelf.",
        "|id|String|Names it.|\n|size|[size](size.md)|How large it is.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
    ),
);
const SIZE: (&str, &str) = (
    "v1.0/resources/size.md",
    resource!(
        "size resource type",
        "How large it is.",
        "|width|Double|From left to right.|\n",
        r#""@odata.type": "microsoft.graph.size""#
    ),
);

#[test]
fn type_decides_between_structural_and_navigation() {
    check(
        &[SHELF, WIDGET, SIZE],
        "entity microsoft.graph.shelf",
        "\
entity microsoft.graph.shelf : microsoft.graph.entity
  -> best: microsoft.graph.widget
  -> widgets: Collection(microsoft.graph.widget)
  size: microsoft.graph.size
  builtOn: Edm.DateTimeOffset
  boards: Collection(Edm.Int32)",
    );
    check_codes(
        &[SHELF, WIDGET, SIZE],
        &["GW3018", "GW3018", "GW3015", "GW3015"],
    );
}

#[test]
fn path_adds_a_navigation_property() {
    let pages = [
        SIZE,
        SHELF,
        WIDGET,
        (
            "v1.0/api/shelf-list.md",
            "# List shelves\n\nNamespace: microsoft.graph\n\nReads all shelves.\n\n## HTTP request\n\n```http\nGET /shelves\n```\n\n\
             ## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of \
             [shelf](../resources/shelf.md) objects in the response body.\n",
        ),
        (
            "v1.0/api/shelf-get-hidden.md",
            "# Get hidden widget\n\nNamespace: microsoft.graph\n\nReads what is behind a shelf.\n\n## HTTP request\n\n```http\nGET /shelves/{id}/hidden\n```\n\n\
             ## Response\n\nIf successful, this method returns a `200 OK` response code and a \
             [widget](../resources/widget.md) object in the response body.\n",
        ),
    ];
    check(
        &pages,
        "entity microsoft.graph.shelf",
        "\
entity microsoft.graph.shelf : microsoft.graph.entity
  -> best: microsoft.graph.widget
  -> widgets: Collection(microsoft.graph.widget)
  size: microsoft.graph.size
  builtOn: Edm.DateTimeOffset
  boards: Collection(Edm.Int32)
  -> hidden: microsoft.graph.widget",
    );
}

#[test]
fn rows_without_a_property_name_are_ignored() {
    let page = (
        "v1.0/resources/size.md",
        resource!(
            "size resource type",
            "How large it is.",
            "|parts/first|String|A path.|\n|width|Double|Wide.|\n",
            r#""@odata.type": "microsoft.graph.size""#
        ),
    );
    check(
        &[page],
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  width: Edm.Double",
    );
}

#[test]
fn union_becomes_the_common_base() {
    check(
        &[
            (
                "v1.0/resources/lamp.md",
                resource!(
                    "lamp resource type",
                    "Gives light.\n\nInherits from [size](size.md)",
                    "|power|Int32|In watts.|\n",
                    r#""@odata.type": "microsoft.graph.lamp""#
                ),
            ),
            SIZE,
            (
                "v1.0/resources/room.md",
                resource!(
                    "room resource type",
                    "Has walls.",
                    "|light|[lamp](lamp.md) or [size](size.md)|What is in it.|\n",
                    r#""@odata.type": "microsoft.graph.room""#
                ),
            ),
        ],
        "complex microsoft.graph.room",
        "\
complex microsoft.graph.room
  light: microsoft.graph.size",
    );
}

#[test]
fn property_is_spelled_as_in_json() {
    let pages = [(
        "v1.0/resources/size.md",
        "# size resource type\n\nNamespace: microsoft.graph\n\nHow large it is.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n\
         |unitID|String|Of its unit.|\n\n## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.size\" } -->\n\n```json\n{ \"unitId\": \"String\" }\n```\n",
    )];
    check(
        &pages,
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  unitId: Edm.String",
    );
    check_codes(&pages, &["GW3045"]);
}

#[test]
fn words_about_inherited_properties_are_kept() {
    let pages = [
        (
            "v1.0/resources/box.md",
            resource!(
                "box resource type",
                "A box.",
                "|id|String|Names it.|\n|kind|String|What it is.|\n|size|Int32|Its size.|\n",
                r#""keyProperty": "id", "@odata.type": "microsoft.graph.box""#
            ),
        ),
        (
            "v1.0/resources/bigbox.md",
            resource!(
                "bigBox resource type",
                "A big box.\n\nInherits from [box](box.md)",
                "|id|String|In the form `room_number`. Inherited from [box](box.md).|\n|kind|String|Always `big`.|\n\
                 |size|Int32|Its size. Inherited from [box](box.md).|\n|lid|String|Its lid.|\n",
                r#""@odata.type": "microsoft.graph.bigBox""#
            ),
        ),
    ];
    let (api, _) = resolve_pages(&pages, "");
    let described = |name: &str| -> Vec<(String, String)> {
        let mut types = api.structured_types.iter();
        let ty = types.find(|ty| ty.name.name == name).unwrap();
        let redescribed = ty.redescribed.iter();
        redescribed
            .map(|property| (property.name.clone(), property.description.clone()))
            .collect()
    };
    let expected = [
        ("id", "In the form `room_number`."),
        ("kind", "Always `big`."),
    ];
    let expected = expected.map(|(name, description)| (name.to_owned(), description.to_owned()));
    assert_eq!(described("bigBox"), expected);
    // The page of the base type describes the `id` of the root.
    assert_eq!(
        described("box"),
        [("id".to_owned(), "Names it.".to_owned())]
    );
}

#[test]
fn names_of_one_page_that_differ_by_letter_case_are_two_properties() {
    let pages = [
        (
            "v1.0/resources/crate.md",
            "# crate resource type\n\nNamespace: microsoft.graph\n\nA crate.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n\
             |label|String|In small letters.|\n|Label|Int32|In large letters.|\n|unitID|String|Of its unit.|\n\n## JSON representation\n\n\
             <!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.crate\" } -->\n\n\
             ```json\n{ \"Label\": 1, \"label\": \"String\", \"unitId\": \"String\" }\n```\n",
        ),
        (
            "v1.0/resources/bigcrate.md",
            resource!(
                "bigCrate resource type",
                "A big crate.\n\nInherits from [crate](crate.md)",
                "|UnitId|String|Of its unit.|\n|Label|Int32|In large letters.|\n|lid|String|Its lid.|\n|Lid|Int32|Its other lid.|\n",
                r#""@odata.type": "microsoft.graph.bigCrate""#
            ),
        ),
    ];
    check(
        &pages,
        "complex microsoft.graph.crate",
        "\
complex microsoft.graph.crate
  label: Edm.String
  Label: Edm.Int32
  unitId: Edm.String",
    );
    check(
        &pages,
        "complex microsoft.graph.bigCrate",
        "\
complex microsoft.graph.bigCrate : microsoft.graph.crate
  lid: Edm.String
  Lid: Edm.Int32",
    );
}

#[test]
fn row_without_a_type_is_reported_as_such() {
    let page = resource!(
        "lamp resource type",
        "It gives light.",
        "|colour||The colour of its light.|\n|size|lampSize|How large it is.|\n",
        r#""@odata.type": "microsoft.graph.lamp""#
    );
    let (_, report) = resolve_pages(&[("v1.0/resources/lamp.md", page)], "");
    let messages: Vec<&str> = report
        .problems()
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    let expected = [
        "the row names no type",
        "unknown type `lampSize`: no page of this version defines it",
    ];
    assert_eq!(messages, expected);
}
