//! `Edm.Decimal` and the numeric types of Rust.

use proptest::prelude::*;

use crate::{Decimal, Decoded, Primitive, Scalar, TextBuffer};

/// Checks that each JSON text is deserialized, and serialized to the same text.
fn check_json<T: Primitive + serde::Serialize + serde::de::DeserializeOwned>(
    texts: &[&str],
) -> Vec<T> {
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
            matches!(Decimal::decode(Scalar::Text(text)), Decoded::Rejected),
            "{text}"
        );
    }
}

#[test]
fn compares_decimals_numerically() {
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
fn rejects_integers_out_of_range() {
    assert_eq!(u8::decode(Scalar::Integer(255)), Decoded::Exact(255));
    assert_eq!(u8::decode(Scalar::Integer(256)), Decoded::Rejected);
    assert_eq!(i16::decode(Scalar::Integer(-32_769)), Decoded::Rejected);
    assert_eq!(i32::decode(Scalar::Double(3.0)), Decoded::NonCanonical(3));
    assert_eq!(i32::decode(Scalar::Double(3.5)), Decoded::Rejected);
    assert_eq!(i32::decode(Scalar::Text("3")), Decoded::Rejected);
    assert_eq!(i64::decode(Scalar::Text("3")), Decoded::NonCanonical(3));
    assert_eq!(i64::decode(Scalar::Unsigned(u64::MAX)), Decoded::Rejected);
    assert_eq!(i64::decode(Scalar::Double(f64::NAN)), Decoded::Rejected);
}

#[test]
fn decodes_single_precision_numbers() {
    assert_eq!(f32::decode(Scalar::Double(1.1)), Decoded::Exact(1.1));
    assert_eq!(
        f32::decode(Scalar::Double(1.123_456_789_012)),
        Decoded::NonCanonical(1.123_456_8)
    );
    assert_eq!(f32::decode(Scalar::Double(1e300)), Decoded::Rejected);
    assert_eq!(
        f32::decode(Scalar::Text("INF")),
        Decoded::Exact(f32::INFINITY)
    );
    assert_eq!(
        f32::NEG_INFINITY.encode(&mut TextBuffer::new()),
        Scalar::Text("-INF")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trips_any_double(bits: u64) {
        let double = f64::from_bits(bits);
        if double.is_finite() {
            let text = serde_json::to_string(&double).unwrap();
            let read: Decimal = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            prop_assert_eq!(read.to_f64().to_bits(), bits);
        }
    }

    #[test]
    fn orders_decimals_like_integers(one: i64, other: i64) {
        prop_assert_eq!(Decimal::from(one).cmp(&Decimal::from(other)), one.cmp(&other));
    }
}
