//! Escaping of ordinary and hostile text.

use super::{Docs, code, page_link, plain, prose};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(prose(text), expected, "{text:?}");
}

#[test]
fn keeps_ordinary_text() {
    check(
        "The state, one of `a` and `b`.",
        &["The state, one of `a` and `b`."],
    );
    check(
        "One\nparagraph.\n\n\nAnother.",
        &["One paragraph.", "Another."],
    );
    check(
        "snake_case stays, _this_ does not slant",
        &["snake_case stays, \\_this\\_ does not slant"],
    );
    check("", &[]);
    check(" \n \t ", &[]);
}

#[test]
fn escapes_markdown() {
    check(
        "see [Option] and [x](y)",
        &["see \\[Option\\] and \\[x\\](y)"],
    );
    check(
        "a <b>bold</b> &lt; A & B",
        &["a \\<b\\>bold\\</b\\> \\&lt; A & B"],
    );
    check("# heading", &["\\# heading"]);
    check("- item", &["\\- item"]);
    check("12. item", &["12\\. item"]);
    check("**a** ~~b~~ c\\d", &["\\*\\*a\\*\\* \\~\\~b\\~\\~ c\\\\d"]);
}

#[test]
fn escapes_code_fences() {
    check("```rust\nfn main() {}\n```", &["`rust fn main() {}`"]);
    check(
        "```rust\n\nfn main() {}",
        &["\\`\\`\\`rust", "fn main() {}"],
    );
    check("~~~\ncode", &["\\~\\~\\~ code"]);
    check("    indented();", &["indented();"]);
    check("`` a`b `` and `open", &["`a'b` and \\`open"]);
}

#[test]
fn escapes_comment_ends_and_line_breaks() {
    check("a */ pub fn f() {} /* b", &["a \\*/ pub fn f() {} /\\* b"]);
    assert_eq!(
        plain("a\u{2028}b\u{85}c\u{0}d\re\u{202e}f\u{feff}"),
        "a b c d ef"
    );
    assert_eq!(code("a`b\nc"), "`a'b c`");
}

#[test]
fn addresses_become_links() {
    check(
        "See https://example.com/a_b?c=d#e.",
        &["See <https://example.com/a_b?c=d#e>."],
    );
    check("(http://example.com)", &["(<http://example.com>)"]);
    check("https://<script>", &["https://\\<script\\>"]);
    assert_eq!(
        page_link("Page", "https://example.com/x"),
        Some("[Page](https://example.com/x)".to_owned())
    );
    assert_eq!(page_link("Page", "https://example.com/x)[y"), None);
    assert_eq!(page_link("Page", "javascript:alert(1)"), None);
}

#[test]
fn describes_items_without_description() {
    let docs = Docs::describe("", || "The `id` property.".to_owned());
    assert_eq!(docs.lines(), ["The `id` property."]);
}

#[test]
fn deprecations_are_escaped() {
    let docs = crate::model::Docs {
        description: String::new(),
        deprecated: Some("Use [x](javascript:alert(1)) <b>.".to_owned()),
    };
    assert_eq!(
        super::facts::deprecated(&docs).as_deref(),
        Some("Use \\[x\\](javascript:alert(1)) \\<b\\>.")
    );
}
