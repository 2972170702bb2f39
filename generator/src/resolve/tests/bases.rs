//! Base types that pages state in other ways than `Inherits from`.

use super::types::resource;
use super::{check, resolve_pages};
use crate::report::Code;

const CIRCLE: (&str, &str) = (
    "v1.0/resources/circle.md",
    resource!(
        "circle resource type",
        "Round.",
        "|radius|Double|How far it reaches.|\n",
        r#""@odata.type": "microsoft.graph.circle""#
    ),
);

/// Checks the base type of `circle` if the page of `shape` has a text.
fn check_circle(shape: &str, expected: &str) {
    let shape = shape.replace("NEXT", "\n\n");
    let text = format!(
        "# shape resource type\n\n{shape}\n\n## JSON representation\n\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.shape\" }} -->\n\n```json\n{{ }}\n```\n"
    );
    let pages = [("v1.0/resources/shape.md", text.as_str()), CIRCLE];
    let (api, report) = resolve_pages(&pages, "");
    let circle = api
        .structured_types
        .iter()
        .find(|ty| ty.name.name == "circle")
        .unwrap();
    let base = circle.base.map_or(String::new(), |base| {
        api.structured_type(base).name.name.clone()
    });
    assert_eq!(base, expected, "{shape}");
    let is_told = report
        .problems()
        .iter()
        .any(|problem| problem.code == Code::BaseFromBasePage);
    assert_eq!(is_told, !expected.is_empty());
}

#[test]
fn base_page_that_names_derived_types_states_their_base() {
    check_circle(
        "A base. The derived types are [square](square.md) and [circle](circle.md).",
        "shape",
    );
    check_circle(
        "Resources that derive from **shape** include:NEXT* [circle](circle.md): a round one",
        "shape",
    );
    check_circle(
        "An outline.NEXT## Derived types\n\n|Type|Description|\n|:--|:--|\n|[circle](circle.md)|Round.|",
        "shape",
    );
    check_circle(
        "**shape** is the base type for [circle](circle.md).",
        "shape",
    );
    check_circle(
        "The [circle](circle.md) type and others inherit from this type.",
        "shape",
    );
    check_circle("Often shown beside a [circle](circle.md).", "");
    check_circle("A shape can hold:NEXT* [circle](circle.md)", "");
}

#[test]
fn subclass_sentence_states_the_base() {
    check(
        &[
            (
                "v1.0/resources/shape.md",
                resource!(
                    "shape resource type",
                    "An outline.",
                    "|area|Double|How much it covers.|\n",
                    r#""@odata.type": "microsoft.graph.shape""#
                ),
            ),
            (
                "v1.0/resources/square.md",
                resource!(
                    "square resource type",
                    "A subclass of [shape](shape.md) with four corners.",
                    "|side|Double|How long a side is.|\n",
                    r#""@odata.type": "microsoft.graph.square""#
                ),
            ),
        ],
        "complex microsoft.graph.square",
        "\
complex microsoft.graph.square : microsoft.graph.shape
  side: Edm.Double",
    );
}

#[test]
fn sentence_about_other_types_states_no_base() {
    check(
        &[
            (
                "v1.0/resources/limit.md",
                resource!(
                    "limit resource type",
                    "What one limit has.",
                    "|isOn|Boolean|Whether it holds.|\n",
                    r#""@odata.type": "microsoft.graph.limit""#
                ),
            ),
            (
                "v1.0/resources/limitset.md",
                resource!(
                    "limitSet resource type",
                    "Several limits. All the limits inherit from [limit](limit.md).",
                    "|speed|[limit](limit.md)|How fast.|\n",
                    r#""@odata.type": "microsoft.graph.limitSet""#
                ),
            ),
        ],
        "complex microsoft.graph.limitSet",
        "\
complex microsoft.graph.limitSet
  speed: microsoft.graph.limit",
    );
}

#[test]
fn inherited_row_that_a_sibling_lists_stays_with_its_type() {
    let page = |name: &str, intro: &str, row: &str| {
        format!(
            "# {name} resource type\n\n{intro}\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n{row}\n\
             ## JSON representation\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\" }} -->\n\n\
             ```json\n{{ }}\n```\n"
        )
    };
    let base = page("shelf", "Holds things.", "|length|Double|Long.|\n");
    let says = "Inherits from [shelf](shelf.md)";
    let high = page(
        "highShelf",
        says,
        "|code|String|A mark. Inherited from [shelf](shelf.md)|\n",
    );
    let check_low = |row: &str, expected: &str| {
        let low = page("lowShelf", says, row);
        let pages = [
            ("v1.0/resources/shelf.md", base.as_str()),
            ("v1.0/resources/highshelf.md", high.as_str()),
            ("v1.0/resources/lowshelf.md", low.as_str()),
        ];
        check(&pages, "complex microsoft.graph.shelf", expected);
    };
    check_low(
        "|depth|Double|Deep.|\n",
        "complex microsoft.graph.shelf\n  length: Edm.Double\n  code: Edm.String",
    );
    check_low(
        "|code|String|A mark.|\n",
        "complex microsoft.graph.shelf\n  length: Edm.Double",
    );
}

#[test]
fn page_without_description_defines_no_type() {
    let pages = [
        CIRCLE,
        (
            "v1.0/resources/find.md",
            "# find resource type\n\nWhere to look.\n\n## Properties\n\nNone\n",
        ),
    ];
    let (api, report) = resolve_pages(&pages, "");
    let names: Vec<&str> = api
        .structured_types
        .iter()
        .map(|ty| ty.name.name.as_str())
        .collect();
    assert_eq!(names, ["circle", "entity"]);
    let codes: Vec<Code> = report
        .problems()
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [Code::EmptyDefinition]);
}

#[test]
fn other_table_below_properties_adds_no_properties() {
    check(
        &[(
            "v1.0/resources/rule.md",
            "# rule resource type\n\nSays what goes.\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n\
             |text|String|JSON in a text.|\n\n### Keys of the text of a rule\n\n|Property|Type|Description|\n|:--|:--|:--|\n\
             |Version|Int32|Always 1.|\n\n## JSON representation\n\n\
             <!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.rule\" } -->\n\n\
             ```json\n{ \"text\": \"String\" }\n```\n",
        )],
        "complex microsoft.graph.rule",
        "\
complex microsoft.graph.rule
  text: Edm.String",
    );
}
