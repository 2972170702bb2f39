//! Sentences of doc comments on the use of properties and operations.

use std::collections::BTreeSet;

use crate::model::{
    Callout, Operation, Parameter, ParameterPlace, PropertyUsage, QueryOption, QuerySupport,
    Returned,
};

use super::{code, prose};

/// The sentence on the query options of a property and on responses that contain it.
pub(crate) fn property_sentence(usage: &PropertyUsage) -> Option<String> {
    let returned = usage.returned.map(|returned| match returned {
        Returned::ByDefault => "returned by default",
        Returned::NotByDefault => "not returned by default",
        Returned::OnSelect => "returned only on `$select`",
        Returned::OnExpand => "returned only on `$expand`",
    });
    let parts = query_parts(&usage.query).into_iter();
    sentence(parts.chain(returned.map(str::to_owned)).collect())
}

/// The sentences on the query options, page sizes, headers and national clouds of an operation.
pub(crate) fn operation_sentences(operation: &Operation) -> Vec<String> {
    let usage = &operation.usage;
    let mut parts = query_parts(&usage.query);
    match usage.query.others {
        Some(false) if parts.is_empty() => parts.push("supports no query options".to_owned()),
        Some(false) => parts.push("no other query options".to_owned()),
        Some(true) | None => {}
    }
    let mut sentences: Vec<String> = sentence(parts).into_iter().collect();
    let size = usage.page_size;
    let default = size.default.map(|size| format!("{size} by default"));
    let maximum = size.maximum.map(|size| format!("at most {size}"));
    let sizes: Vec<String> = default.into_iter().chain(maximum).collect();
    if !sizes.is_empty() {
        sentences.push(format!("Items per page: {}.", sizes.join(", ")));
    }
    let headers = headers(operation);
    if !headers.is_empty() {
        sentences.push(format!("Headers: {}.", headers.join(", ")));
    }
    let missing = usage.clouds.iter().filter(|cloud| !cloud.supported);
    let missing: Vec<String> = missing
        .map(|cloud| prose(&cloud.name).join(" "))
        .filter(|name| !name.is_empty())
        .collect();
    if !missing.is_empty() {
        sentences.push(format!("Not available in: {}.", missing.join(", ")));
    }
    sentences
}

/// The paragraphs of callouts, each with its label. Callouts that many pages repeat are left out.
pub(crate) fn callouts(callouts: &[Callout]) -> Vec<String> {
    let paragraph = |callout: &Callout| {
        let text = prose(&callout.text).join(" ");
        let label = prose(&callout.label).join(" ");
        let label = if label.is_empty() { "Note" } else { &label };
        (!text.is_empty()).then(|| format!("**{label}:** {text}"))
    };
    let specific = callouts.iter().filter(|callout| !callout.is_general);
    specific.filter_map(paragraph).collect()
}

/// Returns a description without the sentences that [`property_sentence`] expresses.
pub(crate) fn remove_usage(description: &str, usage: &PropertyUsage) -> String {
    let mut kept = description.to_owned();
    for sentence in &usage.sentences {
        if let Some((before, after)) = kept.split_once(sentence.as_str()) {
            kept = format!("{before}{}", after.trim_start());
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// `Supports …` and `does not support …`, with the operators of `$filter`.
fn query_parts(support: &QuerySupport) -> Vec<String> {
    let names = |supported: bool| -> Vec<String> {
        let options = support.options.iter();
        options
            .filter(|(_, stated)| **stated == supported)
            .map(|(option, _)| option_words(*option, support))
            .collect()
    };
    let lists = [
        ("supports", names(true)),
        ("does not support", names(false)),
    ];
    let parts = lists.into_iter().filter(|(_, names)| !names.is_empty());
    parts
        .map(|(verb, names)| format!("{verb} {}", names.join(", ")))
        .collect()
}

fn option_words(option: QueryOption, support: &QuerySupport) -> String {
    let name = code(option.name());
    if option != QueryOption::Filter || support.filter_operators.is_empty() {
        return name;
    }
    let operators = support.filter_operators.iter();
    let operators: Vec<String> = operators.map(|operator| code(operator)).collect();
    format!("{name} ({})", operators.join(", "))
}

/// The headers that a caller may set, with the values that pages name. Headers that the client sets itself are left out.
fn headers(operation: &Operation) -> Vec<String> {
    const SET_BY_CLIENT: [&str; 5] = [
        "authorization",
        "accept",
        "content-type",
        "content-length",
        "host",
    ];
    let is_set = |parameter: &&Parameter| {
        let mut names = SET_BY_CLIENT.iter();
        names.any(|name| parameter.name.eq_ignore_ascii_case(name))
    };
    let headers = || {
        let parameters = operation.parameters.iter();
        parameters
            .filter(|parameter| parameter.place == ParameterPlace::Header)
            .filter(|parameter| !is_set(parameter))
    };
    let with_value: BTreeSet<String> = headers()
        .filter(|header| header.value.is_some())
        .map(|header| header.name.to_ascii_lowercase())
        .collect();
    let words = headers().filter_map(|header| match &header.value {
        Some(value) => Some(header_link(header, &format!("{}: {value}", header.name))),
        None if with_value.contains(&header.name.to_ascii_lowercase()) => None,
        None => Some(header_link(header, &header.name)),
    });
    words.filter(|header| !header.is_empty()).collect()
}

/// Returns the words on a header, with a link to the method of `runtime::Request` that sets it, if there is one.
fn header_link(header: &Parameter, words: &str) -> String {
    /// Headers with the starts of their values, and the methods that set them.
    const METHODS: [(&str, &str, &str); 10] = [
        (
            "prefer",
            "include-unknown-enum-members",
            "prefer_unknown_enum_members",
        ),
        (
            "prefer",
            "return=representation",
            "prefer_return_representation",
        ),
        ("prefer", "return=minimal", "prefer_return_minimal"),
        ("prefer", "odata.maxpagesize", "prefer_max_page_size"),
        ("prefer", "outlook.timezone", "prefer_timezone"),
        ("prefer", "create-if-missing", "prefer_create_if_missing"),
        ("prefer", "", "prefer"),
        ("consistencylevel", "", "consistency_level"),
        ("if-match", "", "if_match"),
        ("if-none-match", "", "if_none_match"),
    ];
    let value = header.value.as_deref().unwrap_or_default();
    let words = code(words);
    let method = METHODS.iter().find(|(name, start, _)| {
        header.name.eq_ignore_ascii_case(name) && value.starts_with(start)
    });
    match method {
        Some((_, _, method)) if !words.is_empty() => {
            format!("[{words}](crate::runtime::Request::{method})")
        }
        _ => words,
    }
}

/// Joins the parts of a sentence.
fn sentence(parts: Vec<String>) -> Option<String> {
    let mut text = parts.join("; ");
    text.get_mut(..1)?.make_ascii_uppercase();
    text.push('.');
    Some(text)
}

#[cfg(test)]
mod tests;
