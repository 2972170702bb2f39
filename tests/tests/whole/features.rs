//! Cargo features of generated crates: each alone has all that it names, and none brings the world along.

use generator::emit::{File, ManifestSettings};
use generator::model::ApiVersion;
use generator::rust::Crate;
use generator::source::Sources;
use generator::{Selection, Settings};

use crate::documentation::{self, Silent};
use crate::rust_text::RustText;

/// The library of some pages.
pub(crate) fn generate(sources: &Sources, selection: Selection<'_>) -> (Crate, Vec<File>) {
    let settings = Settings {
        corrections: &documentation::corrections(),
        selection,
        manifest: ManifestSettings::Workspace,
    };
    let generated = generator::generate(sources, &settings, &Silent);
    (generated.library, generated.files)
}

/// Holds that each feature alone, and all together, have what they name.
#[track_caller]
fn each_is_closed(library: &Crate, text: &RustText) {
    let mut all: Vec<&str> = Vec::new();
    for version in &library.versions {
        for feature in &version.features {
            let part = text.part(&[&feature.name]);
            assert_eq!(part.missing(), [""; 0], "with {}", feature.name);
            all.push(&feature.name);
        }
    }
    assert_eq!(text.part(&all).missing(), [""; 0]);
    assert_eq!(text.part(&[]).missing(), [""; 0], "without features");
}

#[test]
fn own_features_are_closed() {
    let (library, files) = generate(&documentation::own_sources(), Selection::default());
    let text = RustText::new(&files);
    each_is_closed(&library, &text);
    let notification = text.part(&["v1_0-intune_notification"]);
    let types = notification.types("v1_0");
    assert!(types.contains("NotificationMessageTemplate"), "{types:?}");
    assert!(!types.contains("VppToken"), "{types:?}");
    assert_eq!(notification.types("beta").len(), 0);
}

#[test]
fn what_leads_elsewhere_comes_with_its_type() {
    let (_, files) = generate(&documentation::own_sources(), Selection::default());
    let file = files
        .iter()
        .find(|file| file.path == "src/beta/intune_onboarding/device_management.rs");
    let text = &file.expect("the type is there").text;
    let field = "    #[cfg(feature = \"beta-intune_devices\")]\n    pub device_health_scripts:";
    assert!(text.contains(field), "{text}");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn real_features_are_closed_and_small() {
    let sources = documentation::real_sources("2021-07");
    let (library, files) = generate(&sources, Selection::default());
    each_is_closed(&library, &RustText::new(&files));
    let version = library
        .versions
        .iter()
        .find(|version| version.version == ApiVersion::V1_0)
        .expect("there are pages about v1.0");
    let types = |name: &str| {
        let feature = version.features.iter().find(|feature| feature.name == name);
        feature.map_or(0, |feature| feature.types)
    };
    let mut sizes: Vec<(usize, &str)> = version
        .features
        .iter()
        .map(|feature| (feature.types, feature.name.as_str()))
        .collect();
    sizes.sort();
    println!("types of each feature: {sizes:?}");
    // Of 1,316 types with 46 areas.
    assert!(sizes.len() > 40, "{sizes:?}");
    assert!(sizes.iter().all(|(types, _)| *types < 250), "{sizes:?}");
    assert!(
        (25..50).contains(&types("v1_0-intune_onboarding")),
        "{sizes:?}"
    );
    assert!((48..150).contains(&types("v1_0-outlook")), "{sizes:?}");
}
