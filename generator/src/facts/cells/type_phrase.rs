//! Parses type cells into type phrases: a type, a collection, or a union of types. Names are not resolved.

use std::borrow::Cow;

use crate::markdown::{LinkDefinitions, first_link, plain};
use crate::model::Primitive;

/// The name of a type where a page uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The text of the link, or the bare name.
    pub text: String,
    /// The target of the link, as written: `../resources/user.md#x-values`. `None` for bare names.
    pub target: Option<String>,
}

/// A parsed type cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypePhrase {
    /// The cell as plain text.
    pub written: String,
    /// The length of the cell on the page, in characters.
    pub width: usize,
    /// The names: one, or several in a union. Empty if none was recognised.
    pub names: Vec<TypeName>,
    /// Whether it is a collection.
    pub collection: bool,
    /// Qualifiers after the type: `optional`, `maximum size 20`, `readonly`.
    pub qualifier: Option<String>,
}

/// An irregularity of a type cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::facts) enum Oddity {
    /// A sentence follows the type; it belongs to the description.
    Tail(String),
    /// The parenthesis of a link is not closed.
    UnclosedLink,
    /// Words precede the type.
    Lead,
    /// No type was recognised.
    Unreadable,
}

/// Parses a type cell.
pub(in crate::facts) fn parse_type_phrase(
    raw: &str,
    definitions: &LinkDefinitions<'_>,
) -> (TypePhrase, Option<Oddity>) {
    let written = plain(raw, definitions).replace('`', "");
    let cleaned = clean(raw);
    let mut reader = Reader {
        rest: cleaned.trim(),
        definitions,
        names: Vec::new(),
        collection: false,
        qualifier: None,
        unclosed: false,
    };
    let mut oddity = None;
    match reader.phrase() {
        Some(tail) if tail.is_empty() => {}
        Some(tail) => oddity = Some(Oddity::Tail(plain(&tail, definitions).into_owned())),
        None => oddity = Some(reader.rescue(&written)),
    }
    if reader.unclosed {
        oddity = Some(Oddity::UnclosedLink);
    }
    let phrase = TypePhrase {
        written: written.trim().to_owned(),
        width: raw.trim_end().chars().count(),
        names: reader.names,
        collection: reader.collection,
        qualifier: reader.qualifier,
    };
    (phrase, oddity)
}

/// A spelling of a collection that differs from `user collection` and `Collection(user)`: the text, and the text in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::facts) struct Respelling {
    pub(in crate::facts) found: String,
    pub(in crate::facts) text: String,
}

/// Returns the usual spelling of the collection in a type cell, if the cell has another one.
pub(in crate::facts) fn respell_collection(raw: &str) -> Option<Respelling> {
    let cell = raw.trim_matches(|mark: char| mark.is_whitespace() || matches!(mark, '`' | '*'));
    let replace = |found: &str, text: String| {
        (found != text).then(|| Respelling {
            found: found.to_owned(),
            text,
        })
    };
    // A name or link, without words beside it.
    let is_name = |text: &str| {
        let is_link = text.starts_with('[') && text.ends_with([')', ']']);
        !text.is_empty() && (is_link || !text.contains(char::is_whitespace))
    };
    if let Some(rest) = strip_fold(cell, "collection") {
        let inner = rest.trim_start();
        if let Some(of) = strip_fold(inner, "of ").map(str::trim) {
            return is_name(of).then(|| replace(cell, format!("{of} collection")))?;
        }
        let open = &cell[..cell.len() - inner.strip_prefix('(')?.len()];
        let count = |mark: char| cell.matches(mark).count();
        let close = if count('(') == count(')') + 1 {
            ")"
        } else {
            ""
        };
        return match close {
            "" => replace(open, "Collection(".to_owned()),
            close => replace(cell, format!("Collection({}{close}", &cell[open.len()..])),
        };
    }
    // `[item][]` is a link.
    if let Some(name) = cell.strip_suffix("[]").filter(|name| !name.ends_with(']')) {
        return is_name(name).then(|| replace(cell, format!("{name} collection")))?;
    }
    let (name, word) = cell.rsplit_once(char::is_whitespace)?;
    let is_respelled = matches!(word, "Collection" | "collections" | "Collections");
    (is_respelled && is_name(name.trim_end())).then(|| replace(word, "collection".to_owned()))?
}

