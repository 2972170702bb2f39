//! Positions of the protocol: a line and a column, both counted from 0, in the units of the negotiated encoding.

use generator::source::Location;
use lsp_types::{Position, PositionEncodingKind, Range};

/// The unit of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// Returns the first known encoding of the client's list, or else UTF-16, which every client supports.
    pub(super) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let known = |kind: &PositionEncodingKind| {
            let all = [Self::Utf8, Self::Utf16, Self::Utf32];
            all.into_iter().find(|encoding| encoding.kind() == *kind)
        };
        let mut offered = offered.unwrap_or_default().iter();
        offered.find_map(known).unwrap_or(Self::Utf16)
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, character: char) -> u32 {
        match self {
            Self::Utf8 => character.len_utf8() as u32,
            Self::Utf16 => character.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// The lines of a text. A line ends with a line feed, a carriage return, or both.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The byte offset of the start of each line.
    starts: Vec<usize>,
    encoding: Encoding,
    /// The units that the client counts before the text: those of a byte order mark.
    skipped: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = (0..bytes.len()).filter(|at| is_end(*at));
        Self {
            text,
            starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(),
            encoding,
            skipped: 0,
        }
    }

    /// Like [`Lines::new`], for the text of a page without the byte order mark that the client counts.
    pub(super) fn after_mark(text: &'t str, encoding: Encoding) -> Self {
        Self {
            skipped: encoding.units('\u{feff}'),
            ..Self::new(text, encoding)
        }
    }

    /// Returns the byte offset of a position. A column beyond the end of a line stands for its end, a line beyond the end of the
    /// text for the end of the text, and a column within a character for its start.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else {
            return self.text.len();
        };
        let skipped = if line == 0 { self.skipped } else { 0 };
        let mut rest = position.character.saturating_sub(skipped);
        let content = self.content(line);
        for (at, character) in content.char_indices() {
            let units = self.encoding.units(character);
            if rest < units {
                return start + at;
            }
            rest -= units;
        }
        start + content.len()
    }

    /// Returns the position of a byte offset, which must be at a character boundary.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = self.text[self.starts[line]..offset].chars();
        let units: u32 = before.map(|character| self.encoding.units(character)).sum();
        Position {
            line: line as u32,
            character: units + if line == 0 { self.skipped } else { 0 },
        }
    }

    /// Returns the range of two byte offsets.
    pub(super) fn range(&self, range: std::ops::Range<usize>) -> Range {
        Range {
            start: self.position(range.start),
            end: self.position(range.end),
        }
    }

    /// Returns the text of a line without its end. Lines are counted from 0; one that does not exist is empty.
    pub(super) fn content(&self, line: usize) -> &'t str {
        let Some(start) = self.starts.get(line) else {
            return "";
        };
        let end = self.starts.get(line + 1).copied();
        self.text[*start..end.unwrap_or(self.text.len())].trim_end_matches(['\n', '\r'])
    }

    /// Returns the byte offset of a place in the text.
    pub(super) fn offset_of(&self, at: Location) -> usize {
        let line = (at.line as usize).saturating_sub(1);
        let Some(start) = self.starts.get(line) else {
            return self.text.len();
        };
        let content = self.content(line);
        let mut characters = content.char_indices();
        let within = characters.nth((at.column as usize).saturating_sub(1));
        start + within.map_or(content.len(), |(at, _)| at)
    }

    /// Returns the byte offsets of `width` characters from a place, at most up to the end of the line; of the rest of the line
    /// if the width is 0.
    pub(super) fn span(&self, at: Location, width: u32) -> std::ops::Range<usize> {
        let start = self.offset_of(at);
        let end = if width == 0 {
            let line = (at.line as usize).saturating_sub(1);
            let line_start = self.starts.get(line).copied().unwrap_or(start);
            line_start + self.content(line).trim_end().len()
        } else {
            self.offset_of(Location {
                column: at.column.saturating_add(width),
                ..at
            })
        };
        start..end.max(start)
    }

    /// Returns the byte offset of the start of the line that contains an offset, and the line counted from 0.
    pub(super) fn line_at(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        (self.starts[line], line)
    }
}

