//! What the section on query parameters states about the options that an operation supports.

use super::options::take_options;
use super::words::{Cursor, sentences, words};
use crate::model::{QueryOption, QuerySupport};

/// What a paragraph or list item states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::facts) struct QueryText {
    /// The options whose support it states.
    pub(in crate::facts) support: QuerySupport,
    /// The sentences on options that state more than that.
    pub(in crate::facts) notes: Vec<String>,
}

impl QueryText {
    /// Whether the text is not about query options.
    pub(in crate::facts) fn is_empty(&self) -> bool {
        self.support.is_empty() && self.notes.is_empty()
    }
}

/// Parses a paragraph, as plain text.
pub(in crate::facts) fn parse_query_paragraph(text: &str) -> QueryText {
    let is_none = ["none", "not supported"]
        .iter()
        .any(|negation| text.trim_end_matches('.').eq_ignore_ascii_case(negation));
    if is_none {
        let support = QuerySupport {
            others: Some(false),
            ..QuerySupport::default()
        };
        return QueryText {
            support,
            notes: Vec::new(),
        };
    }
    parse_query_text(text, parse_sentence)
}

/// Parses a list item, as plain text. An item may start with the option that it is about.
pub(in crate::facts) fn parse_query_item(text: &str) -> QueryText {
    let is_negative = text.to_ascii_lowercase().contains("not supported");
    parse_query_text(text, |words| {
        let mut cursor = Cursor::new(words);
        match take_options(&mut cursor, true) {
            Some(support) if !is_negative => Some(Statement {
                support,
                is_complete: cursor.is_at_end(),
            }),
            _ => parse_sentence(words),
        }
    })
}

fn parse_query_text(text: &str, parse: impl Fn(&[String]) -> Option<Statement>) -> QueryText {
    let mut found = QueryText::default();
    for sentence in sentences(text) {
        let statement = parse(&words(sentence));
        let is_complete = statement.as_ref().is_some_and(|found| found.is_complete);
        if let Some(statement) = statement {
            found.support.merge(statement.support);
        }
        if !is_complete && sentence.contains('$') {
            found.notes.push(sentence.to_owned());
        }
    }
    found
}

/// What a sentence states.
struct Statement {
    support: QuerySupport,
    /// Whether it states nothing else.
    is_complete: bool,
}

fn parse_sentence(words: &[String]) -> Option<Statement> {
    let cursor = Cursor::new(words);
    parse_method_support(cursor.clone())
        .or_else(|| parse_passive(cursor.clone()))
        .or_else(|| parse_invitation(cursor))
}

/// `This method supports the $select and $expand OData query parameters to help customize the response`
fn parse_method_support(mut cursor: Cursor<'_>) -> Option<Statement> {
    const SUBJECTS: [&str; 9] = [
        "this method",
        "these methods",
        "these method",
        "this operation",
        "this function",
        "this api",
        "this request",
        "the api",
        "delta query",
    ];
    if !cursor.take_any(&SUBJECTS) {
        return None;
    }
    cursor.take("also");
    let supported = if cursor.take_any(&["supports", "support", "requires"]) {
        true
    } else if cursor.take_any(&["does not", "doesn't", "do not", "don't"]) {
        cursor.take("currently");
        if !cursor.take("support") {
            return None;
        }
        false
    } else {
        return None;
    };
    let is_partial = take_determiners(&mut cursor);
    let listed =
        take_options(&mut cursor, supported).or_else(|| take_bare_options(&mut cursor, supported));
    let has_parameters = take_parameters(&mut cursor);
    if let Some(support) = listed {
        let is_complete = is_boilerplate(&cursor);
        // "Does not support `$filter` on …" excludes the option only there.
        return (supported || is_complete).then_some(Statement {
            support,
            is_complete,
        });
    }
    if !has_parameters {
        return None;
    }
    let mut support = QuerySupport::default();
    let mut is_complete = is_boilerplate(&cursor);
    if cursor.skip_past("including") || cursor.skip_past(":") {
        take_determiners(&mut cursor);
        if let Some(listed) = take_options(&mut cursor, supported) {
            support = listed;
            is_complete = is_boilerplate(&cursor);
        }
    }
    if !is_partial {
        support.others = Some(supported);
    }
    Some(Statement {
        support,
        is_complete,
    })
}

