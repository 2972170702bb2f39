//! The values that rows about headers name.

/// Splits `Prefer: return=minimal` into the name of the header and the value that the row is about.
pub(in crate::facts) fn split_header_name(name: &str) -> (&str, Option<&str>) {
    match name.split_once(':') {
        Some((name, value)) => {
            let value = value.trim_matches([' ', '`', '*']);
            (
                name.trim_end(),
                Some(value).filter(|value| !value.is_empty()),
            )
        }
        None => (name, None),
    }
}

/// Returns the value that the description of a header starts with: `return=minimal. Optional.` Only `Prefer` and `ConsistencyLevel`
/// have fixed values.
pub(in crate::facts) fn stated_value<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let has_fixed_values = ["prefer", "consistencylevel"]
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name));
    if !has_fixed_values {
        return None;
    }
    let sentence = text.split(". ").next()?.trim_end_matches('.');
    let value = sentence.trim_matches(['`', '"', ' ']);
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._=+{}/\"".contains(&byte);
    let is_value = value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.bytes().all(is_token)
        && (value.eq_ignore_ascii_case("eventual") || value.contains(['-', '=']));
    is_value.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_values() {
        let check = |name, expected| assert_eq!(split_header_name(name), expected, "{name}");
        check("Prefer", ("Prefer", None));
        check("Prefer: a.b", ("Prefer", Some("a.b")));
        check("Authorization:", ("Authorization", None));
    }

    #[test]
    fn values_in_descriptions() {
        let check = |name, text, expected| assert_eq!(stated_value(name, text), expected, "{text}");
        check(
            "Prefer",
            "return=minimal. Optional.",
            Some("return=minimal"),
        );
        check(
            "Prefer",
            "odata.maxpagesize={x}. Optional.",
            Some("odata.maxpagesize={x}"),
        );
        check(
            "Prefer",
            "`create-if-missing`. Required.",
            Some("create-if-missing"),
        );
        check(
            "ConsistencyLevel",
            "eventual. This is required.",
            Some("eventual"),
        );
        check("Prefer", "Optional.", None);
        check("Prefer", "{time-zone}", None);
        check("Prefer", "Set return=minimal to get less.", None);
        check("Content-Type", "application/x-json. Required.", None);
    }
}
