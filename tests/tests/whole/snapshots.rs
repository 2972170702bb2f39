//! What people look at: the facts of chosen pages, the model of all of ours, and the code of chosen files.
//! `INSTA_UPDATE=always cargo test -p graphwright-tests snapshots` writes them anew; look at the difference.

use generator::emit::ManifestSettings;
use generator::model::{ApiVersion, view};
use generator::{Selection, Settings, facts};

use crate::documentation::{self, Silent};

/// One page of each shape.
const PAGES: [&str; 8] = [
    "beta/api/intune-onboarding-mobilethreatdefenseconnector-update.md",
    "v1.0/api/intune-onboarding-compliancemanagementpartner-list.md",
    "v1.0/api/intune-onboarding-deviceenrollmentconfiguration-assign.md",
    "v1.0/api/intune-onboarding-devicemanagement-verifywindowsenrollmentautodiscovery.md",
    "v1.0/api/profilephoto-get.md",
    "v1.0/resources/intune-onboarding-mobilethreatpartnertenantstate.md",
    "v1.0/resources/intune-shared-deviceandappmanagementassignmenttarget.md",
    "v1.0/resources/intune-onboarding-deviceenrollmentlimitconfiguration.md",
];

/// One file of each shape.
const FILES: [&str; 4] = [
    "src/v1_0/intune_onboarding/compliance_management_partner.rs",
    "src/v1_0/intune_onboarding/compliance_management_partner/requests.rs",
    "src/v1_0/intune_onboarding/mobile_threat_partner_tenant_state.rs",
    "src/v1_0/intune_shared/device_and_app_management_assignment_target.rs",
];

#[test]
fn facts_of_pages() {
    let sources = documentation::own_sources();
    for page in PAGES {
        let file = sources
            .find(page)
            .unwrap_or_else(|| panic!("docs-input has no {page}"));
        let (facts, report) = generator::read_page(file, &sources);
        let problems: Vec<String> = report
            .problems()
            .iter()
            .map(|problem| problem.one_line(&sources))
            .collect();
        let text = format!("{}{}", facts::text(&facts, &sources), problems.join("\n"));
        look("facts", page, &text);
    }
}

#[test]
fn model_of_our_pages() {
    let analysis = documentation::own();
    for version in ApiVersion::ALL {
        let api = documentation::api(&analysis, version);
        look("model", version.name(), &view::text(api));
    }
}

#[test]
fn code_of_files() {
    let settings = Settings {
        corrections: &documentation::corrections(),
        selection: Selection::default(),
        manifest: ManifestSettings::Workspace,
    };
    let generated = generator::generate(&documentation::own_sources(), &settings, &Silent);
    for path in FILES {
        let file = generated.files.iter().find(|file| file.path == path);
        let file = file.unwrap_or_else(|| panic!("the output has no {path}"));
        look("code", path, &file.text);
    }
}

fn look(kind: &str, path: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("{kind}_{}", path.replace('/', "_")), text);
    });
}
