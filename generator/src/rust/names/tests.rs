//! Identifiers of ordinary, reserved and hostile names.

use super::{Scope, constant, field, is_plain, module, snake, type_name, variant};

#[track_caller]
fn check(make: impl Fn(&str) -> super::Ident, names: &[(&str, &str)]) {
    for (wire, expected) in names {
        let ident = make(wire);
        assert_eq!(ident.as_str(), *expected, "{wire:?}");
        assert!(
            syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(),
            "{wire:?} gives no identifier"
        );
    }
}

#[test]
fn fields_are_snake_case() {
    check(
        field,
        &[
            ("partnerState", "partner_state"),
            ("macOsOnboarded", "mac_os_onboarded"),
            ("iosX", "ios_x"),
            ("eTag", "etag"),
            ("iPv4CidrRange", "ipv4_cidr_range"),
            ("eMail", "email"),
            ("isActive", "is_active"),
            ("xAxis", "x_axis"),
            (
                "allowPartnerToCollectIOSApplicationMetadata",
                "allow_partner_to_collect_ios_application_metadata",
            ),
            ("v8_0", "v8_0"),
            ("_id", "id"),
            ("@odata.count", "odata_count"),
            (
                "@microsoft.graph.conflictBehavior",
                "microsoft_graph_conflict_behavior",
            ),
            ("365Enabled", "value_365enabled"),
            ("additionalProperties", "additional_properties_"),
        ],
    );
}

#[test]
fn keywords_get_an_underscore() {
    check(
        snake,
        &[
            ("type", "type_"),
            ("self", "self_"),
            ("Self", "self_"),
            ("crate", "crate_"),
            ("super", "super_"),
            ("gen", "gen_"),
        ],
    );
    check(
        |wire| constant(&field(wire)),
        &[("type", "TYPE"), ("partnerState", "PARTNER_STATE")],
    );
    check(
        module,
        &[
            ("aux", "aux_"),
            ("com1", "com1_"),
            ("mod", "mod_"),
            ("message", "message"),
        ],
    );
}

#[test]
fn variants_are_camel_case() {
    check(
        variant,
        &[
            ("none", "None"),
            ("Override", "Override"),
            ("self", "Self_"),
            ("unlisted", "UnlistedMember"),
            ("a_l_l", "AllMember"),
            ("ALL", "All"),
            ("unknownFutureValue", "UnknownFutureValue"),
            ("v8_0", "V8_0"),
            ("v80", "V80"),
            ("16", "Value16"),
            ("iso_a4-210x297mm", "IsoA4_210x297mm"),
        ],
    );
}

#[test]
fn sanitizes_hostile_names() {
    check(
        snake,
        &[
            ("", "unnamed"),
            ("…", "unnamed"),
            ("a/../b", "a_b"),
            ("x\"; fn f() {}", "x_fn_f"),
            ("größe", "gr_e"),
            ("a\u{202e}b", "a_b"),
        ],
    );
    assert!(is_plain("@odata.type"));
    assert!(!is_plain("größe"));
    assert!(!is_plain("a/b"));
    assert!(!is_plain(""));
    assert!(!is_plain(&"a".repeat(4000)));
    assert!(snake(&"a".repeat(4000)).as_str().len() < 200);
}

#[test]
fn prefixes_type_names_with_namespaces() {
    check(
        |full| {
            let (namespace, name) = full.rsplit_once('.').expect("a qualified name has a dot");
            type_name(namespace, name)
        },
        &[
            ("microsoft.graph.user", "User"),
            ("microsoft.graph.callRecords.session", "CallRecordsSession"),
            ("microsoft.graphics.x", "MicrosoftGraphicsX"),
            ("microsoft.graph.option", "GraphOption"),
            ("microsoft.graph.list", "List"),
        ],
    );
}

#[test]
fn appends_numbers_to_colliding_names() {
    let mut scope = Scope::default();
    let taken: Vec<String> = [
        ("trojan", Some(3)),
        ("Trojan", Some(7)),
        ("TROJAN", None),
        ("trojan", None),
    ]
    .into_iter()
    .map(|(wire, value)| scope.claim_with(variant(wire), value).to_string())
    .collect();
    assert_eq!(taken, ["Trojan", "Trojan7", "Trojan2", "Trojan3"]);
    let fields: Vec<String> = ["id", "_id", "v8", "V8"]
        .into_iter()
        .map(|wire| scope.claim(field(wire)).to_string())
        .collect();
    assert_eq!(fields, ["id", "id_2", "v8", "v8_2"]);
}

#[test]
fn builds_singulars() {
    for (several, one) in [
        ("messages", "message"),
        ("policies", "policy"),
        ("series", "series"),
        ("acceptanceStatuses", "acceptanceStatus"),
        ("addresses", "address"),
        ("access", "access"),
        ("analysis", "analysis"),
        ("drive", "drive"),
        ("", ""),
        ("ä", "ä"),
    ] {
        assert_eq!(super::singular(several), one);
    }
}
