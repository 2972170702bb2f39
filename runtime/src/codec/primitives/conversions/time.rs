//! Conversions from and to the types of `time`.

use time::{Month, OffsetDateTime, Time, UtcOffset};

use crate::primitives::DateTimeRangeError;
use crate::{Date, DateTimeOffset, TimeOfDay};

/// Keeps the UTC offset if it has no seconds.
///
/// ```
/// use graphwright_runtime::DateTimeOffset;
///
/// let epoch = time::OffsetDateTime::UNIX_EPOCH;
/// let value = DateTimeOffset::try_from(epoch).unwrap();
/// assert_eq!(value.to_string(), "1970-01-01T00:00:00Z");
/// assert_eq!(time::OffsetDateTime::try_from(value), Ok(epoch));
/// ```
impl TryFrom<OffsetDateTime> for DateTimeOffset {
    type Error = DateTimeRangeError;

    fn try_from(time: OffsetDateTime) -> Result<Self, DateTimeRangeError> {
        let offset = time.offset().whole_seconds();
        Self::from_unix_with_offset(time.unix_timestamp(), time.nanosecond(), offset)
            .ok_or(DateTimeRangeError(()))
    }
}

/// Drops fractions of a nanosecond.
impl TryFrom<DateTimeOffset> for OffsetDateTime {
    type Error = DateTimeRangeError;

    fn try_from(value: DateTimeOffset) -> Result<Self, DateTimeRangeError> {
        let range = |_| DateTimeRangeError(());
        let offset = i32::from(value.offset_minutes()) * 60;
        let offset = UtcOffset::from_whole_seconds(offset).map_err(range)?;
        let utc = Self::from_unix_timestamp(value.unix_seconds()).map_err(range)?;
        let utc = utc.replace_nanosecond(value.nanosecond()).map_err(range)?;
        utc.checked_to_offset(offset).ok_or(DateTimeRangeError(()))
    }
}

impl TryFrom<time::Date> for Date {
    type Error = DateTimeRangeError;

    fn try_from(date: time::Date) -> Result<Self, DateTimeRangeError> {
        let year = u16::try_from(date.year()).map_err(|_| DateTimeRangeError(()))?;
        Self::new(year, date.month().into(), date.day()).ok_or(DateTimeRangeError(()))
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        Month::try_from(date.month())
            .and_then(|month| Self::from_calendar_date(date.year().into(), month, date.day()))
            .expect("time represents the years 1 to 9999")
    }
}

impl From<Time> for TimeOfDay {
    fn from(time: Time) -> Self {
        Self::new(time.hour(), time.minute(), time.second())
            .and_then(|whole| whole.with_nanosecond(time.nanosecond()))
            .expect("a time of day is below 24:00")
    }
}

/// Drops fractions of a nanosecond.
impl From<TimeOfDay> for Time {
    fn from(time: TimeOfDay) -> Self {
        Self::from_hms_nano(time.hour(), time.minute(), time.second(), time.nanosecond())
            .expect("a time of day is below 24:00")
    }
}

#[cfg(test)]
mod tests {
    use time::{OffsetDateTime, Time};

    use crate::{Date, DateTimeOffset, TimeOfDay};

    #[test]
    fn converts_in_both_directions() {
        for text in [
            "2016-12-31T23:59:37.9174975-08:00",
            "9999-12-31T23:59:59.9999999Z",
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.5+00:30",
        ] {
            let value: DateTimeOffset = text.parse().unwrap();
            let other = OffsetDateTime::try_from(value).unwrap();
            assert_eq!(other.unix_timestamp(), value.unix_seconds());
            assert_eq!(DateTimeOffset::try_from(other).unwrap().to_string(), text);
        }
        let date: Date = "2024-02-29".parse().unwrap();
        assert_eq!(Date::try_from(time::Date::from(date)), Ok(date));
        let time: TimeOfDay = "23:59:59.25".parse().unwrap();
        assert_eq!(TimeOfDay::from(Time::from(time)).to_string(), "23:59:59.25");
    }

    #[test]
    fn values_out_of_range() {
        assert!(Date::try_from(time::Date::MIN).is_err());
        let far = time::Date::MIN.midnight().assume_utc();
        assert!(DateTimeOffset::try_from(far).is_err());
    }
}
