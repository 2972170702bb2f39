//! `Edm.Date`, `Edm.TimeOfDay` and `Edm.DateTimeOffset`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;

use super::{check, check_rejected};
use crate::{Date, DateTimeOffset, TimeOfDay};

#[test]
fn dates() {
    check::<Date>(&[
        "0001-01-01",
        "2024-02-29",
        "2000-02-29",
        "1900-02-28",
        "9999-12-31",
    ]);
    check_rejected::<Date>(&[
        "",
        "2024",
        "2024-2-29",
        "2023-02-29",
        "1900-02-29",
        "2024-04-31",
        "2024-00-01",
        "2024-13-01",
        "2024-01-00",
        "0000-01-01",
        "-2024-01-01",
        "12024-01-01",
        "2024-01-01 ",
        "2024-01-01T",
        "２０２４-01-01",
        "2024/01/01",
    ]);
}

#[test]
fn times() {
    check::<TimeOfDay>(&[
        "00:00:00",
        "23:59:59.9999999",
        "08:30",
        "08:30:00.0",
        "08:30:00.10",
        "08:30:00.123456789012",
    ]);
    check_rejected::<TimeOfDay>(&[
        "",
        "24:00:00",
        "23:60:00",
        "23:59:60",
        "8:30",
        "08:30:",
        "08:30:00.",
        "08:30:00,5",
        "08:30:00.1234567890123",
        "08:30:00Z",
        "08",
        "08:3a",
    ]);
}

#[test]
fn date_times() {
    check::<DateTimeOffset>(&[
        "2016-12-31T23:59:37.9174975-08:00",
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z",
        "2016-12-31T23:59:37.10Z",
        "2016-12-31T23:59:37.0000000Z",
        "2016-12-31T23:59:37+00:00",
        "2016-12-31T23:59:37-00:00",
        "2016-12-31T23:59Z",
        "2016-12-31T23:59+05:30",
        "2016-12-31T23:59:37.123456789012Z",
        "2016-12-31T23:59:37-00:30",
    ]);
    check_rejected::<DateTimeOffset>(&[
        "",
        "2016-12-31",
        "2016-12-31T23:59:37",
        "2016-12-31 23:59:37Z",
        "2016-12-31t23:59:37z",
        "2016-12-31T23:59:60Z",
        "2016-11-31T23:59:37Z",
        "2016-12-31T23:59:37+0800",
        "2016-12-31T23:59:37+24:00",
        "2016-12-31T23:59:37+08:60",
        "2016-12-31T23:59:37ZZ",
        "2016-12-31T24:00:00Z",
        "+2016-12-31T23:59:37Z",
    ]);
}

#[test]
fn compares_points_in_time() {
    let parse = |text: &str| -> DateTimeOffset { text.parse().unwrap() };
    let same = [
        "2017-01-01T07:59:37Z",
        "2017-01-01T07:59:37.000-00:00",
        "2016-12-31T23:59:37-08:00",
        "2017-01-01T13:29:37+05:30",
    ];
    for one in same {
        for other in same {
            assert_eq!(parse(one), parse(other));
        }
    }
    let ascending = [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2017-01-01T00:00:00+01:00",
        "2016-12-31T23:59:59.9999999Z",
        "2017-01-01T00:00Z",
        "2017-01-01T00:00:00.000000000001Z",
        "9999-12-31T23:59:59.9999999Z",
    ];
    for pair in ascending.windows(2) {
        assert!(parse(pair[0]) < parse(pair[1]), "{pair:?}");
    }
}

#[test]
fn components() {
    let moment: DateTimeOffset = "2016-12-31T23:59:37.9174975-08:00".parse().unwrap();
    assert_eq!(
        (moment.year(), moment.month(), moment.day()),
        (2016, 12, 31)
    );
    assert_eq!(
        (moment.hour(), moment.minute(), moment.second()),
        (23, 59, 37)
    );
    assert_eq!(
        (moment.nanosecond(), moment.offset_minutes()),
        (917_497_500, -480)
    );
    let made = DateTimeOffset::from_unix(1_483_257_577, 917_497_500).unwrap();
    assert_eq!(made, moment);
    assert_eq!(made.to_string(), "2017-01-01T07:59:37.9174975Z");
    let date = Date::new(2016, 12, 31).unwrap();
    let time = TimeOfDay::new(23, 59, 37).unwrap();
    let made = DateTimeOffset::new(date, time, -480).unwrap();
    assert_eq!(made.to_string(), "2016-12-31T23:59:37-08:00");
    assert!(DateTimeOffset::new(date, time, 1440).is_none());
    assert!(DateTimeOffset::from_unix(0, 1_000_000_000).is_none());
    assert!(DateTimeOffset::from_unix(i64::MAX, 0).is_none());
    assert!(DateTimeOffset::from_unix(i64::MIN, 0).is_none());
    assert!(TimeOfDay::new(24, 0, 0).is_none());
}

