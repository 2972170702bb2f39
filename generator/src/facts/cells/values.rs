//! The values that a description lists as possible.

/// Finds the lists in a description and parses their items; `lower` is `plain` in lower case.
pub(in crate::facts) fn parse_listed_values(plain: &str, lower: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    if !lower.contains("value") {
        return values;
    }
    let mut from = 0;
    while let Some(found) = lower[from..].find("value") {
        let at = from + found;
        from = at + "value".len();
        let Some(list) = list_behind(lower, at) else {
            continue;
        };
        let end = list + sentence_end(&plain[list..]);
        for value in items(&plain[list..end]) {
            // No real list is that long. The limit keeps the time linear for a text of backticks.
            if values.len() < 1000 && !values.contains(&value) {
                values.push(value);
            }
        }
        from = end.max(from);
    }
    let is_word = |value: &String| {
        matches!(
            value.to_ascii_lowercase().as_str(),
            "true" | "false" | "null"
        )
    };
    if values.iter().all(is_word) {
        values.clear();
    }
    values
}

/// Returns the values that a description says to be returned only with `Prefer: include-unknown-enum-members`.
pub(crate) fn parse_values_behind_prefer(plain: &str) -> Vec<String> {
    const HEADER: &str = "include-unknown-enum-members";
    let Some(header) = plain.find(HEADER) else {
        return Vec::new();
    };
    let rest = &plain[header + HEADER.len()..];
    // The header may be in a code span.
    let rest = rest.strip_prefix('`').unwrap_or(rest);
    let sentence = &rest[..sentence_end(rest)];
    let Some(colon) = sentence.find(':') else {
        return Vec::new();
    };
    spans(&drop_parentheses(&sentence[colon + 1..]))
}

/// Returns the start of the list that `value` at `at` announces.
fn list_behind(lower: &str, at: usize) -> Option<usize> {
    // Only a few bytes before the noun are searched for an adjective, to keep the time linear for a text without spaces.
    let near = lower[ceiling(lower, at.saturating_sub(60))..at].trim_end();
    let mut words = near.rsplit(' ').take(3);
    const ADJECTIVES: [&str; 7] = [
        "possible",
        "allowed",
        "valid",
        "supported",
        "acceptable",
        "permitted",
        "available",
    ];
    let rest = lower[at + "value".len()..].trim_start_matches("(s)");
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let announced =
        words.any(|word| ADJECTIVES.contains(&word.trim_matches(['(', '.', '*', '_', '`'])));
    let evolvable = rest.trim_start().starts_with("in this evolvable enum");
    if !announced && !evolvable {
        return None;
    }
    // A prepositional phrase may separate the noun and the verb.
    let window = &rest[..floor(rest, 90)];
    let verb = verb(window)?;
    let start = lower.len() - rest.len() + verb;
    Some(start)
}

/// Returns the start of the list after `are`, `is`, `include`, `can be` or a colon.
fn verb(window: &str) -> Option<usize> {
    const VERBS: [&str; 7] = [
        " are",
        " is",
        " include",
        " includes",
        " can be",
        " may be",
        ":",
    ];
    let stop = window.find(['.', '`', ';']).unwrap_or(window.len());
    let head = &window[..stop];
    let (at, length) = VERBS
        .iter()
        .filter_map(|verb| Some((find_word(head, verb)?, verb.len())))
        .min()?;
    let mut end = at + length;
    // `are:`, `are as follows:`, `are one of the following:`
    if let Some(colon) = head[end..].find(':').filter(|colon| *colon < 30) {
        end += colon + 1;
    }
    Some(end)
}

/// Returns the offset of a word that is not followed by a letter.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let at = text.find(word)?;
    let next = text[at + word.len()..].chars().next();
    (word == ":" || !next.is_some_and(char::is_alphanumeric)).then_some(at)
}

/// Returns the end of the sentence: a period outside backticks, before whitespace or at the end of the text.
fn sentence_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut in_code = false;
    for (offset, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => in_code = !in_code,
            b'.' if !in_code
                && bytes.get(offset + 1).is_none_or(|next| *next == b' ')
                && !is_abbreviation(&text[..offset]) =>
            {
                return offset;
            }
            _ => {}
        }
    }
    text.len()
}

