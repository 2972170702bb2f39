//! The sentences of the response section: status codes and the type of the body.

use super::ResponseFact;
use crate::facts::cells::type_phrase::{self, TypePhrase};
use crate::facts::page::context::{Places, Reading};
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Outline;
use crate::markdown::{Block, Link, Text, links};
use crate::source::At;

/// The paragraphs of the response section.
fn texts<'o>(outline: &'o Outline<'_, '_>) -> impl Iterator<Item = &'o Text<'o>> {
    let blocks = outline
        .with(Meaning::Response)
        .flat_map(|part| &part.section.blocks);
    blocks.flat_map(|block| match block {
        Block::Paragraph(text) => std::slice::from_ref(text),
        Block::List(items) => items.as_slice(),
        _ => &[],
    })
}

/// The section's text on one line.
pub(super) fn text(reading: &Reading<'_, '_>, outline: &Outline<'_, '_>) -> Option<At<String>> {
    let mut texts = texts(outline);
    let first = texts.next()?;
    let mut whole = reading.plain_at(first);
    for text in texts {
        whole.value.push(' ');
        whole.value.push_str(&reading.plain(&text.raw));
    }
    Some(whole)
}

/// Reads status codes and the type of the body.
pub(super) fn extract_response(
    reading: &Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    facts: &mut ResponseFact,
) {
    for text in texts(outline) {
        let mut places = Places::new(text);
        let found = statuses(&text.raw).into_iter();
        let found = found.map(|(offset, status)| At::new(status, places.at(offset)));
        facts.statuses.extend(found);
        if facts.content.is_none() {
            facts.content = content(reading, text);
        }
    }
}

/// Returns the three-digit numbers that could be status codes, with their byte offsets.
fn statuses(raw: &str) -> Vec<(usize, u16)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in raw.split([
        ' ', '\n', '`', '*', ',', '.', '(', ')', '/', ':', ';', '\u{a0}',
    ]) {
        let start = offset;
        // Every separator but the no-break blank is one byte.
        offset += word.len();
        offset += raw[offset..].chars().next().map_or(0, char::len_utf8);
        let Some(status) = status(word) else { continue };
        let before = raw[..start].trim_end_matches(['`', '*', ' ', '\n']);
        let is_amount = ["of", "to", "most", "than"]
            .iter()
            .any(|word| before.ends_with(word));
        if !is_amount && !raw[offset..].starts_with("KB") {
            found.push((start, status));
        }
    }
    found
}

/// Returns the number if it is an HTTP status code. The number in `Microsoft 365` is not.
fn status(word: &str) -> Option<u16> {
    let is_number = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let number = word.parse().ok().filter(|_| is_number)?;
    matches!(number, 200..=208 | 301..=308 | 400..=431 | 451 | 500..=511).then_some(number)
}

/// The type that a sentence says to be in the response body: the last one named before those words.
fn content(reading: &Reading<'_, '_>, text: &Text<'_>) -> Option<At<TypePhrase>> {
    let raw = &text.raw;
    let said = [
        "in the response body",
        "in the body of the response",
        "in its response body",
        "in response body",
    ]
    .iter()
    .filter_map(|words| raw.find(words))
    .min();
    let start = raw
        .find("returns")
        .or_else(|| raw.find("return "))
        .map_or(0, |at| at + "return".len());
    let first_sentence = || {
        raw[start..]
            .find(". ")
            .map_or(raw.len(), |length| start + length)
    };
    let end = said.unwrap_or_else(first_sentence).max(start);
    let sentence = &raw[start..end];
    let definitions = &reading.page.link_definitions;
    let linked: Vec<Link<'_>> = links(sentence, definitions)
        .filter(|link| {
            (link.target.contains(".md") || link.target.contains("/resources/"))
                && !link.target.contains("/concepts/")
                && !link.target.contains("error")
        })
        .collect();
    let alternatives = last_alternatives(sentence, &linked);
    let (written, offset) = match (alternatives.first(), alternatives.last()) {
        (Some(first), Some(last)) => (&sentence[last.start..last.end], first.start),
        _ => named_object(sentence).or_else(|| said.and_then(|_| last_primitive(sentence)))?,
    };
    let (mut phrase, _) = type_phrase::parse_type_phrase(written, definitions);
    if alternatives.len() > 1 {
        phrase.names = alternatives
            .iter()
            .flat_map(|link| {
                type_phrase::parse_type_phrase(&sentence[link.start..link.end], definitions)
                    .0
                    .names
            })
            .collect();
    }
    let before = sentence[..offset].to_ascii_lowercase();
    let end = alternatives
        .last()
        .map_or(offset + written.len(), |link| link.end);
    let after = sentence[end..].trim_start_matches(['*', ' ']);
    let many = ["collection", "list of", "array of", "set of"]
        .iter()
        .any(|words| before.contains(words));
    phrase.collection |= many || after.starts_with("collection");
    phrase.written = reading.plain(sentence[offset..].trim()).into_owned();
    (!phrase.names.is_empty()).then(|| At::new(phrase, text.location_of(start + offset)))
}

/// Returns the last link of a sentence, with the links before it that state alternatives: `[a] or [b]`. A type that comes with
/// another one is part of it: `[a] and associated [b]` is `[a]`.
fn last_alternatives<'s, 'l>(sentence: &str, links: &'l [Link<'s>]) -> &'l [Link<'s>] {
    let mut end = links.len();
    while let [.., first, second] = &links[..end]
        && join(&sentence[first.end..second.start]) == Some(Join::Accompanies)
    {
        end -= 1;
    }
    let mut start = end.saturating_sub(1);
    while start > 0
        && join(&sentence[links[start - 1].end..links[start].start]) == Some(Join::Alternative)
    {
        start -= 1;
    }
    &links[start..end]
}

