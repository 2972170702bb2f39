//! Names that the output cannot use as they are.

/// Keywords of the 2024 edition, those reserved for later included. Raw identifiers are not used: some of these cannot be
/// raw, and one rule for all reads better.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "union",
];

/// Names of the standard prelude that the output uses; a type that took one would change what the code beside it means.
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

/// File names that Windows keeps for devices.
const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "clock", "conin"];

/// Methods of request builders whose names are ours. `clone`, `cmp` and `new` mean something to every reader of Rust.
const OWN_METHODS: [&str; 24] = [
    "add_reference",
    "at",
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
    "list",
    "list_references",
    "new",
    "reference",
    "remove_reference",
    "replace",
    "set_content",
    "set_reference",
    "update",
    "update_content",
    "update_reference",
    "with_base_url",
];

pub(super) fn is_own_method(ident: &str) -> bool {
    OWN_METHODS.contains(&ident)
}

pub(super) fn is_keyword(word: &str) -> bool {
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
