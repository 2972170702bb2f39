//! The languages of code blocks.

use crate::markdown::Code;

/// Whether a block can contain JSON or HTTP.
pub(in crate::facts) fn is_json_or_http(code: &Code<'_>) -> bool {
    let languages = ["", "http", "json", "msgraph-interactive"];
    languages
        .iter()
        .any(|language| code.language.eq_ignore_ascii_case(language))
}
