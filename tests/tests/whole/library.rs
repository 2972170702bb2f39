//! The generated library as its user meets it.

use graphwright::runtime::{DateTimeOffset, Descending, Grant, Object, OpenEnum, Unconnected};
use graphwright::v1_0::Client;
use graphwright::v1_0::types::{
    AnyDeviceAndAppManagementAssignmentTarget as AnyTarget, AnyDeviceEnrollmentConfiguration,
    ComplianceManagementPartner, ComplianceManagementPartnerAssignment,
    DeviceEnrollmentLimitConfiguration, GroupAssignmentTarget, MobileThreatDefenseConnector,
    MobileThreatPartnerTenantState,
};
use serde::de::DeserializeOwned;

/// Decodes and encodes, and holds that the text is the same to the last key.
fn comes_back<T: DeserializeOwned + serde::Serialize>(text: &str) -> T {
    let value: T = serde_json::from_str(text).expect("any JSON object decodes");
    assert_eq!(
        serde_json::to_string(&value).expect("all that decodes encodes"),
        text
    );
    value
}

#[test]
fn what_no_page_lists_comes_back() {
    let connector: MobileThreatDefenseConnector = comes_back(
        r##"{"@odata.context":"x","iosEnabled":true,"@odata.type":"#microsoft.graph.mobileThreatDefenseConnector","partnerState":"asleep","androidEnabled":null,"newProperty":{"b":[1,1.0,null],"a":{}},"lastHeartbeatDateTime":"2016-12-31T23:59:37.9174975-08:00","partnerUnresponsivenessThresholdInDays":"six"}"##,
    );
    assert_eq!(connector.ios_enabled, Some(true));
    assert_eq!(
        connector.partner_state,
        Some(MobileThreatPartnerTenantState::Unlisted("asleep".into()))
    );
    assert_eq!(connector.android_enabled, None);
    assert!(MobileThreatDefenseConnector::ANDROID_ENABLED.is_null(&connector));
    assert_eq!(connector.partner_unresponsiveness_threshold_in_days, None);
    assert_eq!(
        connector
            .additional_properties
            .get("newProperty")
            .map(|value| value["b"][0].clone()),
        Some(1.into())
    );
}

#[test]
fn queries_are_typed() {
    let moment: DateTimeOffset = "2024-08-01T00:00:00Z".parse().expect("this is a moment");
    let enabled =
        MobileThreatDefenseConnector::PARTNER_STATE.eq(MobileThreatPartnerTenantState::Enabled);
    let silent = MobileThreatDefenseConnector::LAST_HEARTBEAT_DATE_TIME.lt(moment);
    let connectors = Client::new(Unconnected)
        .device_management()
        .mobile_threat_defense_connectors();
    let request = connectors
        .list()
        .select(&[
            &MobileThreatDefenseConnector::ID,
            &MobileThreatDefenseConnector::IOS_ENABLED,
        ])
        .filter(enabled.and(silent))
        .orderby(&[&Descending(
            MobileThreatDefenseConnector::LAST_HEARTBEAT_DATE_TIME,
        )]);
    assert_eq!(
        request.url(),
        "https://graph.microsoft.com/v1.0/deviceManagement/mobileThreatDefenseConnectors\
         ?$select=id,iosEnabled\
         &$filter=partnerState%20eq%20'enabled'%20and%20lastHeartbeatDateTime%20lt%202024-08-01T00:00:00Z\
         &$orderby=lastHeartbeatDateTime%20desc"
    );
}

