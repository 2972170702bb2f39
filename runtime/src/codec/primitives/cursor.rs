//! Reading a text of ASCII parts from left to right, and writing digits.

/// What is left to read.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

/// Fills `place` with the digits of `value`, zeros in front.
#[inline]
pub(crate) fn put_digits(place: &mut [u8], value: u32) {
    let mut rest = value;
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// Reads `expected` if it is next.
    pub(crate) fn take(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == expected).then(|| self.0 = rest)
    }

    /// Reads exactly `count` digits.
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

    /// Reads two digits that are at most `most`.
    pub(crate) fn pair(&mut self, most: u8) -> Option<u8> {
        let value = self.digits(2)? as u8;
        (value <= most).then_some(value)
    }

    /// Reads all digits that follow: the number, and how many there were. None if there is none, or more than the number
    /// can hold.
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

    /// Whether all is read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
