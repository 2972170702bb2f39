//! Conversions from and to the types of `jiff`.

use jiff::civil;
use jiff::{Timestamp, Zoned};

use crate::primitives::DateTimeRangeError;
use crate::{Date, DateTimeOffset, TimeOfDay};

/// Converts to a value in UTC.
///
/// ```
/// use graphwright_runtime::DateTimeOffset;
///
/// let timestamp: jiff::Timestamp = "2024-02-29T12:00:00.5Z".parse().unwrap();
/// let value = DateTimeOffset::try_from(timestamp).unwrap();
/// assert_eq!(value.to_string(), "2024-02-29T12:00:00.5Z");
/// assert_eq!(jiff::Timestamp::try_from(value), Ok(timestamp));
/// ```
impl TryFrom<Timestamp> for DateTimeOffset {
    type Error = DateTimeRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, DateTimeRangeError> {
        from_timestamp(timestamp, 0)
    }
}

/// Keeps the UTC offset if it has no seconds, but not the name of the time zone.
impl TryFrom<&Zoned> for DateTimeOffset {
    type Error = DateTimeRangeError;

    fn try_from(zoned: &Zoned) -> Result<Self, DateTimeRangeError> {
        from_timestamp(zoned.timestamp(), zoned.offset().seconds())
    }
}

fn from_timestamp(timestamp: Timestamp, offset: i32) -> Result<DateTimeOffset, DateTimeRangeError> {
    // Both parts are negative before 1970.
    let (seconds, nanosecond) = (timestamp.as_second(), timestamp.subsec_nanosecond());
    let borrow = i64::from(nanosecond < 0);
    let nanosecond = nanosecond.rem_euclid(1_000_000_000).unsigned_abs();
    DateTimeOffset::from_unix_with_offset(seconds - borrow, nanosecond, offset)
        .ok_or(DateTimeRangeError(()))
}

/// Drops the UTC offset and fractions of a nanosecond. Fails for the last two days of the year 9999.
impl TryFrom<DateTimeOffset> for Timestamp {
    type Error = DateTimeRangeError;

    fn try_from(value: DateTimeOffset) -> Result<Self, DateTimeRangeError> {
        let nanosecond = i32::try_from(value.nanosecond()).map_err(|_| DateTimeRangeError(()))?;
        Self::new(value.unix_seconds(), nanosecond).map_err(|_| DateTimeRangeError(()))
    }
}

impl TryFrom<civil::Date> for Date {
    type Error = DateTimeRangeError;

    fn try_from(date: civil::Date) -> Result<Self, DateTimeRangeError> {
        let year = u16::try_from(date.year()).map_err(|_| DateTimeRangeError(()))?;
        Self::new(year, date.month().unsigned_abs(), date.day().unsigned_abs())
            .ok_or(DateTimeRangeError(()))
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        Self::new(date.year() as i16, date.month() as i8, date.day() as i8)
            .expect("jiff represents the years 1 to 9999")
    }
}

impl From<civil::Time> for TimeOfDay {
    fn from(time: civil::Time) -> Self {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let whole = Self::new(
            hour.unsigned_abs(),
            minute.unsigned_abs(),
            second.unsigned_abs(),
        );
        whole
            .and_then(|whole| whole.with_nanosecond(time.subsec_nanosecond().unsigned_abs()))
            .expect("a time of day is below 24:00")
    }
}

/// Drops fractions of a nanosecond.
impl From<TimeOfDay> for civil::Time {
    fn from(time: TimeOfDay) -> Self {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        Self::new(
            hour as i8,
            minute as i8,
            second as i8,
            time.nanosecond() as i32,
        )
        .expect("a time of day is below 24:00")
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil};

    use crate::{Date, DateTimeOffset, TimeOfDay};

    #[test]
    fn converts_in_both_directions() {
        for text in [
            "2016-12-31T23:59:37.9174975Z",
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.5Z",
        ] {
            let value: DateTimeOffset = text.parse().unwrap();
            let other = Timestamp::try_from(value).unwrap();
            assert_eq!(Ok(other), text.parse().map_err(|_| ()));
            assert_eq!(DateTimeOffset::try_from(other).unwrap().to_string(), text);
        }
        let zoned = "2024-02-29T12:00:00+01:00[+01:00]".parse().unwrap();
        let value = DateTimeOffset::try_from(&zoned).unwrap();
        assert_eq!(value.to_string(), "2024-02-29T12:00:00+01:00");
        let date: Date = "2024-02-29".parse().unwrap();
        assert_eq!(Date::try_from(civil::Date::from(date)), Ok(date));
        let time: TimeOfDay = "23:59:59.25".parse().unwrap();
        assert_eq!(
            TimeOfDay::from(civil::Time::from(time)).to_string(),
            "23:59:59.25"
        );
    }

    #[test]
    fn values_out_of_range() {
        let never: DateTimeOffset = "9999-12-31T23:59:59.9999999Z".parse().unwrap();
        assert!(Timestamp::try_from(never).is_err());
        assert!(DateTimeOffset::try_from(Timestamp::MIN).is_err());
        assert!(Date::try_from(civil::Date::MIN).is_err());
    }
}