#[test]
fn moments_come_back_to_the_byte() {
    for moment in [
        "2016-12-31T23:59:37.9174975-08:00",
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z",
    ] {
        let text = format!(r#"{{"lastHeartbeatDateTime":"{moment}"}}"#);
        let connector: MobileThreatDefenseConnector = comes_back(&text);
        assert_eq!(
            connector
                .last_heartbeat_date_time
                .map(|moment| moment.to_string())
                .as_deref(),
            Some(moment)
        );
    }
}

#[test]
fn derived_types_are_told_by_their_type_name() {
    let partner: ComplianceManagementPartner = comes_back(
        r##"{"macOsEnrollmentAssignments":[{"target":{"@odata.type":"#microsoft.graph.exclusionGroupAssignmentTarget","groupId":"g"}},{"target":{"groupId":"late","@odata.type":"microsoft.graph.groupAssignmentTarget"}},{"target":{"@odata.type":"#contoso.future.target","moonPhase":"full"}},{"target":{}}]}"##,
    );
    let assignments = partner
        .mac_os_enrollment_assignments
        .expect("the assignments were decoded");
    let targets: Vec<&AnyTarget> = assignments
        .iter()
        .filter_map(|assignment| assignment.target.as_ref())
        .collect();
    let [
        AnyTarget::ExclusionGroupAssignmentTarget(first),
        AnyTarget::GroupAssignmentTarget(second),
        third,
        fourth,
    ] = targets.as_slice()
    else {
        panic!("the targets are of other types: {targets:?}");
    };
    assert_eq!(first.group_id.as_deref(), Some("g"));
    assert_eq!(second.group_id.as_deref(), Some("late"));
    let AnyTarget::DeviceAndAppManagementAssignmentTarget(unknown) = third else {
        panic!("a type that nobody knows is one of its base: {third:?}");
    };
    assert_eq!(
        unknown.additional_properties().odata_type(),
        Some("contoso.future.target")
    );
    assert!(matches!(
        fourth,
        AnyTarget::DeviceAndAppManagementAssignmentTarget(_)
    ));
}

#[test]
fn derived_types_name_themselves() {
    let group = GroupAssignmentTarget {
        group_id: Some("g".into()),
        ..Default::default()
    };
    let assignment = ComplianceManagementPartnerAssignment {
        target: Some(group.into()),
        ..Default::default()
    };
    let text = serde_json::to_string(&assignment).expect("objects encode");
    assert_eq!(
        text,
        r##"{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"g"}}"##
    );
}

#[test]
fn setting_leaving_out_and_nulling_differ() {
    let mut change = MobileThreatDefenseConnector {
        android_enabled: Some(true),
        ..Default::default()
    };
    MobileThreatDefenseConnector::LAST_HEARTBEAT_DATE_TIME.set_null(&mut change);
    let client = Client::new(Unconnected);
    let request = client
        .device_management()
        .mobile_threat_defense_connectors()
        .by_id("a/b c")
        .update(&change);
    assert_eq!(request.method(), http::Method::PATCH);
    assert_eq!(
        request.url(),
        "https://graph.microsoft.com/v1.0/deviceManagement/mobileThreatDefenseConnectors/a%2Fb%20c"
    );
    let body: serde_json::Value = serde_json::from_slice(request.body()).expect("bodies are JSON");
    assert_eq!(
        body,
        serde_json::json!({ "lastHeartbeatDateTime": null, "androidEnabled": true })
    );
    let permissions = &request.operation().permissions;
    assert_eq!(permissions.delegated_personal, Grant::NOT_SUPPORTED);
    let sets: Vec<String> = permissions
        .application
        .sets()
        .map(|set| set.to_string())
        .collect();
    assert_eq!(
        sets,
        [
            "DeviceManagementServiceConfig.ReadWrite.All",
            "DeviceManagementConfiguration.ReadWrite.All"
        ]
    );
}

#[test]
fn creating_a_derived_type_names_it() {
    let limit = DeviceEnrollmentLimitConfiguration {
        limit: Some(5),
        ..Default::default()
    };
    let client = Client::new(Unconnected);
    let body = AnyDeviceEnrollmentConfiguration::from(limit);
    let request = client
        .device_management()
        .device_enrollment_configurations()
        .create(&body);
    let text = std::str::from_utf8(request.body()).expect("bodies are text");
    assert_eq!(
        text,
        r##"{"@odata.type":"#microsoft.graph.deviceEnrollmentLimitConfiguration","limit":5}"##
    );
}

#[test]
fn lists_take_typed_queries() {
    let client = Client::new(Unconnected);
    let request = client
        .device_management()
        .mobile_threat_defense_connectors()
        .list()
        .select(&[
            &MobileThreatDefenseConnector::ID,
            &MobileThreatDefenseConnector::PARTNER_STATE,
        ])
        .filter("partnerState eq 'enabled'")
        .top(5);
    assert_eq!(
        request.url(),
        "https://graph.microsoft.com/v1.0/deviceManagement/mobileThreatDefenseConnectors?$select=id,partnerState&$filter=partnerState%20eq%20'enabled'&$top=5"
    );
}

#[test]
fn enums_know_their_members_and_others() {
    let state: MobileThreatPartnerTenantState =
        "unknownFutureValue".parse().expect("any name is a member");
    assert_eq!(state, MobileThreatPartnerTenantState::UnknownFutureValue);
    assert_eq!(state.value(), Some(6));
    assert_eq!(
        MobileThreatPartnerTenantState::from("sleepy").to_string(),
        "sleepy"
    );
}
