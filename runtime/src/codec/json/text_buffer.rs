//! A string buffer that does not allocate for short texts.

use std::fmt;

/// A string buffer that stores up to 64 bytes inline, and longer text on the heap.
pub struct TextBuffer {
    /// Valid UTF-8 up to `length`.
    bytes: [u8; 64],
    length: usize,
    /// The whole text, if it is too long for `bytes`.
    long: String,
}

impl Default for TextBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl TextBuffer {
    /// Creates an empty buffer.
    #[inline]
    pub const fn new() -> Self {
        Self {
            bytes: [0; 64],
            length: 0,
            long: String::new(),
        }
    }

    /// Appends `text`.
    #[inline]
    pub fn push_str(&mut self, text: &str) {
        let end = self.length + text.len();
        match self.bytes.get_mut(self.length..end) {
            Some(place) if self.long.is_empty() => {
                place.copy_from_slice(text.as_bytes());
                self.length = end;
            }
            _ => self.push_long(text),
        }
    }

    /// Appends `value` in decimal, padded with leading zeros to `width`, which is at most 20.
    #[inline]
    pub fn push_digits(&mut self, value: u64, width: usize) {
        let count = width.max(value.checked_ilog10().map_or(1, |log| log as usize + 1));
        let end = self.length + count;
        let mut rest = value;
        let mut put = |place: &mut [u8]| {
            for digit in place.iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        };
        match self.bytes.get_mut(self.length..end) {
            Some(place) if self.long.is_empty() => {
                put(place);
                self.length = end;
            }
            _ => {
                let mut digits = [b'0'; 20];
                let digits = &mut digits[..count.min(20)];
                put(digits);
                self.push_long(text(digits));
            }
        }
    }

    /// Appends ASCII text. Validated as UTF-8 only when the whole text is read.
    #[inline]
    pub(crate) fn push_ascii(&mut self, ascii: &[u8]) {
        debug_assert!(ascii.is_ascii());
        let end = self.length + ascii.len();
        match self.bytes.get_mut(self.length..end) {
            Some(place) if self.long.is_empty() => {
                place.copy_from_slice(ascii);
                self.length = end;
            }
            _ => self.push_long(text(ascii)),
        }
    }

    /// Returns the text.
    #[inline]
    pub fn as_str(&self) -> &str {
        if self.long.is_empty() {
            text(&self.bytes[..self.length])
        } else {
            &self.long
        }
    }

    #[cold]
    fn push_long(&mut self, more: &str) {
        if self.long.is_empty() {
            self.long.push_str(text(&self.bytes[..self.length]));
        }
        self.long.push_str(more);
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("only complete strings and ASCII are appended")
}

impl fmt::Write for TextBuffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}
