//! What the description of a property states about its use.

use super::options::take_options;
use super::words::{Cursor, sentences, words};
use crate::model::{PropertyUsage, Returned};

/// Parses the sentences of a description.
pub(in crate::facts) fn parse_property_usage(description: &str) -> PropertyUsage {
    let mut usage = PropertyUsage::default();
    // Most descriptions contain none of these words.
    const HINTS: [&str; 6] = ["$", "mutable", "eturned", "default prop", "ilter", "not be"];
    let has_hint = HINTS.iter().any(|hint| description.contains(hint))
        || ["n't be", "ortable", "earchable"]
            .iter()
            .any(|hint| description.contains(hint));
    if !has_hint {
        return usage;
    }
    for sentence in sentences(description) {
        let words = words(sentence);
        if let Some(stated) = parse_sentence(&words) {
            if !stated.immutable {
                usage.sentences.push(sentence.to_owned());
            }
            usage.merge(stated);
        } else {
            let mut clauses = words.split(|word| word == ",");
            usage.immutable |= clauses.any(|clause| clause == ["immutable"]);
        }
    }
    usage
}

fn parse_sentence(words: &[String]) -> Option<PropertyUsage> {
    let cursor = Cursor::new(words);
    parse_support(cursor.clone())
        .or_else(|| parse_abilities(cursor.clone()))
        .or_else(|| parse_returned(cursor.clone()))
        .or_else(|| parse_immutable(cursor))
}

/// `Supports $filter (eq, ne) and $orderby`, `Does not support $filter`
fn parse_support(mut cursor: Cursor<'_>) -> Option<PropertyUsage> {
    take_subject(&mut cursor);
    let supported = if cursor.take("supports") {
        true
    } else if cursor.take_any(&["does not support", "doesn't support"]) {
        false
    } else {
        return None;
    };
    let query = take_options(&mut cursor, supported)?;
    cursor.take("odata");
    cursor.take_any(&["query"]);
    cursor.take_any(&["parameter", "parameters", "option", "options"]);
    cursor.is_at_end().then(|| PropertyUsage {
        query,
        ..PropertyUsage::default()
    })
}

/// `Filterable`, `Not sortable`
fn parse_abilities(mut cursor: Cursor<'_>) -> Option<PropertyUsage> {
    let supported = !cursor.take("not");
    let option = match cursor.next()? {
        "filterable" => "$filter",
        "sortable" => "$orderby",
        "searchable" => "$search",
        _ => return None,
    };
    let option = crate::model::QueryOption::parse(option)?;
    let mut usage = PropertyUsage::default();
    usage.query.options.insert(option, supported);
    cursor.is_at_end().then_some(usage)
}

/// `Returned only on $select`, `Not returned by default`
fn parse_returned(mut cursor: Cursor<'_>) -> Option<PropertyUsage> {
    const STATEMENTS: [(&str, Returned); 12] = [
        ("returned by default", Returned::ByDefault),
        ("a default property", Returned::ByDefault),
        ("not returned by default", Returned::NotByDefault),
        ("returned only on $select", Returned::OnSelect),
        ("only returned on $select", Returned::OnSelect),
        ("returned only with $select", Returned::OnSelect),
        ("returned only when $select is used", Returned::OnSelect),
        (
            "returned only on applying a $select query option",
            Returned::OnSelect,
        ),
        ("requires $select to retrieve", Returned::OnSelect),
        ("requires $select", Returned::OnSelect),
        ("returned only on $expand", Returned::OnExpand),
        ("only returned on $expand", Returned::OnExpand),
    ];
    take_subject(&mut cursor);
    cursor.take("is");
    let (_, returned) = STATEMENTS.into_iter().find(|(statement, _)| {
        let mut rest = cursor.clone();
        rest.take(statement) && rest.is_at_end()
    })?;
    Some(PropertyUsage {
        returned: Some(returned),
        ..PropertyUsage::default()
    })
}

/// `Immutable`, `This value cannot be changed after creation`
fn parse_immutable(mut cursor: Cursor<'_>) -> Option<PropertyUsage> {
    const ENDINGS: [&str; 3] = [
        "and is immutable",
        "but it cannot be updated",
        "but it cannot be changed",
    ];
    let has_subject = take_subject(&mut cursor);
    let mut end = cursor.clone();
    if has_subject && ENDINGS.iter().any(|ending| end.skip_past(ending)) && end.is_at_end() {
        return Some(PropertyUsage {
            immutable: true,
            ..PropertyUsage::default()
        });
    }
    let stated = if has_subject && cursor.take_any(&["cannot be", "can't be", "can not be"]) {
        cursor.take_any(&["changed", "modified", "updated"])
    } else {
        cursor.take("is");
        cursor.take("immutable")
    };
    let is_unconditional = cursor.is_at_end() || cursor.take_any(&["after", "once"]);
    (stated && is_unconditional).then(|| PropertyUsage {
        immutable: true,
        ..PropertyUsage::default()
    })
}

