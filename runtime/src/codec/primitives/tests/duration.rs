//! `Edm.Duration`

use proptest::prelude::*;

use super::{check, check_rejected};
use crate::{Decoded, Duration, Primitive, Scalar};

#[test]
fn durations() {
    check::<Duration>(&[
        "P2Y6M5DT12H35M30S",
        "PT0S",
        "P0D",
        "PT1H",
        "PT60M",
        "P1M",
        "PT1M",
        "P4W",
        "-P1D",
        "PT0.5S",
        "PT1.500S",
        "P1DT0H",
        "PT0H0M0S",
        "-PT0.000000000001S",
        "P4294967295D",
    ]);
    check_rejected::<Duration>(&[
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1DT",
        "P1H",
        "PT1D",
        "P1D1Y",
        "PT1S1M",
        "PT1H1H",
        "P1.5D",
        "PT1.5H",
        "PT.5S",
        "PT1.S",
        "P-1D",
        "p1d",
        "P1D ",
        "+P1D",
        "P4294967296D",
        "PT0.1234567890123S",
        "P1DT1HT1M",
        "PTT1H",
        "P99999999999999999999D",
    ]);
}

#[test]
fn accepts_leading_zeros() {
    for (text, plain) in [("PT01H", "PT1H"), ("P00Y1D", "P0Y1D")] {
        let plain: Duration = plain.parse().unwrap();
        assert_eq!(
            Duration::decode(Scalar::Text(text)),
            Decoded::NonCanonical(plain)
        );
        assert!(text.parse::<Duration>().is_err());
    }
}

#[test]
fn components() {
    let duration: Duration = "-P1Y2M3W4DT5H6M7.25S".parse().unwrap();
    assert!(duration.is_negative());
    assert_eq!(
        (
            duration.years(),
            duration.months(),
            duration.weeks(),
            duration.days()
        ),
        (1, 2, 3, 4)
    );
    assert_eq!(
        (duration.hours(), duration.minutes(), duration.seconds()),
        (5, 6, 7)
    );
    assert_eq!(
        (duration.nanosecond(), duration.to_std()),
        (250_000_000, None)
    );
    let length: Duration = "P1WT0.5S".parse().unwrap();
    assert_eq!(
        length.to_std(),
        Some(std::time::Duration::from_millis(604_800_500))
    );
    for (seconds, text) in [
        (0, "PT0S"),
        (59, "PT59S"),
        (3600, "PT1H"),
        (86_400, "P1D"),
        (90_061, "P1DT1H1M1S"),
    ] {
        assert_eq!(Duration::from_seconds(seconds).to_string(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trips_any_duration(
        text in "-?P([1-9][0-9]{0,8}Y)?([1-9][0-9]{0,8}M)?([1-9][0-9]{0,8}D)(T[1-9][0-9]?H([0-9]M)?([0-9](\\.[0-9]{1,12})?S)?)?"
    ) {
        check::<Duration>(&[&text]);
    }

    #[test]
    fn formats_what_it_parses(text in "-?P[0-9YMWDTHS.]{0,20}|\\PC{0,20}") {
        if let Ok(duration) = text.parse::<Duration>() {
            prop_assert_eq!(duration.to_string(), text);
        }
    }

    #[test]
    fn converts_seconds(seconds: u32) {
        let length = std::time::Duration::from_secs(u64::from(seconds));
        prop_assert_eq!(Duration::from_seconds(seconds).to_std(), Some(length));
    }
}