fn is_abbreviation(before: &str) -> bool {
    before.ends_with("e.g") || before.ends_with("i.e") || before.ends_with("etc")
}

/// The items of a list: the code spans in it, or else its words.
fn items(list: &str) -> Vec<String> {
    let list = drop_parentheses(list);
    if list.contains('`') {
        return spans(&list);
    }
    words(&list)
}

/// Removes parentheses with their content, which explains an item.
fn drop_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut in_code = false;
    let keep = |character: &char| {
        match character {
            '`' if depth == 0 => in_code = !in_code,
            '(' if !in_code => depth += 1,
            ')' if !in_code && depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(keep).collect()
}

fn spans(list: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut pieces = list.split('`');
    let mut before = pieces.next().unwrap_or("");
    while let (Some(span), Some(after)) = (pieces.next(), pieces.next()) {
        let number = before
            .trim_end()
            .strip_suffix('-')
            .map(str::trim_end)
            .unwrap_or("");
        let digits = number.rsplit([' ', ',']).next().unwrap_or("");
        let is_numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // `0 - ready`: the number is the value, the span says what it means.
        let value = if is_numbered { digits } else { span.trim() };
        if !value.is_empty() && value.len() < 100 {
            values.push(value.to_owned());
        }
        before = after;
    }
    values
}

/// Words between commas and conjunctions. A piece of several words means that this is no list of values.
fn words(list: &str) -> Vec<String> {
    let mut values = Vec::new();
    let separated = list
        .replace(" and ", ", ")
        .replace(" or ", ", ")
        .replace("- ", ", ");
    for piece in separated.split([',', ';']) {
        let piece = piece
            .trim()
            .trim_matches(['"', '\'', '*', ':', '“', '”'])
            .trim();
        let piece = piece.strip_suffix(" default").unwrap_or(piece);
        if piece.is_empty() {
            continue;
        }
        let is_value = piece.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'+' | b'#')
        });
        if !is_value {
            return Vec::new();
        }
        values.push(piece.to_owned());
    }
    if values.len() < 2 {
        values.clear();
    }
    values
}

/// Returns the first character boundary at or after `start`.
fn ceiling(text: &str, mut start: usize) -> usize {
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start
}

/// Returns the last character boundary at or before `length`.
fn floor(text: &str, length: usize) -> usize {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, expected: &[&str]) {
        assert_eq!(
            parse_listed_values(plain, &plain.to_ascii_lowercase()),
            expected,
            "{plain}"
        );
    }

    #[test]
    fn ticked_lists() {
        check(
            "State. Possible values are: `a`, `b`, `unknownFutureValue`. More `c`.",
            &["a", "b", "unknownFutureValue"],
        );
        check("The possible values are `a`and `b`", &["a", "b"]);
        check("Allowed values: `a` `b`", &["a", "b"]);
        check(
            "Possible values are: `v1.0` (old `x`), and `v2.0`.",
            &["v1.0", "v2.0"],
        );
        check(
            "The supported values for {period} are: `D7`, `D30`.",
            &["D7", "D30"],
        );
        check(
            "Possible values are: `low` - Costs little; `high` - costs more.",
            &["low", "high"],
        );
        check(
            "Possible values are: 0 - `Not Ready`, 1 - `Ready`.",
            &["0", "1"],
        );
        check(
            "Possible values are: `a`. Use the header to get the following value(s) in this evolvable enum: `b`.",
            &["a", "b"],
        );
    }

    #[test]
    fn bare_lists() {
        check(
            "Possible values are: a , b , unknownFutureValue .",
            &["a", "b", "unknownFutureValue"],
        );
        check(
            "Supported values are D7, D30, and D180.",
            &["D7", "D30", "D180"],
        );
        check(
            "The possible values are: - None - Override",
            &["None", "Override"],
        );
    }

    #[test]
    fn no_lists() {
        check("Possible values are described in the table below.", &[]);
        check("Valid values 1 to 16", &[]);
        check("Possible values are: `true`, `false`.", &[]);
        check("The value of `a`.", &[]);
        check("Possible values are", &[]);
    }
}
