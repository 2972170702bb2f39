//! Sentences on the usage of small items.

use super::*;
use crate::model::sample::model;
use crate::model::{Cloud, PageSize};

fn filterable() -> PropertyUsage {
    PropertyUsage {
        query: QuerySupport {
            options: [(QueryOption::Filter, true), (QueryOption::OrderBy, true)].into(),
            others: None,
            filter_operators: vec!["eq", "startsWith"],
        },
        returned: Some(Returned::OnSelect),
        immutable: false,
        sentences: vec!["Supports $filter (eq, startsWith) and $orderby.".to_owned()],
    }
}

#[test]
fn properties_have_one_sentence_in_a_fixed_order() {
    assert_eq!(
        property_sentence(&filterable()).as_deref(),
        Some("Supports `$filter` (`eq`, `startsWith`), `$orderby`; returned only on `$select`.")
    );
    let mut unsupported = PropertyUsage::default();
    assert_eq!(property_sentence(&unsupported), None);
    unsupported.query.options.insert(QueryOption::Filter, false);
    assert_eq!(
        property_sentence(&unsupported).as_deref(),
        Some("Does not support `$filter`.")
    );
}

#[test]
fn descriptions_do_not_repeat_the_sentence() {
    let check = |description, expected| {
        assert_eq!(remove_usage(description, &filterable()), expected);
    };
    check(
        "The name. Supports $filter (eq, startsWith) and $orderby. Required.",
        "The name. Required.",
    );
    check("Supports $filter (eq, startsWith) and $orderby.", "");
    check("The name.", "The name.");
}

#[test]
fn operations_have_sentences_in_a_fixed_order() {
    let mut operation = model().apis[0].operations[0].clone();
    operation.parameters.clear();
    assert_eq!(operation_sentences(&operation), Vec::<String>::new());
    let header = |name: &str, value: Option<&str>| Parameter {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        place: ParameterPlace::Header,
        ty: None,
        required: false,
        docs: Default::default(),
        origin: operation.origin,
    };
    operation.parameters = vec![
        header("Authorization", None),
        header("Prefer", Some("create-if-missing")),
        header("Prefer", None),
        header("If-Match", None),
        header("X-Box", None),
    ];
    operation.usage.query.options.insert(QueryOption::Top, true);
    operation.usage.query.others = Some(false);
    operation.usage.page_size = PageSize {
        default: Some(20),
        maximum: Some(50),
    };
    let cloud = |name: &str, supported| Cloud {
        name: name.to_owned(),
        supported,
    };
    operation.usage.clouds = vec![cloud("Global service", true), cloud("Other <cloud>", false)];
    assert_eq!(
        operation_sentences(&operation),
        [
            "Supports `$top`; no other query options.",
            "Items per page: 20 by default, at most 50.",
            "Headers: [`Prefer: create-if-missing`](crate::runtime::Request::prefer_create_if_missing), \
             [`If-Match`](crate::runtime::Request::if_match), `X-Box`.",
            "Not available in: Other \\<cloud\\>.",
        ]
    );
    operation.usage.query.options.clear();
    assert_eq!(
        operation_sentences(&operation)[0],
        "Supports no query options."
    );
}

#[test]
fn callouts_have_labels_and_general_ones_are_left_out() {
    let callout = |label: &str, text: &str, is_general| Callout {
        label: label.to_owned(),
        text: text.to_owned(),
        is_general,
    };
    let shown = callouts(&[
        callout("Important", "Use [this].", false),
        callout("", "Plain.", false),
        callout("Note", "On every page.", true),
        callout("Note", "", false),
    ]);
    assert_eq!(
        shown,
        ["**Important:** Use \\[this\\].", "**Note:** Plain."]
    );
}
