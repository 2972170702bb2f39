//! The flags that a description states: read-only, required, nullable, default, inherited, deprecated.

use crate::facts::deprecation;
use crate::markdown::{LinkDefinitions, links};

use crate::facts::TypeName;

/// The flags of a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::facts) struct Marks {
    pub(in crate::facts) read_only: bool,
    pub(in crate::facts) required: bool,
    pub(in crate::facts) optional: bool,
    pub(in crate::facts) key: bool,
    pub(in crate::facts) nullable: Option<bool>,
    pub(in crate::facts) default: Option<String>,
    pub(in crate::facts) deprecated: Option<String>,
}

/// Parses the flags of a description; `lower` is `plain` in lower case.
pub(in crate::facts) fn marks(plain: &str, lower: &str) -> Marks {
    let mut marks = Marks::default();
    for (at, word) in words(lower) {
        // Few words start like one of those below.
        if !word.starts_with(['r', 'o', 'k', 'n', 'c', 'd']) {
            continue;
        }
        match word {
            "read-only" | "readonly" => {
                let stated = lower[..at].ends_with("this property is ");
                marks.read_only |= stated || begins(lower, at);
            }
            "read" => {
                let is_mark = begins(lower, at) && lower[at..].starts_with("read only");
                marks.read_only |= is_mark;
            }
            "required" => marks.required |= is_sentence(lower, at, word),
            "optional" => marks.optional |= is_sentence(lower, at, word),
            "key" => {
                let stated = lower[at..].starts_with("key of the entity");
                marks.key |= stated || is_sentence(lower, at, word);
            }
            "non-nullable" => marks.nullable = Some(false),
            "nullable" if lower[..at].ends_with("not ") => marks.nullable = Some(false),
            "nullable" if marks.nullable.is_none() && begins(lower, at) => {
                marks.nullable = Some(true);
            }
            "cannot" if lower[at..].starts_with("cannot be null") => marks.nullable = Some(false),
            "default" | "defaults" if marks.default.is_none() => {
                marks.default = default(plain, &lower[at + "default".len()..]);
            }
            "deprecated" if marks.deprecated.is_none() => {
                marks.deprecated = deprecation::parse_deprecation(plain, lower, at);
            }
            _ => {}
        }
    }
    marks
}

/// The words of a text with where they start; a hyphen is part of a word.
fn words(lower: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..);
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = lower.as_bytes();
        at += bytes[at..].iter().take_while(|byte| !is_part(byte)).count();
        let start = at;
        at += bytes[at..].iter().take_while(|byte| is_part(byte)).count();
        (at > start).then(|| (start, &lower[start..at]))
    })
}

/// Whether a sentence, or a part of one, starts at a place.
fn begins(lower: &str, at: usize) -> bool {
    let before = lower[..at].trim_end();
    before.is_empty() || before.ends_with(['.', '>', '(', ',', ';', ':', '-'])
}

/// Whether a word is a sentence of its own: `Required.`
fn is_sentence(lower: &str, at: usize, word: &str) -> bool {
    let rest = lower[at + word.len()..].trim_start();
    begins(lower, at) && (rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '*']))
}

/// `Default is x`, `default value is x`, `Default: x`; only where the value is one word. `rest` is what follows
/// `default` in lower case.
fn default(plain: &str, rest: &str) -> Option<String> {
    const VERBS: [&str; 6] = [" is set to ", " is ", ": ", " = ", " of ", "s to "];
    let rest = rest.strip_prefix(" value").unwrap_or(rest);
    let value = VERBS.iter().find_map(|verb| rest.strip_prefix(verb))?;
    let value = plain[plain.len() - value.len()..].trim_start();
    one_word(value).map(str::to_owned)
}

