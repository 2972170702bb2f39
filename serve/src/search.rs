//! `$search`: phrases joined by `AND`, `OR` and `NOT`.

use serde_json::Value;

use crate::store::Item;

/// A parsed `$search`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Search {
    /// A phrase, in one property or in any.
    Phrase(Option<String>, String),
    Not(Box<Search>),
    And(Box<Search>, Box<Search>),
    Or(Box<Search>, Box<Search>),
}

/// The maximum nesting of parentheses.
const MAX_DEPTH: usize = 64;

impl Search {
    /// Parses the value of `$search`. The error is the message for the client.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)
            .ok_or_else(|| format!("Syntax error: a quote is not closed in '{text}'."))?;
        let mut rest = tokens.as_slice();
        let search = disjunction(&mut rest, 0).filter(|_| rest.is_empty());
        search.ok_or_else(|| format!("Syntax error in the search expression '{text}'."))
    }

    /// Returns whether an item satisfies the search.
    pub(crate) fn matches(&self, item: &Item) -> bool {
        match self {
            Self::Phrase(None, phrase) => item
                .iter()
                .any(|(name, value)| !name.contains('@') && contains(value, phrase)),
            Self::Phrase(Some(property), phrase) => item
                .get(property)
                .is_some_and(|value| contains(value, phrase)),
            Self::Not(operand) => !operand.matches(item),
            Self::And(left, right) => left.matches(item) && right.matches(item),
            Self::Or(left, right) => left.matches(item) || right.matches(item),
        }
    }
}

fn contains(value: &Value, phrase: &str) -> bool {
    match value {
        Value::String(text) => text.to_lowercase().contains(phrase),
        Value::Array(items) => items.iter().any(|item| contains(item, phrase)),
        Value::Object(object) => object.values().any(|value| contains(value, phrase)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    Phrase(String),
    Word(String),
    Open,
    Close,
}

/// Splits a search into tokens. Returns `None` if a quote is not closed.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => {
                let mut phrase = String::new();
                loop {
                    match rest.next()? {
                        '"' => break,
                        '\\' => phrase.push(rest.next()?),
                        other => phrase.push(other),
                    }
                }
                tokens.push(Token::Phrase(phrase));
            }
            character if character.is_whitespace() => {}
            _ => {
                let mut word = String::from(character);
                let is_part = |c: &char| !c.is_whitespace() && !"()\"".contains(*c);
                while let Some(next) = rest.next_if(is_part) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Some(tokens)
}

fn take(rest: &mut &[Token], word: &str) -> bool {
    let is_next = matches!(rest.first(), Some(Token::Word(next)) if next == word);
    if is_next {
        *rest = &rest[1..];
    }
    is_next
}

fn disjunction(rest: &mut &[Token], depth: usize) -> Option<Search> {
    let mut left = conjunction(rest, depth)?;
    while take(rest, "OR") {
        left = Search::Or(Box::new(left), Box::new(conjunction(rest, depth)?));
    }
    Some(left)
}

fn conjunction(rest: &mut &[Token], depth: usize) -> Option<Search> {
    let mut left = negation(rest, depth)?;
    loop {
        let is_end = match rest.first() {
            None | Some(Token::Close) => true,
            Some(Token::Word(word)) => word == "OR",
            Some(Token::Phrase(_) | Token::Open) => false,
        };
        if is_end {
            return Some(left);
        }
        // Phrases side by side are joined by an implied AND.
        take(rest, "AND");
        left = Search::And(Box::new(left), Box::new(negation(rest, depth)?));
    }
}

fn negation(rest: &mut &[Token], depth: usize) -> Option<Search> {
    let is_negated = take(rest, "NOT");
    let (first, after) = rest.split_first()?;
    *rest = after;
    let operand = match first {
        Token::Phrase(text) => phrase(text),
        Token::Word(word) if ["AND", "OR", "NOT"].contains(&word.as_str()) => return None,
        Token::Word(word) => phrase(word),
        Token::Open if depth < MAX_DEPTH => {
            let inner = disjunction(rest, depth + 1)?;
            let (Token::Close, after) = rest.split_first()? else {
                return None;
            };
            *rest = after;
            inner
        }
        Token::Open | Token::Close => return None,
    };
    Some(match is_negated {
        true => Search::Not(Box::new(operand)),
        false => operand,
    })
}

/// `displayName:Anna` searches one property.
fn phrase(text: &str) -> Search {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    match text.split_once(':') {
        Some((property, phrase)) if is_name(property) => {
            Search::Phrase(Some(property.to_owned()), phrase.to_lowercase())
        }
        _ => Search::Phrase(None, text.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Search;

    #[track_caller]
    fn check(search: &str, expected: Option<&[usize]>) {
        let items = [
            json!({"name": "Anna Berg", "mail": "anna@x.org"}),
            json!({"name": "Carl", "tags": ["berg \"high\""]}),
            json!({"name": "Dora", "mail": null}),
        ];
        let matching = Search::parse(search).ok().map(|parsed| {
            let matches = |item: &serde_json::Value| parsed.matches(item.as_object().unwrap());
            let all = items.iter().enumerate().filter(|(_, item)| matches(item));
            all.map(|(index, _)| index).collect::<Vec<usize>>()
        });
        assert_eq!(matching.as_deref(), expected, "{search}");
    }

    #[test]
    fn phrases_and_operators() {
        check("\"berg\"", Some(&[0, 1]));
        check("\"name:berg\"", Some(&[0]));
        check("carl", Some(&[1]));
        check(r#""berg \"high\"""#, Some(&[1]));
        check(r#""name:anna b" OR "dora""#, Some(&[0, 2]));
        check(r#""berg" AND NOT "carl""#, Some(&[0]));
        check(r#"NOT ("anna" OR "carl")"#, Some(&[2]));
        check("anna berg", Some(&[0]));
    }

    #[test]
    fn rejects_malformed_searches() {
        for text in ["", "\"a", "AND", "\"a\" AND", "(\"a\"", "\"a\")", "NOT"] {
            check(text, None);
        }
        check(&"(".repeat(100_000), None);
    }
}
