use proptest::prelude::*;

use super::*;

#[test]
fn segments_of_urls() {
    let check = |path, expected: &[&str]| assert_eq!(split_url_path(path), expected, "{path}");
    check("/users//7/", &["users", "7"]);
    check(
        "/sheet/range(a='x/(',b=2)/values",
        &["sheet", "range(a='x/(',b=2)", "values"],
    );
    check("/root:/a/b.txt:/content", &["root:", "a/b.txt:", "content"]);
    check("/root:/a/b.txt", &["root:", "a/b.txt"]);
    check("", &[]);
}

#[test]
fn segments_of_templates() {
    let check = |template, expected: Option<&[&str]>| {
        assert_eq!(split_template(template).as_deref(), expected, "{template}");
    };
    check("/a/{b/c}/<d/e>", Some(&["", "a", "{b/c}", "<d/e>"]));
    check("/a/f(b='/(')", Some(&["", "a", "f(b='/(')"]));
    check("/a/{b", None);
    check("/a/(b}", None);
    check("/a/'b", None);
}

#[test]
fn single_keys() {
    let check = |text, expected| assert_eq!(is_single_key(text), expected, "{text}");
    check("'7'", true);
    check("'AA='", true);
    check("{id}", true);
    check("a=1", false);
    check("a='x'", false);
    check("", false);
}

#[test]
fn named_values() {
    let check = |text, expected: Option<&[(&str, &str)]>| {
        assert_eq!(split_named_values(text).as_deref(), expected, "{text}");
    };
    check("a='x,y', b=2", Some(&[("a", "'x,y'"), ("b", "2")]));
    check("a='b=c'", Some(&[("a", "'b=c'")]));
    check("'x'", None);
    check("a='x',2", None);
    check("=x", None);
}

#[test]
fn percent_encoding() {
    let check = |text: &str, decoded: &str| assert_eq!(decode_percent(text), decoded);
    check("100%", "100%");
    check("%zz%4", "%zz%4");
    check("%C3%A4", "ä");
    check("%ff", "%ff");
}

#[test]
fn guids() {
    let check = |text, expected| assert_eq!(is_guid(text), expected, "{text}");
    check("0f0e0d0c-0b0a-0908-0706-050403020100", true);
    check("0F0E0D0C-0b0a-0908-0706-050403020100", true);
    check("0f0e0d0c0b-0a-0908-0706-050403020100", false);
    check("------------------------------------", false);
    check("0f0e0d0c", false);
}

#[test]
fn long_paths() {
    let path = "/http://x".repeat(100_000);
    assert!(!split_url_path(&path).is_empty());
    assert_eq!(
        split_template(&path).map(|segments| segments.len()),
        Some(300_001)
    );
    let nested = "(".repeat(100_000);
    assert_eq!(split_template(&nested), None);
    let arguments = "a=1,".repeat(100_000);
    assert_eq!(split_arguments(&arguments).len(), 100_001);
}

proptest! {
    #[test]
    fn pieces_and_separators_are_the_text(text in "[a-z/(){}<>',ä]{0,40}") {
        let pieces: Vec<&str> = Splitter::new(&text, '/', TEMPLATE_BRACKETS).collect();
        prop_assert_eq!(pieces.join("/"), text);
    }

    #[test]
    fn plain_segments_survive(segments in prop::collection::vec("[a-zA-Z0-9$._-]{1,8}", 1..20)) {
        let path = format!("/{}", segments.join("/"));
        prop_assert_eq!(split_url_path(&path), segments.clone());
        let template = split_template(&path).unwrap();
        prop_assert_eq!(&template[1..], segments.as_slice());
    }

    #[test]
    fn quoted_arguments_survive(values in prop::collection::vec("[a-z,/(){} ]{0,8}", 1..10)) {
        let quoted: Vec<String> = values.iter().map(|value| format!("a='{value}'")).collect();
        let joined = quoted.join(",");
        prop_assert_eq!(split_arguments(&joined), quoted);
    }

    #[test]
    fn decoding_reverses_encoding(text in "\\PC{0,20}") {
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        prop_assert_eq!(decode_percent(&encoded), text);
    }
}