#[cfg(test)]
mod tests {
    use generator::source::FileId;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn position(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn the_clients_first_known_encoding_is_used() {
        let check = |offered: &[&'static str], expected: Encoding| {
            let offered: Vec<PositionEncodingKind> = offered
                .iter()
                .map(|name| PositionEncodingKind::new(name))
                .collect();
            assert_eq!(Encoding::negotiate(Some(&offered)), expected);
        };
        check(&["utf-32", "utf-8"], Encoding::Utf32);
        check(&["ebcdic", "utf-8", "utf-16"], Encoding::Utf8);
        check(&[], Encoding::Utf16);
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
    }

    #[test]
    fn columns_count_units_of_the_encoding() {
        // A tab, a letter of three bytes, and one of four bytes and two UTF-16 units.
        let text = "a\n\t宽\u{1f4a1}|x\r\nb";
        let check = |encoding: Encoding, column: u32, rest: &str| {
            let lines = Lines::new(text, encoding);
            let offset = lines.offset(position(1, column));
            assert!(text[offset..].starts_with(rest), "{encoding:?} {column}");
            assert_eq!(lines.position(offset), position(1, column));
        };
        check(Encoding::Utf8, 4, "\u{1f4a1}");
        check(Encoding::Utf8, 8, "|x");
        check(Encoding::Utf16, 2, "\u{1f4a1}");
        check(Encoding::Utf16, 4, "|x");
        check(Encoding::Utf32, 3, "|x");
        for encoding in ALL {
            let lines = Lines::new(text, encoding);
            assert_eq!(lines.offset(position(1, 99)), text.find('\r').unwrap());
            assert_eq!(lines.offset(position(9, 0)), text.len());
            assert_eq!(lines.offset(position(2, 1)), text.len());
        }
        // Within a character.
        let wide = text.find('\u{1f4a1}').unwrap();
        assert_eq!(
            Lines::new(text, Encoding::Utf8).offset(position(1, 6)),
            wide
        );
        assert_eq!(
            Lines::new(text, Encoding::Utf16).offset(position(1, 3)),
            wide
        );
    }

    #[test]
    fn lines_end_like_in_the_protocol() {
        let text = "a\rb\r\nc\nd";
        let lines = Lines::new(text, Encoding::Utf16);
        for (line, name) in ["a", "b", "c", "d"].iter().enumerate() {
            assert_eq!(lines.content(line), *name);
            assert_eq!(
                lines.offset(position(line as u32, 0)),
                text.find(name).unwrap()
            );
        }
        assert_eq!(Lines::new("", Encoding::Utf16).position(0), position(0, 0));
    }

    #[test]
    fn a_byte_order_mark_counts_on_the_first_line_only() {
        let text = "ab\nc";
        let check = |encoding: Encoding, units: u32| {
            let lines = Lines::after_mark(text, encoding);
            assert_eq!(lines.position(1), position(0, units + 1));
            assert_eq!(lines.offset(position(0, units + 1)), 1);
            assert_eq!(lines.position(3), position(1, 0));
        };
        check(Encoding::Utf8, 3);
        check(Encoding::Utf16, 1);
    }

    #[test]
    fn spans_end_with_the_line() {
        let lines = Lines::new("宽ab  \r\nc", Encoding::Utf16);
        let check = |column: u32, width: u32, expected: &str| {
            let at = Location {
                file: FileId(0),
                line: 1,
                column,
            };
            assert_eq!(&lines.text[lines.span(at, width)], expected);
        };
        check(2, 1, "a");
        check(2, 0, "ab");
        check(1, 99, "宽ab  ");
        check(99, 5, "");
    }
}
