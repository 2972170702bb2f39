//! Splits a text into lines with their positions.

use crate::source::{FileId, Location};

/// A line, or the rest of a line whose beginning has been removed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The text without its line end.
    pub(super) text: &'a str,
    /// The byte offset of `text` in the file.
    pub(super) start: usize,
    /// The byte offset of the whole line in the file.
    line_start: usize,
    /// The line number, starting at 1.
    number: u32,
}

/// All lines of a file.
pub(super) struct Lines<'a> {
    pub(super) file: FileId,
    pub(super) source: &'a str,
    lines: Vec<Line<'a>>,
}

impl<'a> Lines<'a> {
    /// Splits a text at its line ends.
    pub(super) fn new(file: FileId, source: &'a str) -> Self {
        let mut lines = Vec::with_capacity(source.len() / 40 + 4);
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', source.as_bytes());
        for (index, end) in ends.chain([source.len()]).enumerate() {
            let text = &source[start..end];
            lines.push(Line {
                text: text.strip_suffix('\r').unwrap_or(text),
                start,
                line_start: start,
                number: index as u32 + 1,
            });
            start = end + 1;
        }
        Self {
            file,
            source,
            lines,
        }
    }

    /// Returns the line at an index, or `None` after the last line.
    pub(super) fn get(&self, index: usize) -> Option<Line<'a>> {
        self.lines.get(index).copied()
    }

    /// Returns the number of lines.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns the index of the line that contains a byte offset of the file.
    pub(super) fn index_of(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.line_start <= offset)
            .saturating_sub(1)
    }

    /// Removes the beginning of a line, so that it starts at byte `start` of the file.
    pub(super) fn cut_before(&mut self, index: usize, start: usize) {
        let line = &mut self.lines[index];
        let skipped = start.saturating_sub(line.start).min(line.text.len());
        line.text = line.text.get(skipped..).unwrap_or("");
        line.start += skipped;
    }

    /// Returns the place of byte `offset` in the text of a line.
    pub(super) fn location(&self, line: Line<'a>, offset: usize) -> Location {
        let end = (line.start + offset).min(self.source.len());
        let before = self.source.get(line.line_start..end).unwrap_or("");
        Location {
            file: self.file,
            line: line.number,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// Returns the text of the file from the start of one line to the end of another.
    pub(super) fn span(&self, first: Line<'a>, last: Line<'a>) -> &'a str {
        let end = last.start + last.text.len();
        self.source.get(first.start..end).unwrap_or("")
    }
}

/// The indentation of a line, in bytes.
pub(super) fn indentation(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Whether a line is empty or consists of whitespace.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
