//! Builds the enum types of the model; an enum that several pages define gets the members of all of them.

use std::collections::BTreeSet;

use crate::facts::{MemberFact, PropertyFact, find_flags_statement, parse_values_behind_prefer};
use crate::model::{ApiVersion, Docs, EnumType, Member, Type};
use crate::report::{Code, Report};
use crate::resolve::names::is_identifier;
use crate::resolve::pages::{first_workload, page_links};
use crate::resolve::symbols::definitions::{Definitions, EnumDefinition};
use crate::resolve::types::draft::TypeDrafts;

/// The member that stands for values that the service adds later.
const SENTINEL: &str = "unknownFutureValue";

/// Builds all enum types, by id. Properties state which enums have flags, and which members depend on a header.
pub(crate) fn build_enums(
    definitions: &Definitions,
    types: &TypeDrafts,
    version: ApiVersion,
    report: &mut Report,
) -> Vec<EnumType> {
    let mut enums: Vec<EnumType> = definitions
        .enums
        .iter()
        .map(|definition| match definition.listed_by.first() {
            Some((_, first)) => build_from_rows(definition, first, version),
            None => build_from_pages(definition, version, report),
        })
        .collect();
    for (_, ty) in types.iter() {
        for property in &ty.properties {
            if let Type::Enum(id) = property.ty.ty {
                let ty = &mut enums[id.0 as usize];
                let text = &property.docs.description;
                ty.is_flags |= states_flags(text, property.ty.collection);
                mark_members_behind_prefer(ty, text);
            }
        }
    }
    for (ty, definition) in enums.iter_mut().zip(&definitions.enums) {
        for (_, row) in &definition.listed_by {
            let text = &row.description.value;
            ty.is_flags |= states_flags(text, row.type_phrase.value.collection);
            mark_members_behind_prefer(ty, text);
        }
        mark_members_after_sentinel(&mut ty.members);
    }
    enums
}

/// Whether the description of a property states that its enum has flags.
fn states_flags(description: &str, is_collection: bool) -> bool {
    let folded = description.to_ascii_lowercase();
    let has_several_values = || folded.contains("multi-valued") || folded.contains("multivalued");
    find_flags_statement(&folded).is_some() || (!is_collection && has_several_values())
}

/// Marks the members that a description lists behind the header.
fn mark_members_behind_prefer(ty: &mut EnumType, description: &str) {
    for value in parse_values_behind_prefer(description) {
        let member = ty.members.iter_mut().find(|member| member.name == value);
        if let Some(member) = member.filter(|member| !is_sentinel(&member.name)) {
            member.requires_prefer = true;
        }
    }
}

/// Marks the members that were added after the sentinel: those with a greater number or, without numbers, those behind it.
fn mark_members_after_sentinel(members: &mut [Member]) {
    let Some(place) = members.iter().position(|member| is_sentinel(&member.name)) else {
        return;
    };
    let sentinel = members[place].value;
    for (at, member) in members.iter_mut().enumerate() {
        member.requires_prefer |= match (sentinel, member.value) {
            (Some(sentinel), Some(value)) => value > sentinel,
            _ => at > place,
        };
    }
}

/// Whether a member is the sentinel. Some pages write it in other letter case.
fn is_sentinel(name: &str) -> bool {
    name.eq_ignore_ascii_case(SENTINEL)
}

/// Returns what identifies a member: its name or, however it is written, the sentinel.
fn member_identity(name: &str) -> &str {
    if is_sentinel(name) { SENTINEL } else { name }
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
        let existing: BTreeSet<String> = members
            .iter()
            .map(|member| member_identity(&member.name).to_owned())
            .collect();
        let added: Vec<&MemberFact> = part
            .facts
            .members
            .iter()
            .filter(|fact| !existing.contains(member_identity(fact.name.value.trim())))
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
            report.set_subject(part.facts.name.value.trim());
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
    let identity = member_identity(name);
    if members
        .iter()
        .any(|member| member_identity(&member.name) == identity)
    {
        return;
    }
    members.push(Member {
        name: name.to_owned(),
        value: fact.value.as_ref().map(|value| value.value),
        requires_prefer: false,
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
        let sentinel = row.values.iter().position(|value| is_sentinel(value));
        for (place, value) in row.values.iter().enumerate() {
            if !seen.insert(member_identity(value)) {
                continue;
            }
            let members = match sentinel {
                Some(sentinel) if place < sentinel => &mut before_sentinel,
                _ => &mut others,
            };
            members.push(Member {
                name: value.clone(),
                value: None,
                requires_prefer: false,
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
        .filter(|member| !is_sentinel(&member.name))
        .map(|member| member.value)
        .collect();
    let Some(values) = values else {
        return false;
    };
    let is_power = |value: &i64| *value == 0 || (*value > 0 && value.count_ones() == 1);
    values.iter().all(is_power) && values.iter().any(|value| *value >= 4)
}
