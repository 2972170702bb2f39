//! `Edm.DateTimeOffset`

use super::cursor::Cursor;
use super::{Date, TimeOfDay, text_primitive};
use crate::{Reading, TextBuffer};

/// A moment with the offset of the clock that told it: `2016-12-31T23:59:37.9174975-08:00`.
///
/// Two are equal if they are the same moment, whatever the offset and the number of digits; their order is that of time.
/// Both are kept, and written again.
///
/// ```
/// use graphwright_runtime::DateTimeOffset;
///
/// let here: DateTimeOffset = "2016-12-31T23:59:37-08:00".parse().unwrap();
/// let there: DateTimeOffset = "2017-01-01T07:59:37.000Z".parse().unwrap();
/// assert_eq!(here, there);
/// assert_eq!(here.offset_minutes(), -480);
/// assert_eq!(here.unix_seconds(), 1_483_257_577);
/// assert_eq!(there.to_string(), "2017-01-01T07:59:37.000Z");
/// ```
#[derive(Clone, Copy)]
pub struct DateTimeOffset {
    date: Date,
    time: TimeOfDay,
    offset: Offset,
}

/// The offset as it is written.
#[derive(Clone, Copy)]
enum Offset {
    /// `Z`
    Zulu,
    /// `-00:00`
    MinusZero,
    /// `+01:00`, in minutes.
    Minutes(i16),
}

impl DateTimeOffset {
    /// The moment when clocks that are `offset_minutes` ahead of UTC show this date and time. None if the offset is a day
    /// or more. An offset of zero is written as `Z`.
    pub const fn new(date: Date, time: TimeOfDay, offset_minutes: i16) -> Option<Self> {
        let offset = match offset_minutes {
            0 => Offset::Zulu,
            minutes if minutes > -1440 && minutes < 1440 => Offset::Minutes(minutes),
            _ => return None,
        };
        Some(Self { date, time, offset })
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z, if its year is one of 1 to 9999 and the fraction is below one
    /// second.
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

    /// The date that clocks show.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time that clocks show.
    pub const fn time(self) -> TimeOfDay {
        self.time
    }

    /// The year that clocks show.
    pub const fn year(self) -> u16 {
        self.date.year()
    }

    /// The month that clocks show, from 1.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// The day of the month that clocks show, from 1.
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// The hour that clocks show.
    pub const fn hour(self) -> u8 {
        self.time.hour()
    }

    /// The minute that clocks show.
    pub const fn minute(self) -> u8 {
        self.time.minute()
    }

    /// The second.
    pub const fn second(self) -> u8 {
        self.time.second()
    }

    /// The fraction of the second in nanoseconds, rounded down.
    pub const fn nanosecond(self) -> u32 {
        self.time.nanosecond()
    }

    /// How many minutes clocks are ahead of UTC.
    pub const fn offset_minutes(self) -> i16 {
        match self.offset {
            Offset::Zulu | Offset::MinusZero => 0,
            Offset::Minutes(minutes) => minutes,
        }
    }

    /// The seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix_seconds(self) -> i64 {
        self.date.unix_days() * 86_400 + self.time.seconds() as i64
            - self.offset_minutes() as i64 * 60
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let date = Date::read(&mut cursor)?;
        cursor.take(b'T')?;
        let time = TimeOfDay::read(&mut cursor)?;
        let offset = Offset::read(&mut cursor)?;
        cursor.is_at_end().then_some(Self { date, time, offset })
    }

    fn respelled(_: &str) -> Reading<Self> {
        Reading::Refused
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
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        if cursor.take(b'Z').is_some() {
            return Some(Self::Zulu);
        }
        let is_negative = cursor.take(b'-').is_some();
        if !is_negative {
            cursor.take(b'+')?;
        }
        let hours = i16::from(cursor.pair(23)?);
        cursor.take(b':')?;
        let minutes = hours * 60 + i16::from(cursor.pair(59)?);
        Some(match (is_negative, minutes) {
            (true, 0) => Self::MinusZero,
            (true, minutes) => Self::Minutes(-minutes),
            (false, minutes) => Self::Minutes(minutes),
        })
    }

    fn write(self, out: &mut TextBuffer) {
        let minutes = match self {
            Self::Zulu => return out.push_str("Z"),
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
