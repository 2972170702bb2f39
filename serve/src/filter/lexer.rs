//! The tokens of a filter.

/// A token of a filter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, path, number, date or other unquoted text.
    Word(String),
    /// A literal in quotes with the type name before it, which may be empty: `duration'P1D'`.
    Quoted(String),
    /// `(`, `)`, `,` or `:`.
    Symbol(char),
}

/// Splits a filter into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        match character {
            character if character.is_whitespace() => {}
            '(' | ')' | ',' | ':' => tokens.push(Token::Symbol(character)),
            '\'' => {
                let mut literal = String::new();
                loop {
                    match rest.next() {
                        None => {
                            return Err(format!(
                                "there is an unterminated string literal at position {start} in '{text}'"
                            ));
                        }
                        Some((_, '\'')) => match rest.next_if(|(_, next)| *next == '\'') {
                            Some(_) => literal.push('\''),
                            None => break,
                        },
                        Some((_, other)) => literal.push(other),
                    }
                }
                // A word directly before the quote is the type of the literal.
                let is_typed = start > 0 && text[..start].ends_with(|c: char| c.is_alphanumeric());
                if is_typed {
                    tokens.pop();
                }
                tokens.push(Token::Quoted(literal));
            }
            _ => {
                let mut word = String::from(character);
                let is_number = character.is_ascii_digit();
                // Times contain colons; other words end at them.
                let is_part =
                    |c: char| !c.is_whitespace() && !"(),'".contains(c) && (c != ':' || is_number);
                while let Some((_, next)) = rest.next_if(|(_, next)| is_part(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}
