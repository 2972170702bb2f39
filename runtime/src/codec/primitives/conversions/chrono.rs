//! Conversions from and to the types of `chrono`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};

use crate::primitives::DateTimeRangeError;
use crate::{Date, DateTimeOffset, TimeOfDay};

/// The nanoseconds of a second; `chrono` represents leap seconds by larger values.
const MAX_NANOSECOND: u32 = 999_999_999;

/// Keeps the UTC offset if it has no seconds. A leap second becomes the end of the second before it.
///
/// ```
/// use graphwright_runtime::DateTimeOffset;
///
/// let time = chrono::DateTime::parse_from_rfc3339("2024-02-29T12:00:00.5+01:00").unwrap();
/// let value = DateTimeOffset::try_from(time).unwrap();
/// assert_eq!(value.to_string(), "2024-02-29T12:00:00.5+01:00");
/// assert_eq!(chrono::DateTime::<chrono::FixedOffset>::from(value), time);
/// ```
impl<Tz: TimeZone> TryFrom<DateTime<Tz>> for DateTimeOffset {
    type Error = DateTimeRangeError;

    fn try_from(time: DateTime<Tz>) -> Result<Self, DateTimeRangeError> {
        use chrono::Offset;
        let nanosecond = time.timestamp_subsec_nanos().min(MAX_NANOSECOND);
        let offset = time.offset().fix().local_minus_utc();
        Self::from_unix_with_offset(time.timestamp(), nanosecond, offset)
            .ok_or(DateTimeRangeError(()))
    }
}

/// Drops fractions of a nanosecond.
impl From<DateTimeOffset> for DateTime<FixedOffset> {
    fn from(value: DateTimeOffset) -> Self {
        let offset = FixedOffset::east_opt(i32::from(value.offset_minutes()) * 60);
        let offset = offset.expect("offsets are below 24 hours");
        DateTime::<Utc>::from(value).with_timezone(&offset)
    }
}

/// Drops the UTC offset and fractions of a nanosecond.
impl From<DateTimeOffset> for DateTime<Utc> {
    fn from(value: DateTimeOffset) -> Self {
        DateTime::from_timestamp(value.unix_seconds(), value.nanosecond())
            .expect("chrono represents the years 0 to 10000")
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = DateTimeRangeError;

    fn try_from(date: NaiveDate) -> Result<Self, DateTimeRangeError> {
        let year = u16::try_from(date.year()).map_err(|_| DateTimeRangeError(()))?;
        // Months and days are below 256.
        Self::new(year, date.month() as u8, date.day() as u8).ok_or(DateTimeRangeError(()))
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        Self::from_ymd_opt(date.year().into(), date.month().into(), date.day().into())
            .expect("chrono represents the years 1 to 9999")
    }
}

/// A leap second becomes the end of the second before it.
impl From<NaiveTime> for TimeOfDay {
    fn from(time: NaiveTime) -> Self {
        // Hours, minutes and seconds are below 256.
        let whole = Self::new(time.hour() as u8, time.minute() as u8, time.second() as u8);
        whole
            .and_then(|whole| whole.with_nanosecond(time.nanosecond().min(MAX_NANOSECOND)))
            .expect("a time of day is below 24:00")
    }
}

/// Drops fractions of a nanosecond.
impl From<TimeOfDay> for NaiveTime {
    fn from(time: TimeOfDay) -> Self {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        Self::from_hms_nano_opt(hour.into(), minute.into(), second.into(), time.nanosecond())
            .expect("a time of day is below 24:00")
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

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
            let other = DateTime::<FixedOffset>::from(value);
            assert_eq!(other, DateTime::parse_from_rfc3339(text).unwrap());
            assert_eq!(DateTimeOffset::try_from(other).unwrap().to_string(), text);
            assert_eq!(DateTime::<Utc>::from(value), other);
        }
        let date: Date = "2024-02-29".parse().unwrap();
        assert_eq!(Date::try_from(NaiveDate::from(date)), Ok(date));
        let time: TimeOfDay = "23:59:59.25".parse().unwrap();
        assert_eq!(
            TimeOfDay::from(NaiveTime::from(time)).to_string(),
            "23:59:59.25"
        );
    }

    #[test]
    fn values_out_of_range() {
        assert!(Date::try_from(NaiveDate::MAX).is_err());
        assert!(Date::try_from(NaiveDate::from_ymd_opt(0, 1, 1).unwrap()).is_err());
        assert!(DateTimeOffset::try_from(DateTime::<Utc>::MAX_UTC).is_err());
        // An offset with seconds, and a leap second.
        let offset = FixedOffset::east_opt(3601).unwrap();
        let odd = offset.timestamp_opt(59, 1_500_000_000).unwrap();
        let value = DateTimeOffset::try_from(odd).unwrap();
        assert_eq!(value.to_string(), "1970-01-01T00:00:59.999999999Z");
    }
}
