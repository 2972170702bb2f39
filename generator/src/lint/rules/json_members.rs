//! Finds the members of objects in JSON text.

/// A member of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member<'t> {
    /// The byte offset of the key, without its quote.
    pub(super) offset: usize,
    /// The key as written, without quotes.
    pub(super) key: &'t str,
    /// The value without quotes, if it is a string.
    pub(super) value: Option<&'t str>,
}

/// Returns the members of all objects in JSON text, in order.
pub(super) fn members(text: &str) -> Vec<Member<'_>> {
    let mut members: Vec<Member<'_>> = Vec::new();
    let mut end_of_key = None;
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'"', &text.as_bytes()[at..]).map(|start| at + start + 1)
    {
        let Some(end) = end_of_string(text, start) else {
            break;
        };
        let content = &text[start..end];
        at = end + 1;
        let is_value = end_of_key.is_some_and(|key: usize| {
            text[key..start - 1]
                .trim_start()
                .strip_prefix(':')
                .is_some_and(|between| between.trim().is_empty())
        });
        end_of_key = None;
        if is_value {
            if let Some(member) = members.last_mut() {
                member.value = Some(content);
            }
        } else if text[at..].trim_start().starts_with(':') {
            members.push(Member {
                offset: start,
                key: content,
                value: None,
            });
            end_of_key = Some(at);
        }
    }
    members
}

/// Returns the offset of the quote that ends a string.
fn end_of_string(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_nested_objects() {
        let check = |text: &str, expected: &[(usize, &str, Option<&str>)]| {
            let found: Vec<_> = members(text)
                .iter()
                .map(|member| (member.offset, member.key, member.value))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "{\"a\": \"x\", \"b\" : {\"c\":1, \"d\": [\"y\", \"z\"]}}",
            &[
                (2, "a", Some("x")),
                (12, "b", None),
                (19, "c", None),
                (26, "d", None),
            ],
        );
        check(
            "{\"a\": \"\\\"b\\\": c\"}",
            &[(2, "a", Some("\\\"b\\\": c"))],
        );
        check("{\"a", &[]);
        check("{\"a\\", &[]);
    }
}
