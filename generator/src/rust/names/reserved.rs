//! Reserved names: keywords, prelude types, file names and own methods.

/// The strict and reserved keywords of the 2024 edition. They get a `_` instead of becoming raw identifiers, because some
/// cannot be raw.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "union",
];

/// Prelude names that generated code uses; a type of such a name would shadow it.
const PRELUDE_TYPES: [&str; 24] = [
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "From",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Vec",
];

/// File names that Windows reserves for devices.
const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "clock", "conin"];

/// Names of request builder methods that no path segment may take, and `clone`, `cmp` and `new`, which have a fixed meaning in Rust.
/// Calls of `into` and `try_into` would resolve to the traits, which take `self` by value.
const OWN_METHODS: [&str; 27] = [
    "add_reference",
    "at",
    "base_url",
    "builder",
    "by_id",
    "clone",
    "cmp",
    "content",
    "count",
    "create",
    "delete",
    "delete_content",
    "get",
    "into",
    "list",
    "list_references",
    "new",
    "reference",
    "remove_reference",
    "replace",
    "set_content",
    "set_reference",
    "try_into",
    "update",
    "update_content",
    "update_reference",
    "with_base_url",
];

pub(super) fn is_own_method(ident: &str) -> bool {
    OWN_METHODS.contains(&ident)
}

pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

pub(super) fn is_prelude_type(ident: &str) -> bool {
    PRELUDE_TYPES.contains(&ident)
}

pub(super) fn is_reserved_file(stem: &str) -> bool {
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    DEVICES.contains(&stem)
        || port.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}
