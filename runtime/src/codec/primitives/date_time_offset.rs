//! `Edm.DateTimeOffset`

use super::cursor::Cursor;
use super::{Date, TimeOfDay, text_primitive};
use crate::TextBuffer;

/// A point in time with a UTC offset, for example `2016-12-31T23:59:37.9174975-08:00`.
///
/// Comparisons are by the point in time. The offset and the number of fractional digits are ignored by comparisons, and
/// preserved when the value is formatted.
///
/// ```
/// use graphwright_runtime::DateTimeOffset;
///
/// let local: DateTimeOffset = "2016-12-31T23:59:37-08:00".parse().unwrap();
/// let utc: DateTimeOffset = "2017-01-01T07:59:37.000Z".parse().unwrap();
/// assert_eq!(local, utc);
/// assert_eq!(local.offset_minutes(), -480);
/// assert_eq!(local.unix_seconds(), 1_483_257_577);
/// assert_eq!(utc.to_string(), "2017-01-01T07:59:37.000Z");
/// ```
#[derive(Clone, Copy)]
pub struct DateTimeOffset {
    date: Date,
    time: TimeOfDay,
    offset: Offset,
}

/// The spelling of a UTC offset.
#[derive(Clone, Copy)]
enum Offset {
    /// `Z`
    Utc,
    /// `-00:00`
    MinusZero,
    /// For example `+01:00`, in minutes.
    Minutes(i16),
}

impl DateTimeOffset {
    /// Creates a value from the local date and time and the UTC offset in minutes. Returns `None` if the offset is 24 hours or
    /// more. An offset of zero is formatted as `Z`.
    pub const fn new(date: Date, time: TimeOfDay, offset_minutes: i16) -> Option<Self> {
        let offset = match offset_minutes {
            0 => Offset::Utc,
            minutes if minutes > -1440 && minutes < 1440 => Offset::Minutes(minutes),
            _ => return None,
        };
        Some(Self { date, time, offset })
    }

    /// Creates a value in UTC from the seconds since 1970-01-01T00:00:00Z and the nanoseconds of the second. Returns `None` if
    /// the year is not in 1 to 9999 or `nanosecond` is not below 1,000,000,000.
    pub const fn from_unix(seconds: i64, nanosecond: u32) -> Option<Self> {
        let Some(date) = Date::from_unix_days(seconds.div_euclid(86_400)) else {
            return None;
        };
        let second = seconds.rem_euclid(86_400) as u32;
        let (hour, minute) = ((second / 3600) as u8, (second / 60 % 60) as u8);
        let Some(time) = TimeOfDay::new(hour, minute, (second % 60) as u8) else {
            return None;
        };
        match time.with_nanosecond(nanosecond) {
            Some(time) => Self::new(date, time, 0),
            None => None,
        }
    }

    /// Returns the local date.
    pub const fn date(self) -> Date {
        self.date
    }

    /// Returns the local time.
    pub const fn time(self) -> TimeOfDay {
        self.time
    }

    /// Returns the year of the local date.
    pub const fn year(self) -> u16 {
        self.date.year()
    }

    /// Returns the month of the local date, 1 to 12.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// Returns the day of the month of the local date, 1 to 31.
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// Returns the hour of the local time, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.time.hour()
    }

    /// Returns the minute of the local time, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.time.minute()
    }

    /// Returns the second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.time.second()
    }

    /// Returns the fraction of the second in nanoseconds, rounded down.
    pub const fn nanosecond(self) -> u32 {
        self.time.nanosecond()
    }

    /// Returns the UTC offset in minutes; positive east of UTC.
    pub const fn offset_minutes(self) -> i16 {
        match self.offset {
            Offset::Utc | Offset::MinusZero => 0,
            Offset::Minutes(minutes) => minutes,
        }
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix_seconds(self) -> i64 {
        self.date.unix_days() * 86_400 + self.time.seconds() as i64
            - self.offset_minutes() as i64 * 60
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let date = Date::parse_prefix(&mut cursor)?;
        cursor.take(b'T')?;
        let time = TimeOfDay::parse_prefix(&mut cursor)?;
        let offset = Offset::parse_prefix(&mut cursor)?;
        cursor.is_at_end().then_some(Self { date, time, offset })
    }

    fn parse_non_canonical(_: &str) -> Option<Self> {
        None
    }

    fn write(&self, out: &mut TextBuffer) {
        self.date.write(out);
        out.push_str("T");
        self.time.write(out);
        self.offset.write(out);
    }

    fn key(self) -> (i64, u64) {
        (self.unix_seconds(), self.time.picoseconds())
    }
}

impl Offset {
    fn parse_prefix(cursor: &mut Cursor<'_>) -> Option<Self> {
        if cursor.take(b'Z').is_some() {
            return Some(Self::Utc);
        }
        let is_negative = cursor.take(b'-').is_some();
        if !is_negative {
            cursor.take(b'+')?;
        }
        let hours = i16::from(cursor.two_digits(23)?);
        cursor.take(b':')?;
        let minutes = hours * 60 + i16::from(cursor.two_digits(59)?);
        Some(match (is_negative, minutes) {
            (true, 0) => Self::MinusZero,
            (true, minutes) => Self::Minutes(-minutes),
            (false, minutes) => Self::Minutes(minutes),
        })
    }

    fn write(self, out: &mut TextBuffer) {
        let minutes = match self {
            Self::Utc => return out.push_str("Z"),
            Self::MinusZero => {
                out.push_str("-");
                0
            }
            Self::Minutes(minutes) => {
                out.push_str(if minutes < 0 { "-" } else { "+" });
                u64::from(minutes.unsigned_abs())
            }
        };
        out.push_digits(minutes / 60, 2);
        out.push_str(":");
        out.push_digits(minutes % 60, 2);
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl std::hash::Hash for DateTimeOffset {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

text_primitive!(
    DateTimeOffset,
    "a date and time with an offset such as 2016-12-31T23:59:37.5Z"
);