/// `The other OData query parameters are not currently supported`, `There is no support for $search`, `The $expand query parameter
/// is not supported for this method`
fn parse_passive(mut cursor: Cursor<'_>) -> Option<Statement> {
    if cursor.take_any(&["there is no support for", "there's no support for"]) {
        let support = take_options(&mut cursor, false)?;
        let is_complete = cursor.is_at_end();
        return is_complete.then_some(Statement {
            support,
            is_complete,
        });
    }
    if cursor.take("there is limited support for") {
        let support = take_options(&mut cursor, true)?;
        return Some(Statement {
            support,
            is_complete: false,
        });
    }
    take_determiners(&mut cursor);
    cursor.take("other");
    let listed = take_options(&mut cursor, true);
    if !take_parameters(&mut cursor) && listed.is_none() {
        return None;
    }
    if !cursor.take_any(&["is", "are"]) {
        return None;
    }
    let supported = !cursor.take("not");
    cursor.take("currently");
    if !cursor.take("supported") {
        return None;
    }
    let is_complete = is_boilerplate(&cursor);
    let support = match listed {
        Some(listed) => QuerySupport {
            options: listed
                .options
                .into_keys()
                .map(|option| (option, supported))
                .collect(),
            ..listed
        },
        None => QuerySupport {
            others: Some(supported),
            ..QuerySupport::default()
        },
    };
    (supported || is_complete).then_some(Statement {
        support,
        is_complete,
    })
}

/// `You can use $select to …`, `Use the $top query parameter to …`
fn parse_invitation(mut cursor: Cursor<'_>) -> Option<Statement> {
    if !cursor.take_any(&["you can use", "you can also use", "use"]) {
        return None;
    }
    take_determiners(&mut cursor);
    cursor.take_any(&["odata query option", "odata query parameter", "odata"]);
    let support = take_options(&mut cursor, true)?;
    Some(Statement {
        support,
        is_complete: false,
    })
}

/// Takes the words before a list or `query parameters`. Returns whether they mean a part of the parameters only.
fn take_determiners(cursor: &mut Cursor<'_>) -> bool {
    let mut is_partial = false;
    loop {
        if cursor.take_any(&["some of", "some", "following"]) {
            is_partial = true;
        } else if !cursor.take_any(&["the", "any", "all", "of", "optional", "only"]) {
            return is_partial;
        }
    }
}

/// `select and expand`, if `OData` follows
fn take_bare_options(cursor: &mut Cursor<'_>, supported: bool) -> Option<QuerySupport> {
    let mut next = cursor.clone();
    let mut support = QuerySupport::default();
    while !matches!(next.peek(), Some("odata")) {
        let word = next.next()?;
        if matches!(word, "," | "and" | "or") {
            continue;
        }
        let option = QueryOption::parse(&format!("${word}"))?;
        support.options.insert(option, supported);
    }
    *cursor = next;
    (!support.options.is_empty()).then_some(support)
}

/// Takes `OData query parameters`.
fn take_parameters(cursor: &mut Cursor<'_>) -> bool {
    let mut next = cursor.clone();
    next.take("odata");
    next.take_any(&["query", "puery"]);
    let is_taken = next.take_any(&["parameters", "parameter", "options", "option"]);
    if is_taken {
        *cursor = next;
    }
    is_taken
}

