//! Request lines and the request body.

use super::{HeaderFact, OperationFacts, RequestBodyFact};
use crate::facts::annotation::{self, BlockType};
use crate::facts::cells::type_phrase;
use crate::facts::operation::request_line::{self, LineKind};
use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Outline;
use crate::facts::usage::preference;
use crate::facts::{LedgerKind, NoMeaning, Outcome};
use crate::markdown::{Block, Code as CodeBlock, Text, links};
use crate::report::Code;
use crate::source::{At, Location};

/// Whether the page has a section for request lines with a block of them in it.
pub(super) fn has_sections(outline: &Outline<'_, '_>) -> bool {
    outline
        .with(Meaning::HttpRequest)
        .flat_map(|part| &part.section.blocks)
        .any(|block| matches!(block, Block::Code(code) if is_template(code)))
}

/// Whether the page describes a request: in a section for it, or above its examples.
pub(in crate::facts) fn has_request(outline: &Outline<'_, '_>) -> bool {
    let before_examples = outline
        .parts
        .iter()
        .take_while(|part| part.meaning != Meaning::Example);
    outline
        .parts
        .iter()
        .any(|part| part.says_so && part.meaning == Meaning::HttpRequest)
        || before_examples
            .flat_map(|part| &part.section.blocks)
            .any(|block| matches!(block, Block::Code(code) if is_template(code)))
}

/// Whether a block starts with a request line or a header and has no JSON body: it states request lines and is no example.
pub(super) fn is_template(code: &CodeBlock<'_>) -> bool {
    let known = ["http", "msgraph-interactive", ""];
    if !known
        .iter()
        .any(|language| code.language.eq_ignore_ascii_case(language))
    {
        return false;
    }
    let mut lines = code
        .text
        .raw
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let first_is_request = lines.next().is_some_and(|line| {
        request_line::is_request(line)
            || matches!(
                request_line::parse_request_line(line, code.text.at),
                LineKind::Header(..)
            )
    });
    first_is_request && !code.text.raw.contains("\n{")
}

/// Whether the first line of a block leads to a path without a host.
pub(super) fn is_relative(code: &CodeBlock<'_>) -> bool {
    let first = code.text.raw.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        request_line::method(line.trim()).is_some_and(|(_, url)| url.starts_with('/'))
    })
}

/// Whether the first line of a block is a header.
pub(super) fn has_headers(code: &CodeBlock<'_>) -> bool {
    let first = code.text.raw.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        matches!(
            request_line::parse_request_line(line, code.text.at),
            LineKind::Header(..)
        )
    })
}

/// Parses the lines of a block, each with an entry of its own in the ledger. The block has the first outcome of its lines in
/// the order of [`Outcome`].
pub(super) fn parse_lines(
    reading: &mut Reading<'_, '_>,
    section: Meaning,
    code: &CodeBlock<'_>,
    facts: &mut OperationFacts,
) {
    if let Some(read) = code
        .annotation
        .as_ref()
        .and_then(|found| annotation::parse_annotation(reading, found))
    {
        let is_request = matches!(read.block_type, BlockType::Request | BlockType::Ignored);
        if is_request && annotation::example(&read.keys).is_composable {
            facts.says_function = true;
            if let Some(found) = &code.annotation {
                reading.ledger.record_outcome(found.matter, Outcome::Fact);
            }
        }
    }
    let mut block = Outcome::NoMeaning(NoMeaning::SampleText);
    let mut at = code.text.at;
    for (index, line) in code.text.raw.split('\n').enumerate() {
        if index > 0 {
            at = Location {
                line: at.line + 1,
                column: 1,
                ..at
            };
        }
        if line.trim().is_empty() {
            continue;
        }
        let indentation = line.len() - line.trim_start().len();
        let at = Location {
            column: at.column + indentation as u32,
            ..at
        };
        let outcome = one_line(reading, line, at, facts);
        reading.ledger.add(LedgerKind::RequestLine, at, outcome);
        block = block.min(outcome);
    }
    reading.ledger.record_outcome(code.matter, block);
    if section != Meaning::HttpRequest && has_headers(code) {
        reading.problem(
            Code::HeaderOutsideRequest,
            code.text.at,
            0,
            "a block of headers stands outside the HTTP request section",
            "they are read as headers of the operation",
        );
    }
}