#[test]
fn adds_and_subtracts_durations() {
    let check = |text: &str, duration: Duration, expected: &str| {
        let time: DateTimeOffset = text.parse().unwrap();
        let sum = time + duration;
        assert_eq!(sum.to_string(), expected);
        assert_eq!(sum - duration, time);
    };
    check(
        "2023-12-31T23:59:59Z",
        Duration::from_secs(1),
        "2024-01-01T00:00:00Z",
    );
    check(
        "2024-02-28T12:00Z",
        Duration::from_secs(86_400),
        "2024-02-29T12:00:00Z",
    );
    check(
        "2024-01-01T00:30:00+01:00",
        Duration::from_secs(7200),
        "2024-01-01T02:30:00+01:00",
    );
    check(
        "1969-12-31T23:59:59.9Z",
        Duration::from_millis(200),
        "1970-01-01T00:00:00.1Z",
    );
    check(
        "2024-01-01T00:00:00-00:00",
        Duration::ZERO,
        "2024-01-01T00:00:00-00:00",
    );
    let last: DateTimeOffset = "9999-12-31T23:59:59Z".parse().unwrap();
    assert_eq!(last.checked_add(Duration::from_secs(1)), None);
    assert_eq!(last.checked_add(Duration::MAX), None);
    let first: DateTimeOffset = "0001-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(first.checked_sub(Duration::from_nanos(1)), None);
    assert_eq!(first.checked_sub(Duration::MAX), None);
    let mut time = first;
    time += Duration::from_secs(2);
    time -= Duration::from_secs(1);
    assert_eq!(time.second(), 1);
}

#[test]
fn converts_system_time() {
    for text in [
        "1969-12-31T23:59:59.25Z",
        "1970-01-01T00:00:00Z",
        "2024-02-29T12:00:00.123456789Z",
    ] {
        let time: DateTimeOffset = text.parse().unwrap();
        let system = SystemTime::try_from(time).unwrap();
        assert_eq!(DateTimeOffset::try_from(system).unwrap().to_string(), text);
    }
    assert!(DateTimeOffset::try_from(UNIX_EPOCH + Duration::from_secs(300_000_000_000)).is_err());
    let local: DateTimeOffset = "2024-01-01T01:00:00+01:00".parse().unwrap();
    let utc: DateTimeOffset = "2024-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(SystemTime::try_from(local), SystemTime::try_from(utc));
}

#[test]
fn now_has_ticks_of_100_nanoseconds() {
    let now = DateTimeOffset::now();
    assert_eq!((now.offset_minutes(), now.nanosecond() % 100), (0, 0));
}

#[test]
fn converts_days_since_1970() {
    for (text, days) in [
        ("0001-01-01", -719_162),
        ("1969-12-31", -1),
        ("1970-01-01", 0),
        ("2000-02-29", 11_016),
        ("9999-12-31", 2_932_896),
    ] {
        let date: Date = text.parse().unwrap();
        assert_eq!(date.unix_days(), days);
        assert_eq!(Date::from_unix_days(days), Some(date));
    }
    assert_eq!(Date::from_unix_days(-719_163), None);
    assert_eq!(Date::from_unix_days(2_932_897), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trips_any_day(days in -719_162i64..=2_932_896) {
        let date = Date::from_unix_days(days).unwrap();
        prop_assert_eq!(date.unix_days(), days);
        check::<Date>(&[&date.to_string()]);
    }

    #[test]
    fn round_trips_any_date_time(
        text in "(00[1-9][0-9]|[1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])\
                 T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,12})?)?(Z|[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9])"
    ) {
        check::<DateTimeOffset>(&[&text]);
    }

    #[test]
    fn formats_what_it_parses(text in "[0-9TZ:.+-]{0,40}|\\PC{0,40}") {
        if let Ok(moment) = text.parse::<DateTimeOffset>() {
            prop_assert_eq!(moment.to_string(), text);
        }
    }

    #[test]
    fn round_trips_unix_seconds(seconds in -62_135_596_800i64..=253_402_300_799, nanosecond in 0u32..1_000_000_000) {
        let moment = DateTimeOffset::from_unix(seconds, nanosecond).unwrap();
        prop_assert_eq!((moment.unix_seconds(), moment.nanosecond()), (seconds, nanosecond));
        check::<DateTimeOffset>(&[&moment.to_string()]);
    }
}

#[test]
fn durations_between_points_in_time() {
    let time = |text: &str| text.parse::<DateTimeOffset>().unwrap();
    let later = time("2024-03-01T00:00:00.25+01:00");
    let earlier = time("2024-02-29T23:00:00.75+01:00");
    let duration = std::time::Duration::from_millis(3_599_500);
    assert_eq!(later.duration_since(earlier), Some(duration));
    assert_eq!(earlier.duration_since(later), None);
    assert_eq!(earlier + duration, later);
    let month_ago = DateTimeOffset::days_ago(30);
    let passed = DateTimeOffset::now().duration_since(month_ago);
    assert!(passed.unwrap() >= std::time::Duration::from_secs(30 * 86_400));
}
