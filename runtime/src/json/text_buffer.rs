//! A place to write a short text to without asking for memory.

use std::fmt;

/// Takes the text of a value: up to 64 bytes in place, more on the heap.
pub struct TextBuffer {
    bytes: [u8; 64],
    length: usize,
    long: String,
}

impl Default for TextBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl TextBuffer {
    /// An empty buffer.
    pub const fn new() -> Self {
        Self {
            bytes: [0; 64],
            length: 0,
            long: String::new(),
        }
    }

    /// Adds text.
    pub fn push_str(&mut self, text: &str) {
        let end = self.length + text.len();
        if self.long.is_empty() && end <= self.bytes.len() {
            self.bytes[self.length..end].copy_from_slice(text.as_bytes());
            self.length = end;
            return;
        }
        if self.long.is_empty() {
            let short = std::str::from_utf8(&self.bytes[..self.length]);
            self.long
                .push_str(short.expect("only whole strings are copied in"));
        }
        self.long.push_str(text);
    }

    /// Adds `value` in decimal digits, with zeros in front up to `width`.
    pub fn push_digits(&mut self, value: u64, width: usize) {
        let mut digits = [b'0'; 20];
        let mut rest = value;
        let mut start = digits.len();
        while rest > 0 || digits.len() - start < width.min(20) {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.push_str(std::str::from_utf8(&digits[start..]).expect("digits are ASCII"));
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        if self.long.is_empty() {
            std::str::from_utf8(&self.bytes[..self.length])
                .expect("only whole strings are copied in")
        } else {
            &self.long
        }
    }
}

impl fmt::Write for TextBuffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}
