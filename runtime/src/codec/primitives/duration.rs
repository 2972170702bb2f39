//! `Edm.Duration`

use super::cursor::Cursor;
use super::text_primitive;
use crate::{Reading, TextBuffer};

/// A span of time in the parts it was given in: `P2Y6M5DT12H35M30S`. Years and months have no length in seconds, so the
/// parts stay as they are: `PT1H` and `PT60M` are different.
///
/// ```
/// use graphwright_runtime::Duration;
///
/// let span: Duration = "P1DT12H".parse().unwrap();
/// assert_eq!((span.days(), span.hours(), span.seconds()), (1, 12, 0));
/// assert_eq!(span.to_std(), Some(std::time::Duration::from_secs(36 * 3600)));
/// assert_eq!(Duration::from_seconds(90).to_string(), "PT1M30S");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    is_negative: bool,
    /// Years, months, weeks, days, hours, minutes, seconds; none for a part that is not written.
    parts: [Option<u32>; 7],
    /// How many digits the fraction of the seconds has, up to 12.
    digits: u8,
    /// The fraction in picoseconds.
    fraction: u64,
}

const LETTERS: [u8; 7] = *b"YMWDHMS";

/// The first of the parts that stand behind the `T`.
const HOURS: usize = 4;
const SECONDS: usize = 6;

impl Duration {
    /// So many seconds, in days, hours, minutes and seconds.
    pub const fn from_seconds(seconds: u32) -> Self {
        const fn part(value: u32) -> Option<u32> {
            if value == 0 { None } else { Some(value) }
        }
        let rest = match seconds {
            0 => Some(0),
            _ => part(seconds % 60),
        };
        let days = part(seconds / 86_400);
        let hours = part(seconds / 3600 % 24);
        let minutes = part(seconds / 60 % 60);
        Self {
            is_negative: false,
            parts: [None, None, None, days, hours, minutes, rest],
            digits: 0,
            fraction: 0,
        }
    }

    /// Whether it is a span back in time.
    pub const fn is_negative(self) -> bool {
        self.is_negative
    }

    /// The years.
    pub fn years(self) -> u32 {
        self.part(0)
    }

    /// The months.
    pub fn months(self) -> u32 {
        self.part(1)
    }

    /// The weeks.
    pub fn weeks(self) -> u32 {
        self.part(2)
    }

    /// The days.
    pub fn days(self) -> u32 {
        self.part(3)
    }

    /// The hours.
    pub fn hours(self) -> u32 {
        self.part(HOURS)
    }

    /// The minutes.
    pub fn minutes(self) -> u32 {
        self.part(5)
    }

    /// The whole seconds.
    pub fn seconds(self) -> u32 {
        self.part(SECONDS)
    }

    /// The fraction of the seconds in nanoseconds, rounded down.
    pub const fn nanosecond(self) -> u32 {
        (self.fraction / 1000) as u32
    }

    /// The length, if it is one: not with years or months, and not back in time.
    pub fn to_std(self) -> Option<std::time::Duration> {
        let is_length = self.years() == 0 && self.months() == 0 && !self.is_negative;
        let seconds = u64::from(self.weeks()) * 604_800
            + u64::from(self.days()) * 86_400
            + u64::from(self.hours()) * 3600
            + u64::from(self.minutes()) * 60
            + u64::from(self.seconds());
        is_length.then(|| std::time::Duration::new(seconds, self.nanosecond()))
    }

    fn part(self, index: usize) -> u32 {
        self.parts[index].unwrap_or(0)
    }

    fn parse(text: &str) -> Option<Self> {
        let duration = Self::read(text)?;
        let mut buffer = TextBuffer::new();
        duration.write(&mut buffer);
        (buffer.as_str() == text).then_some(duration)
    }

    /// Reads other spellings too, such as `PT01H`.
    fn respelled(text: &str) -> Reading<Self> {
        match Self::read(text) {
            Some(duration) => Reading::Respelled(duration),
            None => Reading::Refused,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let text = text.strip_prefix('P')?;
        let mut duration = Self {
            is_negative,
            parts: [None; 7],
            digits: 0,
            fraction: 0,
        };
        let (date, time) = match text.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (text, ""),
        };
        duration.read_parts(date, 0, HOURS)?;
        duration.read_parts(time, HOURS, LETTERS.len())?;
        let is_any = duration.parts.iter().any(Option::is_some);
        is_any.then_some(duration)
    }

    /// Reads numbers with their letters, which are those from one index to another, in their order.
    fn read_parts(&mut self, text: &str, mut next: usize, end: usize) -> Option<()> {
        let mut cursor = Cursor::new(text);
        while !cursor.is_at_end() {
            let (value, _) = cursor.number()?;
            let has_fraction = cursor.take(b'.').is_some();
            if has_fraction {
                (self.fraction, self.digits) = cursor.number()?;
                self.fraction *= 10u64.pow(12u32.checked_sub(u32::from(self.digits))?);
            }
            let index = (next..end).find(|index| cursor.take(LETTERS[*index]).is_some())?;
            if has_fraction && index != SECONDS {
                return None;
            }
            self.parts[index] = Some(u32::try_from(value).ok()?);
            next = index + 1;
        }
        Some(())
    }

    fn write(&self, out: &mut TextBuffer) {
        out.push_str(if self.is_negative { "-P" } else { "P" });
        let mut is_time = false;
        for (index, part) in self.parts.iter().enumerate() {
            let Some(value) = part else { continue };
            if index >= HOURS && !is_time {
                out.push_str("T");
                is_time = true;
            }
            out.push_digits(u64::from(*value), 1);
            if index == SECONDS && self.digits > 0 {
                out.push_str(".");
                let fraction = self.fraction / 10u64.pow(12 - u32::from(self.digits));
                out.push_digits(fraction, usize::from(self.digits));
            }
            let letter = [LETTERS[index]];
            out.push_str(std::str::from_utf8(&letter).expect("the letters are ASCII"));
        }
    }
}

text_primitive!(Duration, "a duration such as P1DT12H");
