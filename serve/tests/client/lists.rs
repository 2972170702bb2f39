//! Lists with every option that the server knows, and places in them that are stored and taken up.

use graphwright::runtime::{ErrorKind, Pages};
use graphwright::v1_0::builders::DeviceManagementManagedDevicesBuilder as Devices;
use graphwright::v1_0::types::ManagedDevice;
use graphwright_serve::Settings;

use crate::setting::{CONNECTORS, client, serve};

#[test]
fn lists_apply_query_options() {
    let server = serve(Settings::new().items(25));
    let devices = client(&server).device_management().managed_devices();
    let page = devices
        .list()
        .top(10)
        .skip(5)
        .count()
        .send_blocking()
        .unwrap();
    assert_eq!((page.value.len(), page.count), (10, Some(25)));

    let name = page.value[3].device_name.clone().unwrap();
    let filter = ManagedDevice::DEVICE_NAME.eq(name.as_str());
    let found = devices
        .list()
        .filter(filter)
        .select(&[&ManagedDevice::DEVICE_NAME]);
    let found = found.send_blocking().unwrap();
    assert_eq!(found.value.len(), 1);
    let expected = serde_json::json!({"deviceName": name});
    let mut shown = serde_json::to_value(&found.value[0]).unwrap();
    let annotations = ["@odata.type", "@odata.etag"];
    shown
        .as_object_mut()
        .unwrap()
        .retain(|name, _| !annotations.contains(&name.as_str()));
    assert_eq!(shown, expected);

    let others = devices
        .list()
        .filter(ManagedDevice::DEVICE_NAME.ne(name.as_str()))
        .count();
    assert_eq!(others.send_blocking().unwrap().count, Some(24));
    let both = format!(
        "deviceName eq '{name}' and id ne '{}'",
        page.value[3].id.clone().unwrap()
    );
    assert!(
        devices
            .list()
            .filter(both.as_str())
            .send_blocking()
            .unwrap()
            .value
            .is_empty()
    );
}

#[test]
fn invalid_query_options_are_rejected() {
    let server = serve(Settings::new());
    let devices = client(&server).device_management().managed_devices();
    let refused = [
        devices.list().query("$top", "many"),
        devices.list().filter("deviceName like 'x'"),
        devices.list().select(&[&"noSuchProperty"]),
        devices.list().query("$apply", "x"),
    ];
    for request in refused {
        let url = request.url();
        let error = request.send_blocking().unwrap_err();
        assert_eq!(
            (error.kind(), error.status().unwrap().as_u16()),
            (ErrorKind::Service, 400),
            "{url}"
        );
        assert_eq!(error.code(), Some("BadRequest"), "{url}");
    }
}

#[test]
fn lists_resume_from_a_stored_cursor() {
    let server = serve(Settings::new().items(30));
    let client = client(&server);
    let mut pages = client
        .device_management()
        .managed_devices()
        .list()
        .top(10)
        .pages();
    let first = pages.next_page_blocking().unwrap().unwrap();
    let stored = pages.cursor().unwrap().to_string();
    drop(pages);
    let place = stored.parse().unwrap();
    let mut rest: Pages<ManagedDevice> =
        Pages::resume(client.as_ref(), &Devices::LIST, &place).unwrap();
    let mut ids: Vec<_> = first.value.into_iter().map(|device| device.id).collect();
    while let Some(page) = rest.next_page_blocking() {
        ids.extend(page.unwrap().value.into_iter().map(|device| device.id));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 30);
}

#[test]
fn count_segments_return_the_number_of_items() {
    let server = serve(Settings::new().items(12));
    let client = client(&server);
    let path = client
        .as_ref()
        .path("deviceManagement")
        .segment("managedDevices")
        .segment("$count");
    let count: i64 = path.request(&Devices::LIST).send_blocking().unwrap();
    assert_eq!(count, 12);
    assert_eq!(server.items(CONNECTORS).len(), 12);
}
