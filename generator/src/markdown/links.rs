//! Links inside text: inline ones, those with a reference, and those that were never closed.

/// The link definitions of a page, found by label whatever its case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkDefinitions<'a> {
    /// Sorted by label, without regard to case.
    definitions: Vec<(&'a str, &'a str)>,
}

impl<'a> LinkDefinitions<'a> {
    /// Sorts definitions; of two with one label the first stays.
    pub fn new(mut definitions: Vec<(&'a str, &'a str)>) -> Self {
        definitions.sort_by(|left, right| folded(left.0).cmp(folded(right.0)));
        definitions.dedup_by(|later, earlier| later.0.eq_ignore_ascii_case(earlier.0));
        Self { definitions }
    }

    /// The target behind a label.
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
    /// The text between the brackets, with its markdown.
    pub text: &'a str,
    /// Where it leads; empty if the reference is not defined.
    pub target: &'a str,
    /// Where the opening bracket is, in bytes.
    pub start: usize,
    /// Where the text behind the link starts, in bytes.
    pub end: usize,
    /// Whether the parenthesis around the target is closed.
    pub closed: bool,
}

/// The first link of a text.
pub fn first_link<'a>(raw: &'a str, definitions: &LinkDefinitions<'a>) -> Option<Link<'a>> {
    links(raw, definitions).next()
}

/// The links of a text, in their order. Those inside code spans are none.
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

/// Reads the link whose bracket opens at `start`. Only looks as far as the next bracket, so that a text of nothing but
/// brackets is read in one go.
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

/// How many bytes a target has, parentheses inside it among them. One that is not closed ends at a blank.
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
