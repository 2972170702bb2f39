//! Builds the enum types of the model; an enum that several pages define gets the members of all of them.

use std::collections::BTreeSet;

use crate::facts::{MemberFact, PropertyFact};
use crate::model::{ApiVersion, Docs, EnumType, Member};
use crate::report::{Code, Report};
use crate::resolve::names::is_identifier;
use crate::resolve::pages::{first_workload, page_links};
use crate::resolve::symbols::definitions::{Definitions, EnumDefinition};

/// The member that stands for values that the service adds later.
const SENTINEL: &str = "unknownFutureValue";

/// Builds all enum types, by id.
pub(crate) fn build_enums(
    definitions: &Definitions,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<EnumType> {
    definitions
        .enums
        .iter()
        .map(|definition| match definition.listed_by.first() {
            Some((_, first)) => build_from_rows(definition, first, version),
            None => build_from_pages(definition, version, report),
        })
        .collect()
}

/// Builds an enum that at least one page defines.
fn build_from_pages(
    definition: &EnumDefinition,
    version: ApiVersion,
    report: &mut Report,
) -> EnumType {
    let first = definition
        .parts
        .first()
        .expect("an enum that no row lists is defined on a page");
    let members = merge_members(definition, report);
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
        pages: page_links(definition.parts.iter().map(|part| part.page), version),
        origin: first.facts.name.at,
        workload: first_workload(definition.parts.iter().map(|part| part.page)),
    }
}

/// Returns the members of all definitions, each once.
fn merge_members(definition: &EnumDefinition, report: &mut Report) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for (place, part) in definition.parts.iter().enumerate() {
        let existing: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
        let added: Vec<&MemberFact> = part
            .facts
            .members
            .iter()
            .filter(|fact| !existing.contains(fact.name.value.trim()))
            .collect();
        if place > 0 && (!added.is_empty() || part.facts.members.len() != members.len()) {
            report.push(
                Code::EnumDefinitionsDiffer,
                part.facts.name.at,
                part.facts.name.value.chars().count(),
                format!(
                    "`{}` is defined on several pages with different members",
                    definition.name.name
                ),
                "the enum gets the members of all pages, with the numbers of the first",
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
            format!("`{name}` is not a valid member name"),
            "the member is not generated; the value can still be read",
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

/// Builds an enum that only rows with listed values define. It has the members of all rows.
fn build_from_rows(
    definition: &EnumDefinition,
    first: &PropertyFact,
    version: ApiVersion,
) -> EnumType {
    let pages = || definition.listed_by.iter().map(|(page, _)| *page);
    EnumType {
        name: definition.name.clone(),
        is_flags: false,
        members: merge_listed_members(definition),
        docs: Docs::default(),
        pages: page_links(pages(), version),
        origin: first.type_phrase.at,
        workload: first_workload(pages()),
    }
}

/// Returns the values of all rows, each once. A row that lists values before the sentinel for future values adds them before
/// it.
fn merge_listed_members(definition: &EnumDefinition) -> Vec<Member> {
    let mut before_sentinel = Vec::new();
    let mut others = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, row) in &definition.listed_by {
        let sentinel = row.values.iter().position(|value| value == SENTINEL);
        for (place, value) in row.values.iter().enumerate() {
            if !seen.insert(value.as_str()) {
                continue;
            }
            let members = match sentinel {
                Some(sentinel) if place < sentinel => &mut before_sentinel,
                _ => &mut others,
            };
            members.push(Member {
                name: value.clone(),
                value: None,
                docs: Docs::default(),
                origin: row.description.at,
            });
        }
    }
    before_sentinel.append(&mut others);
    before_sentinel
}

/// Whether the numbers are flags: only powers of two and 0, at least one of them 4 or more, so that they do not merely count.
fn has_flag_values(members: &[Member]) -> bool {
    // The sentinel for future values has the next number, whether or not the enum has flags.
    let values: Option<Vec<i64>> = members
        .iter()
        .filter(|member| member.name != SENTINEL)
        .map(|member| member.value)
        .collect();
    let Some(values) = values else {
        return false;
    };
    let is_power = |value: &i64| *value == 0 || (*value > 0 && value.count_ones() == 1);
    values.iter().all(is_power) && values.iter().any(|value| *value >= 4)
}