/// Returns the first link and the alternatives to it that follow.
pub(super) fn first_alternatives<'s, 'l>(sentence: &str, links: &'l [Link<'s>]) -> &'l [Link<'s>] {
    let is_alternative =
        |pair: &&[Link<'s>]| join(&sentence[pair[0].end..pair[1].start]) == Some(Join::Alternative);
    let count = links.windows(2).take_while(is_alternative).count();
    &links[..links.len().min(count + 1)]
}

/// How a type relates to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// `or a new`
    Alternative,
    /// `object and associated`
    Accompanies,
}

/// Returns the relation that the words between two links state.
fn join(between: &str) -> Option<Join> {
    const FILLERS: [&str; 14] = [
        "",
        "object",
        "objects",
        "resource",
        "resources",
        "entity",
        "a",
        "an",
        "the",
        "new",
        "updated",
        "collection",
        "of",
        "type",
    ];
    const COMPANIONS: [&str; 8] = [
        "associated",
        "related",
        "corresponding",
        "its",
        "their",
        "linked",
        "included",
        "attached",
    ];
    let folded = between.to_ascii_lowercase();
    let mut has_or = false;
    let mut has_and = false;
    let mut has_companion = false;
    for word in folded.split([' ', '\n', ',', '*', '`']) {
        match word {
            "or" | "and/or" => has_or = true,
            "and" | "with" => has_and = true,
            _ if COMPANIONS.contains(&word) => has_companion = true,
            _ if FILLERS.contains(&word) => {}
            _ => return None,
        }
    }
    match (has_or, has_and, has_companion) {
        (true, false, false) => Some(Join::Alternative),
        (false, true, true) => Some(Join::Accompanies),
        // `[a], [b] or [c]`
        (false, false, false) if folded.contains(',') => Some(Join::Alternative),
        _ => None,
    }
}

/// The primitive at the end of a sentence: `a Boolean`.
fn last_primitive(sentence: &str) -> Option<(&str, usize)> {
    let sentence = sentence.trim_end_matches([' ', '*', '`', '.', '\n']);
    let start = sentence.rfind([' ', '*', '`', '\n']).map_or(0, |at| at + 1);
    let word = &sentence[start..];
    let is_type = type_phrase::is_primitive(word)
        && word.starts_with(|first: char| first.is_ascii_uppercase());
    (is_type && word != "JSON" && word != "URL").then_some((word, start))
}

/// A name without a link: `a **thing** object`, `a thing object`, `a String collection`.
pub(super) fn named_object(sentence: &str) -> Option<(&str, usize)> {
    const NOUNS: [&str; 9] = [
        "object",
        "objects",
        "resource",
        "resources",
        "collection",
        "entity",
        "entities",
        "value",
        "stream",
    ];
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut offset = 0;
    for word in sentence.split([' ', '\n']) {
        words.push((offset, word));
        offset += word.len() + 1;
    }
    let is_noun = |word: &str| {
        NOUNS.contains(
            &word
                .trim_matches(['.', ',', '*', '`'])
                .to_ascii_lowercase()
                .as_str(),
        )
    };
    words.windows(2).rev().find_map(|pair| {
        let [(offset, word), (_, next)] = pair else {
            return None;
        };
        if !is_noun(next) {
            return None;
        }
        let name = word.trim_matches(['*', '`', '.', ',', '"']);
        let is_marked = name.len() < word.len();
        let has_hump = name.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let is_primitive = type_phrase::is_primitive(name);
        let before = sentence[..*offset].trim_end();
        let has_article = ["the", "a", "an", "updated", "new"]
            .iter()
            .any(|article| before.rsplit([' ', '\n']).next() == Some(article));
        let is_object = next.starts_with("object") && has_article;
        let starts_lower = name.starts_with(|first: char| first.is_ascii_lowercase());
        let is_type = is_primitive || is_marked || (starts_lower && (has_hump || is_object));
        let is_word = is_noun(name) || NO_NAMES.iter().any(|word| name.eq_ignore_ascii_case(word));
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let fits = is_type && is_name && !is_word;
        fits.then(|| (name, offset + word.find(name).unwrap_or(0)))
    })
}

/// Words before a noun that do not name a type.
const NO_NAMES: [&str; 15] = [
    "response",
    "true",
    "false",
    "null",
    "json",
    "new",
    "updated",
    "request",
    "following",
    "same",
    "single",
    "requested",
    "empty",
    "error",
    "created",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_codes() {
        let check = |raw, expected: &[u16]| {
            let found: Vec<_> = statuses(raw)
                .into_iter()
                .map(|(_, status)| status)
                .collect();
            assert_eq!(found, expected, "{raw}");
        };
        check("returns a `200 OK` response code", &[200]);
        check("returns `204 No Content`, or 404.", &[204, 404]);
        check("at most 500", &[]);
        check("Microsoft 365", &[]);
        check("a page of 200", &[]);
    }

    #[test]
    fn names_without_links() {
        let check = |sentence, expected| {
            assert_eq!(
                named_object(sentence).map(|(name, _)| name),
                expected,
                "{sentence}"
            )
        };
        check("a **thing** object", Some("thing"));
        check("an updated someThing object", Some("someThing"));
        check("a String collection", Some("String"));
        check("a response object", None);
        check("for the user object", Some("user"));
        check("a `true` value", None);
    }
}
