//! `Edm.Duration`

use super::cursor::Cursor;
use super::text_primitive;
use crate::TextBuffer;

/// An ISO 8601 duration, for example `P2Y6M5DT12H35M30S`. The components are preserved and compared as they are, because
/// years and months have no fixed length: `PT1H` and `PT60M` are different.
///
/// ```
/// use graphwright_runtime::Duration;
///
/// let duration: Duration = "P1DT12H".parse().unwrap();
/// assert_eq!((duration.days(), duration.hours(), duration.seconds()), (1, 12, 0));
/// assert_eq!(duration.to_std(), Some(std::time::Duration::from_secs(36 * 3600)));
/// assert_eq!(Duration::from_seconds(90).to_string(), "PT1M30S");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    is_negative: bool,
    /// Years, months, weeks, days, hours, minutes and seconds. `None` for absent components.
    components: [Option<u32>; 7],
    /// The number of fractional digits of the seconds, up to 12.
    digits: u8,
    /// The fraction of the seconds in picoseconds.
    fraction: u64,
}

/// The designators of the components.
const DESIGNATORS: [u8; 7] = *b"YMWDHMS";

/// The index of the first component after the `T`.
const HOURS: usize = 4;
const SECONDS: usize = 6;

impl Duration {
    /// Creates a duration from a number of seconds, split into days, hours, minutes and seconds.
    pub const fn from_seconds(seconds: u32) -> Self {
        const fn component(value: u32) -> Option<u32> {
            if value == 0 { None } else { Some(value) }
        }
        let remaining_seconds = match seconds {
            0 => Some(0),
            _ => component(seconds % 60),
        };
        let days = component(seconds / 86_400);
        let hours = component(seconds / 3600 % 24);
        let minutes = component(seconds / 60 % 60);
        Self {
            is_negative: false,
            components: [None, None, None, days, hours, minutes, remaining_seconds],
            digits: 0,
            fraction: 0,
        }
    }

    /// Returns whether the duration is negative.
    pub const fn is_negative(self) -> bool {
        self.is_negative
    }

    /// Returns the years.
    pub fn years(self) -> u32 {
        self.component(0)
    }

    /// Returns the months.
    pub fn months(self) -> u32 {
        self.component(1)
    }

    /// Returns the weeks.
    pub fn weeks(self) -> u32 {
        self.component(2)
    }

    /// Returns the days.
    pub fn days(self) -> u32 {
        self.component(3)
    }

    /// Returns the hours.
    pub fn hours(self) -> u32 {
        self.component(HOURS)
    }

    /// Returns the minutes.
    pub fn minutes(self) -> u32 {
        self.component(5)
    }

    /// Returns the whole seconds.
    pub fn seconds(self) -> u32 {
        self.component(SECONDS)
    }

    /// Returns the fraction of the seconds in nanoseconds, rounded down.
    pub const fn nanosecond(self) -> u32 {
        (self.fraction / 1000) as u32
    }

    /// Converts the duration, or returns `None` if it is negative or has years or months.
    pub fn to_std(self) -> Option<std::time::Duration> {
        let is_convertible = self.years() == 0 && self.months() == 0 && !self.is_negative;
        let seconds = u64::from(self.weeks()) * 604_800
            + u64::from(self.days()) * 86_400
            + u64::from(self.hours()) * 3600
            + u64::from(self.minutes()) * 60
            + u64::from(self.seconds());
        is_convertible.then(|| std::time::Duration::new(seconds, self.nanosecond()))
    }

    fn component(self, index: usize) -> u32 {
        self.components[index].unwrap_or(0)
    }

    fn parse(text: &str) -> Option<Self> {
        let duration = Self::parse_non_canonical(text)?;
        let mut buffer = TextBuffer::new();
        duration.write(&mut buffer);
        (buffer.as_str() == text).then_some(duration)
    }

    /// Accepts leading zeros too: `PT01H`.
    fn parse_non_canonical(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let text = text.strip_prefix('P')?;
        let mut duration = Self {
            is_negative,
            components: [None; 7],
            digits: 0,
            fraction: 0,
        };
        let (date, time) = match text.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (text, ""),
        };
        duration.parse_components(date, 0, HOURS)?;
        duration.parse_components(time, HOURS, DESIGNATORS.len())?;
        let has_components = duration.components.iter().any(Option::is_some);
        has_components.then_some(duration)
    }

    /// Parses components with the designators `next..end`, in ascending order.
    fn parse_components(&mut self, text: &str, mut next: usize, end: usize) -> Option<()> {
        let mut cursor = Cursor::new(text);
        while !cursor.is_at_end() {
            let (value, _) = cursor.number()?;
            let has_fraction = cursor.take(b'.').is_some();
            if has_fraction {
                (self.fraction, self.digits) = cursor.number()?;
                self.fraction *= 10u64.pow(12u32.checked_sub(u32::from(self.digits))?);
            }
            let index = (next..end).find(|index| cursor.take(DESIGNATORS[*index]).is_some())?;
            if has_fraction && index != SECONDS {
                return None;
            }
            self.components[index] = Some(u32::try_from(value).ok()?);
            next = index + 1;
        }
        Some(())
    }

    fn write(&self, out: &mut TextBuffer) {
        out.push_str(if self.is_negative { "-P" } else { "P" });
        let mut has_time = false;
        for (index, component) in self.components.iter().enumerate() {
            let Some(value) = component else { continue };
            if index >= HOURS && !has_time {
                out.push_str("T");
                has_time = true;
            }
            out.push_digits(u64::from(*value), 1);
            if index == SECONDS && self.digits > 0 {
                out.push_str(".");
                let fraction = self.fraction / 10u64.pow(12 - u32::from(self.digits));
                out.push_digits(fraction, usize::from(self.digits));
            }
            let letter = [DESIGNATORS[index]];
            out.push_str(std::str::from_utf8(&letter).expect("designators are ASCII"));
        }
    }
}

text_primitive!(Duration, "a duration such as P1DT12H");
