//! What sentences state about the number of items in a page, and about throttling.

use super::words::{Cursor, sentences, words};
use crate::model::PageSize;

/// Parses the sentences of a text, as plain text. `$top` is the subject of a text that `is_about_top`.
pub(in crate::facts) fn parse_page_size(text: &str, subject: Subject) -> PageSize {
    let mut size = PageSize::default();
    // Most texts contain no number.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        for sentence in sentences(text) {
            size.merge(parse_sentence(&words(sentence), subject));
        }
    }
    size
}

/// The subject of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::facts) enum Subject {
    /// The option `$top`.
    Top,
    /// Anything else.
    Other,
}

fn parse_sentence(words: &[String], subject: Subject) -> PageSize {
    let cursor = Cursor::new(words);
    let has = |phrase: &str| cursor.clone().skip_past(phrase);
    let number_after = |phrases: &[&str]| {
        phrases
            .iter()
            .find_map(|phrase| number_after(cursor.clone(), phrase))
    };
    let both = number_after(&[
        "maximum and default page size",
        "maximum and default page sizes",
        "default and maximum page size",
        "default and maximum page sizes",
    ]);
    let mut size = PageSize {
        default: both.or_else(|| number_after(&["default page size"])),
        maximum: both.or_else(|| {
            number_after(&[
                "maximum page size",
                "maximum allowed $top value",
                "maximum allowed value for $top",
                "maximum value for $top",
                "maximum value of $top",
                "maximum $top value",
            ])
        }),
    };
    let is_about_size = subject == Subject::Top || has("$top") || has("page size");
    if is_about_size && size.maximum.is_none() {
        size.maximum = number_after(&["the maximum is", "the upper limit is", "has a limit of"])
            .or_else(|| range_end(cursor.clone()));
    }
    if has("per page") {
        if size.maximum.is_none() {
            size.maximum = number_after(&["up to"]);
        }
        if size.default.is_none() && size.maximum.is_none() {
            size.default = number_after(&["by default"]);
        }
    }
    size
}

/// Returns the number in the few words after a phrase.
fn number_after(mut cursor: Cursor<'_>, phrase: &str) -> Option<u32> {
    const DISTANCE: usize = 5;
    if !cursor.skip_past(phrase) {
        return None;
    }
    (0..DISTANCE)
        .map_while(|_| cursor.next())
        .find_map(|word| word.parse().ok())
        .filter(|number| *number > 0)
}

/// `within the range of 1 and 1000`
fn range_end(mut cursor: Cursor<'_>) -> Option<u32> {
    if !cursor.skip_past("range of") {
        return None;
    }
    let _start: u32 = cursor.next()?.parse().ok()?;
    let is_range = cursor.take_any(&["and", "to"]);
    is_range.then(|| cursor.next()?.parse().ok()).flatten()
}

/// Returns the sentences on throttling.
pub(in crate::facts) fn throttling_sentences(text: &str) -> impl Iterator<Item = &str> {
    const HINTS: [&str; 3] = ["hrottl", "requests per second", "requests per minute"];
    let is_about = |text: &str| HINTS.iter().any(|hint| text.contains(hint));
    let text = if is_about(text) { text } else { "" };
    sentences(text).filter(move |sentence| is_about(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, default: Option<u32>, maximum: Option<u32>) {
        let subject = match text.starts_with("$top,") {
            true => Subject::Top,
            false => Subject::Other,
        };
        let expected = PageSize { default, maximum };
        assert_eq!(parse_page_size(text, subject), expected, "{text}");
    }

    #[test]
    fn page_sizes() {
        check(
            "The default page size for this call is 100 things.",
            Some(100),
            None,
        );
        check(
            "It exceeds the default page size (200 items).",
            Some(200),
            None,
        );
        check(
            "The maximum and default page size is 1,000 objects.",
            Some(1000),
            Some(1000),
        );
        check(
            "The default page size is 20. You can extend up to 50 things per page.",
            Some(20),
            Some(50),
        );
        check(
            "The default and maximum page sizes are 1000 boxes.",
            Some(1000),
            Some(1000),
        );
        check(
            "The default page size is 100 and the maximum is 999.",
            Some(100),
            Some(999),
        );
        check(
            "The default page size is 10; use $top, within the range of 1 and 1000.",
            Some(10),
            Some(1000),
        );
        check(
            "Use $top. Maximum allowed value for $top is 50.",
            None,
            Some(50),
        );
        check("The maximum page size is 25.", None, Some(25));
        check(
            "By default, it returns 100 places per page.",
            Some(100),
            None,
        );
        check(
            "$top, the number of things. The upper limit is 50.",
            None,
            Some(50),
        );
        check(
            "The `$top` parameter has a limit of 1000 alerts.",
            None,
            Some(1000),
        );
    }

    #[test]
    fn other_numbers_are_no_page_sizes() {
        check("The upper limit is 50.", None, None);
        check("At most 20 members can be added.", None, None);
        check("The default query returns the top 20 boxes.", None, None);
        check(
            "The default page size depends on the client, for instance on version 3.",
            None,
            None,
        );
        check("The default value is 25.", None, None);
    }

    #[test]
    fn throttling() {
        let found: Vec<&str> =
            throttling_sentences("A. It is throttled. At most 5 requests per second. B").collect();
        assert_eq!(
            found,
            ["It is throttled.", "At most 5 requests per second."]
        );
    }
}
