//! JSON representations of types, and the annotations above them.

use super::ResourceFacts;
use crate::facts::annotation::{self, BlockType};
use crate::facts::page::code_language;
use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::{Outline, Part};
use crate::facts::{NoMeaning, Outcome, ResourceAnnotation};
use crate::markdown::{Annotation, Block, Code as CodeBlock, MatterId, strict_json};
use crate::report::Code;
use crate::source::At;

/// A code block with the JSON representation of a type.
struct Shown<'p, 'a> {
    annotation: Option<(ResourceAnnotation, MatterId)>,
    code: Option<&'p CodeBlock<'a>>,
}

/// Gives the page's type its annotation and representation; the other types that the page shows are returned.
pub(super) fn extract_representation(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    facts: &mut ResourceFacts,
) -> Vec<ResourceFacts> {
    let mut shown = Vec::new();
    for part in &outline.parts {
        for block in &part.section.blocks {
            match block {
                Block::Code(code) => shown.extend(code_block(reading, part, code)),
                Block::Annotation(found) => {
                    let annotation = resource_annotation(reading, found);
                    shown.extend(annotation.map(|annotation| Shown {
                        annotation: Some(annotation),
                        code: None,
                    }));
                }
                _ => {}
            }
        }
    }
    let own = own_name(&shown, &facts.name.value);
    let mut others: Vec<ResourceFacts> = Vec::new();
    for block in shown {
        let name = type_name(&block).map(str::to_owned);
        let is_own = name.is_none() || name.as_deref().map(str::to_ascii_lowercase) == own;
        let known = |other: &ResourceFacts| {
            name.as_deref()
                .is_some_and(|name| other.name.value.eq_ignore_ascii_case(name))
        };
        if is_own {
            take(reading, block, facts);
        } else if let Some(other) = others.iter_mut().find(|other| known(other)) {
            take(reading, block, other);
        } else {
            let at = block
                .annotation
                .as_ref()
                .map_or(facts.name.at, |(found, _)| found.at);
            let mut other = ResourceFacts::new(At::new(name.unwrap_or_default(), at));
            take(reading, block, &mut other);
            others.push(other);
        }
    }
    others
}

/// The short name of a block's type.
fn type_name<'s>(shown: &'s Shown<'_, '_>) -> Option<&'s str> {
    let (annotation, _) = shown.annotation.as_ref()?;
    annotation.type_name.as_deref()?.rsplit('.').next()
}

/// The name of the page's type: the one that the heading names, else the first that is shown.
fn own_name(shown: &[Shown<'_, '_>], heading: &str) -> Option<String> {
    let mut names = shown.iter().filter_map(type_name);
    let first = names.clone().next()?;
    let own = names.find(|name| name.eq_ignore_ascii_case(heading));
    Some(own.unwrap_or(first).to_ascii_lowercase())
}

fn code_block<'p, 'a>(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    code: &'p CodeBlock<'a>,
) -> Option<Shown<'p, 'a>> {
    let annotation = code
        .annotation
        .as_ref()
        .and_then(|found| resource_annotation(reading, found));
    let is_json = code.text.raw.trim_start().starts_with(['{', '[']);
    let in_section = part.meaning == Meaning::Representation && is_json;
    if annotation.is_none() && !in_section {
        let class = if code_language::is_json_or_http(code) {
            NoMeaning::SampleText
        } else {
            NoMeaning::OtherLanguage
        };
        reading
            .ledger
            .record_outcome(code.matter, Outcome::NoMeaning(class));
        return None;
    }
    Some(Shown {
        annotation,
        code: Some(code),
    })
}

fn resource_annotation(
    reading: &mut Reading<'_, '_>,
    found: &Annotation<'_>,
) -> Option<(ResourceAnnotation, MatterId)> {
    let read = annotation::parse_annotation(reading, found)?;
    let is_resource = read.block_type == BlockType::Resource;
    is_resource.then(|| {
        (
            annotation::resource(&read.keys, found.text.at),
            found.matter,
        )
    })
}

/// The first block of a type is its representation; later blocks are samples.
fn take(reading: &mut Reading<'_, '_>, shown: Shown<'_, '_>, facts: &mut ResourceFacts) {
    if let Some((annotation, matter)) = shown.annotation.filter(|_| facts.annotation.is_none()) {
        reading.ledger.record_outcome(matter, Outcome::Fact);
        facts.annotation = Some(annotation);
    }
    let Some(code) = shown.code else { return };
    if facts.representation.is_some() {
        let outcome = Outcome::NoMeaning(NoMeaning::SampleText);
        reading.ledger.record_outcome(code.matter, outcome);
    } else {
        facts.representation = representation(reading, code);
    }
}

fn representation(reading: &mut Reading<'_, '_>, code: &CodeBlock<'_>) -> Option<At<String>> {
    match strict_json(&code.text.raw) {
        Ok(json) => {
            reading.report_repairs(&code.text, 0, &json.repairs);
            reading.ledger.record_outcome(code.matter, Outcome::Fact);
            Some(At::new(json.text.into_owned(), code.text.at))
        }
        Err(read) => {
            let at = code.text.location_of(read);
            let message = "the JSON is invalid from here on";
            let action = "the representation is ignored";
            reading.problem(Code::BrokenJson, at, 1, message, action);
            let outcome = Outcome::Problem(Code::BrokenJson);
            reading.ledger.record_outcome(code.matter, outcome);
            None
        }
    }
}
