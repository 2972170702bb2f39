//! Decimals, and the numbers that Rust has types for.

use proptest::prelude::*;

use crate::{Decimal, Leaf, Reading, Scalar, TextBuffer};

/// Reads JSON and writes it again: the same text.
fn check_json<T: Leaf + serde::Serialize + serde::de::DeserializeOwned>(texts: &[&str]) -> Vec<T> {
    let read = |text: &&str| {
        let value: T = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), **text);
        value
    };
    texts.iter().map(read).collect()
}

#[test]
fn decimals() {
    check_json::<Decimal>(&[
        "0",
        "12",
        "-3",
        "12.5",
        "\"12.50\"",
        "9223372036854775807",
        "18446744073709551615",
    ]);
    for text in [
        "12.50",
        "-0",
        "0.1234567890123456789012345678",
        "1e5",
        "-1.5E-3",
        "1e+400",
        "123456789012345678901234567890",
    ] {
        let decimal: Decimal = text.parse().unwrap();
        assert_eq!(decimal.to_string(), text);
        assert_eq!(serde_json::to_string(&decimal).unwrap(), text);
    }
    for text in [
        "", "-", "+1", ".5", "5.", "01", "1e", "1.5.2", "1e5e5", "0x1", "NaN", "INF", "1 ", "1,5",
    ] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
        assert!(
            matches!(Decimal::read(Scalar::Text(text)), Reading::Refused),
            "{text}"
        );
    }
}

#[test]
fn decimals_compare_as_numbers() {
    let decimal = |text: &str| -> Decimal { text.parse().unwrap() };
    for (one, other) in [
        ("1.0", "1"),
        ("100", "1e2"),
        ("0.0", "-0"),
        ("12.50", "0.0125E+3"),
    ] {
        assert_eq!(decimal(one), decimal(other));
    }
    let ascending = [
        "-1e9", "-12", "-1.5", "-1", "-0.01", "0", "0.01", "0.1", "1", "1.05", "1.5", "12", "120",
        "1e9",
    ];
    for pair in ascending.windows(2) {
        assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
    }
    assert!(decimal("1e99999999999999999999") > decimal("1"));
}

#[test]
fn whole_numbers_stay_in_their_range() {
    assert_eq!(u8::read(Scalar::Integer(255)), Reading::Exact(255));
    assert_eq!(u8::read(Scalar::Integer(256)), Reading::Refused);
    assert_eq!(i16::read(Scalar::Integer(-32_769)), Reading::Refused);
    assert_eq!(i32::read(Scalar::Double(3.0)), Reading::Respelled(3));
    assert_eq!(i32::read(Scalar::Double(3.5)), Reading::Refused);
    assert_eq!(i32::read(Scalar::Text("3")), Reading::Refused);
    assert_eq!(i64::read(Scalar::Text("3")), Reading::Respelled(3));
    assert_eq!(i64::read(Scalar::Unsigned(u64::MAX)), Reading::Refused);
    assert_eq!(i64::read(Scalar::Double(f64::NAN)), Reading::Refused);
}

#[test]
fn numbers_of_single_precision() {
    assert_eq!(f32::read(Scalar::Double(1.1)), Reading::Exact(1.1));
    assert_eq!(
        f32::read(Scalar::Double(1.123_456_789_012)),
        Reading::Respelled(1.123_456_8)
    );
    assert_eq!(f32::read(Scalar::Double(1e300)), Reading::Refused);
    assert_eq!(
        f32::read(Scalar::Text("INF")),
        Reading::Exact(f32::INFINITY)
    );
    assert_eq!(
        f32::NEG_INFINITY.scalar(&mut TextBuffer::new()),
        Scalar::Text("-INF")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_double_is_written_as_it_was(bits: u64) {
        let double = f64::from_bits(bits);
        if double.is_finite() {
            let text = serde_json::to_string(&double).unwrap();
            let read: Decimal = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            prop_assert_eq!(read.to_f64().to_bits(), bits);
        }
    }

    #[test]
    fn decimals_of_whole_numbers_have_their_order(one: i64, other: i64) {
        prop_assert_eq!(Decimal::from(one).cmp(&Decimal::from(other)), one.cmp(&other));
    }
}
