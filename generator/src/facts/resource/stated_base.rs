//! The statements of prose about the type of a page: its base type, and whether it is abstract or open.

use std::borrow::Cow;

use crate::facts::TypeName;
use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Outline;
use crate::markdown::{Block, Text, links, plain};
use crate::source::{At, Location};

/// The type that the page's type inherits from. The sentence must be about the page's type: that others inherit from
/// it, or that a property is inherited, says nothing.
pub(in crate::facts) fn inherits(
    reading: &Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    name: &str,
) -> Option<At<TypeName>> {
    let mut weak = None;
    for part in &outline.parts {
        if matches!(
            part.meaning,
            Meaning::Example | Meaning::Methods | Meaning::SeeAlso
        ) {
            continue;
        }
        for block in &part.section.blocks {
            let Block::Paragraph(text) = block else {
                continue;
            };
            match base_in(reading, text, name, part.meaning == Meaning::Intro) {
                Some((base, true)) => return Some(base),
                Some((base, false)) => weak = weak.or(Some(base)),
                None => {}
            }
        }
    }
    weak
}

const VERBS: [&str; 11] = [
    "nherits from",
    "nherited from",
    "erived from",
    "erives from",
    "nherit from",
    "nherits all the properties of",
    "nherits all properties from",
    "nherits properties from",
    "subtype of",
    "ubclass of",
    "ubclass from",
];

/// The base type that a paragraph names, and whether the statement is explicit.
fn base_in(
    reading: &Reading<'_, '_>,
    text: &Text<'_>,
    name: &str,
    in_intro: bool,
) -> Option<(At<TypeName>, bool)> {
    if !["herit", "erive", "subtype", "ubclass"]
        .iter()
        .any(|stem| text.raw.contains(stem))
    {
        return None;
    }
    let raw: Cow<'_, str> = match text.raw.contains('\n') {
        true => Cow::Owned(text.raw.replace('\n', " ")),
        false => Cow::Borrowed(&text.raw),
    };
    for verb in VERBS {
        let Some(at) = raw.find(verb) else { continue };
        let behind = at + verb.len();
        let Some((base, offset)) = type_after(reading, &raw[behind..]) else {
            continue;
        };
        if base.text.eq_ignore_ascii_case(name) {
            continue;
        }
        let start = raw[..at].rfind(". ").map_or(0, |end| end + 2);
        let subject = plain(&raw[start..at], &reading.page.link_definitions).to_ascii_lowercase();
        let at = text.location_of(behind + offset);
        return match subject_of(&subject, name, in_intro) {
            Subject::PageType => Some((At::new(base, at), true)),
            Subject::Properties => Some((At::new(base, at), false)),
            Subject::Other => None,
        };
    }
    None
}

enum Subject {
    PageType,
    Properties,
    Other,
}

