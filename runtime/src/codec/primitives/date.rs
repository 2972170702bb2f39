//! `Edm.Date`

use super::cursor::{Cursor, write_digits};
use super::text_primitive;
use crate::TextBuffer;

/// A calendar date in the years 1 to 9999, for example `2024-02-29`.
///
/// ```
/// use graphwright_runtime::Date;
///
/// let day: Date = "2024-02-29".parse().unwrap();
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 2, 29));
/// assert_eq!(Date::new(2023, 2, 29), None);
/// assert!(day < Date::new(2024, 3, 1).unwrap());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a date, or returns `None` if there is no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || month == 0 || month > 12 {
            return None;
        }
        if day == 0 || day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Returns the year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Returns the number of days since 1970-01-01.
    pub const fn unix_days(self) -> i64 {
        // Counting years from March puts the leap day at the end of the year.
        let (year, month) = if self.month > 2 {
            (self.year as i64, self.month as i64 - 3)
        } else {
            (self.year as i64 - 1, self.month as i64 + 9)
        };
        let day_of_year = (153 * month + 2) / 5 + self.day as i64 - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
            - 719_468
    }

    /// Creates a date from the number of days since 1970-01-01, or returns `None` if its year is not in 1 to 9999.
    pub const fn from_unix_days(days: i64) -> Option<Self> {
        if days < -719_162 || days > 2_932_896 {
            return None;
        }
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day = days.rem_euclid(146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 {
            (year + era * 400, month + 3)
        } else {
            (year + era * 400 + 1, month - 9)
        };
        Self::new(year as u16, month as u8, day_of_month as u8)
    }

    /// Adds a number of days, which may be negative. Returns `None` if the year of the result is not in 1 to 9999.
    ///
    /// ```
    /// use graphwright_runtime::Date;
    ///
    /// let day = Date::new(2024, 3, 1).unwrap();
    /// assert_eq!(day.checked_add_days(-1), Date::new(2024, 2, 29));
    /// ```
    pub const fn checked_add_days(self, days: i64) -> Option<Self> {
        match self.unix_days().checked_add(days) {
            Some(sum) => Self::from_unix_days(sum),
            None => None,
        }
    }

    pub(crate) fn parse_prefix(cursor: &mut Cursor<'_>) -> Option<Self> {
        let year = cursor.digits(4)?;
        cursor.take(b'-')?;
        let month = cursor.two_digits(12)?;
        cursor.take(b'-')?;
        Self::new(year as u16, month, cursor.two_digits(31)?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let date = Self::parse_prefix(&mut cursor)?;
        cursor.is_at_end().then_some(date)
    }

    fn parse_non_canonical(_: &str) -> Option<Self> {
        None
    }

    pub(crate) fn write(&self, out: &mut TextBuffer) {
        let mut text = *b"0000-00-00";
        write_digits(&mut text[..4], u32::from(self.year));
        write_digits(&mut text[5..7], u32::from(self.month));
        write_digits(&mut text[8..], u32::from(self.day));
        out.push_ascii(&text);
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

text_primitive!(Date, "a date such as 2024-02-29");