/// Whether the rest of a sentence on support only states its purpose.
fn is_boilerplate(cursor: &Cursor<'_>) -> bool {
    const PURPOSES: [&str; 9] = [
        "to help customize the response",
        "to customize the response",
        "to customize the responses",
        "to shape the response",
        "by this api",
        "by this method",
        "for this method",
        "for this api",
        "for this operation",
    ];
    let mut cursor = cursor.clone();
    cursor.take(",");
    cursor.take_any(&PURPOSES);
    cursor.take(":");
    cursor.is_at_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QueryOption::{
        Count, Expand, Filter, OrderBy, Search, Select, Skip, SkipToken, Top,
    };

    struct Expected<'a> {
        options: &'a [(QueryOption, bool)],
        others: Option<bool>,
        notes: &'a [&'a str],
    }

    const NOTHING: Expected<'static> = Expected {
        options: &[],
        others: None,
        notes: &[],
    };

    #[track_caller]
    fn compare(text: &str, found: QueryText, expected: &Expected<'_>) {
        let options: Vec<_> = found.support.options.into_iter().collect();
        assert_eq!(options, expected.options, "{text}");
        assert_eq!(found.support.others, expected.others, "{text}");
        assert_eq!(found.notes, expected.notes, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &Expected<'_>) {
        compare(text, parse_query_paragraph(text), expected);
    }

    #[test]
    fn supported_options() {
        check(
            "This method supports the `$select`, and `$expand` OData query parameters to help customize the response. See there.",
            &Expected {
                options: &[(Select, true), (Expand, true)],
                ..NOTHING
            },
        );
        check(
            "This function also supports $top, $skip,$orderBy and $filter OData query parameters.",
            &Expected {
                options: &[(Filter, true), (OrderBy, true), (Top, true), (Skip, true)],
                ..NOTHING
            },
        );
        check(
            "This method supports the select and expand OData Query Parameters to help customize the response.",
            &Expected {
                options: &[(Select, true), (Expand, true)],
                ..NOTHING
            },
        );
        check(
            "This method supports the OData query parameters to help customize the response, including $search, $count, and $filter.",
            &Expected {
                options: &[(Filter, true), (Search, true), (Count, true)],
                others: Some(true),
                ..NOTHING
            },
        );
        check(
            "This method supports the following OData query parameters to help customize the response: $count, $top.",
            &Expected {
                options: &[(Count, true), (Top, true)],
                ..NOTHING
            },
        );
        check(
            "This method supports some of the OData query parameters to help customize the response.",
            &NOTHING,
        );
        check(
            "This method supports the OData Query Parameters to help customize the response.",
            &Expected {
                others: Some(true),
                ..NOTHING
            },
        );
        check(
            "This method supports some of the OData query parameters, including $select, $skipToken and $top, to help customize the response.",
            &Expected {
                options: &[(Select, true), (Top, true), (SkipToken, true)],
                ..NOTHING
            },
        );
        check(
            "This method supports the same OData query parameters as another.",
            &NOTHING,
        );
    }

    #[test]
    fn unsupported_options() {
        let none = Expected {
            others: Some(false),
            ..NOTHING
        };
        check(
            "This operation does not support the OData query parameters to customize the response.",
            &none,
        );
        check(
            "This method doesn't support optional query parameters.",
            &none,
        );
        check(
            "This operation does not currently support OData query parameters to customize the response.",
            &none,
        );
        check(
            "The other OData query parameters are not currently supported.",
            &none,
        );
        check("None.", &none);
        check("Not supported.", &none);
        check(
            "`$filter` is not supported.",
            &Expected {
                options: &[(Filter, false)],
                ..NOTHING
            },
        );
        check(
            "There is no support for $search.",
            &Expected {
                options: &[(Search, false)],
                ..NOTHING
            },
        );
        let text = "The $filter query parameter is not supported on boxes.";
        check(
            text,
            &Expected {
                notes: &[text],
                ..NOTHING
            },
        );
    }

    #[test]
    fn sentences_that_state_more_are_notes() {
        let check = |text: &str, options: &[(QueryOption, bool)]| {
            let expected = Expected {
                options,
                notes: &[text],
                ..NOTHING
            };
            super::tests::check(text, &expected);
        };
        check("You can use $select to get more.", &[(Select, true)]);
        check(
            "Use the `$top` query parameter to limit them.",
            &[(Top, true)],
        );
        check("There is limited support for $filter:", &[(Filter, true)]);
        check(
            "This method supports the $select query parameter to get boxes.",
            &[(Select, true)],
        );
        check(
            "The only supported $filter expression is $filter=id eq 1.",
            &[],
        );
    }

    #[test]
    fn list_items() {
        let check = |text: &str, expected: &Expected<'_>| {
            compare(text, parse_query_item(text), expected);
        };
        let top = &[(Top, true)];
        check(
            "$top",
            &Expected {
                options: top,
                ..NOTHING
            },
        );
        check(
            "`$count=true`",
            &Expected {
                options: &[(Count, true)],
                ..NOTHING
            },
        );
        check(
            "$top, at most 5.",
            &Expected {
                options: top,
                notes: &["$top, at most 5."],
                ..NOTHING
            },
        );
        check(
            "$skip is not supported",
            &Expected {
                options: &[(Skip, false)],
                ..NOTHING
            },
        );
    }
}
