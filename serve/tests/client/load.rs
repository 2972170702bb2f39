//! Ten thousand items while one in five answers is refused or cut.

use std::collections::BTreeMap;

use graphwright_serve::Settings;

use crate::setting::{client, serve};

const CATEGORIES: &str = "/v1.0/deviceManagement/deviceCategories";

/// Reads all while things go wrong; every item comes once, and so does every place of it.
fn check(faults: &str) {
    let settings = Settings::new().items(10_000).page_size(1_000);
    let server = serve(settings.faults(faults.parse().unwrap()));
    let expected = server.items(CATEGORIES);
    assert_eq!(expected.len(), 10_000);

    let mut items = client(&server)
        .device_management()
        .device_categories()
        .list()
        .items();
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    let mut order = Vec::new();
    while let Some(item) = items.next_item_blocking() {
        let id = item
            .unwrap_or_else(|error| panic!("{faults}: {error}"))
            .id
            .unwrap();
        *read.entry(id.clone()).or_default() += 1;
        order.push(id);
    }
    assert_eq!(read.len(), 10_000, "{faults}");
    assert!(read.values().all(|times| *times == 1), "{faults}");
    assert!(
        order
            .iter()
            .zip(&expected)
            .all(|(id, item)| item["id"] == **id)
    );

    // One in five: ten pages, and each answer that was no page is asked for again.
    let asked = server.requests().len();
    assert!((12..=13).contains(&asked), "{faults}: {asked}");
}

#[test]
fn every_item_is_returned_once_despite_faults() {
    for first in 1..=5 {
        check(&format!(
            "429=0.0005 every 10 from {first}, cut=body every 10 from {}",
            first + 5
        ));
    }
    check("cut every 10 from 1, 429=0 every 10 from 6");
    check("503=date every 10 from 2, cut=answer every 10 from 7");
    check("cut=body every 5");
}

#[test]
fn concurrent_lists_share_throttling() {
    let settings = Settings::new().items(2_000).page_size(500);
    let server = serve(settings.faults("429=0.0001 every 5".parse().unwrap()));
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut items = client
                    .device_management()
                    .device_categories()
                    .list()
                    .items();
                let mut count = 0;
                while let Some(item) = items.next_item_blocking() {
                    item.unwrap();
                    count += 1;
                }
                assert_eq!(count, 2_000);
            });
        }
    });
}
