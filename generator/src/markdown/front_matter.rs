//! The front matter between `---` lines at the top of a page: scalar values only. Unknown keys and lists are ignored.

use super::FrontMatterEntry;
use super::lines::Lines;

/// Parses the front matter, and returns the index of the first line after it.
pub(super) fn parse_front_matter<'a>(lines: &Lines<'a>) -> (Vec<FrontMatterEntry<'a>>, usize) {
    let opens = |index: usize| {
        lines
            .get(index)
            .is_some_and(|line| line.text.trim_end() == "---")
    };
    let Some(first) = (0..lines.len()).find(|index| {
        lines
            .get(*index)
            .is_some_and(|line| !line.text.trim_matches(['\u{feff}', ' ', '\t']).is_empty())
    }) else {
        return (Vec::new(), 0);
    };
    if !opens(first) {
        return (Vec::new(), 0);
    }
    let Some(close) = (first + 1..lines.len()).find(|index| opens(*index)) else {
        return (Vec::new(), 0);
    };
    let entries = (first + 1..close).filter_map(|index| entry(lines, index));
    (entries.collect(), close + 1)
}

fn entry<'a>(lines: &Lines<'a>, index: usize) -> Option<FrontMatterEntry<'a>> {
    let line = lines.get(index)?;
    let (key, rest) = line.text.split_once(':')?;
    if key.starts_with(['#', ' ', '-', '\t']) || key.is_empty() {
        return None;
    }
    let value = rest.trim();
    let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    let offset = line.text.len() - rest.trim_start().len() + usize::from(bare.len() < value.len());
    Some(FrontMatterEntry {
        key: key.trim_end(),
        value: bare,
        at: lines.location(line, offset),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, expected: &[(&str, &str)], rest: usize) {
        let lines = Lines::new(FileId(0), text);
        let (entries, next) = parse_front_matter(&lines);
        let pairs: Vec<_> = entries
            .iter()
            .map(|entry| (entry.key, entry.value))
            .collect();
        assert_eq!((pairs.as_slice(), next), (expected, rest));
    }

    #[test]
    fn quotes_comments_and_lists() {
        check(
            "---\n# about us\ntitle: \"A: b\"\nms.date: 1/2\nkinds:\n- one\n---\n# H",
            &[("title", "A: b"), ("ms.date", "1/2"), ("kinds", "")],
            7,
        );
    }

    #[test]
    fn a_page_without_front_matter() {
        check("# H\n---\n", &[], 0);
        check("---\ntitle: x", &[], 0);
        check("", &[], 0);
    }
}