/// Takes the words that name the property itself.
fn take_subject(cursor: &mut Cursor<'_>) -> bool {
    cursor.take_any(&[
        "this property",
        "the property",
        "this value",
        "the value",
        "this identifier",
        "this",
        "it",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QueryOption::{self, Expand, Filter, OrderBy, Search, Select};

    #[track_caller]
    fn check(description: &str, options: &[(QueryOption, bool)], operators: &[&str]) {
        let usage = parse_property_usage(description);
        let stated: Vec<_> = usage.query.options.into_iter().collect();
        assert_eq!(stated, options, "{description}");
        assert_eq!(usage.query.filter_operators, operators, "{description}");
    }

    #[test]
    fn query_options() {
        check(
            "The id. Supports `$filter` (`eq`).",
            &[(Filter, true)],
            &["eq"],
        );
        check(
            "Supports $filter (eq, ne, NOT , ge, le, in, startsWith), $search, and $orderBy. Key.",
            &[(Filter, true), (Search, true), (OrderBy, true)],
            &["eq", "ne", "not", "ge", "le", "in", "startsWith"],
        );
        check(
            "Supports $filter (eq operator only).",
            &[(Filter, true)],
            &["eq"],
        );
        check(
            "Supports $select, $orderby, and $filter (eq only)",
            &[(Filter, true), (OrderBy, true), (Select, true)],
            &["eq"],
        );
        check(
            "Supports `$filter` (`eq`, and `eq` on `null` values).Read-only.",
            &[(Filter, true)],
            &["eq", "eq null"],
        );
        check(
            "Supports $expand and $filter (/$count eq 0, /$count ne 0).",
            &[(Filter, true), (Expand, true)],
            &["$count eq"],
        );
        check(
            "Supports `$filter` (`eq` including on `null` values).",
            &[(Filter, true)],
            &["eq", "eq null"],
        );
        check("Supports `$expand`.", &[(Expand, true)], &[]);
        check("Doesn't support `$filter`.", &[(Filter, false)], &[]);
        check("Not filterable.", &[(Filter, false)], &[]);
        check(
            "Read-only. Sortable; filterable.",
            &[(Filter, true), (OrderBy, true)],
            &[],
        );
    }

    #[test]
    fn conditional_query_options_remain_text() {
        for description in [
            "Supports $filter (eq) on the name property.",
            "Supports $filter on null values.",
            "Supports $filter (eq) only where the kind is not box.",
            "Supports $filter (sounds like).",
            "Supports $filter (eq",
            "Supports $filter ().",
            "Supports $select (eq).",
            "Supports all colors.",
            "You can use it as a $filter argument.",
            "A filterable list.",
        ] {
            let usage = parse_property_usage(description);
            assert_eq!(usage, PropertyUsage::default(), "{description}");
        }
    }

    #[test]
    fn when_returned() {
        let check = |description: &str, returned| {
            let usage = parse_property_usage(description);
            assert_eq!(usage.returned, returned, "{description}");
        };
        check("A. Returned only on `$select`.", Some(Returned::OnSelect));
        check("Requires `$select` to retrieve.", Some(Returned::OnSelect));
        check("Returned by default. A.", Some(Returned::ByDefault));
        check("This is a default property.", Some(Returned::ByDefault));
        check(
            "This property is not returned by default.",
            Some(Returned::NotByDefault),
        );
        check("Returned only on $expand", Some(Returned::OnExpand));
        check("Returned only on $select for one box.", None);
        check("The fields returned by default otherwise.", None);
    }

    #[test]
    fn immutable() {
        let check = |description: &str, immutable| {
            let usage = parse_property_usage(description);
            assert_eq!(usage.immutable, immutable, "{description}");
        };
        check("A. Immutable.", true);
        check("Key, immutable, not nullable.", true);
        check("This identifier is immutable after it is created.", true);
        check("This cannot be changed after tab creation.", true);
        check(
            "This property can be set on creation, but it cannot be updated.",
            true,
        );
        check(
            "This property can only be set on creation and is immutable.",
            true,
        );
        check(
            "If set, the property can be changed once and is immutable.",
            false,
        );
        check("These cannot be changed by the user.", false);
        check(
            "If true, the box cannot be modified unless it is open.",
            false,
        );
        check(
            "The value cannot be modified and is set by the service.",
            false,
        );
    }

    #[test]
    fn keeps_only_sentences_that_state_nothing_else() {
        let usage = parse_property_usage(
            "Key, immutable. The id. Supports $filter (eq). Returned by default",
        );
        assert_eq!(
            usage.sentences,
            ["Supports $filter (eq).", "Returned by default"]
        );
    }
}
