//! Links in text: inline links, reference links, and links without a closing parenthesis.

/// The link definitions of a page, by case-insensitive label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkDefinitions<'a> {
    /// Sorted by label, ignoring case.
    definitions: Vec<(&'a str, &'a str)>,
}

impl<'a> LinkDefinitions<'a> {
    /// Sorts the definitions. The first definition of a label wins.
    pub fn new(mut definitions: Vec<(&'a str, &'a str)>) -> Self {
        definitions.sort_by(|left, right| folded(left.0).cmp(folded(right.0)));
        definitions.dedup_by(|later, earlier| later.0.eq_ignore_ascii_case(earlier.0));
        Self { definitions }
    }

    /// Returns the target of a label.
    pub fn get(&self, label: &str) -> Option<&'a str> {
        let index = self
            .definitions
            .binary_search_by(|(known, _)| folded(known).cmp(folded(label)))
            .ok()?;
        Some(self.definitions[index].1)
    }
}

fn folded(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// A link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The markdown between the brackets.
    pub text: &'a str,
    /// The target; empty if the reference is undefined.
    pub target: &'a str,
    /// The byte offset of the opening bracket.
    pub start: usize,
    /// The byte offset of the end of the link.
    pub end: usize,
    /// Whether the target has a closing parenthesis.
    pub closed: bool,
}

/// Returns the first link of a text.
pub fn first_link<'a>(raw: &'a str, definitions: &LinkDefinitions<'a>) -> Option<Link<'a>> {
    links(raw, definitions).next()
}

/// Returns the links of a text in order. Code spans contain no links.
pub fn links<'a>(
    raw: &'a str,
    definitions: &LinkDefinitions<'a>,
) -> impl Iterator<Item = Link<'a>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = raw[from..].find(['[', '`', '\\']) {
            let start = from + found;
            from = start + 1;
            match raw.as_bytes()[start] {
                b'`' => from = raw[from..].find('`').map_or(from, |end| from + end + 1),
                b'\\' => from += raw[from..].chars().next().map_or(0, char::len_utf8),
                _ => {
                    if let Some(link) = link_at(raw, start, definitions) {
                        from = link.end;
                        return Some(link);
                    }
                }
            }
        }
        None
    })
}

/// Parses the link whose bracket opens at `start`. The search ends at the next bracket, so that the time stays linear
/// for a text of brackets.
pub(super) fn link_at<'a>(
    raw: &'a str,
    start: usize,
    definitions: &LinkDefinitions<'a>,
) -> Option<Link<'a>> {
    let inside = &raw[start + 1..];
    let close = inside
        .find(['[', ']'])
        .filter(|end| inside.as_bytes()[*end] == b']')?;
    let text = &inside[..close];
    let behind = start + 1 + close + 1;
    let rest = &raw[behind..];
    let link = |target, end, closed| Link {
        text,
        target,
        start,
        end,
        closed,
    };
    if let Some(target) = rest.strip_prefix('(') {
        let length = target_length(target);
        let closed = target[length..].starts_with(')');
        let end = behind + 1 + length + usize::from(closed);
        let target = target[..length].split_whitespace().next().unwrap_or("");
        return Some(link(target, end, closed));
    }
    if let Some((label, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let wanted = if label.trim().is_empty() { text } else { label };
        if !label.contains('[') {
            let target = definitions
                .get(wanted.trim().trim_matches('*'))
                .unwrap_or("");
            return Some(link(target, behind + label.len() + 2, true));
        }
    }
    let target = definitions.get(text.trim().trim_matches('*'))?;
    Some(link(target, behind, true))
}

/// Returns the length of a target in bytes. It may contain balanced parentheses; if unclosed, it ends at whitespace.
fn target_length(target: &str) -> usize {
    let mut depth = 0;
    let mut blank = None;
    for (offset, byte) in target.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return offset,
            b')' => depth -= 1,
            b' ' if blank.is_none() => blank = Some(offset),
            b'\n' | b'[' => return blank.unwrap_or(offset),
            _ => {}
        }
    }
    blank.unwrap_or(target.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &[(&str, &str)]) {
        let definitions = LinkDefinitions::new(vec![("drive", "drive.md"), ("Base", "base.md")]);
        let found: Vec<_> = links(raw, &definitions)
            .map(|link| (link.text, link.target))
            .collect();
        assert_eq!(found, expected, "{raw}");
    }

    #[test]
    fn the_kinds_of_links() {
        check(
            "a [x](x.md) b [y](y.md#z \"title\")",
            &[("x", "x.md"), ("y", "y.md#z")],
        );
        check(
            "[Drive][] and [that][drive] and [base]",
            &[
                ("Drive", "drive.md"),
                ("that", "drive.md"),
                ("base", "base.md"),
            ],
        );
        check("[unknown] words", &[]);
        check("[unknown][]", &[("unknown", "")]);
        check("[x](y_(z).md)", &[("x", "y_(z).md")]);
        check("[x](y.md", &[("x", "y.md")]);
        check("`[x](y)` \\[z](w)", &[]);
        check("[[[x](y)", &[("x", "y")]);
    }
}
