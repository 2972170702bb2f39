//! A text cut into lines, each knowing where it stands.

use crate::source::{FileId, Location};

/// One line, or what is left of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The text without its line end.
    pub(super) text: &'a str,
    /// Where `text` starts in the file, in bytes.
    pub(super) start: usize,
    /// Where the whole line starts in the file, in bytes.
    line_start: usize,
    /// The line's number, from 1.
    number: u32,
}

/// All lines of a file.
pub(super) struct Lines<'a> {
    pub(super) file: FileId,
    pub(super) source: &'a str,
    lines: Vec<Line<'a>>,
}

impl<'a> Lines<'a> {
    /// Cuts a text at its line ends.
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

    /// The line at an index, if the file has as many.
    pub(super) fn get(&self, index: usize) -> Option<Line<'a>> {
        self.lines.get(index).copied()
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The index of the line that holds a byte of the file.
    pub(super) fn index_of(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.line_start <= offset)
            .saturating_sub(1)
    }

    /// Takes the beginning of a line away: it now starts at byte `start` of the file.
    pub(super) fn cut_before(&mut self, index: usize, start: usize) {
        let line = &mut self.lines[index];
        let skipped = start.saturating_sub(line.start).min(line.text.len());
        line.text = line.text.get(skipped..).unwrap_or("");
        line.start += skipped;
    }

    /// The place of byte `offset` of a line's text.
    pub(super) fn location(&self, line: Line<'a>, offset: usize) -> Location {
        let end = (line.start + offset).min(self.source.len());
        let before = self.source.get(line.line_start..end).unwrap_or("");
        Location {
            file: self.file,
            line: line.number,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// The file's text from the start of one line's text to the end of another's.
    pub(super) fn span(&self, first: Line<'a>, last: Line<'a>) -> &'a str {
        let end = last.start + last.text.len();
        self.source.get(first.start..end).unwrap_or("")
    }
}

/// How many blanks a line starts with.
pub(super) fn indentation(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Whether a line is empty but for blanks.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
