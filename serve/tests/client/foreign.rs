//! The five ways in which a service can name an address. No token, and no request, ever goes to another host.

use graphwright::runtime::{
    AnyEntity, Bytes, Client, Error, ErrorKind, Page, Pages, Request, Upload, Value,
};
use graphwright::v1_0::builders::DeviceManagementManagedDevicesBuilder as Devices;
use graphwright_serve::{Graph, Server, Settings};

use crate::setting::{client, gadgets, run};

/// Runs what follows an address of the service; it is to fail, name the host, and send nothing there.
fn check(fault: &str, follow: impl Fn(&Client) -> Error) {
    let elsewhere = Server::start(gadgets(), Settings::new()).unwrap();
    let host = elsewhere.address().to_string();
    let faults = fault
        .replace("ELSEWHERE", &format!("http://{host}"))
        .parse()
        .unwrap();
    let server = server(gadgets(), Settings::new().faults(faults));
    let error = follow(client(&server).as_ref());
    assert_eq!(error.kind(), ErrorKind::DisallowedHost, "{fault}: {error}");
    assert!(error.to_string().contains(&host), "{error}");
    assert!(
        elsewhere.requests().is_empty(),
        "{fault}: {:?}",
        elsewhere.requests()
    );
    assert!(!server.requests().is_empty());
}

fn server(graph: &Graph, settings: Settings) -> Server {
    Server::start(graph, settings.items(3).page_size(2)).unwrap()
}

fn gadget_list(client: &Client) -> Request<Page<AnyEntity>> {
    client.path("gadgets").request(&Devices::LIST)
}

#[test]
fn a_next_link() {
    check("foreign=ELSEWHERE", |client| {
        let mut items = gadget_list(client).items();
        assert!(items.next_item_blocking().unwrap().is_ok());
        assert!(items.next_item_blocking().unwrap().is_ok());
        items.next_item_blocking().unwrap().unwrap_err()
    });
}

#[test]
fn a_delta_link() {
    check("foreign=ELSEWHERE at 2", |client| {
        let delta: Request<Page<AnyEntity>> = client
            .path("gadgets")
            .segment("delta")
            .request(&Devices::LIST);
        let mut changes = delta.changes();
        while let Some(page) = changes.next_page_blocking() {
            page.unwrap();
        }
        let state = changes.state().unwrap().clone();
        Pages::<AnyEntity>::resume(client, &Devices::LIST, state.cursor()).unwrap_err()
    });
}

#[test]
fn a_monitor() {
    check("foreign=ELSEWHERE", |client| {
        let id = gadget_list(client).send_blocking().unwrap().value[0]
            .id
            .clone()
            .unwrap();
        let copy = client.path("gadgets").key(&id).segment("copy");
        let copy: Request<Value> = copy.request_with(&Devices::CREATE, &Value::Null);
        run(copy.start()).unwrap_err()
    });
}

#[test]
fn an_upload_address() {
    check("foreign=ELSEWHERE", |client| {
        let id = gadget_list(client).send_blocking().unwrap().value[0]
            .id
            .clone()
            .unwrap();
        let session = client
            .path("gadgets")
            .key(&id)
            .segment("createUploadSession");
        let session: Request<Value> = session.request_with(&Devices::CREATE, &Value::Null);
        run(Upload::create(session, Bytes::from_static(&[7; 1000]))).unwrap_err()
    });
}

#[test]
fn a_redirect() {
    check("redirect=ELSEWHERE", |client| {
        gadget_list(client).send_blocking().unwrap_err()
    });
    // Also from page to page, and for what changes something.
    check("redirect=ELSEWHERE at 2", |client| {
        let mut pages = gadget_list(client).pages();
        assert!(pages.next_page_blocking().unwrap().is_ok());
        pages.next_page_blocking().unwrap().unwrap_err()
    });
}

#[test]
fn every_page_request_carries_the_token() {
    let server = server(gadgets(), Settings::new());
    let client = client(&server);
    let mut items = gadget_list(client.as_ref()).items();
    while let Some(item) = items.next_item_blocking() {
        item.unwrap();
    }
    let asked = server.requests();
    assert_eq!(asked.len(), 2);
    for request in asked {
        assert_eq!(request.headers()["authorization"], "Bearer the-token");
    }
}