fn subject_of(subject: &str, name: &str, in_intro: bool) -> Subject {
    let subject = subject.trim();
    let name = name.to_ascii_lowercase();
    let words = || {
        subject
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if subject.len() <= 2 || words().any(|word| word == "this" || word == name || word == "it") {
        return Subject::PageType;
    }
    if words().any(|word| word == "properties" || word == "relationships") {
        return Subject::Properties;
    }
    const OTHERS: [&str; 4] = ["types", "property", "resources", "all"];
    if words().any(|word| OTHERS.contains(&word)) || !in_intro {
        return Subject::Other;
    }
    Subject::PageType
}

/// The type named immediately after a verb, and the offset of its name.
fn type_after(reading: &Reading<'_, '_>, rest: &str) -> Option<(TypeName, usize)> {
    let mut offset = 0;
    loop {
        let text = &rest[offset..];
        let blanks = text.len()
            - text
                .trim_start_matches([' ', '*', ':', '`', '\u{a0}'])
                .len();
        let word = ["the ", "an ", "a ", "abstract ", "base ", "class ", "type "]
            .iter()
            .find(|word| text[blanks..].starts_with(**word));
        offset += blanks + word.map_or(0, |word| word.len());
        if word.is_none() {
            break;
        }
    }
    let text = &rest[offset..];
    let definitions = &reading.page.link_definitions;
    if let Some(inside) = text.strip_prefix('[') {
        let first = links(text, definitions).next();
        if let Some(link) = first.filter(|link| link.start == 0) {
            let name = plain(link.text, definitions).trim_matches('`').to_owned();
            let target = (!link.target.is_empty()).then(|| link.target.to_owned());
            return Some((TypeName { text: name, target }, offset));
        }
        let (name, _) = inside.split_once(']')?;
        let name = name.trim_matches(['*', ' ', '`']);
        return is_type_name(name).then(|| (bare(name), offset));
    }
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'#');
    let length = text.bytes().take_while(is_part).count();
    let name = text[..length].trim_matches(['.', '#']);
    let is_marked = rest[..offset].contains(['*', '`']) || name.contains('.');
    let stands_last = text[length..].trim_matches(['.', ' ']).is_empty();
    let follows_noun = text[length..].trim_start().starts_with("resource")
        || text[length..].trim_start().starts_with("entity");
    let is_name =
        is_type_name(name) && (is_marked || has_hump(name) || stands_last || follows_noun);
    is_name.then(|| (bare(name), offset))
}

fn bare(name: &str) -> TypeName {
    TypeName {
        text: name.to_owned(),
        target: None,
    }
}

fn is_type_name(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "this", "it", "these", "that", "which", "other", "here", "there",
    ];
    name.len() > 1
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !name.contains(' ')
        && !WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

fn has_hump(name: &str) -> bool {
    name.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
}

/// A sentence of the introduction that says that the type is abstract.
pub(in crate::facts) fn is_abstract(outline: &Outline<'_, '_>) -> Option<Location> {
    const SAYINGS: [&str; 7] = [
        "abstract type",
        "abstract base",
        "abstract class",
        "abstract entity",
        "abstract resource",
        "abstract complex",
        "is abstract",
    ];
    intro_texts(outline)
        .filter(|text| text.raw.contains("bstract"))
        .find_map(|text| {
            let lower = text.raw.to_ascii_lowercase();
            SAYINGS.iter().find_map(|saying| {
                let at = lower.find(saying)?;
                let before = lower[..at].trim_end_matches(['*', '[', ' ']);
                let of_base = before.ends_with("from")
                    || before.ends_with("from the")
                    || before.ends_with("from an");
                (!of_base).then(|| text.location_of(at))
            })
        })
}

/// A sentence of the introduction, or the heading, that says that the type is open.
pub(in crate::facts) fn is_open(outline: &Outline<'_, '_>) -> Option<Location> {
    let heading = outline.parts.iter().find(|part| part.section.level == 1)?;
    if heading.heading.to_ascii_lowercase().contains("open type") {
        return heading.section.heading.as_ref().map(|heading| heading.at);
    }
    const SAYINGS: [&str; 4] = [
        "is an open type",
        "as an open type",
        "an open type that",
        "open type which",
    ];
    let says_so = |text: &&Text<'_>| {
        let lower = text.raw.to_ascii_lowercase();
        let plain: String = lower.chars().filter(|sign| !"_*".contains(*sign)).collect();
        SAYINGS.iter().any(|saying| plain.contains(saying))
    };
    intro_texts(outline)
        .filter(|text| text.raw.contains("open"))
        .find(says_so)
        .map(|text| text.at)
}

fn intro_texts<'o>(outline: &'o Outline<'_, '_>) -> impl Iterator<Item = &'o Text<'o>> {
    let blocks = outline
        .with(Meaning::Intro)
        .flat_map(|part| &part.section.blocks);
    blocks.filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Callout(callout) => Some(&callout.text),
        _ => None,
    })
}
