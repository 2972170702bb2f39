//! Documented JSON: typed access, and the same text when it is written again.

use graphwright_runtime::{Flags, ObjectExt, OpenEnum, Value};

use crate::sample::types::{Colour, Feature, Gadget};

/// Reads `json` as a gadget and writes it again: the same text, at any depth, from text and from a value, and from a copy.
pub(crate) fn check(json: &str) -> Gadget {
    let gadget: Gadget = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&gadget).unwrap(), json);
    assert_eq!(serde_json::to_string(&gadget.clone()).unwrap(), json);
    assert_eq!(gadget.clone(), gadget);
    let value: Value = serde_json::from_str(json).unwrap();
    let from_value: Gadget = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_string(&from_value).unwrap(), json);
    assert_eq!(from_value, gadget);
    assert_eq!(gadget.to_value().to_string(), value.to_string());
    gadget
}

#[test]
fn every_kind_of_property() {
    let gadget = check(
        r##"{"id":"1","enabled":true,"count":-3,"size":9007199254740993,"ratio":0.5,"anything":{"b":1,"a":[null]},"things":[1,null,{}],"created":"2016-12-31T23:59:37.9174975-08:00","colour":"red","features":"none,backup","tags":["x",""],"owner":{"id":"2","owner":{"id":"3"}},"parts":[{"id":"4"},{}],"target":{"filter":"f"},"targets":[{"@odata.type":"#microsoft.graph.groupTarget","groupId":"g"}],"anchor":{"@odata.type":"#microsoft.graph.user","id":"5","name":"n"}}"##,
    );
    assert_eq!(gadget.id.as_deref(), Some("1"));
    assert_eq!(gadget.size, Some(9_007_199_254_740_993));
    assert_eq!(gadget.created.unwrap().nanosecond(), 917_497_500);
    assert_eq!(gadget.colour, Some(Colour::Red));
    assert!(gadget.features.as_ref().unwrap().contains(&Feature::Backup));
    assert_eq!(
        gadget
            .owner
            .as_ref()
            .unwrap()
            .owner
            .as_ref()
            .unwrap()
            .id
            .as_deref(),
        Some("3")
    );
    assert_eq!(gadget.parts.as_ref().unwrap().len(), 2);
    assert!(gadget.leftover.is_empty());
    assert!(gadget.misfits().is_empty());
}

#[test]
fn nothing() {
    assert_eq!(check("{}"), Gadget::default());
}

#[test]
fn empty_collections_are_not_absent_ones() {
    let gadget = check(r#"{"things":[],"tags":[],"parts":[],"targets":[]}"#);
    assert_eq!(gadget.tags, Some(Vec::new()));
    assert!(gadget.leftover.is_empty());
}

#[test]
fn unknown_keys_are_kept_and_listed() {
    let gadget = check(
        r#"{"@odata.context":"c","id":"1","new":{"z":1,"a":{"y":2,"b":3}},"enabled":false,"x@y":[1]}"#,
    );
    let unknown: Vec<&str> = gadget.leftover.unknown().map(|(name, _)| name).collect();
    assert_eq!(unknown, ["@odata.context", "new", "x@y"]);
    assert_eq!(gadget.get("new").unwrap()["a"]["b"], 3);
    assert_eq!(gadget.get("enabled"), Some(Value::Bool(false)));
    assert_eq!(gadget.get("count"), None);
}

#[test]
fn the_order_of_keys_is_kept() {
    check(r#"{"count":1,"id":"1"}"#);
    check(r#"{"count":null,"id":"1","tags":["a"],"enabled":null}"#);
    check(r#"{"a":1,"count":1,"b":2,"id":"1","c":3}"#);
    check(r#"{"id":"1","x":1,"count":2}"#);
    check(r#"{"parts":[{"count":1,"id":"1"},{"owner":{"count":1,"id":"1"},"id":"2"}],"id":null}"#);
}

#[test]
fn null_is_neither_absent_nor_set() {
    let mut gadget = check(r#"{"id":null,"enabled":null,"tags":null,"owner":null,"target":null}"#);
    assert!(Gadget::ID.is_null(&gadget) && Gadget::OWNER.is_null(&gadget));
    assert!(gadget.misfits().is_empty());
    gadget.id = Some("1".to_owned());
    assert!(!Gadget::ID.is_null(&gadget));
    Gadget::TAGS.clear(&mut gadget);
    Gadget::TARGET.clear(&mut gadget);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"1","enabled":null,"owner":null}"#
    );
}

#[test]
fn an_update_sends_what_is_set_and_what_is_null() {
    let mut gadget = Gadget {
        count: Some(3),
        ..Gadget::default()
    };
    Gadget::OWNER.set_null(&mut gadget);
    Gadget::ID.set_null(&mut gadget);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":null,"count":3,"owner":null}"#
    );
    assert_ne!(
        gadget,
        Gadget {
            count: Some(3),
            ..Gadget::default()
        }
    );
}

#[test]
fn properties_set_after_reading_are_written_too() {
    let mut gadget = check(r#"{"count":1,"id":"1","new":true}"#);
    gadget.enabled = Some(true);
    gadget.count = None;
    gadget.leftover.insert("more", 1);
    assert_eq!(gadget.leftover.remove("new"), Some(Value::Bool(true)));
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"1","enabled":true,"more":1}"#
    );
}

#[test]
fn enums_keep_names_that_nobody_listed() {
    let gadget = check(r#"{"colour":"mauve","features":"backup, later"}"#);
    let colour = gadget.colour.unwrap();
    assert_eq!(colour.as_str(), "mauve");
    assert!(!colour.is_listed());
    let features = gadget.features.unwrap();
    assert_eq!(
        features.iter().map(OpenEnum::as_str).collect::<Vec<_>>(),
        ["backup", "later"]
    );
    assert_eq!(Feature::from_value(1), Some(Feature::Backup));
    assert_eq!(Feature::Backup.value(), Some(1));
    assert_eq!(Colour::from("red"), Colour::Red);
    let built: Flags<Feature> = [Feature::None, Feature::Backup].into_iter().collect();
    assert_eq!(built.to_string(), "none,backup");
}

#[test]
fn debug_shows_what_is_there() {
    let gadget = check(r#"{"id":"1","count":null,"parts":[{"enabled":true}],"new":1}"#);
    assert_eq!(
        format!("{gadget:?}"),
        r#"gadget { id: "1", count: null, parts: [gadget { enabled: true }], new: 1 }"#
    );
}

#[test]
fn equality_looks_at_values_not_at_their_order() {
    let one: Gadget = serde_json::from_str(r#"{"id":"1","count":2,"a":1,"b":2}"#).unwrap();
    let other: Gadget = serde_json::from_str(r#"{"b":2,"a":1,"count":2,"id":"1"}"#).unwrap();
    assert_eq!(one, other);
    let third: Gadget = serde_json::from_str(r#"{"b":2,"a":0,"count":2,"id":"1"}"#).unwrap();
    assert_ne!(one, third);
}