/// Removes backticks and emphasis, and replaces other whitespace by spaces.
fn clean(raw: &str) -> Cow<'_, str> {
    let odd = |character: char| {
        matches!(
            character,
            '`' | '*' | '\n' | '\t' | '\u{a0}' | '\u{202f}' | '\u{200b}' | '&'
        )
    };
    if !raw.contains(odd) {
        return Cow::Borrowed(raw);
    }
    let mut cleaned = String::with_capacity(raw.len());
    for character in raw.replace("&nbsp;", " ").chars() {
        match character {
            '`' | '*' | '\u{200b}' => {}
            '\n' | '\t' | '\u{a0}' | '\u{202f}' => cleaned.push(' '),
            _ => cleaned.push(character),
        }
    }
    Cow::Owned(cleaned)
}

struct Reader<'r, 'd> {
    rest: &'r str,
    definitions: &'r LinkDefinitions<'d>,
    names: Vec<TypeName>,
    collection: bool,
    qualifier: Option<String>,
    unclosed: bool,
}

impl<'r> Reader<'r, '_> {
    /// Parses the whole phrase and returns the sentence after it. `None` if the text is not a type.
    fn phrase(&mut self) -> Option<String> {
        self.leading_qualifier();
        if let Some(inner) = self.strip_word("collection") {
            let inner = inner.trim_start();
            let within = inner.strip_prefix('(').map(str::trim_start);
            let of = strip_fold(inner, "of ").map(str::trim_start);
            self.rest = within.or(of)?;
            self.collection = true;
            self.union()?;
            if within.is_some() {
                self.rest = self
                    .rest
                    .trim_start()
                    .strip_prefix(')')
                    .unwrap_or(self.rest);
            }
        } else if let Some(inner) = self.rest.strip_prefix('(') {
            self.rest = inner;
            self.union()?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
        } else {
            for article in ["a ", "an ", "the ", "A ", "An ", "The "] {
                self.rest = self.rest.strip_prefix(article).unwrap_or(self.rest);
            }
            if let Some(of) = strip_fold(self.rest, "collection of ") {
                self.collection = true;
                self.rest = of.trim_start();
            }
            self.union()?;
        }
        self.tail()
    }

    fn leading_qualifier(&mut self) {
        for word in ["optional", "readonly", "read-only", "required"] {
            let inner = self
                .rest
                .strip_prefix('(')
                .and_then(|rest| strip_fold(rest, word));
            if let Some(rest) = inner.and_then(|rest| rest.strip_prefix(')')) {
                self.qualifier = Some(word.to_owned());
                self.rest = rest.trim_start();
            }
        }
    }

    /// `a or b or c`, `string/number`
    fn union(&mut self) -> Option<()> {
        loop {
            self.atom()?;
            let rest = self.rest.trim_start();
            let more = rest.strip_prefix("or ").or_else(|| rest.strip_prefix('/'));
            match more {
                Some(more) if self.names.len() < 20 => self.rest = more.trim_start(),
                _ => return Some(()),
            }
        }
    }

    fn atom(&mut self) -> Option<()> {
        if self.rest.starts_with('[') {
            return self.link();
        }
        for json in ["Untyped JSON object", "JSON object", "error object"] {
            if let Some(rest) = strip_fold(self.rest, json) {
                self.name("Json", None);
                self.rest = rest;
                return Some(());
            }
        }
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'#');
        let mut length = self.rest.bytes().take_while(is_part).count();
        while self.rest[..length].ends_with('.') {
            length -= 1;
        }
        let name = self.rest[..length].trim_start_matches('#');
        if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            return None;
        }
        if name.eq_ignore_ascii_case("collection")
            || NO_TYPES.iter().any(|word| name.eq_ignore_ascii_case(word))
        {
            return None;
        }
        let name = name.to_owned();
        self.name(&name, None);
        self.rest = &self.rest[length..];
        Some(())
    }

    fn link(&mut self) -> Option<()> {
        let Some(link) = first_link(self.rest, self.definitions).filter(|link| link.start == 0)
        else {
            // A reference link without a definition.
            let (text, rest) = self.rest[1..].split_once(']')?;
            let text = text.trim().to_owned();
            if text.contains([' ', '[']) || text.is_empty() {
                return None;
            }
            self.name(&text, None);
            self.rest = rest;
            return Some(());
        };
        let text = plain(link.text, self.definitions).replace('`', "");
        let target = (!link.target.is_empty()).then(|| link.target.to_owned());
        self.unclosed |= !link.closed;
        let end = link.end;
        self.name(text.trim(), target);
        self.rest = &self.rest[end..];
        Some(())
    }

    fn name(&mut self, text: &str, target: Option<String>) {
        self.names.push(TypeName {
            text: text.to_owned(),
            target,
        });
    }

    /// What follows a type: `collection`, a noun, a qualifier, a sentence.
    fn tail(&mut self) -> Option<String> {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return Some(String::new());
            }
            if let Some(rest) = self.rest.strip_prefix("[]") {
                self.collection = true;
                self.rest = rest;
                continue;
            }
            if let Some(rest) = self
                .strip_word("collection")
                .or_else(|| self.strip_word("collections"))
            {
                self.collection = true;
                self.rest = rest;
                continue;
            }
            let nouns = [
                "JSON object",
                "enum",
                "enumeration",
                "objects",
                "object",
                "resource",
                "resources",
                "entity",
                "type",
                "value",
            ];
            if let Some(rest) = nouns.iter().find_map(|noun| self.strip_word(noun)) {
                self.rest = rest;
                continue;
            }
            if let Some((words, rest)) = self
                .rest
                .strip_prefix('(')
                .and_then(|rest| rest.split_once(')'))
            {
                let words = words.trim();
                if !words.eq_ignore_ascii_case("enum") && !words.is_empty() {
                    self.qualifier = Some(words.to_owned());
                }
                self.rest = rest;
                continue;
            }
            if let Some(rest) = strip_fold(self.rest, ", maximum size ") {
                self.qualifier = Some(format!("maximum size {}", rest.trim()));
                return Some(String::new());
            }
            let sentence = self.rest.strip_prefix('.')?;
            return Some(sentence.trim().to_owned());
        }
    }

    /// Returns the text after a whole word, ignoring case.
    fn strip_word(&self, word: &str) -> Option<&'r str> {
        let rest = strip_fold(self.rest, word)?;
        (!rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')).then_some(rest)
    }

    /// Parses a cell that is not a type phrase: prose that ends in a primitive type denotes that type.
    fn rescue(&mut self, written: &str) -> Oddity {
        self.names.clear();
        let lower = written.trim().to_ascii_lowercase();
        self.collection = lower.ends_with(" collection") || lower.starts_with("collection");
        let last = written.split_whitespace().next_back().unwrap_or("");
        if !self.collection && is_primitive(last) && written.trim().contains(' ') {
            self.name(last, None);
            return Oddity::Lead;
        }
        Oddity::Unreadable
    }
}

/// Words of type cells that do not name a type.
const NO_TYPES: [&str; 4] = ["none", "unknown", "download", "n/a"];

/// Whether a word names a primitive type.
pub(in crate::facts) fn is_primitive(word: &str) -> bool {
    Primitive::from_documented_name(word).is_some()
}

fn strip_fold<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start)
        .then(|| &text[start.len()..])
}

#[cfg(test)]
mod tests;
