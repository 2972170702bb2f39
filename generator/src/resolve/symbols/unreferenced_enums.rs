//! In: the enums that pages define, and all rows. Out: which of them rows confirm. Of those that no type cell names, some are
//! the type of a property that is called a String, some list the values of a String, some say again what another enum says;
//! and one that rows name may have the members of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::PropertyFact;
use crate::model::QualifiedName;
use crate::report::{Code, Report};
use crate::resolve::names::{self, Folded};
use crate::resolve::pages::is_identifier;
use crate::resolve::symbols::definitions::{
    EnumDefinition, EnumPart, EnumsOfRows, StructuredDefinition,
};
use crate::source::Location;

/// Takes out the enums that are none. Gives back those that list values of a String, and the enums of rows called String.
pub(crate) fn sort_out<'a>(
    enums: &mut Vec<EnumDefinition<'a>>,
    used: &BTreeSet<Folded>,
    structured: &[StructuredDefinition],
    report: &mut Report,
) -> (Vec<EnumDefinition<'a>>, EnumsOfRows) {
    let mut rows = rows_of(structured);
    let (mut named, unnamed): (Vec<_>, Vec<_>) = std::mem::take(enums)
        .into_iter()
        .partition(|own| used.contains(&Folded::of(&own.name.name)));
    let listing = listing_rows(&rows);
    named.retain(|own| {
        let is_contradicted = is_contradicted(own, &listing);
        if is_contradicted {
            report_left_out(own, Code::EnumContradicted, report);
        }
        !is_contradicted
    });
    rows.retain(|(_, row)| is_string(row));
    let mut found = EnumsOfRows::new();
    let mut lists = Vec::new();
    let mut kept = Vec::new();
    for definition in unnamed {
        match use_of(&definition, &rows, &named) {
            Use::Rows(places) => {
                let rows = places.into_iter().map(|at| (at, definition.name.clone()));
                found.extend(rows);
                kept.push(definition);
            }
            Use::Unknown => kept.push(definition),
            Use::Values => {
                report_left_out(&definition, Code::ValuesOfString, report);
                lists.push(definition);
            }
            Use::Repeats => report_left_out(&definition, Code::EnumTwice, report),
        }
    }
    named.append(&mut kept);
    named.sort_by(|left, right| left.name.cmp(&right.name));
    *enums = named;
    (lists, found)
}

/// What an enum that no type cell names is for.
enum Use {
    /// It is the type of these rows, which are called String.
    Rows(Vec<Location>),
    /// It lists the values of a String.
    Values,
    /// It says again what another enum says.
    Repeats,
    Unknown,
}

fn use_of(definition: &EnumDefinition, strings: &[OwnedRow], named: &[EnumDefinition]) -> Use {
    let own = &definition.name;
    let members = members(definition);
    let is_type_of = |(owner, row): &&OwnedRow| {
        owner.namespace == own.namespace
            && is_called_after(&own.name, &owner.name, &row.name.value)
            && lists_members(row, &members)
    };
    let rows: Vec<Location> = strings
        .iter()
        .filter(is_type_of)
        .map(|(_, row)| row.name.at)
        .collect();
    let has_name = |(_, row): &OwnedRow| row.name.value.eq_ignore_ascii_case(&own.name);
    if !rows.is_empty() {
        Use::Rows(rows)
    } else if strings.iter().any(has_name) {
        Use::Values
    } else if named
        .iter()
        .any(|other| says_the_same(&own.name, &members, other))
    {
        Use::Repeats
    } else {
        Use::Unknown
    }
}

/// A row of a property, with the type it belongs to.
type OwnedRow<'d> = (&'d QualifiedName, &'d PropertyFact);

/// The rows of all properties.
fn rows_of<'d>(structured: &'d [StructuredDefinition]) -> Vec<OwnedRow<'d>> {
    let rows = structured.iter().flat_map(|definition| {
        let rows = definition
            .parts
            .iter()
            .flat_map(|part| &part.facts.properties);
        rows.map(move |row| (&definition.name, row))
    });
    rows.collect()
}

