//! Pages that define structured types.

use super::{codes, facts, names, resource};
use crate::facts::ResourceFacts;
use crate::report::Code;

const HEADER: &str = "|Property|Type|Description|\n|:--|:--|:--|\n";

fn one(text: &str) -> ResourceFacts {
    resource(text).0.resources.remove(0)
}

#[test]
fn the_annotation_and_the_heading_name_the_type() {
    let facts = one(
        "# Chart resource type\n\nA chart.\n\n## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.workbookChart\", \"keyProperty\": \"id\", } -->\n\n\
         ```json\n{ \"id\": \"String\", /* more */ \"height\": 1.5, }\n```\n",
    );
    assert_eq!(facts.name.value, "Chart");
    let annotation = facts.annotation.unwrap();
    assert_eq!(
        annotation.type_name.as_deref(),
        Some("microsoft.graph.workbookChart")
    );
    assert_eq!(annotation.key_property.as_deref(), Some("id"));
    assert_eq!(
        facts.representation.unwrap().value,
        "{ \"id\": \"String\",  \"height\": 1.5 }"
    );
}

#[test]
fn byte_order_mark_and_carriage_returns() {
    let page = "---\ntitle: \"bolt resource type\"\n---\n\n# bolt resource type\n\nNamespace: microsoft.graph\n\nA bolt.\n\n\
                ## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|size|Int32|Its size.|\n|steel|String|Its steel.|\n";
    let check = |text: &str| {
        let (facts, report) = resource(text);
        let [bolt] = facts.resources.as_slice() else {
            panic!("the page defines one type: {text:?}");
        };
        assert_eq!(bolt.name.value, "bolt", "{text:?}");
        assert_eq!(names(&bolt.properties), ["size", "steel"], "{text:?}");
        assert_eq!(bolt.properties[1].name.at.line, 16, "{text:?}");
        assert_eq!(codes(&report), [], "{text:?}");
    };
    check(page);
    for end in ["\n", "\r\n", "\r"] {
        let text = page.replace('\n', end);
        check(&text);
        check(&format!("\u{feff}{text}"));
    }
}

