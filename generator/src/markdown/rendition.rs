//! Detects which of the three renditions a page is written in.

use super::flattened;
use super::table::is_separator;

/// The form in which a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendition {
    /// The documentation's own markdown.
    Markdown,
    /// Rendered text with pipe tables, whose rows do not start with a pipe.
    PipedText,
    /// Rendered text with tables without pipes: cells are separated by single spaces.
    PlainText,
}

/// Front matter, `#` headings and fences identify markdown. Otherwise, separator lines of tables identify text with
/// pipe tables, and a line that is a known table header identifies text without pipes.
pub(super) fn recognise(text: &str) -> Rendition {
    let first = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if first.starts_with(['#', '>', '|', '`', '<'])
        || first.starts_with("---\n")
        || first.starts_with("---\r")
    {
        return Rendition::Markdown;
    }
    let mut looks = Rendition::Markdown;
    for line in text.lines() {
        if is_markup(line) {
            return Rendition::Markdown;
        }
        if looks != Rendition::PipedText {
            if is_separator(line) {
                looks = Rendition::PipedText;
            } else if line.starts_with("Namespace: ") || flattened::is_header(line) {
                looks = Rendition::PlainText;
            }
        }
    }
    looks
}

fn is_markup(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with("```")
        || trimmed.starts_with("<!--")
        || trimmed.starts_with("[!INCLUDE")
        || line.starts_with("# ")
        || line.starts_with("## ")
        || (line.starts_with('|') && is_separator(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Rendition) {
        assert_eq!(recognise(text), expected, "{text:?}");
    }

    #[test]
    fn three_renditions() {
        check("---\ntitle: x\n---\nwords", Rendition::Markdown);
        check("words\n\n## More\n", Rendition::Markdown);
        check("just words", Rendition::Markdown);
        check("", Rendition::Markdown);
        check(
            "Get x\nProperty | Type |\n---|---|\na | String |",
            Rendition::PipedText,
        );
        check(
            "Get x\n\nProperty Type Description\na String b",
            Rendition::PlainText,
        );
        check(
            "Get x\n\nNamespace: microsoft.graph\n",
            Rendition::PlainText,
        );
    }
}
