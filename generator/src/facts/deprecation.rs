//! Deprecation, as the sentences of a description or of the page's introduction state it.

use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Outline;
use crate::markdown::Block;
use crate::source::At;

/// A heading, a callout or a sentence of the introduction that says that what the page describes is deprecated.
pub(in crate::facts) fn find_page_deprecation(
    reading: &Reading<'_, '_>,
    outline: &Outline<'_, '_>,
) -> Option<At<String>> {
    let intro = || outline.with(Meaning::Intro);
    for block in intro().flat_map(|part| &part.section.blocks) {
        let (text, is_label) = match block {
            Block::Callout(callout) => (
                &callout.text,
                callout.label.eq_ignore_ascii_case("deprecated"),
            ),
            Block::Paragraph(text) => (text, false),
            _ => continue,
        };
        if !is_label && !text.raw.contains("eprecated") && !text.raw.contains("EPRECATED") {
            continue;
        }
        let words = reading.plain(&text.raw);
        let lower = words.to_ascii_lowercase();
        if is_label {
            return Some(At::new(words.into_owned(), text.at));
        }
        let about_this = [
            "this api",
            "this resource",
            "this entity",
            "this type",
            "this method",
            "this operation",
            "this function",
            "this action",
        ];
        let stated = about_this.iter().any(|subject| lower.contains(subject))
            && lower.contains("deprecated");
        let is_conditional = lower.contains("will be deprecated");
        if (stated && !is_conditional)
            || find_deprecation(&words, &lower).is_some_and(|_| lower.starts_with(['[', '(', 'd']))
        {
            return Some(At::new(words.into_owned(), text.at));
        }
    }
    let title = intro().find(|part| part.section.level == 1)?;
    let heading = title.section.heading.as_ref()?;
    let says_so = title.heading.to_ascii_lowercase().contains("deprecated");
    says_so.then(|| At::new(String::new(), heading.at))
}

/// Returns the reason for the deprecation that a description states.
pub(in crate::facts) fn find_deprecation(plain: &str, lower: &str) -> Option<String> {
    let mut places = lower.match_indices("deprecated");
    places.find_map(|(at, _)| parse_deprecation(plain, lower, at))
}

/// Returns the reason that one occurrence of the word states, in whole sentences.
pub(in crate::facts) fn parse_deprecation(plain: &str, lower: &str, at: usize) -> Option<String> {
    const STATED: [&str; 8] = [
        "this property is",
        "this property has been",
        "property is",
        "is now",
        "is currently",
        "has been",
        "have been",
        "are",
    ];
    let before = lower[..at].trim_end_matches(['[', '(', ' ', '*']);
    let rest = &plain[at + "deprecated".len()..];
    let sentence = before.rfind('.').map_or(before, |end| &before[end..]);
    let starts_sentence = before.is_empty() || before.ends_with('.') || before == "is";
    let stated = STATED.iter().any(|verb| sentence.ends_with(verb)) && !sentence.contains("if ");
    let is_whole = !rest.starts_with(|next: char| next.is_alphanumeric());
    if !is_whole || !(starts_sentence || stated) {
        return None;
    }
    let after_label = rest.trim_start_matches([']', ')', '*']);
    let is_label = after_label.len() < rest.len();
    let reason = if is_label || after_label.trim_start().starts_with('.') || after_label.is_empty()
    {
        after_label.trim_start_matches([']', ')', '.', ':', ',', ' ', '*'])
    } else {
        // The sentence goes on, so the reason is all of it.
        let start = lower[..at].rfind(". ").map_or(0, |end| end + 2);
        plain[start..].trim_start_matches(['[', '(', '*', ' '])
    };
    Some(reason.trim_end().to_owned())
}
