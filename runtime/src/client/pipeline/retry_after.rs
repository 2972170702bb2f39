//! Parses the `Retry-After` header.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// Returns how long the service asks to wait from `now` on. The value is a number of seconds, possibly with a fraction, or a
/// date; a date in the past is a wait of zero. Returns `None` if the header is absent or cannot be parsed.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    seconds(text).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        Some(date.duration_since(now).unwrap_or_default())
    })
}

/// Parses seconds such as `120` or `0.249`. Digits beyond nanoseconds are truncated, and large values saturate.
fn seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let nanoseconds: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    let nanoseconds = nanoseconds.parse().ok()?;
    Some(Duration::new(
        whole.parse().unwrap_or(u64::MAX),
        nanoseconds,
    ))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::retry_after;

    /// `now` is in seconds since the Unix epoch.
    fn check(value: &str, now: u64, expected: Option<f64>) {
        let mut headers = http::HeaderMap::new();
        headers.insert("retry-after", value.parse().unwrap());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
        let expected = expected.map(Duration::from_secs_f64);
        assert_eq!(retry_after(&headers, now), expected, "{value}");
    }

    #[test]
    fn seconds() {
        check("0", 0, Some(0.0));
        check("120", 0, Some(120.0));
        check(" 7 ", 0, Some(7.0));
        // Fractions are kept: 0.249 is not zero.
        check("0.249", 0, Some(0.249));
        check("1.5", 0, Some(1.5));
        check("3.0000000000001", 0, Some(3.0));
    }

    #[test]
    fn dates_are_in_utc_and_count_in_full() {
        // Two minutes and five seconds are 125 seconds, not 5.
        check("Thu, 01 Jan 1970 00:02:05 GMT", 0, Some(125.0));
        check("Thu, 01 Jan 1970 01:00:00 GMT", 60, Some(3540.0));
        check("Thursday, 01-Jan-70 00:00:30 GMT", 0, Some(30.0));
        check("Thu Jan  1 00:00:30 1970", 0, Some(30.0));
        // A date in the past is a wait of zero.
        check("Thu, 01 Jan 1970 00:00:30 GMT", 31, Some(0.0));
    }

    #[test]
    fn what_cannot_be_read() {
        for value in [
            "", "-1", "+1", "1,5", "1e3", "NaN", "soon", ".5", "5.", "0x10", "1 2",
        ] {
            check(value, 0, None);
        }
        let mut headers = http::HeaderMap::new();
        headers.insert("retry-after", "99999999999999999999999".parse().unwrap());
        let wait = retry_after(&headers, SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(wait.as_secs(), u64::MAX);
    }
}
