//! What is more than one request: changes, uploads, and operations that take long.

use graphwright::runtime::{AnyEntity, Bytes, Change, Client, Page, Request, Upload, Value};
use graphwright::v1_0::builders::DeviceManagementManagedDevicesBuilder as Devices;
use graphwright::v1_0::builders::DeviceManagementManagedDevicesItemBuilder as Device;
use graphwright_serve::{Server, Settings};

use crate::setting::{client, gadgets, run};

fn setting(settings: Settings) -> (Server, Client) {
    let server = Server::start(gadgets(), settings.items(3).page_size(2)).unwrap();
    let client = client(&server).as_ref().clone();
    (server, client)
}

fn first_id(server: &Server) -> String {
    server.items("/v1.0/gadgets")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn delta_links_return_later_changes() {
    let (server, client) = setting(Settings::new());
    let delta: Request<Page<AnyEntity>> = client
        .path("gadgets")
        .segment("delta")
        .request(&Devices::LIST);
    let mut round = delta.changes();
    let mut count = 0;
    while let Some(page) = round.next_page_blocking() {
        count += page.unwrap().len();
    }
    assert_eq!(count, 3);
    let stored = serde_json::to_string(round.state().unwrap()).unwrap();

    let gone = first_id(&server);
    let delete: Request<()> = client.path("gadgets").key(&gone).request(&Device::DELETE);
    delete.send_blocking().unwrap();
    let new = serde_json::json!({"displayName": "new"});
    let create: Request<AnyEntity> = client.path("gadgets").request_with(&Devices::CREATE, &new);
    let new = create.send_blocking().unwrap().id;

    let state = serde_json::from_str(&stored).unwrap();
    let mut round =
        graphwright::runtime::Changes::<AnyEntity>::resume(&client, &Devices::LIST, &state)
            .unwrap();
    let changes = round.next_page_blocking().unwrap().unwrap();
    let told: Vec<_> = changes
        .into_iter()
        .map(|change| match change {
            Change::Changed(item) => ("set", item.id),
            Change::Removed(removed) => ("removed", removed.id),
        })
        .collect();
    assert_eq!(told, [("set", new), ("removed", Some(gone))]);
}

#[test]
fn an_upload_slice_by_slice_without_a_token() {
    let (server, client) = setting(Settings::new());
    let session = client
        .path("gadgets")
        .key(&first_id(&server))
        .segment("createUploadSession");
    let session: Request<Value> = session.request_with(&Devices::CREATE, &Value::Null);
    let content: Vec<u8> = (0..1_000_000_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    let item: Value = run(async {
        let upload = Upload::create(session, Bytes::from(content.clone()))
            .await
            .unwrap();
        let mut upload = upload.slice_size(320 * 1024).unwrap();
        upload.send().await.unwrap().deserialize().unwrap()
    });
    assert_eq!(item["size"], 1_000_000);
    let asked = server.requests();
    let slices = asked.iter().filter(|request| request.method() == "PUT");
    let slices: Vec<_> = slices.collect();
    assert_eq!(slices.len(), 4);
    assert!(
        slices
            .iter()
            .all(|slice| !slice.headers().contains_key("authorization"))
    );
    let sent: Vec<u8> = slices
        .iter()
        .flat_map(|slice| slice.body().to_vec())
        .collect();
    assert!(sent == content, "every byte, in its place");
}

#[test]
fn an_operation_that_takes_long() {
    let (server, client) = setting(Settings::new());
    let copy = client
        .path("gadgets")
        .key(&first_id(&server))
        .segment("copy");
    let copy: Request<Value> = copy.request_with(&Devices::CREATE, &Value::Null);
    let outcome = run(async {
        let mut operation = copy.start().await.unwrap();
        operation.wait().await.unwrap()
    });
    let state: Value = outcome.deserialize().unwrap();
    assert_eq!(state["status"], "completed");
    assert_eq!(
        server.requests().len(),
        4,
        "begun, and asked for three times"
    );
}
