//! Front matter, headings and links of a page.

use std::collections::BTreeSet;

use super::Page;
use crate::report::{Code, Report};

pub(super) fn check(page: &Page<'_>, report: &mut Report) {
    let end = check_front_matter(page, report);
    check_headings(page, report);
    check_links(page, end, report);
}

/// The keys that every page has, with the names that some pages use instead.
const KEYS: [&[&str]; 5] = [
    &["title"],
    &["description"],
    &["author", "ms.author"],
    &["ms.prod", "ms.subservice", "ms.service"],
    &["doc_type"],
];

/// The kinds of pages, in the spelling of the documentation platform.
const KINDS: [&str; 4] = [
    "apiPageType",
    "resourcePageType",
    "enumPageType",
    "conceptualPageType",
];

/// Reports missing and unknown metadata. Returns the number of lines of the front matter.
fn check_front_matter(page: &Page<'_>, report: &mut Report) -> usize {
    let is_fence = |text: &str| text.trim_end() == "---";
    if !page.lines.first().is_some_and(|line| is_fence(line.text)) {
        return 0;
    }
    let inner = page.lines[1..].iter().take(MAX_FRONT_MATTER);
    let Some(length) = inner.clone().position(|line| is_fence(line.text)) else {
        return 0;
    };
    let mut keys = BTreeSet::new();
    for (index, line) in inner.take(length).enumerate() {
        let Some((key, value)) = line.text.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        if !value.trim().is_empty() {
            keys.insert(key.trim());
        }
        let offset = line.text.find(value).filter(|_| !value.is_empty());
        let at = page.location(index + 1, offset.unwrap_or(0));
        let mut add = |message: String| {
            let width = value.chars().count();
            report.push(
                Code::InvalidMetadata,
                at,
                width,
                message,
                "the page is published as it is",
            );
        };
        match key.trim() {
            "doc_type" => {
                let folder = page.path.rsplit('/').nth(1).unwrap_or_default();
                let is_operation = page.facts.operation.is_some() && folder == "api";
                if !value.is_empty() && !KINDS.contains(&value) {
                    add(format!(
                        "unknown kind of page `{value}`; expected `{}`",
                        KINDS.join("`, `")
                    ));
                } else if is_operation && value != "apiPageType" {
                    add(format!(
                        "the page describes an operation, but its kind is `{value}`"
                    ));
                } else if folder == "resources" && value == "apiPageType" {
                    add(
                        "the page describes no operation, but its kind is `apiPageType`".to_owned(),
                    );
                }
            }
            "ms.prod" | "ms.subservice"
                if value.chars().any(|letter| letter.is_ascii_uppercase()) =>
            {
                add(format!(
                    "the name of a product is written in lower case, not `{value}`"
                ));
                report.suggest(value, value.to_ascii_lowercase());
            }
            _ => {}
        }
    }
    for names in KEYS {
        if !names.iter().any(|name| keys.contains(name)) {
            let message = format!("the front matter has no `{}`", names[0]);
            let at = page.location(0, 0);
            report.push(
                Code::MissingMetadata,
                at,
                0,
                message,
                "the page is published as it is",
            );
        }
    }
    length + 2
}

/// The number of lines after which a front matter without an end is text.
const MAX_FRONT_MATTER: usize = 100;

/// The headings of operations and types, as most pages write them.
const HEADINGS: [&str; 16] = [
    "Permissions",
    "Prerequisites",
    "HTTP request",
    "Optional query parameters",
    "Function parameters",
    "Path parameters",
    "Query parameters",
    "Request headers",
    "Request body",
    "Response",
    "Example",
    "Examples",
    "Request",
    "Properties",
    "Relationships",
    "JSON representation",
];

/// Reports headings that skip a level, and those that are nearly the ones of other pages.
fn check_headings(page: &Page<'_>, report: &mut Report) {
    let mut above = 0;
    for (index, line) in page.lines.iter().enumerate() {
        let Some(level) = line.level else { continue };
        let text = line.text[level..].trim();
        if text.starts_with('[') {
            // The heading of a tab.
            continue;
        }
        let at = page.location(index, 0);
        let width = line.text.chars().count();
        let action = "the section is read as usual";
        if above > 0 && level > above + 1 {
            let message = format!("a heading of level {level} follows one of level {above}");
            report.push(Code::SkippedHeadingLevel, at, width, message, action);
            report.suggest("#".repeat(level), "#".repeat(above + 1));
        }
        above = level;
        if level == 1 || HEADINGS.contains(&text) {
            continue;
        }
        let is_misspelled = |known: &&&str| {
            text.len().abs_diff(known.len()) <= 2
                && !text.eq_ignore_ascii_case(known)
                && !HEADINGS
                    .iter()
                    .any(|other| other.eq_ignore_ascii_case(text))
                && super::spelling::is_one_edit(&text.to_lowercase(), &known.to_lowercase())
        };
        if let Some(known) = HEADINGS
            .iter()
            .find(is_misspelled)
            .filter(|known| !is_plural(text, known))
        {
            let message = format!("the heading is \"{text}\"; other pages write \"{known}\"");
            report.push(Code::MisspelledHeading, at, width, message, action);
            report.suggest(text, *known);
        }
    }
}

/// Whether two headings differ in number only.
fn is_plural(text: &str, known: &str) -> bool {
    let singular = |text: &str| text.to_lowercase().trim_end_matches('s').to_owned();
    singular(text) == singular(known)
}

/// The hosts on which the documentation is published.
const HOSTS: [&str; 3] = [
    "https://docs.microsoft.com/",
    "https://learn.microsoft.com/",
    "https://developer.microsoft.com/graph/docs/",
];

/// Reports links to other pages of the documentation that name the host.
fn check_links(page: &Page<'_>, from: usize, report: &mut Report) {
    for (index, line) in page.lines.iter().enumerate().skip(from) {
        if line.is_code || !line.text.contains("](http") {
            continue;
        }
        for host in HOSTS {
            let Some(found) = line.text.find(&format!("]({host}")) else {
                continue;
            };
            let offset = found + "](".len();
            let rest = &line.text[offset..];
            let link = rest.split([')', ' ']).next().unwrap_or(rest);
            let message = "the link to a page of the documentation names the host".to_owned();
            let at = page.location(index, offset);
            let width = link.chars().count();
            report.push(
                Code::AbsoluteLink,
                at,
                width,
                message,
                "the link is kept as it is",
            );
            if let Some(path) = link.strip_prefix(&host[..host.len() - 1])
                && !host.contains("/graph/")
            {
                let language = path.get(1..7).filter(|word| is_language(word));
                report.suggest(link, language.map_or(path, |word| &path[word.len()..]));
            }
        }
    }
}

/// Whether the start of a path is a language: `en-us/`.
fn is_language(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    [0, 1, 3, 4].into_iter().all(is_letter) && bytes[2] == b'-' && bytes[5] == b'/'
}
