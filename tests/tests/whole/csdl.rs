//! The exported CSDL, read by a strict reader: every name it uses is declared, once, as what it is used for.

use crate::csdl_reader::{Kind, Schemas};
use crate::documentation;
use generator::export;
use generator::model::ApiVersion;

#[test]
fn our_pages_export_to_csdl() {
    for version in ApiVersion::ALL {
        let analysis = documentation::own();
        let api = documentation::api(&analysis, version);
        let schemas = Schemas::read(&export::to_csdl(api));
        schemas.check();
        assert_eq!(
            schemas.base("microsoft.graph.exclusionGroupAssignmentTarget"),
            Some("microsoft.graph.groupAssignmentTarget")
        );
        assert_eq!(
            schemas.kind("microsoft.graph.mobileThreatDefenseConnector"),
            Some(Kind::Entity)
        );
        assert_eq!(
            schemas.kind("microsoft.graph.complianceManagementPartnerAssignment"),
            Some(Kind::Complex)
        );
        assert_eq!(
            schemas.kind("microsoft.graph.mobileThreatPartnerTenantState"),
            Some(Kind::Enum)
        );
    }
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn the_real_documentation_exports_to_csdl() {
    let analysis = documentation::real();
    let api = documentation::api(&analysis, ApiVersion::V1_0);
    let schemas = Schemas::read(&export::to_csdl(api));
    schemas.check();
    assert_eq!(
        schemas.base("microsoft.graph.user"),
        Some("microsoft.graph.directoryObject")
    );
    assert_eq!(
        schemas.kind("microsoft.graph.callRecords.session"),
        Some(Kind::Entity)
    );
    assert!(
        schemas.count(Kind::Entity) > 400,
        "{}",
        schemas.count(Kind::Entity)
    );
    assert!(
        schemas.count(Kind::Complex) > 400,
        "{}",
        schemas.count(Kind::Complex)
    );
    assert!(
        schemas.count(Kind::Enum) > 250,
        "{}",
        schemas.count(Kind::Enum)
    );
}
