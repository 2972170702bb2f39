//! Names as OData identifiers: letters, digits and underscores of ASCII, without a digit in front.

/// Returns a name as an identifier. Any other character becomes its code point, as in `_x0020_` for a space.
pub(super) fn identifier(name: &str) -> String {
    let mut identifier = String::with_capacity(name.len());
    for (index, character) in name.char_indices() {
        let is_allowed = match index {
            0 => character.is_ascii_alphabetic() || character == '_',
            _ => character.is_ascii_alphanumeric() || character == '_',
        };
        if is_allowed {
            identifier.push(character);
        } else {
            identifier.push_str(&format!("_x{:04X}_", u32::from(character)));
        }
    }
    if identifier.is_empty() {
        identifier.push('_');
    }
    identifier
}

/// Returns a name with a namespace, whose parts are joined by dots, as identifiers.
pub(super) fn qualified_identifier(name: &str) -> String {
    let parts: Vec<String> = name.split('.').map(identifier).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::{identifier, qualified_identifier};

    #[test]
    fn other_characters_become_code_points() {
        let check = |name: &str, expected: &str| assert_eq!(identifier(name), expected);
        check("displayName", "displayName");
        check("_2nd", "_2nd");
        check("2nd", "_x0032_nd");
        check("a b\u{1b}", "a_x0020_b_x001B_");
        check("größe", "gr_x00F6__x00DF_e");
        check("", "_");
        assert_eq!(qualified_identifier("a-b.c"), "a_x002D_b.c");
    }
}
