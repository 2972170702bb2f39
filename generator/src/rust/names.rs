//! JSON names to Rust identifiers: case, keywords, reserved names and collisions. Every identifier of the output is built here.

mod reserved;
mod scope;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use heck::ToSnakeCase;

pub(crate) use reserved::is_keyword;
pub(crate) use scope::Scope;

use reserved::{is_own_method, is_prelude_type, is_reserved_file};

/// The maximum length of an identifier from one JSON name; file names have a limit.
const LONGEST: usize = 120;

/// A Rust identifier: ASCII, no keyword, never empty and never `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ident(Arc<str>);

impl Ident {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends words in snake case: `range` and `with_address`.
    pub(crate) fn snake_join(&self, more: &Self) -> Self {
        Self(format!("{}_{}", self.0.trim_end_matches('_'), more.0).into())
    }

    /// Appends a `_`, which otherwise only keywords get.
    pub(crate) fn guarded(&self) -> Self {
        Self(format!("{}_", self.0.trim_end_matches('_')).into())
    }

    /// Appends words in upper camel case: `Managed` and `Device`.
    pub(crate) fn camel_join(&self, more: &str) -> Self {
        Self(join_digits(self.0.trim_end_matches('_'), more).into())
    }

    /// Appends a number, to resolve a name collision: `id_2`, `Trojan7`, `V8_2`.
    fn numbered(&self, number: &str) -> Self {
        let front = self.0.trim_end_matches('_');
        if front.chars().any(|letter| letter.is_ascii_uppercase()) {
            return Self(join_digits(front, number).into());
        }
        Self(format!("{front}_{number}").into())
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a JSON name consists of characters that its identifier preserves or separates words by.
pub(crate) fn is_plain(wire: &str) -> bool {
    wire.len() <= LONGEST
        && wire.chars().any(|letter| letter.is_ascii_alphanumeric())
        && wire
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_@.-$: ".contains(letter))
}

/// The identifier of a field, a method, an argument: `macOsOnboarded` to `mac_os_onboarded`, `type` to `type_`.
pub(crate) fn snake(wire: &str) -> Ident {
    let words = words(wire);
    if words.starts_with(|first: char| first.is_ascii_digit()) {
        return Ident(format!("value_{words}").into());
    }
    if is_keyword(&words) {
        return Ident(format!("{words}_").into());
    }
    Ident(words.into())
}

/// The identifier of a field; `additional_properties` is reserved for the last field of every struct.
pub(crate) fn field(wire: &str) -> Ident {
    let ident = snake(wire);
    if ident.as_str() == "additional_properties" {
        return Ident("additional_properties_".into());
    }
    ident
}

/// The identifier of a method named after a path segment. It never equals a method name of the generator, even if the
/// builder has no such method: `list` to `list_`.
pub(crate) fn segment_method(wire: &str) -> Ident {
    let ident = snake(wire);
    if is_own_method(ident.as_str()) {
        return Ident(format!("{ident}_").into());
    }
    ident
}

/// The identifier of a module, which is a file name too.
pub(crate) fn module(wire: &str) -> Ident {
    let ident = snake(wire);
    if is_reserved_file(ident.as_str()) {
        return Ident(format!("{ident}_").into());
    }
    ident
}

/// The identifier of the constant of a field: `type_` to `TYPE`.
pub(crate) fn constant(field: &Ident) -> Ident {
    Ident(field.0.trim_end_matches('_').to_ascii_uppercase().into())
}

/// The identifier of an enum's variant: `v8_0` to `V8_0`, `none` to `None`, `self` to `Self_`.
pub(crate) fn variant(wire: &str) -> Ident {
    let ident = camel(wire);
    match ident.as_str() {
        // The name of the variant for undocumented values.
        "Unlisted" => Ident("UnlistedMember".into()),
        // The name of the constant with all members.
        "ALL" => Ident("AllMember".into()),
        "Self" => Ident("Self_".into()),
        _ => ident,
    }
}

/// The identifier of a struct or enum: the namespace below `microsoft.graph`, then the name.
pub(crate) fn type_name(namespace: &str, name: &str) -> Ident {
    let below = match namespace.strip_prefix("microsoft.graph") {
        Some("") => "",
        Some(below) if below.starts_with('.') => below,
        Some(_) | None => namespace,
    };
    let ident = camel(&format!("{below}.{name}"));
    if is_prelude_type(ident.as_str()) {
        return Ident(format!("Graph{ident}").into());
    }
    ident
}

/// Words in upper camel case: `iosVppApp` to `IosVppApp`, `8.0` to `Value8_0`.
pub(crate) fn camel(wire: &str) -> Ident {
    let words = words(wire);
    let mut ident = String::with_capacity(words.len());
    if words.starts_with(|first: char| first.is_ascii_digit()) {
        ident.push_str("Value");
    }
    for word in words.split('_') {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            let word: String = first.to_uppercase().chain(letters).collect();
            ident = join_digits(&ident, &word);
        }
    }
    Ident(ident.into())
}

/// The singular of a word: `messages` to `message`. The rules are not complete English; they only need to be deterministic.
pub(crate) fn singular(word: &str) -> String {
    if let Some(front) = word
        .strip_suffix("ies")
        .filter(|front| !front.ends_with('r'))
    {
        return format!("{front}y");
    }
    let is_plural = word.ends_with('s')
        && !["ss", "us", "is", "ies"]
            .iter()
            .any(|end| word.ends_with(end));
    let ends_in_es = word.ends_with("sses") || word.ends_with("uses");
    let dropped = usize::from(is_plural) + usize::from(ends_in_es);
    word[..word.len() - dropped].to_owned()
}

/// Joins words; a `_` between two numbers keeps `8_0` and `80` distinct.
fn join_digits(front: &str, back: &str) -> String {
    let digits = front.ends_with(|last: char| last.is_ascii_digit())
        && back.starts_with(|first: char| first.is_ascii_digit());
    format!("{front}{}{back}", if digits { "_" } else { "" })
}

/// Joins the prefix of names such as `eTag` and `iPv4Address` with the word behind it, which it belongs to.
fn join_prefixes(name: &str) -> Cow<'_, str> {
    let bytes = name.as_bytes();
    let has_prefix = matches!(bytes, [b'e' | b'i', second, ..] if second.is_ascii_uppercase());
    if !has_prefix {
        return Cow::Borrowed(name);
    }
    let (prefix, rest) = name.split_at(1);
    let (first, rest) = rest.split_at(1);
    Cow::Owned(format!("{prefix}{}{rest}", first.to_ascii_lowercase()))
}

/// Words in snake case; characters that no identifier can have separate words.
fn words(wire: &str) -> String {
    let cleaned: String = wire
        .chars()
        .take(LONGEST)
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    let words = join_prefixes(&cleaned).to_snake_case();
    if words.is_empty() {
        "unnamed".to_owned()
    } else {
        words
    }
}
