//! The sentences of the response section: status codes and the type of the body.

use super::ResponseFact;
use crate::facts::headings::Meaning;
use crate::facts::outline::Outline;
use crate::facts::reading::{Places, Reading};
use crate::facts::type_phrase::{self, TypePhrase};
use crate::markdown::{Block, Text, links};
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
pub(super) fn read(reading: &Reading<'_, '_>, outline: &Outline<'_, '_>, facts: &mut ResponseFact) {
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

/// Numbers of three digits that could be a status, with where they stand.
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
        let is_number = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || !matches!(word.as_bytes()[0], b'2'..=b'5') {
            continue;
        }
        let before = raw[..start].trim_end_matches(['`', '*', ' ', '\n']);
        let is_amount =
            before.ends_with("of") || before.ends_with("to") || raw[offset..].starts_with("KB");
        if let Some(status) = word.parse().ok().filter(|_| !is_amount) {
            found.push((start, status));
        }
    }
    found
}

/// The type that a sentence says to be in the response body: the last one named before those words.
fn content(reading: &Reading<'_, '_>, text: &Text<'_>) -> Option<At<TypePhrase>> {
    let raw = &text.raw;
    let end = [
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
    let end = end
        .unwrap_or_else(|| {
            raw[start..]
                .find(". ")
                .map_or(raw.len(), |length| start + length)
        })
        .max(start);
    let sentence = &raw[start..end];
    let definitions = &reading.page.link_definitions;
    let link = links(sentence, definitions)
        .filter(|link| {
            link.target.contains(".md")
                && !link.target.contains("/concepts/")
                && !link.target.contains("error")
        })
        .last();
    let (written, offset) = match link {
        Some(link) => (&sentence[link.start..link.end], link.start),
        None => named_object(sentence)?,
    };
    let (mut phrase, _) = type_phrase::read(written, definitions);
    let before = sentence[..offset].to_ascii_lowercase();
    let after = sentence[offset + written.len()..].trim_start_matches(['*', ' ']);
    let many = ["collection", "list of", "array of", "set of"]
        .iter()
        .any(|words| before.contains(words));
    phrase.collection |= many || after.starts_with("collection");
    phrase.written = reading.plain(sentence[offset..].trim()).into_owned();
    (!phrase.names.is_empty()).then(|| At::new(phrase, text.location_of(start + offset)))
}

/// A name without a link: `a **thing** object`, `a thing object`, `a String collection`.
pub(super) fn named_object(sentence: &str) -> Option<(&str, usize)> {
    const NOUNS: [&str; 10] = [
        "object",
        "objects",
        "resource",
        "resources",
        "collection",
        "entity",
        "entities",
        "value",
        "stream",
        "response",
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
        let name = word.trim_matches(['*', '`', '.', ',', '"']);
        let is_marked =
            name.len() < word.len() || name.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let is_type = is_marked
            || type_phrase::is_primitive(name)
                && !name.eq_ignore_ascii_case("object")
                && !name.eq_ignore_ascii_case("json");
        let fits = is_noun(next)
            && is_type
            && !is_noun(name)
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let starts_lower = name.starts_with(|first: char| first.is_ascii_lowercase())
            || type_phrase::is_primitive(name);
        (fits && !name.is_empty() && starts_lower)
            .then(|| (name, offset + word.find(name).unwrap_or(0)))
    })
}

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
        check("at most 500", &[500]);
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
    }
}
