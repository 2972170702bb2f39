//! What a description says beside its words: read-only, required, nullable, default, inherited, deprecated.

use crate::markdown::{LinkDefinitions, links};

use super::TypeName;

/// Facts in a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) read_only: bool,
    pub(super) required: bool,
    pub(super) optional: bool,
    pub(super) key: bool,
    pub(super) nullable: Option<bool>,
    pub(super) default: Option<String>,
    pub(super) deprecated: Option<String>,
}

/// Reads the marks of a description; `lower` is `plain` in lower case.
pub(super) fn marks(plain: &str, lower: &str) -> Marks {
    if lower.is_empty() {
        return Marks::default();
    }
    let only = ["read-only", "read only", "readonly"]
        .iter()
        .any(|word| stands_alone(lower, word));
    Marks {
        read_only: only || lower.contains("this property is read-only"),
        required: says(lower, "required"),
        optional: says(lower, "optional"),
        key: lower.contains("key of the entity") || says(lower, "key"),
        nullable: nullable(lower),
        default: default(plain, lower),
        deprecated: deprecated(plain, lower),
    }
}

/// Whether a word starts a sentence.
fn stands_alone(lower: &str, word: &str) -> bool {
    starts(lower, word).next().is_some()
}

/// Whether a word is a sentence of its own: `Required.`
fn says(lower: &str, word: &str) -> bool {
    let mut ends = starts(lower, word).map(|at| lower[at + word.len()..].trim_start());
    ends.any(|rest| rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '*']))
}

/// The places where a word starts a sentence or a part of one.
fn starts<'t>(lower: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    lower
        .match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = lower[..*at].trim_end();
            let next = lower[*at + word.len()..].chars().next();
            let begins = before.is_empty() || before.ends_with(['.', '>', '(', ',', ';', ':', '-']);
            let is_word = lower[..*at]
                .chars()
                .next_back()
                .is_none_or(|last| !last.is_alphanumeric() && last != '-');
            begins && is_word && !next.is_some_and(|next| next.is_alphanumeric() || next == '_')
        })
}

fn nullable(lower: &str) -> Option<bool> {
    if lower.contains("not nullable")
        || lower.contains("non-nullable")
        || lower.contains("cannot be null")
    {
        return Some(false);
    }
    stands_alone(lower, "nullable").then_some(true)
}

/// `Default is x`, `default value is x`, `Default: x`; only where the value is one word.
fn default(plain: &str, lower: &str) -> Option<String> {
    for (at, word) in lower.match_indices("default") {
        let rest = &lower[at + word.len()..];
        let rest = rest.strip_prefix(" value").unwrap_or(rest);
        const VERBS: [&str; 6] = [" is set to ", " is ", ": ", " = ", " of ", "s to "];
        let Some(value) = VERBS.iter().find_map(|verb| rest.strip_prefix(verb)) else {
            continue;
        };
        let value = plain[plain.len() - value.len()..].trim_start();
        if let Some(value) = one_word(value) {
            return Some(value.to_owned());
        }
    }
    None
}

/// The value at the start of a text, if a sign follows it that ends the clause.
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

/// The reason behind `deprecated`, if the description says that this is.
pub(super) fn deprecated(plain: &str, lower: &str) -> Option<String> {
    let found = lower.match_indices("deprecated").find(|(at, word)| {
        let before = lower[..*at].trim_end_matches(['[', '(', ' ', '*']);
        let after = &lower[at + word.len()..];
        let starts_sentence = before.is_empty() || before.ends_with('.');
        let stated = [
            "this property is",
            "this property has been",
            "is now",
            "is currently",
            "has been",
            "have been",
            "are",
        ]
        .iter()
        .any(|verb| before.ends_with(verb));
        let whole = !after.starts_with(|next: char| next.is_alphanumeric());
        whole
            && (starts_sentence
                || (stated && !before.contains("if "))
                || before == "is"
                || before.ends_with("property is"))
    })?;
    let reason =
        plain[found.0 + found.1.len()..].trim_start_matches([']', ')', '.', ':', ',', ' ', '*']);
    Some(reason.trim_end().to_owned())
}

/// The type that `Inherited from …` names.
pub(super) fn inherited(raw: &str, definitions: &LinkDefinitions<'_>) -> Option<TypeName> {
    // Most rows do not say it, so it is looked for without making the text lower case.
    let at = raw.find("nherited from ")?;
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
