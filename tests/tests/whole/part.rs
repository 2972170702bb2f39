//! A part of the API: what is asked for, with all that it needs, and nothing else.

use std::collections::BTreeSet;

use generator::Selection;
use generator::emit::File;
use generator::rust::Crate;
use generator::source::Sources;

use crate::documentation;
use crate::features::generate;
use crate::rust_text::RustText;

const SEEDS: [&str; 2] = [
    "/deviceManagement/mobileThreatDefenseConnectors",
    "/deviceManagement/complianceManagementPartners",
];

/// The library of what starts with any of some names, without one type.
fn part(sources: &Sources, include: &[&str], exclude: &str) -> (Crate, Vec<File>) {
    let included = |name: &str| include.iter().any(|start| name.starts_with(start));
    let excluded = |name: &str| name == exclude;
    let selection = Selection {
        include: Some(&included),
        exclude: (!exclude.is_empty()).then_some(&excluded),
    };
    generate(sources, selection)
}

/// The types of v1.0 by their Rust names, after holding that all names that the crate uses are there.
#[track_caller]
fn types_of(library: &Crate, files: &[File]) -> BTreeSet<String> {
    let versions = library.versions.iter();
    let features: Vec<&str> = versions
        .flat_map(|version| &version.features)
        .map(|feature| feature.name.as_str())
        .collect();
    let part = RustText::new(files).part(&features);
    assert_eq!(part.missing(), [""; 0]);
    part.types("v1_0")
        .iter()
        .map(|name| (*name).to_owned())
        .collect()
}

#[track_caller]
fn the_seeds_bring_what_they_name(sources: &Sources) -> BTreeSet<String> {
    let (library, files) = part(sources, &SEEDS, "");
    let types = types_of(&library, &files);
    for name in [
        "Entity",
        "MobileThreatDefenseConnector",
        "MobileThreatPartnerTenantState",
        "ComplianceManagementPartner",
        "DeviceManagementPartnerTenantState",
    ] {
        assert!(types.contains(name), "{name} is not in {types:?}");
    }
    // The entity at the root of all, `user` and the like are named by no property of these two.
    for name in ["User", "DirectoryObject", "DeviceManagement", "VppToken"] {
        assert!(!types.contains(name), "{name} is in {types:?}");
    }
    types
}

#[test]
fn two_entities_of_our_pages() {
    let types = the_seeds_bring_what_they_name(&documentation::own_sources());
    assert!(types.len() <= 16, "{types:?}");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn two_entities_of_the_real_pages() {
    let sources = documentation::real_sources("2021-07");
    let types = the_seeds_bring_what_they_name(&sources);
    println!(
        "{} types come with the two entities: {types:?}",
        types.len()
    );
    assert!(types.len() <= 16, "{types:?}");
}

#[test]
fn an_area_is_a_part() {
    let (library, files) = part(&documentation::own_sources(), &["intune_notification"], "");
    let types = types_of(&library, &files);
    let expected = [
        "Entity",
        "LocalizedNotificationMessage",
        "NotificationMessageTemplate",
        "NotificationTemplateBrandingOptions",
    ];
    assert_eq!(
        types.iter().map(String::as_str).collect::<Vec<_>>(),
        expected
    );
    let requests = "src/v1_0/intune_notification/notification_message_template/requests.rs";
    assert!(files.iter().any(|file| file.path == requests));
}

#[test]
fn what_is_left_out_is_kept_as_json() {
    let (library, files) = part(
        &documentation::own_sources(),
        &["microsoft.graph.complianceManagementPartner"],
        "microsoft.graph.complianceManagementPartnerAssignment",
    );
    let types = types_of(&library, &files);
    assert!(
        !types.contains("ComplianceManagementPartnerAssignment"),
        "{types:?}"
    );
    let path = "src/v1_0/intune_onboarding/compliance_management_partner.rs";
    let file = files.iter().find(|file| file.path == path);
    let text = &file.expect("the type is there").text;
    assert!(
        text.contains("pub mac_os_enrollment_assignments: Option<Vec<runtime::Value>>,"),
        "{text}"
    );
}
