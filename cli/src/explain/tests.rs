//! Traces of names on small pages.

use std::path::PathBuf;

use generator::emit::ManifestSettings;
use generator::resolve::Corrections;
use generator::source::{Source, Sources};
use generator::{Generated, Progress, Selection, Settings};

use super::{explain, find_targets, not_found, without_placeholder_names};
use graphwright_pages::Docs;

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const DEVICE: &str = "\
# device resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|state|[deviceState](#devicestate-values)|Whether it is on.|

### deviceState values
|Member|Value|Description|
|:---|:---|:---|
|off|0|It is off.|
|on|1|It is on.|
";

const LAMP: &str = "\
# lamp resource type

Namespace: microsoft.graph

Inherits from [device](device.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key. Inherited from [device](device.md).|
|colour|String|The colour of its light.|
";

const GET: &str = "\
# Get device

Namespace: microsoft.graph

## HTTP request
``` http
GET /devices/{id}
```

## Response
If successful, this method returns a `200 OK` response code and a [device](../resources/device.md) object in the response body.
";

fn generated() -> (Docs, Generated) {
    let pages = [
        ("v1.0/resources/device.md", DEVICE),
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/device-get.md", GET),
    ];
    let pages = pages.map(|(path, text)| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    let settings = Settings {
        selection: Selection::default(),
        corrections: &Corrections::default(),
        manifest: ManifestSettings::Workspace,
    };
    let sources = Sources::new(pages.into());
    let generated = generator::generate(&sources, &settings, &Silent);
    let docs = Docs {
        sources,
        root: PathBuf::from("docs"),
    };
    (docs, generated)
}

/// Checks the title, the location on the page, the Rust item, and the line of generated code that is quoted last.
#[track_caller]
fn check(name: &str, expected: [&str; 4]) {
    let (docs, generated) = generated();
    let api = &generated.analysis.model.apis[0];
    let text: String = find_targets(api, name)
        .into_iter()
        .map(|target| explain(&docs, &generated, api, target))
        .collect();
    let step = |name: &str| {
        let mut lines = text.lines();
        lines.find_map(|line| line.trim_start().strip_prefix(name).map(str::trim))
    };
    let mut lines = text.trim_end().lines();
    let emitted = lines.next_back().unwrap_or_default();
    let actual = [
        lines.next().unwrap_or_default(),
        step("page").unwrap_or_default(),
        step("rust").unwrap_or_default(),
        emitted.trim_start_matches([' ', '|']),
    ];
    assert_eq!(actual, expected, "{text}");
}

#[test]
fn type_is_explained_from_its_heading_to_its_struct() {
    check(
        "lamp",
        [
            "microsoft.graph.lamp (v1.0)",
            "docs/v1.0/resources/lamp.md:1:3",
            "v1_0::core::lamp::Lamp",
            "pub struct Lamp {",
        ],
    );
}

#[test]
fn inherited_property_is_explained_on_its_declaring_type() {
    check(
        "lamp.STATE",
        [
            "microsoft.graph.device.state (v1.0)",
            "docs/v1.0/resources/device.md:9:2",
            "v1_0::core::device::Device, state",
            "pub state: Option<types::DeviceState>,",
        ],
    );
}

#[test]
fn member_is_explained_from_its_row_to_its_variant() {
    check(
        "deviceState.on",
        [
            "microsoft.graph.deviceState.on (v1.0)",
            "docs/v1.0/resources/device.md:15:2",
            "v1_0::core::device_state::DeviceState, On",
            "On,",
        ],
    );
}

#[test]
fn operation_is_explained_under_any_key_name() {
    check(
        "get devices/{deviceId}",
        [
            "GET /devices/{id} (v1.0)",
            "docs/v1.0/api/device-get.md:7:1",
            "DevicesItemBuilder::get",
            "pub fn get(&self) -> runtime::Request<types::AnyDevice> {",
        ],
    );
}

#[test]
fn unknown_name_lists_similar_names() {
    let (_, generated) = generated();
    let message = not_found(&generated, "microsoft.graph.dev");
    assert!(message.contains("device, deviceState"), "{message}");
}

#[test]
fn placeholder_names_are_removed() {
    assert_eq!(
        without_placeholder_names("/users/{id | name}/manager/$ref"),
        "/users/{}/manager/$ref"
    );
    assert_eq!(without_placeholder_names("users/{}/"), "/users/{}");
}