fn one_line(
    reading: &mut Reading<'_, '_>,
    line: &str,
    at: Location,
    facts: &mut OperationFacts,
) -> Outcome {
    let width = line.trim().chars().count();
    match request_line::parse_request_line(line, at) {
        LineKind::Request {
            line,
            missing_slash,
        } => {
            if let Some((found, text)) = missing_slash {
                let message = format!("a slash is missing in `{found}`; expected `{text}`");
                reading.problem(
                    Code::MissingSlash,
                    at,
                    width,
                    message,
                    "the slash is put in",
                );
                reading.report.set_subject(&found);
                reading.report.suggest(found, text);
            }
            facts.request_lines.push(line);
            Outcome::Fact
        }
        LineKind::Header(name, text) => {
            facts.request_headers.push(HeaderFact {
                value: preference::stated_value(&name, &text).map(str::to_owned),
                name: At::new(name, at),
                text,
                required: true,
            });
            Outcome::Fact
        }
        LineKind::Joining => Outcome::NoMeaning(NoMeaning::JoiningWord),
        LineKind::Unreadable(code, message) => {
            reading.problem(code, at, width, message, "the request line is ignored");
            Outcome::Problem(code)
        }
        LineKind::Foreign => {
            let message = "the line is neither a request nor a header";
            reading.problem(
                Code::UnreadRequestLine,
                at,
                width,
                message,
                "the line is ignored",
            );
            Outcome::Problem(Code::UnreadRequestLine)
        }
    }
}

/// Reads a paragraph of the request body section.
pub(super) fn body_sentence(
    reading: &Reading<'_, '_>,
    text: &Text<'_>,
    body: &mut RequestBodyFact,
) {
    let plain = reading.plain_at(text);
    let lower = plain.value.to_ascii_lowercase();
    let is_none = [
        "do not supply",
        "don't supply",
        "do not provide",
        "no request body",
        "not require a request body",
        "must be empty",
        "do not specify",
        "is not necessary",
    ]
    .iter()
    .any(|saying| lower.contains(saying));
    if is_none && lower.contains("body") && body.none.is_none() {
        body.none = Some(text.at);
    }
    body.says_parameters |= lower.contains("parameter");
    if body.represents.is_none() {
        body.represents = represented(reading, text, &lower);
    }
    if body.text.is_none() {
        body.text = Some(plain);
    }
}

/// The type behind `a JSON representation of`.
fn represented(
    reading: &Reading<'_, '_>,
    text: &Text<'_>,
    lower: &str,
) -> Option<At<type_phrase::TypePhrase>> {
    lower
        .contains("representation")
        .then(|| text.raw.find("representation"))
        .flatten()
        .and_then(|at| {
            let behind = at + "representation".len();
            let rest = &text.raw[behind..];
            let sentence = &rest[..rest.find(". ").unwrap_or(rest.len())];
            let after = ["of ", "for "]
                .iter()
                .filter_map(|word| Some(sentence.find(word)? + word.len()))
                .min()?;
            let definitions = &reading.page.link_definitions;
            let linked: Vec<_> = links(sentence, definitions)
                .filter(|link| link.start >= after)
                .collect();
            let alternatives = super::response::first_alternatives(sentence, &linked);
            let (written, start) = match alternatives.first() {
                Some(link) => (&sentence[link.start..link.end], link.start),
                None => super::response::named_object(&sentence[after..])
                    .map(|(name, offset)| (name, after + offset))?,
            };
            let (mut phrase, _) = type_phrase::parse_type_phrase(written, definitions);
            for link in alternatives.iter().skip(1) {
                let text = &sentence[link.start..link.end];
                let (other, _) = type_phrase::parse_type_phrase(text, definitions);
                phrase.names.extend(other.names);
            }
            phrase.collection |= sentence[..start].contains("collection of")
                || sentence[..start].contains("list of");
            (!phrase.names.is_empty()).then(|| At::new(phrase, text.location_of(behind + start)))
        })
}

/// Reports the problems that depend on the whole page.
pub(super) fn finish(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    facts: &mut OperationFacts,
) {
    let composable = facts
        .examples
        .iter()
        .filter_map(|example| example.request.as_ref()?.annotation.as_ref());
    facts.says_function |= composable
        .filter(|annotation| annotation.is_composable)
        .count()
        > 0;
    if facts.request_lines.is_empty() {
        let heading = outline
            .with(Meaning::HttpRequest)
            .find_map(|part| part.section.heading.as_ref());
        let title = outline
            .parts
            .iter()
            .find_map(|part| part.section.heading.as_ref());
        if let Some(heading) = heading.or(title) {
            let message = "the page has no valid request line";
            reading.problem(
                Code::NoRequestLine,
                heading.at,
                heading.raw.chars().count(),
                message,
                "no operation is generated for it",
            );
        }
    }
}
