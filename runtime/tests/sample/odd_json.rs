//! JSON that deviates from the documentation is preserved without errors.

use graphwright_runtime::{AdditionalProperties, ObjectExt};

use crate::codec::check;
use crate::sample::types::Gadget;

/// Checks that `json` comes back, and that the values at these paths are listed as type_mismatches.
fn check_type_mismatches(json: &str, expected: &[&str]) -> Gadget {
    let gadget = check(json);
    let paths: Vec<String> = gadget
        .type_mismatches()
        .into_iter()
        .map(|mismatch| mismatch.path)
        .collect();
    assert_eq!(paths, expected);
    gadget
}

#[test]
fn preserves_values_of_the_wrong_type() {
    let gadget = check_type_mismatches(
        r#"{"id":1,"enabled":"yes","count":2147483648,"size":1.5,"ratio":"half","created":"soon","colour":7,"features":["none"],"tags":"x","owner":[],"parts":{"id":"1"},"target":true,"things":{}}"#,
        &[
            "id", "enabled", "count", "size", "ratio", "things", "created", "colour", "features",
            "tags", "owner", "parts", "target",
        ],
    );
    assert_eq!(gadget.id, None);
    assert_eq!(gadget.count, None);
}

#[test]
fn reports_type_mismatches_in_nested_objects() {
    check_type_mismatches(
        r#"{"parts":[{"id":"1"},{"owner":{"count":"3"}}],"target":{"filter":1}}"#,
        &["parts/1/owner/count", "target/filter"],
    );
}

#[test]
fn setting_a_property_replaces_its_mismatched_value() {
    let mut gadget = check(r#"{"id":1,"tags":"x"}"#);
    gadget.id = Some("one".to_owned());
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"one","tags":"x"}"#
    );
}

#[test]
fn preserves_non_canonical_spellings_until_the_value_changes() {
    let mut gadget = check_type_mismatches(r#"{"count":3.0,"size":"12345678901","ratio":1}"#, &[]);
    assert_eq!((gadget.count, gadget.size), (Some(3), Some(12_345_678_901)));
    assert_eq!(gadget.ratio, Some(1.0));
    gadget.ratio = Some(2.0);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"count":3.0,"size":"12345678901","ratio":2.0}"#
    );
    assert_eq!(
        check(r#"{"ratio":1.0}"#).additional_properties,
        AdditionalProperties::new()
    );
}

#[test]
fn preserves_numbers_out_of_range() {
    let gadget = check_type_mismatches(
        r#"{"size":18446744073709551615,"ratio":18446744073709551615,"big":18446744073709551615}"#,
        &["size"],
    );
    assert_eq!(gadget.ratio, Some(18_446_744_073_709_551_615.0));
    let gadget = check(r#"{"ratio":"-INF"}"#);
    assert_eq!(gadget.ratio, Some(f64::NEG_INFINITY));
    check_type_mismatches(r#"{"count":1e+300,"size":-1e+300}"#, &["count", "size"]);
}

#[test]
fn preserves_collections_with_mismatched_items() {
    let mut gadget = check_type_mismatches(
        r#"{"tags":["a",null,"b",3,"c"],"parts":[{"id":"1"},null,{"id":"2","x":1},"odd"],"targets":[null]}"#,
        &["tags", "parts", "targets"],
    );
    assert_eq!(gadget.tags.as_deref().unwrap(), ["a", "b", "c"]);
    assert_eq!(gadget.parts.as_ref().unwrap().len(), 2);
    gadget.tags = Some(vec!["d".to_owned()]);
    gadget.parts.as_mut().unwrap().pop();
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"tags":["d"],"parts":[{"id":"1"}],"targets":[null]}"#
    );
    check_type_mismatches(r#"{"tags":[null],"things":[null]}"#, &["tags"]);
}

#[test]
fn repeated_keys_take_the_last_value() {
    let read = |json: &str| -> String {
        let gadget: Gadget = serde_json::from_str(json).unwrap();
        serde_json::to_string(&gadget).unwrap()
    };
    assert_eq!(
        read(r#"{"id":"1","count":1,"id":"2"}"#),
        r#"{"id":"2","count":1}"#
    );
    assert_eq!(read(r#"{"id":"1","id":null}"#), r#"{"id":null}"#);
    assert_eq!(read(r#"{"id":null,"id":"1"}"#), r#"{"id":"1"}"#);
    assert_eq!(read(r#"{"id":1,"id":"1","id":2}"#), r#"{"id":2}"#);
    assert_eq!(
        read(r#"{"x":1,"count":1,"id":"1","x":2,"count":3}"#),
        r#"{"x":2,"count":3,"id":"1"}"#
    );
    assert_eq!(
        read(r#"{"owner":{"id":"1"},"owner":{"count":1}}"#),
        r#"{"owner":{"count":1}}"#
    );
    assert_eq!(read(r#"{"tags":["a"],"tags":["b"]}"#), r#"{"tags":["b"]}"#);
}

#[test]
fn preserves_odata_type_of_structs() {
    check(r##"{"@odata.type":"#microsoft.graph.gadget","id":"1"}"##);
    check(r##"{"@odata.type":"microsoft.graph.gadget","id":"1"}"##);
    check(r##"{"id":"1","@odata.type":"#microsoft.graph.gadget"}"##);
    check(r##"{"@odata.context":"c","@odata.type":"#microsoft.graph.gadget","id":"1"}"##);
    check(r#"{"@odata.type":7}"#);
    check(r#"{"@odata.type":null,"id":"1"}"#);
    let gadget = check(r##"{"@odata.type":"#microsoft.graph.superGadget","id":"1"}"##);
    assert_eq!(gadget.type_name(), "microsoft.graph.superGadget");
    let twice = r##"{"@odata.type":"#microsoft.graph.gadget","id":"1","@odata.type":"#x"}"##;
    let gadget: Gadget = serde_json::from_str(twice).unwrap();
    assert_eq!(gadget.type_name(), "x");
}

#[test]
fn rejects_deeply_nested_json() {
    for (open, close) in [
        (r#"{"owner":"#, "}"),
        (r#"{"parts":["#, "]}"),
        (r#"{"unknown":"#, "}"),
        (r#"{"id":["#, "]}"),
        (r#"{"things":[["#, "]]}"),
        (r#"{"anything":"#, "}"),
        (r#"{"@odata.type":"#, "}"),
    ] {
        let depth = 100_000;
        let json = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert!(serde_json::from_str::<Gadget>(&json).is_err(), "{open}");
        let nested = format!("{open}{}{}{close}", "[".repeat(depth), "]".repeat(depth));
        assert!(serde_json::from_str::<Gadget>(&nested).is_err(), "{open}");
    }
    let shallow = format!("{}{}", r#"{"owner":"#.repeat(60), "{}") + &"}".repeat(60);
    check(&shallow);
}

#[test]
fn rejects_json_that_is_not_an_object() {
    for json in [
        "",
        "1",
        "[]",
        "null",
        "{",
        r#"{"id":}"#,
        r#"{"id":"1"} x"#,
        "\"x\"",
    ] {
        assert!(serde_json::from_str::<Gadget>(json).is_err(), "{json}");
    }
}

#[test]
fn decodes_many_unknown_keys_in_linear_time() {
    let members: Vec<String> = (0..20_000)
        .map(|key| format!(r#""k{key}":{key}"#))
        .collect();
    check(&format!("{{{}}}", members.join(",")));
}
