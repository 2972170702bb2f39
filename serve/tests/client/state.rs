//! What is created, changed and removed stays so.

use graphwright::runtime::{ErrorKind, OpenEnum};
use graphwright::v1_0::types::{
    MobileThreatDefenseConnector as Connector, MobileThreatPartnerTenantState as State,
};
use graphwright_serve::Settings;

use crate::setting::{CONNECTORS, client, run, serve};

#[test]
fn instances_are_created_updated_and_deleted() {
    let server = serve(Settings::new());
    let connectors = client(&server)
        .device_management()
        .mobile_threat_defense_connectors();
    let shown = server.items(CONNECTORS);
    assert_eq!(shown.len(), 1, "the one that the examples show");

    let new = Connector {
        android_enabled: Some(true),
        partner_state: Some(State::from_name("available")),
        ..Default::default()
    };
    let created = connectors.create(&new).send_blocking().unwrap();
    let id = created.id.clone().unwrap();
    assert_eq!(created.android_enabled, Some(true));
    assert_eq!(server.items(CONNECTORS).len(), 2);

    // What is not sent stays; null is a value.
    let mut change = Connector {
        ios_enabled: Some(true),
        ..Default::default()
    };
    Connector::PARTNER_STATE.set_null(&mut change);
    let changed = connectors
        .by_id(&id)
        .update(&change)
        .send_blocking()
        .unwrap();
    assert_eq!(
        (changed.android_enabled, changed.ios_enabled),
        (Some(true), Some(true))
    );
    assert!(Connector::PARTNER_STATE.is_null(&changed));
    assert_eq!(
        connectors
            .by_id(&id)
            .get()
            .send_blocking()
            .unwrap()
            .ios_enabled,
        Some(true)
    );

    connectors.by_id(&id).delete().send_blocking().unwrap();
    let error = connectors.by_id(&id).get().send_blocking().unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some("ResourceNotFound"));
    assert!(error.request_id().is_some());
    assert_eq!(server.items(CONNECTORS), shown);
}

#[test]
fn updates_with_a_stale_etag_are_rejected() {
    let server = serve(Settings::new());
    let connectors = client(&server)
        .device_management()
        .mobile_threat_defense_connectors();
    let id = server.items(CONNECTORS)[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = connectors.by_id(&id);
    let read = run(one.get().send_with_headers()).unwrap();
    let tag = read.headers()["etag"].to_str().unwrap().to_owned();
    let same = run(one.get().if_none_match(&tag).send_if_changed()).unwrap();
    assert!(same.is_none());

    let change = Connector {
        ios_enabled: Some(false),
        ..Default::default()
    };
    one.update(&change).if_match(&tag).send_blocking().unwrap();
    let error = one
        .update(&change)
        .if_match(&tag)
        .send_blocking()
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 412);
}

#[test]
fn errors_have_the_form_of_the_service() {
    let server = serve(Settings::new());
    let client = client(&server);
    let connectors = client
        .device_management()
        .mobile_threat_defense_connectors();
    let mut odd = Connector::default();
    odd.additional_properties.insert("noSuchProperty", true);
    let error = connectors.create(&odd).send_blocking().unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Service, 400)
    );
    assert!(error.message().contains("noSuchProperty"), "{error}");
    assert_eq!(server.items(CONNECTORS).len(), 1);
}
