//! In: descriptions as pages have them. Out: the words that are worth showing to a reader of the library, and page links.

use std::borrow::Cow;

use crate::model::{ApiVersion, PageLink};
use crate::resolve::pages::Page;

/// A description without the sentences that the model says better: where a row is inherited from, and the values of an
/// enum that has documentation of its own.
pub(crate) fn description(text: &str, is_enum: bool) -> String {
    let mut kept = cut_inherited(text);
    if is_enum {
        kept = Cow::Owned(cut_values(&kept));
    }
    one_line(&kept)
}

/// The words with one blank between each.
fn one_line(text: &str) -> String {
    let mut before = b' ';
    let is_one_line = text.bytes().all(|byte| {
        let is_word = matches!(byte, b'!'..=b'~') || (byte == b' ' && before != b' ');
        before = byte;
        is_word
    });
    if is_one_line && before != b' ' {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Takes `Inherited from x` away, wherever it stands.
fn cut_inherited(text: &str) -> Cow<'_, str> {
    let Some(start) = memchr::memmem::find(text.as_bytes(), b"Inherited from ") else {
        return Cow::Borrowed(text);
    };
    let rest = &text[start + "Inherited from ".len()..];
    let name_length = rest
        .find(|character: char| !(character.is_alphanumeric() || "_.*`[]".contains(character)))
        .unwrap_or(rest.len());
    let behind = rest[name_length..].trim_start_matches(['.', ' ']);
    let before = text[..start].trim_end();
    Cow::Owned(format!("{before} {behind}"))
}

/// Takes the sentence that lists possible values away.
fn cut_values(text: &str) -> String {
    const INTRODUCTIONS: [&str; 5] = [
        "Possible values are",
        "The possible values are",
        "Possible values:",
        "Allowed values:",
        "Supported values are",
    ];
    let Some(start) = INTRODUCTIONS
        .iter()
        .filter_map(|introduction| text.find(introduction))
        .min()
    else {
        return text.to_owned();
    };
    let end = sentence_end(&text[start..]).map_or(text.len(), |length| start + length);
    format!("{} {}", text[..start].trim_end(), text[end..].trim_start())
}

/// The length of the first sentence; full stops in code spans do not count.
fn sentence_end(text: &str) -> Option<usize> {
    let mut in_code = false;
    let mut characters = text.char_indices().peekable();
    while let Some((place, character)) = characters.next() {
        match character {
            '`' => in_code = !in_code,
            '.' if !in_code => match characters.peek() {
                None | Some((_, ' ')) => return Some(place + 1),
                Some(_) => {}
            },
            _ => {}
        }
    }
    None
}

/// Links to some pages, each once.
pub(crate) fn page_links<'a>(
    pages: impl IntoIterator<Item = &'a Page<'a>>,
    version: ApiVersion,
) -> Vec<PageLink> {
    let mut links: Vec<PageLink> = Vec::new();
    for page in pages {
        if !links.iter().any(|link| link.file == page.facts.file) {
            links.push(page.link(version));
        }
    }
    links
}

/// The workload that the first page with one names, in lower case.
pub(crate) fn workload<'a>(pages: impl IntoIterator<Item = &'a Page<'a>>) -> Option<String> {
    pages
        .into_iter()
        .find_map(|page| page.facts.workload.as_ref())
        .map(|workload| workload.value.trim().to_lowercase())
        .filter(|workload| !workload.is_empty())
}
