//! Many requests in a call.

use graphwright::runtime::Batch;
use graphwright::v1_0::types::DeviceCategory;
use graphwright_serve::Settings;

use crate::setting::{client, serve};

const CATEGORIES: &str = "/v1.0/deviceManagement/deviceCategories";

fn category(name: &str) -> DeviceCategory {
    DeviceCategory {
        display_name: Some(name.to_owned()),
        ..Default::default()
    }
}

#[test]
fn batch_parts_after_a_failed_part_are_skipped() {
    let server = serve(Settings::new().items(0));
    let categories = client(&server).device_management().device_categories();
    let mut batch = Batch::new();
    let created = batch.add(categories.create(&category("one")));
    let missing = batch.add_after(categories.by_id("none").get(), &[created.id()]);
    let after = batch.add_after(categories.create(&category("two")), &[missing.id()]);
    let last = batch.add_after(categories.create(&category("three")), &[after.id()]);
    let other = batch.add(categories.create(&category("four")));
    let mut answers = batch.send_blocking();
    assert_eq!(
        answers.take(created).unwrap().display_name.as_deref(),
        Some("one")
    );
    assert_eq!(answers.take(missing).unwrap_err().status().unwrap(), 404);
    assert_eq!(answers.take(after).unwrap_err().status().unwrap(), 424);
    assert_eq!(answers.take(last).unwrap_err().status().unwrap(), 424);
    assert!(answers.take(other).is_ok());
    assert_eq!(names(&server), ["four", "one"]);
}

#[test]
fn large_batches_are_split_and_failed_parts_are_retried() {
    let faults = "part 429=0.001 every 7, 503=0 at 2".parse().unwrap();
    let server = serve(Settings::new().items(0).faults(faults));
    let categories = client(&server).device_management().device_categories();
    let mut batch = Batch::new();
    let mut parts: Vec<graphwright::runtime::BatchPart<DeviceCategory>> = Vec::new();
    for number in 0..45 {
        let create = categories.create(&category(&format!("{number:02}")));
        // Each third one waits for the one before it.
        let part = match parts.last() {
            Some(before) if number % 3 == 2 => batch.add_after(create, &[before.id()]),
            _ => batch.add(create),
        };
        parts.push(part);
    }
    let mut answers = batch.send_blocking();
    for (number, part) in parts.into_iter().enumerate() {
        let created = answers.take(part).unwrap();
        assert_eq!(created.display_name.unwrap(), format!("{number:02}"));
    }
    let expected: Vec<String> = (0..45).map(|number| format!("{number:02}")).collect();
    assert_eq!(names(&server), expected, "each once");
}

/// The names of all categories, sorted.
fn names(server: &graphwright_serve::Server) -> Vec<String> {
    let items = server.items(CATEGORIES);
    let names = items.iter().filter_map(|item| item["displayName"].as_str());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}
