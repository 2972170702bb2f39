//! Tokens that may, and tokens that may not.

use graphwright::v1_0::types::MobileThreatDefenseConnector as Connector;
use graphwright_serve::{Settings, token};

use crate::setting::{CONNECTORS, Hasty, client, client_with, serve};

const READ: &str = "DeviceManagementServiceConfig.Read.All";
const WRITE: &str = "DeviceManagementServiceConfig.ReadWrite.All";

#[test]
fn forbidden_errors_name_the_missing_permissions() {
    let server = serve(Settings::new().check_scopes());
    let id = server.items(CONNECTORS)[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = |role: &str| {
        let client = client_with(&server, &token(&[role]), Hasty::default());
        client
            .device_management()
            .mobile_threat_defense_connectors()
            .by_id(&id)
    };
    let change = Connector {
        ios_enabled: Some(false),
        ..Default::default()
    };
    assert!(one(READ).get().send_blocking().is_ok());
    assert!(one(WRITE).update(&change).send_blocking().is_ok());
    let error = one(READ).update(&change).send_blocking().unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    let shown = error.to_string();
    assert!(shown.contains(WRITE), "{shown}");
    assert!(!shown.contains(READ), "{shown}");
    assert_eq!(
        one("Other.Read")
            .get()
            .send_blocking()
            .unwrap_err()
            .status()
            .unwrap(),
        403
    );
}

#[test]
fn invalid_tokens_are_rejected() {
    let server = serve(Settings::new().check_scopes());
    let connectors = client(&server)
        .device_management()
        .mobile_threat_defense_connectors();
    let error = connectors.list().send_blocking().unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert!(!format!("{error} {error:?}").contains(crate::setting::TOKEN));
}
