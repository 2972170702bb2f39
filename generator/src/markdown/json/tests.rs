use super::strict_json;

fn check(text: &str, expected: &str) {
    let json = strict_json(text).unwrap_or_else(|at| panic!("stopped at {at} of {text}"));
    assert_eq!(json.text, expected);
    serde_json::from_str::<serde_json::Value>(&json.text).expect("the text is strict JSON");
    let strict = serde_json::from_str::<serde_json::Value>(text).is_ok();
    assert_eq!(json.repairs.is_empty(), strict, "{text}");
}

fn check_not(text: &str, at: usize) {
    assert_eq!(strict_json(text), Err(at), "{text}");
}

#[test]
fn strict_text_stays() {
    check(
        " {\"b\": [1, -2.5e3, {}], \"a\": \"\\u0041\\n\"}\n",
        "{\"b\": [1, -2.5e3, {}], \"a\": \"\\u0041\\n\"}",
    );
    check("[]", "[]");
}

#[test]
fn commas() {
    check("{\"a\": 1,}", "{\"a\": 1}");
    check(
        "{\"a\": [1, 2, ],\n \"b\": 2 ,\n}",
        "{\"a\": [1, 2 ],\n \"b\": 2 \n}",
    );
    check("{\"a\": 1\n\"b\": 2}", "{\"a\": 1,\n\"b\": 2}");
    check("[{} {}]", "[{}, {}]");
}

#[test]
fn comments_and_gaps() {
    check("{ // x\n\"a\": /* y, */ 1 }", "{ \n\"a\":  1 }");
    check("{\"a\": 1, /* rest */ }", "{\"a\": 1  }");
    check("[1, ...]", "[1 ]");
    check("{ ..., \"a\": 1 }", "{  \"a\": 1 }");
}

#[test]
fn keys_words_and_quotes() {
    check("{a: True, @b.c: false}", "{\"a\": true, \"@b.c\": false}");
    check("{\u{201c}a\u{201d}: \u{201c}b\u{201d}}", "{\"a\": \"b\"}");
    check("{'a': 'b \"c\"'}", "{\"a\": \"b \\\"c\\\"\"}");
    check("{\"a\": \"x\ny\t\"}", "{\"a\": \"x\\ny\\t\"}");
    check("{\"a\": \"\\d \\ud800\"}", "{\"a\": \"\\\\d \\uFFFD\"}");
}

#[test]
fn no_json() {
    check_not("", 0);
    check_not("words", 0);
    check_not("{\"a\": 0000}", 6);
    check_not("{\"a\": }", 6);
    check_not("{} more", 3);
    check_not("{\"a", 3);
    assert!(strict_json(&"[".repeat(100_000)).is_err());
}
