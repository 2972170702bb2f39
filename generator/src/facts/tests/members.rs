//! Enums: pages of their own and sections on other pages.

use super::{codes, facts, resource};
use crate::facts::EnumFacts;
use crate::report::Code;

/// Writes enums as `name: member=value member`.
fn shown(enums: &[EnumFacts]) -> Vec<String> {
    let member = |member: &crate::facts::MemberFact| match &member.value {
        Some(value) => format!("{}={}", member.name.value, value.value),
        None => member.name.value.clone(),
    };
    let one = |facts: &EnumFacts| {
        let members: Vec<_> = facts.members.iter().map(member).collect();
        format!("{}: {}", facts.name.value, members.join(" "))
    };
    enums.iter().map(one).collect()
}

fn check(text: &str, expected: &[&str], problems: &[Code]) {
    let (page, report) = resource(text);
    assert_eq!(shown(&page.enums), expected, "{text}");
    assert_eq!(codes(&report), problems, "{text}");
}

#[test]
fn a_page_of_its_own() {
    let (page, _) = resource(
        "# hue enum type\n\nNamespace: microsoft.graph\n\nColours. Flag enum.\n\n## Members\n\n|Member|Value|Description|\n|:--|:--|:--|\n\
         |**none**|-1|Nothing.|\n|`red`|1|Like a rose. |\n|blue (deprecated)|2||\n",
    );
    assert_eq!(shown(&page.enums), ["hue: none=-1 red=1 blue=2"]);
    let facts = &page.enums[0];
    assert!(facts.is_flags.is_some());
    assert_eq!(facts.members[1].description, "Like a rose.");
    assert_eq!(facts.members[2].deprecated.as_deref(), Some(""));
}

#[test]
fn many_on_one_page() {
    check(
        "# Enum values\n\n### hue values \n\n|Member|\n|:--|\n|red|\n### shape values\n|Member|Member|Description|\n|:--|:--|:--|\n|round|0|A ball.|\n\
         #### size values\n\n|Value|Description|\n|:--|:--|\n|small|Not big.|\n",
        &["hue: red", "shape: round=0", "size: small"],
        &[],
    );
}

#[test]
fn tables_with_a_narrow_separator() {
    check(
        "# Enum values\n\n### hue values\n\n|Member|Value|Description|\n|:---|:---|\n|red|0|Like a rose.|\n",
        &["hue: red=0"],
        &[Code::SeparatorWidth],
    );
}

#[test]
fn sections_on_other_pages() {
    check(
        "# thing resource type\n\nWords.\n\n## Properties\n\n|Property|Type|Description|\n|--|--|--|\n|a|hue|Its hue.|\n\n### hue values\n\n\
         |Value|Description|\n|--|--|\n|red|Like a rose.|\n|null|No value.|\n\n### hue property values\n\n- red\n",
        &["hue: red"],
        &[],
    );
    check(
        "# thing resource type\n\nWords.\n\n## Properties\n\nNone.\n\n## hue values\n\n- red\n",
        &[],
        &[Code::EnumWithoutMembers],
    );
}

#[test]
fn values_that_are_no_numbers() {
    check(
        "# hue enum type\n\n## Members\n\n|Member|Value|Description|\n|--|--|--|\n|red|one|Like a rose.|\n",
        &["hue: red"],
        &[Code::MemberValueNotNumber],
    );
}

#[test]
fn a_heading_without_its_blank() {
    let (page, _) = facts(
        "v1.0/resources/hue.md",
        "---\ntitle: x\n---\n\n#hue enum type\n\n## Members\n\n|Member|\n|--|\n|red|\n",
    );
    assert_eq!(shown(&page.enums), ["hue: red"]);
}
