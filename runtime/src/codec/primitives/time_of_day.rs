//! `Edm.TimeOfDay`

use super::cursor::{Cursor, write_digits};
use super::text_primitive;
use crate::TextBuffer;

/// A time of day with picosecond precision, for example `23:59:37.9174975`. The number of fractional digits, and whether
/// seconds are present, are preserved and ignored by comparisons.
///
/// ```
/// use graphwright_runtime::TimeOfDay;
///
/// let time: TimeOfDay = "08:30:00.500".parse().unwrap();
/// assert_eq!((time.hour(), time.minute(), time.nanosecond()), (8, 30, 500_000_000));
/// assert_eq!(time, TimeOfDay::new(8, 30, 0).unwrap().with_nanosecond(500_000_000).unwrap());
/// assert_eq!(time.to_string(), "08:30:00.500");
/// ```
#[derive(Clone, Copy)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
    /// The number of fractional digits, up to 12, or [`NO_SECONDS`].
    digits: u8,
    nanosecond: u32,
    /// The picoseconds below the nanosecond.
    picosecond: u16,
}

/// In [`TimeOfDay::digits`]: the seconds are absent.
const NO_SECONDS: u8 = u8::MAX;

impl TimeOfDay {
    /// Creates a time without a fraction, or returns `None` if a part is out of range.
    pub const fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        Some(Self {
            hour,
            minute,
            second,
            digits: 0,
            nanosecond: 0,
            picosecond: 0,
        })
    }

    /// Replaces the fraction of the second. Formatted without trailing zeros. Returns `None` if `nanosecond` is not below
    /// 1,000,000,000.
    pub const fn with_nanosecond(mut self, nanosecond: u32) -> Option<Self> {
        if nanosecond > 999_999_999 {
            return None;
        }
        self.nanosecond = nanosecond;
        self.picosecond = 0;
        self.digits = 9;
        let mut rest = nanosecond;
        while self.digits > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            self.digits -= 1;
        }
        Some(self)
    }

    /// Returns the hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// Returns the minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Returns the second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.second
    }

    /// Returns the fraction of the second in nanoseconds, rounded down.
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// Returns the whole seconds since midnight.
    pub const fn seconds(self) -> u32 {
        self.hour as u32 * 3600 + self.minute as u32 * 60 + self.second as u32
    }

    /// Returns the fraction of the second in picoseconds.
    pub(crate) const fn picoseconds(self) -> u64 {
        self.nanosecond as u64 * 1000 + self.picosecond as u64
    }

    pub(crate) fn parse_prefix(cursor: &mut Cursor<'_>) -> Option<Self> {
        let hour = cursor.two_digits(23)?;
        cursor.take(b':')?;
        let minute = cursor.two_digits(59)?;
        if cursor.take(b':').is_none() {
            let mut time = Self::new(hour, minute, 0)?;
            time.digits = NO_SECONDS;
            return Some(time);
        }
        let mut time = Self::new(hour, minute, cursor.two_digits(59)?)?;
        if cursor.take(b'.').is_some() {
            let (fraction, digits) = cursor.number()?;
            if digits > 12 {
                return None;
            }
            let picoseconds = fraction * 10u64.pow(12 - u32::from(digits));
            time.digits = digits;
            time.nanosecond = (picoseconds / 1000) as u32;
            time.picosecond = (picoseconds % 1000) as u16;
        }
        Some(time)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let time = Self::parse_prefix(&mut cursor)?;
        cursor.is_at_end().then_some(time)
    }

    fn parse_non_canonical(_: &str) -> Option<Self> {
        None
    }

    pub(crate) fn write(&self, out: &mut TextBuffer) {
        let mut text = *b"00:00:00.000000000000";
        write_digits(&mut text[..2], u32::from(self.hour));
        write_digits(&mut text[3..5], u32::from(self.minute));
        write_digits(&mut text[6..8], u32::from(self.second));
        let end = match self.digits {
            NO_SECONDS => 5,
            0 => 8,
            digits => {
                write_digits(&mut text[9..18], self.nanosecond);
                if digits > 9 {
                    write_digits(&mut text[18..], u32::from(self.picosecond));
                }
                9 + usize::from(digits)
            }
        };
        out.push_ascii(&text[..end]);
    }

    fn key(self) -> (u32, u64) {
        (self.seconds(), self.picoseconds())
    }
}

impl PartialEq for TimeOfDay {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for TimeOfDay {}

impl PartialOrd for TimeOfDay {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeOfDay {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl std::hash::Hash for TimeOfDay {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

text_primitive!(TimeOfDay, "a time of day such as 23:59:37.5");
