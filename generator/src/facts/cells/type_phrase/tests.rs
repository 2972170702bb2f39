use super::*;

/// Writes a phrase as `[names|…](targets)… {qualifier}`; a collection in brackets.
fn shown(raw: &str) -> String {
    let definitions = LinkDefinitions::new(vec![("drive", "drive.md")]);
    let (phrase, oddity) = parse_type_phrase(raw, &definitions);
    let names: Vec<_> = phrase
        .names
        .iter()
        .map(|name| match &name.target {
            Some(target) => format!("{}<{target}>", name.text),
            None => name.text.clone(),
        })
        .collect();
    let mut shown = names.join("|");
    if phrase.collection {
        shown = format!("[{shown}]");
    }
    if let Some(qualifier) = phrase.qualifier {
        shown = format!("{shown} {{{qualifier}}}");
    }
    match oddity {
        Some(oddity) => format!("{shown} {oddity:?}"),
        None => shown,
    }
}

fn check(raw: &str, expected: &str) {
    assert_eq!(shown(raw), expected, "{raw}");
}

#[test]
fn names_and_collections() {
    check("String", "String");
    check("String collection", "[String]");
    check("string Collection", "[string]");
    check("Collection(String)", "[String]");
    check("Collection of String", "[String]");
    check("collection( [a](a.md) )", "[a<a.md>]");
    check("Collection([drive][])", "[drive<drive.md>]");
    check(
        "Collection(microsoft.graph.thing)",
        "[microsoft.graph.thing]",
    );
    check("[a](a.md) collection", "[a<a.md>]");
    check("[drive][] collection", "[drive<drive.md>]");
    check("`Edm.boolean `", "Edm.boolean");
    check("**[a](a.md)**", "a<a.md>");
    check("tuple_2OfThings", "tuple_2OfThings");
}

#[test]
fn nouns_and_qualifiers() {
    check("[a](a.md) enum", "a<a.md>");
    check("[drive][] resource", "drive<drive.md>");
    check("String (enum)", "String");
    check("string (url)", "string {url}");
    check("(Optional) String", "String {optional}");
    check("string, maximum size 20", "string {maximum size 20}");
    check("Untyped JSON object", "Json");
    check("a collection of [a](a.md) objects", "[a<a.md>]");
}

#[test]
fn unions() {
    check("[a](a.md) or [b](b.md)", "a<a.md>|b<b.md>");
    check("string/number", "string|number");
    check(
        "(boolean or string or number) collection",
        "[boolean|string|number]",
    );
}

#[test]
fn odd_cells() {
    check(
        "[a](a.md) collection. Holds marks.",
        "[a<a.md>] Tail(\"Holds marks.\")",
    );
    check("[a](a.md", "a<a.md> UnclosedLink");
    check(
        "The moment it was made. DateTimeOffset",
        "DateTimeOffset Lead",
    );
    check("** Unknown Type `x.y` ** collection", "[] Unreadable");
    check("", " Unreadable");
    check("see below", " Unreadable");
}

#[test]
fn collections_have_two_usual_spellings() {
    let check = |cell: &str, expected: &str| {
        let respelled = respell_collection(cell).map_or(String::new(), |respelling| {
            let Respelling { found, text } = respelling;
            cell.replacen(&found, &text, 1)
        });
        assert_eq!(respelled, expected, "{cell}");
    };
    check("user collection", "");
    check("[user](user.md) collection", "");
    check("Collection(user)", "");
    check("Collection([user](user.md))", "");
    check("String", "");
    check("siteCollection", "");
    check("[Collection](collection.md)", "");
    check("Collection of users and groups", "");
    check("[user][]", "");
    check("collection(user)", "Collection(user)");
    check("`collection(user)`", "`Collection(user)`");
    check(
        "Collection ([user](user.md))",
        "Collection([user](user.md))",
    );
    check("COLLECTION( user)", "Collection( user)");
    check("Collection(user", "Collection(user)");
    check("collection([user](user.md)", "Collection([user](user.md))");
    check("collection of user", "user collection");
    check(
        "Collection of [user](user.md)",
        "[user](user.md) collection",
    );
    check("Collection of [user][]", "[user][] collection");
    check("user[]", "user collection");
    check("user Collection", "user collection");
    check("[user](user.md) collections", "[user](user.md) collection");
}
