//! Parsing of fixed ASCII formats, and formatting of digits.

/// The unparsed rest of a text.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

/// Fills `output` with the decimal digits of `value`, padded with leading zeros.
#[inline]
pub(crate) fn write_digits(output: &mut [u8], value: u32) {
    let mut rest = value;
    for digit in output.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// Consumes the byte `expected`.
    pub(crate) fn take(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == expected).then(|| self.0 = rest)
    }

    /// Parses exactly `count` digits.
    pub(crate) fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value: u32 = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value
                .checked_mul(10)?
                .checked_add(u32::from(digit - b'0'))?;
        }
        self.0 = rest;
        Some(value)
    }

    /// Parses a two-digit number of at most `max`.
    pub(crate) fn two_digits(&mut self, max: u8) -> Option<u8> {
        let value = self.digits(2)? as u8;
        (value <= max).then_some(value)
    }

    /// Parses all following digits, up to 18. Returns the number and the count of its digits.
    pub(crate) fn number(&mut self) -> Option<(u64, u8)> {
        let count = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.0.split_at(count);
        if count == 0 || count > 18 {
            return None;
        }
        let value = digits
            .iter()
            .fold(0, |value: u64, digit| value * 10 + u64::from(digit - b'0'));
        self.0 = rest;
        Some((value, count as u8))
    }

    /// Returns whether the whole text is parsed.
    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