#[test]
fn several_types_on_a_page() {
    let block = |name: &str| {
        format!(
            "<!-- {{\"blockType\":\"resource\",\"@odata.type\":\"microsoft.graph.{name}\"}} -->\n```json\n{{\"of\":\"{name}\"}}\n```\n\n"
        )
    };
    let text = format!(
        "# thing resource type\n\nWords.\n\n## JSON representation\n\n{}{}{}",
        block("part"),
        block("thing"),
        block("thing")
    );
    let (facts, _) = resource(&text);
    let shown: Vec<_> = facts
        .resources
        .iter()
        .map(|facts| {
            (
                facts.name.value.as_str(),
                facts
                    .representation
                    .as_ref()
                    .map(|text| text.value.as_str()),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("thing", Some("{\"of\":\"thing\"}")),
            ("part", Some("{\"of\":\"part\"}"))
        ]
    );
}

#[test]
fn sentences_about_the_base() {
    let check = |intro: &str, expected: Option<(&str, Option<&str>)>| {
        let facts = one(&format!(
            "# thing resource type\n\n{intro}\n\n## Properties\n\n{HEADER}|id|String|Key.|\n"
        ));
        let base = facts
            .inherits
            .as_ref()
            .map(|base| (base.value.text.as_str(), base.value.target.as_deref()));
        assert_eq!(base, expected, "{intro}");
    };
    check(
        "Inherits from [base](base.md)",
        Some(("base", Some("base.md"))),
    );
    check(
        "A thing. Inherits from\n[base](base.md).",
        Some(("base", Some("base.md"))),
    );
    check(
        "A thing is derived from microsoft.graph.base.",
        Some(("microsoft.graph.base", None)),
    );
    check(
        "The **thing** resource is derived from [**base**][b] and more.\n\n[b]: base.md",
        Some(("base", Some("base.md"))),
    );
    check("[other](other.md) types inherit from this type.", None);
    check("- [other](other.md) is a derived type of thing.", None);
    check(
        "Contains properties and inherited properties for things.",
        None,
    );
}

#[test]
fn abstract_open_and_deprecated() {
    let facts = one(&format!(
        "# thing resource type (deprecated)\n\nAn abstract type that others share. It is an open type that takes more.\n\n## Properties\n\n{HEADER}|id|String|Key.|\n"
    ));
    assert!(facts.is_abstract.is_some() && facts.is_open.is_some() && facts.deprecated.is_some());
    let plain = one(&format!(
        "# thing resource type\n\nDerived from the abstract type [x](x.md).\n\n## Properties\n\n{HEADER}|id|String|Key.|\n"
    ));
    assert!(plain.is_abstract.is_none() && plain.is_open.is_none() && plain.deprecated.is_none());
}

#[test]
fn two_property_tables() {
    let facts = one(&format!(
        "# thing resource type\n\nWords.\n\n## Properties\n\n{HEADER}|**own**|String|Its own.\n\n\
         The following properties are inherited from **[base][]**.\n\n{HEADER}|**id**|String|The id.\n\n[base]: base.md\n"
    ));
    assert_eq!(names(&facts.properties), ["own", "id"]);
    assert!(facts.properties[0].inherited_from.is_none());
    let from = facts.properties[1].inherited_from.as_ref().unwrap();
    assert_eq!(
        (from.text.as_str(), from.target.as_deref()),
        ("base", Some("base.md"))
    );
}

#[test]
fn rows_of_all_sorts() {
    let (page, report) = resource(&format!(
        "# thing resource type\n\nWords.\n\n## Properties\n\n{HEADER}|**Group**|||\n|name (deprecated)|String|Use other.|\n\
         |`_id`|string (url)|Its id. Read-only. Not nullable.|\n|deprecated|Boolean|Whether it is old.|\n\
         |parts|[part](part.md) collection. Some more|Parts.|\n|when|A moment. DateTimeOffset|Then.|\n|what|see below||\n\
         |a/b|String|A path.|\n|two words|String|No name.|\n|@own.hint|String|A hint.|\n"
    ));
    let facts = &page.resources[0];
    assert_eq!(
        names(&facts.properties),
        ["name", "_id", "deprecated", "parts", "when", "what"]
    );
    assert_eq!(names(&facts.instance_annotations), ["@own.hint"]);
    assert_eq!(facts.properties[0].deprecated.as_deref(), Some(""));
    assert_eq!(facts.properties[1].nullable, Some(false));
    assert!(facts.properties[1].read_only);
    assert_eq!(facts.properties[2].deprecated, None);
    assert_eq!(facts.properties[3].description.value, "Some more Parts.");
    assert!(facts.properties[5].type_phrase.value.names.is_empty());
    assert_eq!(
        codes(&report),
        [
            Code::SentenceInTypeCell,
            Code::SentenceInTypeCell,
            Code::UnreadType,
            Code::PathAsName,
            Code::UnreadName
        ]
    );
}

#[test]
fn links_with_references_and_odd_cases() {
    let facts = one(&format!(
        "# thing resource type\n\nWords.\n\n## Properties\n\n{HEADER}|a|[Part][]|One. Inherited from [base][]|\n|b|Collection([part][p])|More.|\n\n\
         [part]: part.md\n[p]: other.md\n[BASE]: base.md\n"
    ));
    let target = |index: usize| {
        facts.properties[index].type_phrase.value.names[0]
            .target
            .as_deref()
    };
    assert_eq!((target(0), target(1)), (Some("part.md"), Some("other.md")));
    let from = facts.properties[0].inherited_from.as_ref().unwrap();
    assert_eq!(from.target.as_deref(), Some("base.md"));
}

#[test]
fn methods() {
    let facts = one(
        "# thing resource type\n\nWords.\n\n## Properties\n\nNone.\n\n## Methods\n\n|Method|Return Type|Description|\n|--|--|--|\n\
         |**Things**|||\n|[List](../api/thing-list.md)|[thing](thing.md) collection|Lists.|\n|[Delete](../api/thing-delete.md)|None|Deletes.|\n\
         |[Check in][]|`POST /things/{id}/in`|\n|Custodians|\n\n[Check in]: ../api/thing-in.md\n",
    );
    let shown: Vec<_> = facts
        .methods
        .iter()
        .map(|method| {
            (
                method.title.value.as_str(),
                method.target.as_deref(),
                method.return_type.is_some(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("List", Some("../api/thing-list.md"), true),
            ("Delete", Some("../api/thing-delete.md"), false),
            ("Check in", Some("../api/thing-in.md"), false),
        ]
    );
}

#[test]
fn a_property_table_headed_like_methods() {
    let facts = one(
        "# thing resource type\n\nWords.\n\n## Properties\n\n|Method|Return Type|Description|\n|--|--|--|\n|blob|Binary|Bytes.|\n",
    );
    assert_eq!(names(&facts.properties), ["blob"]);
    assert_eq!(
        facts.properties[0].type_phrase.value.names[0].text,
        "Binary"
    );
}

#[test]
fn tables_below_other_headings() {
    let text = format!(
        "# thing resource type\n\nWords.\n\n## JSON representation\n\n```json\n{{\"name\": \"String\"}}\n```\n\n## The name\n\n{HEADER}|name|String|Its name.|\n\n## A policy inside\n\n{HEADER}|rule|String|No property.|\n"
    );
    let facts = one(&text);
    assert_eq!(names(&facts.properties), ["name"]);
}

#[test]
fn comments_hide_what_they_hold() {
    let (page, report) = facts(
        "v1.0/resources/thing.md",
        &format!(
            "# thing resource type\n\nWords.\n\n<!--\n## Relationships\n|Relationship|Type|\n|--|--|\n|a|b|\n-->\n\n## Properties\n\n{HEADER}|id|String|Key.|\n\n<!-- never closed\n## Methods\n"
        ),
    );
    assert!(page.resources[0].relationships.is_empty());
    assert_eq!(names(&page.resources[0].properties), ["id"]);
    assert_eq!(codes(&report), [Code::UnclosedComment]);
}

#[test]
fn directives_are_no_text() {
    let (facts, _) = resource(
        "# bolt resource type\n\n:::zone pivot=\"one\"\n:::zone-end\n\n:::zone pivot=\"two\"\nNamespace: microsoft.graph\n:::zone-end\n\n\
         A bolt.\n:::image type=\"content\" source=\"bolt.png\" alt-text=\"A picture.\":::\n\n\
         ## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|size|Int32|Its size.|\n",
    );
    let summary = facts.summary.map(|summary| summary.value);
    assert_eq!(summary.as_deref(), Some("A bolt."));
    assert_eq!(facts.resources.len(), 1);
}

#[test]
fn html_tables_are_reported() {
    let check = |table: &str, expected: &[(Code, u32)]| {
        let (_, report) = resource(&format!(
            "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n\n\
             |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Key.|\n\n{table}\n"
        ));
        let problems = report.problems().iter();
        let found: Vec<_> = problems
            .map(|problem| (problem.code, problem.at.line))
            .collect();
        assert_eq!(found, expected, "{table}");
    };
    check(
        "<table>\n<tr><td>size</td></tr>\n</table>",
        &[(Code::HtmlTable, 13)],
    );
    check(
        "More:\n<table class=\"a\">\n</table>",
        &[(Code::HtmlTable, 14)],
    );
    check("The `<table>` element, or a <b>table</b>.", &[]);
}
