//! Tests of the exports, with a small model.

use insta::assert_snapshot;

use super::{to_csdl, to_json, to_openapi};
use crate::model::Api;
use crate::source::{Source, Sources};
use crate::{Analysis, Progress, analyze};

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const DEVICE: &str = "\
# device resource type

Namespace: microsoft.graph

A thing with a plug & a <switch>.

Inherits from [entity](entity.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key. Read-only.|
|state|[deviceState](#devicestate-values)|Whether it is on.|
|readings|Int32 collection|The latest values.|

## Relationships
|Relationship|Type|Description|
|:---|:---|:---|
|parts|[device](device.md) collection|What it consists of.|

### deviceState values
|Member|Value|Description|
|:---|:---|:---|
|off|0|It is off.|
|on|1|It is on.|
";

const LAMP: &str = "\
# lamp resource type

Namespace: microsoft.graph

A device that gives light.

Inherits from [device](device.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key. Inherited from [device](device.md).|
|colour|String|The colour of its light.|
";

const LIST: &str = "\
# List devices

Namespace: microsoft.graph

Get the devices.

## Permissions
|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Device.Read, Device.ReadWrite|
|Delegated (personal Microsoft account)|Not supported.|

## HTTP request
``` http
GET /devices
GET /devices/{id}/parts
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [device](../resources/device.md) objects in the \
response body.
";

const SWITCH: &str = "\
# device: switch

Namespace: microsoft.graph

Turn a device on or off.

## HTTP request
``` http
POST /devices/{id}/switch
```

## Request body
|Parameter|Type|Description|
|:---|:---|:---|
|state|[deviceState](../resources/device.md)|The wanted state.|

## Response
If successful, this action returns a `204 No Content` response code.
";

fn sources() -> Sources {
    let pages = [
        ("v1.0/resources/device.md", DEVICE),
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/device-list.md", LIST),
        ("v1.0/api/device-switch.md", SWITCH),
    ];
    let pages = pages.map(|(path, text)| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    Sources::new(pages.into())
}

fn analyzed(sources: &Sources) -> (Api, Analysis) {
    let mut analysis = analyze(sources, &Default::default(), &Silent);
    (analysis.model.apis.remove(0), analysis)
}

#[test]
fn csdl_has_types_callables_and_roots() {
    let (api, _) = analyzed(&sources());
    assert_snapshot!(to_csdl(&api));
}

#[test]
fn openapi_has_paths_and_schemas() {
    let (api, _) = analyzed(&sources());
    assert_snapshot!(format!("{:#}", to_openapi(&api)));
}

#[test]
fn json_has_every_item_with_its_location() {
    let sources = sources();
    let (api, _) = analyzed(&sources);
    assert_snapshot!(format!("{:#}", to_json(&api, &sources)));
}
