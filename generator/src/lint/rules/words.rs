//! Words that are repeated by mistake.

use super::Page;
use crate::report::{Code, Report};

/// The words that are never repeated on purpose. "in" and "on" are not among them: "sign in in order to".
const WORDS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "if", "into", "is",
    "it", "must", "not", "of", "or", "should", "than", "the", "their", "this", "to", "when",
    "which", "will", "with", "your",
];

pub(super) fn check(page: &Page<'_>, report: &mut Report) {
    for (index, line) in page.lines.iter().enumerate() {
        if line.is_code {
            continue;
        }
        let mut previous: Option<&str> = None;
        for (offset, word) in words(line.text) {
            let is_repeated = previous.is_some_and(|previous| previous.eq_ignore_ascii_case(word));
            if is_repeated && WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                let at = page.location(index, offset);
                let message = format!("the word \"{word}\" is repeated");
                report.push(
                    Code::RepeatedWord,
                    at,
                    word.len(),
                    message,
                    "the text is kept as it is",
                );
            }
            previous = Some(word);
        }
    }
}

/// Returns the pieces between spaces with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(' ')
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}
