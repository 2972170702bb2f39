//! `Edm.Binary` and `Edm.Guid`.

use proptest::prelude::*;

use super::{check, check_rejected};
use crate::{Binary, Decoded, Guid, Primitive, Scalar};

#[test]
fn bytes() {
    check::<Binary>(&[
        "", "AA==", "AA", "AAA=", "AAA", "AAAA", "/+8=", "/+8", "_-8=", "_-8", "-_-_",
    ]);
    check_rejected::<Binary>(&[
        "A", "AAAAA", "AA=", "AA===", "=", "====", "AB==", "AB", "/_8=", "AA AA", "AA\n=", "ä",
    ]);
    assert_eq!("AA".parse::<Binary>().unwrap(), "AA==".parse().unwrap());
}

#[test]
fn guids() {
    check::<Guid>(&[
        "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
        "00000000-0000-0000-0000-000000000000",
    ]);
    check_rejected::<Guid>(&[
        "",
        "6f9619ff8b86d011b42d00cf4fc964ff",
        "{6f9619ff-8b86-d011-b42d-00cf4fc964ff}",
        "urn:uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "6f9619ff-8b86-d011-b42d-00cf4fc964f",
        "6f9619ff-8b86-d011-b42d-00cf4fc964fg",
        "6f9619ff-8b86-d011-b42d0-0cf4fc964ff",
        "6f9619ff-8b86-d011-b42d-00cf4fc96äf",
    ]);
    let mixed = Guid::decode(Scalar::Text("6F9619ff-8b86-d011-b42d-00cf4fc964ff"));
    let Decoded::NonCanonical(mixed) = mixed else {
        panic!("mixed case is accepted: {mixed:?}");
    };
    assert_eq!(
        mixed,
        "6F9619FF-8B86-D011-B42D-00CF4FC964FF".parse().unwrap()
    );
    assert_eq!(
        Guid::from_u128(1).to_string(),
        "00000000-0000-0000-0000-000000000001"
    );
    assert_eq!(Guid::from(mixed.to_uuid()), mixed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trips_any_bytes(bytes: Vec<u8>) {
        let binary = Binary::from(bytes.clone());
        let text = binary.to_string();
        let url_safe = text.replace('+', "-").replace('/', "_");
        check::<Binary>(&[&text, text.trim_end_matches('='), &url_safe]);
        prop_assert_eq!(text.parse::<Binary>().unwrap().into_vec(), bytes);
    }

    #[test]
    fn formats_what_it_parses(text in "[A-Za-z0-9+/=_-]{0,12}|\\PC{0,40}") {
        if let Ok(binary) = text.parse::<Binary>() {
            prop_assert_eq!(binary.to_string(), text.clone());
        }
        if let Ok(guid) = text.parse::<Guid>() {
            prop_assert_eq!(guid.to_string(), text);
        }
    }

    #[test]
    fn round_trips_any_guid(bits: u128) {
        let text = Guid::from_u128(bits).to_string();
        check::<Guid>(&[&text, &text.to_uppercase()]);
    }
}
