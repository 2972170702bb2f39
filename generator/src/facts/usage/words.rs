//! Splits text into sentences, and sentences into words.

/// Returns the sentences of a text, each with its full stop. A semicolon outside code or a line break ends a sentence as well.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (sentence, following) = rest.split_at(sentence_length(rest));
            rest = following;
            let sentence = sentence.trim();
            if !sentence.is_empty() {
                return Some(sentence);
            }
        }
        None
    })
}

/// Returns the length of the first sentence. A full stop within a word or number, as in `v1.0`, does not end it.
fn sentence_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut in_code = false;
    for (place, byte) in text.bytes().enumerate() {
        let ends = match byte {
            b'`' => {
                in_code = !in_code;
                false
            }
            b'\n' => true,
            b';' => !in_code,
            b'.' => {
                let next = bytes.get(place + 1);
                next.is_none_or(|next| !next.is_ascii_alphanumeric())
                    || matches!(bytes[..place].last(), Some(b')' | b'`'))
            }
            _ => false,
        };
        if ends {
            return place + 1;
        }
    }
    text.len()
}

/// Returns the words of a sentence in lower case. Parentheses, commas and colons are words of their own; emphasis, code marks,
/// other punctuation and the separators of digits are removed.
pub(super) fn words(sentence: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut characters = sentence.chars().peekable();
    while let Some(character) = characters.next() {
        let next_is_digit = characters.peek().is_some_and(char::is_ascii_digit);
        let in_number = word.ends_with(|last: char| last.is_ascii_digit()) && next_is_digit;
        match character {
            '`' | '*' | '\\' => {}
            '’' => word.push('\''),
            ',' if in_number => {}
            '(' | ')' | ',' | ':' => {
                words.extend(take(&mut word));
                words.push(character.to_string());
            }
            '$' | '/' | '-' | '\'' | '=' | '_' => word.push(character),
            character if character.is_alphanumeric() => {
                word.extend(character.to_lowercase());
            }
            _ => words.extend(take(&mut word)),
        }
    }
    words.extend(take(&mut word));
    words
}

fn take(word: &mut String) -> Option<String> {
    (!word.is_empty()).then(|| std::mem::take(word))
}

/// A position in the words of a sentence.
#[derive(Clone)]
pub(super) struct Cursor<'w> {
    words: &'w [String],
}

impl<'w> Cursor<'w> {
    pub(super) fn new(words: &'w [String]) -> Self {
        Self { words }
    }

    /// Returns the next word without taking it.
    pub(super) fn peek(&self) -> Option<&'w str> {
        self.words.first().map(String::as_str)
    }

    /// Takes the next word.
    pub(super) fn next(&mut self) -> Option<&'w str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    /// Takes the words of a phrase if they are next.
    pub(super) fn take(&mut self, phrase: &str) -> bool {
        let mut rest = self.words;
        for word in phrase.split(' ') {
            match rest.split_first() {
                Some((first, tail)) if first == word => rest = tail,
                _ => return false,
            }
        }
        self.words = rest;
        true
    }

    /// Takes the first of several phrases that is next.
    pub(super) fn take_any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.take(phrase))
    }

    /// Takes the words up to and including a phrase, if it follows anywhere.
    pub(super) fn skip_past(&mut self, phrase: &str) -> bool {
        let mut rest = self.clone();
        while rest.peek().is_some() {
            if rest.take(phrase) {
                *self = rest;
                return true;
            }
            rest.next();
        }
        false
    }

    /// Whether no word is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_sentences() {
        let check = |text, expected: &[&str]| {
            assert_eq!(sentences(text).collect::<Vec<_>>(), expected, "{text}");
        };
        check("A b. C", &["A b.", "C"]);
        check("Of v1.0 and 2.5 only.", &["Of v1.0 and 2.5 only."]);
        check(
            "Supports (`eq`).Read-only.",
            &["Supports (`eq`).", "Read-only."],
        );
        check("A; b\nc..", &["A;", "b", "c.", "."]);
        check("Use `a;b`; c", &["Use `a;b`;", "c"]);
        check("", &[]);
    }

    #[test]
    fn splits_words() {
        let check = |text, expected: &[&str]| assert_eq!(words(text), expected, "{text}");
        check(
            "Supports `$filter` (`eq`, `NOT`).",
            &["supports", "$filter", "(", "eq", ",", "not", ")"],
        );
        check("up to 1,000, or 20", &["up", "to", "1000", ",", "or", "20"]);
        check("doesn’t **do** it", &["doesn't", "do", "it"]);
    }
}
