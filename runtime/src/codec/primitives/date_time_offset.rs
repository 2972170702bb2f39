//! `Edm.DateTimeOffset`

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
///
/// Arithmetic uses [`std::time::Duration`]:
///
/// ```
/// use std::time::Duration;
///
/// use graphwright_runtime::DateTimeOffset;
///
/// let month_ago = DateTimeOffset::now() - Duration::from_secs(30 * 24 * 60 * 60);
/// assert!(month_ago < DateTimeOffset::now());
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

    /// Returns the current time in UTC, with the precision of 100 nanoseconds that services use.
    ///
    /// # Panics
    ///
    /// Panics if the system clock is not in the years 1 to 9999.
    pub fn now() -> Self {
        let now: Self = SystemTime::now()
            .try_into()
            .expect("the system clock is in the years 1 to 9999");
        let ticks = now.nanosecond() / 100;
        Self::from_unix(now.unix_seconds(), ticks * 100).expect("a second has 10,000,000 ticks")
    }

    /// Returns the current time minus a number of days of 24 hours.
    ///
    /// ```
    /// use graphwright_runtime::{DateTimeOffset, Property};
    ///
    /// # struct Device;
    /// # impl Device { const LAST_SYNC: Property<Self, DateTimeOffset> = Property::new("lastSyncDateTime"); }
    /// let filter = Device::LAST_SYNC.lt(DateTimeOffset::days_ago(30));
    /// assert!(filter.to_string().starts_with("lastSyncDateTime lt 2"));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the year of the result is not in 1 to 9999.
    pub fn days_ago(days: u32) -> Self {
        Self::now() - Duration::from_secs(u64::from(days) * 86_400)
    }

    /// Returns the time that passed since `earlier`, or `None` if `earlier` is later than this value.
    pub fn duration_since(self, earlier: Self) -> Option<Duration> {
        let total = |value: Self| {
            i128::from(value.unix_seconds()) * NANOSECONDS + i128::from(value.nanosecond())
        };
        let nanoseconds = u128::try_from(total(self) - total(earlier)).ok()?;
        let second = NANOSECONDS.unsigned_abs();
        let seconds = u64::try_from(nanoseconds / second).ok()?;
        Some(Duration::new(seconds, (nanoseconds % second) as u32))
    }

    /// Adds a duration and keeps the UTC offset. Drops fractions of a nanosecond. Returns `None` if the year of the result is not in 1 to 9999.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.checked_shift(i128::try_from(duration.as_nanos()).ok()?)
    }

    /// Subtracts a duration and keeps the UTC offset. Drops fractions of a nanosecond. Returns `None` if the year of the result is not in 1 to 9999.
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        self.checked_shift(-i128::try_from(duration.as_nanos()).ok()?)
    }

    /// Moves the local date and time by a number of nanoseconds.
    fn checked_shift(self, nanoseconds: i128) -> Option<Self> {
        let offset = i64::from(self.offset_minutes()) * 60;
        let local = self.unix_seconds() + offset;
        let total = i128::from(local) * NANOSECONDS + i128::from(self.nanosecond()) + nanoseconds;
        let seconds = i64::try_from(total.div_euclid(NANOSECONDS)).ok()?;
        let shifted = Self::from_unix(seconds, total.rem_euclid(NANOSECONDS) as u32)?;
        Some(Self {
            offset: self.offset,
            ..shifted
        })
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

    /// Creates a value from the Unix time, and from the UTC offset in seconds if that is a number of minutes, else in UTC.
    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    pub(super) fn from_unix_with_offset(
        seconds: i64,
        nanosecond: u32,
        offset_seconds: i32,
    ) -> Option<Self> {
        let offset_seconds = if offset_seconds % 60 == 0 {
            offset_seconds
        } else {
            0
        };
        let local = Self::from_unix(seconds + i64::from(offset_seconds), nanosecond)?;
        Self::new(
            local.date,
            local.time,
            i16::try_from(offset_seconds / 60).ok()?,
        )
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

/// The nanoseconds of a second.
const NANOSECONDS: i128 = 1_000_000_000;

/// The error when a point in time is out of the range of the target type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTimeRangeError(pub(super) ());

impl fmt::Display for DateTimeRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the point in time is out of range")
    }
}

impl std::error::Error for DateTimeRangeError {}

/// Converts to a value in UTC. Fails if the year is not in 1 to 9999.
impl TryFrom<SystemTime> for DateTimeOffset {
    type Error = DateTimeRangeError;

    fn try_from(time: SystemTime) -> Result<Self, DateTimeRangeError> {
        let epoch = Self::from_unix(0, 0).expect("1970 is in range");
        let result = match time.duration_since(UNIX_EPOCH) {
            Ok(duration) => epoch.checked_add(duration),
            Err(error) => epoch.checked_sub(error.duration()),
        };
        result.ok_or(DateTimeRangeError(()))
    }
}

/// Drops the UTC offset and fractions of a nanosecond. Fails if the platform cannot represent the point in time.
impl TryFrom<DateTimeOffset> for SystemTime {
    type Error = DateTimeRangeError;

    fn try_from(value: DateTimeOffset) -> Result<Self, DateTimeRangeError> {
        let seconds = Duration::from_secs(value.unix_seconds().unsigned_abs());
        let whole = if value.unix_seconds() < 0 {
            UNIX_EPOCH.checked_sub(seconds)
        } else {
            UNIX_EPOCH.checked_add(seconds)
        };
        let fraction = Duration::from_nanos(u64::from(value.nanosecond()));
        whole
            .and_then(|whole| whole.checked_add(fraction))
            .ok_or(DateTimeRangeError(()))
    }
}

/// # Panics
///
/// Panics if the year of the result is not in 1 to 9999. See [`DateTimeOffset::checked_add`].
impl Add<Duration> for DateTimeOffset {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration)
            .expect("the year of the sum is in 1 to 9999")
    }
}

/// # Panics
///
/// Panics if the year of the result is not in 1 to 9999. See [`DateTimeOffset::checked_sub`].
impl Sub<Duration> for DateTimeOffset {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration)
            .expect("the year of the difference is in 1 to 9999")
    }
}

impl AddAssign<Duration> for DateTimeOffset {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for DateTimeOffset {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
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