/// The value at the start of a text, if the clause ends after it.
fn one_word(text: &str) -> Option<&str> {
    if let Some((value, _)) = text.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        return (!value.is_empty()).then_some(value);
    }
    let text = text.trim_start_matches(['"', '\'', '“']);
    let is_value =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'+');
    let mut length = text.bytes().take_while(is_value).count();
    // A number may have a fraction.
    if let Some(fraction) = text[length..].strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            length += 1 + digits;
        }
    }
    let rest = &text[length..];
    let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '"', '\'', '”']);
    (length > 0 && ends).then(|| &text[..length])
}

/// The type that `Inherited from …` names.
pub(in crate::facts) fn inherited(
    raw: &str,
    definitions: &LinkDefinitions<'_>,
) -> Option<TypeName> {
    // Most descriptions lack it, so the search avoids converting the text to lower case.
    let at = memchr::memmem::find(raw.as_bytes(), b"nherited from ")?;
    let rest = &raw[at + "nherited from ".len()..];
    let rest = rest
        .trim_start_matches(['*', '`', ' '])
        .trim_start_matches("the ");
    if let Some(link) = links(rest, definitions)
        .next()
        .filter(|link| link.start <= 2)
    {
        return Some(TypeName {
            text: link.text.trim_matches(['*', '`', ' ']).to_owned(),
            target: (!link.target.is_empty()).then(|| link.target.to_owned()),
        });
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let length = rest.bytes().take_while(is_name).count();
    let name = rest[..length].trim_end_matches('.');
    (!name.is_empty()).then(|| TypeName {
        text: name.to_owned(),
        target: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, expected: Marks) {
        assert_eq!(
            marks(plain, &plain.to_ascii_lowercase()),
            expected,
            "{plain}"
        );
    }

    #[test]
    fn sentences_of_their_own() {
        let read_only = Marks {
            read_only: true,
            ..Marks::default()
        };
        check("The id. Read-only.", read_only.clone());
        check("The id. Read Only. More.", read_only.clone());
        check("This property is read-only.", read_only);
        check("Is `true` if read-only", Marks::default());
        check(
            "A name. Required.",
            Marks {
                required: true,
                ..Marks::default()
            },
        );
        check("Is required when you create it.", Marks::default());
        check(
            "Optional. A name.",
            Marks {
                optional: true,
                ..Marks::default()
            },
        );
        check(
            "Key of the entity.",
            Marks {
                key: true,
                ..Marks::default()
            },
        );
    }

    #[test]
    fn null_and_default() {
        check(
            "A. Nullable.",
            Marks {
                nullable: Some(true),
                ..Marks::default()
            },
        );
        check(
            "A. Not nullable.",
            Marks {
                nullable: Some(false),
                ..Marks::default()
            },
        );
        let default = |value: &str| Marks {
            default: Some(value.to_owned()),
            ..Marks::default()
        };
        check("Default value is FALSE.", default("FALSE"));
        check("The default is `low`, always", default("low"));
        check("Default: 1.5", default("1.5"));
        check("Default is the current time.", Marks::default());
    }

    #[test]
    fn deprecation() {
        let deprecated = |reason: &str| Marks {
            deprecated: Some(reason.to_owned()),
            ..Marks::default()
        };
        check("[Deprecated] Use y.", deprecated("Use y."));
        check(
            "A. This property is deprecated. Use y.",
            deprecated("Use y."),
        );
        check(
            "A. The size property is deprecated and will be removed. Use y.",
            deprecated("The size property is deprecated and will be removed. Use y."),
        );
        check(
            "A square. Deprecated; use `oval`.",
            deprecated("Deprecated; use `oval`."),
        );
        check("Lists deprecated things", Marks::default());
    }

    #[test]
    fn inheritance() {
        let check = |raw, expected: Option<(&str, Option<&str>)>| {
            let found = inherited(raw, &LinkDefinitions::default());
            let shown = found
                .as_ref()
                .map(|name| (name.text.as_str(), name.target.as_deref()));
            assert_eq!(shown, expected, "{raw}");
        };
        check(
            "The id. Inherited from [thing](../resources/thing.md)",
            Some(("thing", Some("../resources/thing.md"))),
        );
        check("Inherited from **thing**.", Some(("thing", None)));
        check("No word of it", None);
    }
}