/// The rows that list values, by the one type that they name.
fn listing_rows<'d>(rows: &[OwnedRow<'d>]) -> BTreeMap<Folded<'d>, Vec<&'d PropertyFact>> {
    let mut listing: BTreeMap<Folded, Vec<&PropertyFact>> = BTreeMap::new();
    for (_, row) in rows.iter().filter(|(_, row)| row.values.len() > 1) {
        if let [name] = row.type_phrase.value.names.as_slice() {
            let name = Folded::of(names::bare(name.text.trim()));
            listing.entry(name).or_default().push(row);
        }
    }
    listing
}

/// Whether all rows that have an enum and list values list none of its members. Only an enum on a page with others can have
/// got the members of one of those.
fn is_contradicted(
    definition: &EnumDefinition,
    listing: &BTreeMap<Folded, Vec<&PropertyFact>>,
) -> bool {
    let shares_page = |part: &EnumPart| part.page.facts.enums.len() > 1;
    let Some(rows) = listing.get(&Folded::of(&definition.name.name)) else {
        return false;
    };
    if !definition.parts.iter().all(shares_page) {
        return false;
    }
    let members = members(definition);
    let strange = |value: &String| is_identifier(value) && !members.contains(&value.to_lowercase());
    rows.iter().all(|row| row.values.iter().all(strange))
}

/// Whether the type cell of a row says `String`.
pub(crate) fn is_string(row: &PropertyFact) -> bool {
    let names = &row.type_phrase.value.names;
    names.len() == 1 && names[0].text.trim().eq_ignore_ascii_case("string")
}

/// The names of the members, in lower case.
fn members(definition: &EnumDefinition) -> BTreeSet<String> {
    let facts = definition.parts.iter().flat_map(|part| &part.facts.members);
    facts
        .map(|member| member.name.value.trim().to_lowercase())
        .collect()
}

/// Whether a row lists values, all of them members.
fn lists_members(row: &PropertyFact, members: &BTreeSet<String>) -> bool {
    let mut values = row.values.iter();
    row.values.len() > 1 && values.all(|value| members.contains(&value.to_lowercase()))
}

/// Whether an enum has the name of a property at its end, and starts as the property's type does: `plannerPreviewType` is
/// about `previewType` of `plannerTask`.
fn is_called_after(name: &str, owner: &str, property: &str) -> bool {
    names::ends_with(name, property) && first_word(name).eq_ignore_ascii_case(first_word(owner))
}

/// What stands before the first capital of a name.
fn first_word(name: &str) -> &str {
    let mut letters = name.char_indices().skip(1);
    let end = letters.find(|(_, letter)| letter.is_uppercase());
    &name[..end.map_or(name.len(), |(end, _)| end)]
}

/// Whether another enum has all members of one, under a name that has this one at its end, or in the singular, or in another
/// namespace.
fn says_the_same(name: &str, own: &BTreeSet<String>, other: &EnumDefinition) -> bool {
    let (name, others) = (name.to_lowercase(), other.name.name.to_lowercase());
    let is_alike = others.ends_with(&name) || name.strip_suffix('s') == Some(&others);
    is_alike && {
        let known = members(other);
        let mut own = own.iter().filter(|name| *name != "unknownfuturevalue");
        own.all(|member| known.contains(member))
    }
}

fn report_left_out(definition: &EnumDefinition, code: Code, report: &mut Report) {
    for part in &definition.parts {
        let name = &part.facts.name;
        let says = match code {
            Code::EnumTwice => "no type cell names it, and another enum has the members of",
            Code::EnumContradicted => "other values are listed where properties have the type",
            _ => "no type cell names it, and a String property has the name of",
        };
        report.push(
            code,
            name.at,
            name.value.chars().count(),
            format!("{says} `{}`", name.value.trim()),
            "no enum was made of it",
        );
    }
}
