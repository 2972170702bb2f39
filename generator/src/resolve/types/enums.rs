//! In: the enum definitions. Out: the enum types of the model, members of all their pages united.

use std::collections::BTreeSet;

use crate::facts::{MemberFact, PropertyFact};
use crate::model::{ApiVersion, Docs, EnumType, Member};
use crate::report::{Code, Report};
use crate::resolve::normalise::descriptions;
use crate::resolve::pages::{Page, is_identifier};
use crate::resolve::symbols::definitions::{Definitions, EnumDefinition};

/// Builds all enum types, by id.
pub(crate) fn build(
    definitions: &Definitions,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<EnumType> {
    definitions
        .enums
        .iter()
        .map(|definition| match definition.listed_by {
            Some((page, row)) => listed(definition, page, row, version),
            None => defined(definition, version, report),
        })
        .collect()
}

/// An enum with a definition on at least one page.
fn defined(definition: &EnumDefinition, version: ApiVersion, report: &mut Report) -> EnumType {
    let first = definition
        .parts
        .first()
        .expect("an enum that no row lists is defined on a page");
    let members = united_members(definition, report);
    let described = definition
        .parts
        .iter()
        .find_map(|part| part.facts.description.as_ref());
    EnumType {
        name: definition.name.clone(),
        is_flags: definition
            .parts
            .iter()
            .any(|part| part.facts.is_flags.is_some())
            || has_flag_values(&members),
        members,
        docs: Docs {
            description: described.map(|text| text.value.clone()).unwrap_or_default(),
            deprecated: None,
        },
        pages: descriptions::page_links(definition.parts.iter().map(|part| part.page), version),
        origin: first.facts.name.at,
        workload: descriptions::workload(definition.parts.iter().map(|part| part.page)),
    }
}

/// The members of all definitions, each once.
fn united_members(definition: &EnumDefinition, report: &mut Report) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for (place, part) in definition.parts.iter().enumerate() {
        let known: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
        let added: Vec<&MemberFact> = part
            .facts
            .members
            .iter()
            .filter(|fact| !known.contains(fact.name.value.trim()))
            .collect();
        if place > 0 && (!added.is_empty() || part.facts.members.len() != members.len()) {
            report.push(
                Code::EnumDefinitionsDiffer,
                part.facts.name.at,
                part.facts.name.value.chars().count(),
                format!(
                    "`{}` is defined on several pages, with other members",
                    definition.name.name
                ),
                "the members were united; numbers are those of the first definition",
            );
        }
        for fact in added {
            add_member(&mut members, fact, report);
        }
    }
    members
}

fn add_member(members: &mut Vec<Member>, fact: &MemberFact, report: &mut Report) {
    let name = fact.name.value.trim();
    if !is_identifier(name) {
        report.push(
            Code::InvalidMember,
            fact.name.at,
            name.chars().count(),
            format!("`{name}` cannot be the name of an enum member"),
            "it was left out; as a value it is still read",
        );
        return;
    }
    if members.iter().any(|member| member.name == name) {
        return;
    }
    members.push(Member {
        name: name.to_owned(),
        value: fact.value.as_ref().map(|value| value.value),
        docs: Docs {
            description: fact.description.clone(),
            deprecated: fact.deprecated.clone(),
        },
        origin: fact.name.at,
    });
}

/// An enum of which only a list in a row is known.
fn listed<'a>(
    definition: &EnumDefinition,
    page: &'a Page<'a>,
    row: &PropertyFact,
    version: ApiVersion,
) -> EnumType {
    let mut seen = BTreeSet::new();
    EnumType {
        name: definition.name.clone(),
        is_flags: false,
        members: row
            .values
            .iter()
            .filter(|value| seen.insert(value.as_str()))
            .map(|value| Member {
                name: value.clone(),
                value: None,
                docs: Docs::default(),
                origin: row.description.at,
            })
            .collect(),
        docs: Docs::default(),
        pages: descriptions::page_links([page], version),
        origin: row.type_phrase.at,
        workload: descriptions::workload([page]),
    }
}

/// Whether the numbers are those of flags: powers of two (and 0) with a gap, so that they can be told from counting.
fn has_flag_values(members: &[Member]) -> bool {
    // The member for values to come takes the next number, which tells nothing.
    let values: Option<Vec<i64>> = members
        .iter()
        .filter(|member| member.name != "unknownFutureValue")
        .map(|member| member.value)
        .collect();
    let Some(values) = values else {
        return false;
    };
    let is_power = |value: &i64| *value == 0 || (*value > 0 && value.count_ones() == 1);
    values.iter().all(is_power) && values.iter().any(|value| *value >= 4)
}
