//! HTML comments. Some contain an annotation; the others are ignored.

use super::Text;
use super::lines::Lines;

/// A comment that starts a line.
pub(super) struct Comment<'a> {
    /// The text between `<!--` and `-->`.
    pub(super) text: Text<'a>,
    /// Whether `-->` was found. Without it, the comment extends to the end of the file.
    pub(super) closed: bool,
    /// The index of the line on which parsing continues: the text after `-->`, if there is any.
    pub(super) next: usize,
}

/// Whether a line starts with a comment.
pub(super) fn opens(text: &str) -> bool {
    text.trim_start().starts_with("<!--")
}

/// The byte offset of a `<!--` that is not closed on this line.
pub(super) fn opens_within(text: &str) -> Option<usize> {
    // Most lines have no `<` at all.
    text.find('<')?;
    let start = text.rfind("<!--")?;
    (!text[start..].contains("-->") && start > 0).then_some(start)
}

/// Parses the comment that starts at a line.
pub(super) fn parse_comment<'a>(lines: &mut Lines<'a>, index: usize) -> Comment<'a> {
    let line = lines.get(index).expect("the comment starts on a line");
    let indentation = line.text.len() - line.text.trim_start().len();
    let start = line.start + indentation + "<!--".len();
    let rest = &lines.source[start.min(lines.source.len())..];
    let inner = rest.find("-->").map_or(rest, |end| &rest[..end]);
    let closed = inner.len() < rest.len();
    let blanks = inner.len() - inner.trim_start().len();
    let first = lines.index_of(start + blanks);
    let at = lines.get(first).map_or(lines.location(line, 0), |line| {
        lines.location(line, (start + blanks).saturating_sub(line.start))
    });
    let next = if closed {
        let end = start + inner.len() + "-->".len();
        let last = lines.index_of(end);
        lines.cut_before(last, end);
        last
    } else {
        lines.len()
    };
    Comment {
        text: Text::borrowed(inner.trim(), at),
        closed,
        next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, inner: &str, closed: bool, rest: Option<&str>) {
        let mut lines = Lines::new(FileId(0), text);
        let comment = parse_comment(&mut lines, 0);
        assert_eq!(comment.text.raw, inner);
        assert_eq!(comment.closed, closed);
        assert_eq!(lines.get(comment.next).map(|line| line.text), rest);
    }

    #[test]
    fn ends_anywhere() {
        check(
            "<!-- { \"a\": 1 } -->\nnext",
            "{ \"a\": 1 }",
            true,
            Some(""),
        );
        check("  <!--\na\n--> tail\n", "a", true, Some(" tail"));
        check(
            "<!-- open\n\n# no heading",
            "open\n\n# no heading",
            false,
            None,
        );
        check("<!--", "", false, None);
        check("<!---->x", "", true, Some("x"));
    }
}
