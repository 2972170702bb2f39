//! Locations of ascending byte offsets in a text.

use crate::source::Location;

/// Finds the locations of ascending byte offsets in a text, each from the one before.
pub(super) struct Places<'t> {
    text: &'t str,
    offset: usize,
    at: Location,
}

impl<'t> Places<'t> {
    /// Starts at the location of the first character of `text`.
    pub(super) fn new(text: &'t str, at: Location) -> Self {
        Self {
            text,
            offset: 0,
            at,
        }
    }

    /// Returns the location of a byte offset that is not before the previous one.
    pub(super) fn locate(&mut self, offset: usize) -> Location {
        let Some(between) = self.text.get(self.offset..offset) else {
            return self.at;
        };
        match between.rfind('\n') {
            Some(last) => {
                self.at.line += memchr::memchr_iter(b'\n', between.as_bytes()).count() as u32;
                self.at.column = between[last + 1..].chars().count() as u32 + 1;
            }
            None => self.at.column += between.chars().count() as u32,
        }
        self.offset = offset;
        self.at
    }
}
