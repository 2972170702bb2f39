//! Tests of the exports, with a small model.

use insta::assert_snapshot;

use serde_json::{Value, json};

use super::{to_csdl, to_json, to_json_text, to_openapi};
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
    sources_of(&[
        ("v1.0/resources/device.md", DEVICE),
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/device-list.md", LIST),
        ("v1.0/api/device-switch.md", SWITCH),
    ])
}

fn sources_of(pages: &[(&str, &str)]) -> Sources {
    let pages = pages.iter().map(|(path, text)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Sources::new(pages.collect())
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
fn alternate_keys_are_no_functions() {
    let resource = DEVICE.replace(
        "|state|",
        "|serial|String|The number on its back.|\n|state|",
    );
    let get = LIST
        .replace("/devices/{id}/parts", "/devices(serial='{serial}')/parts")
        .replace("GET /devices\n", "PATCH /devices/serial={serial}\n");
    let pages = [
        ("v1.0/resources/device.md", resource),
        ("v1.0/api/device-list.md", get),
    ];
    let pages = pages.map(|(path, text)| Source {
        path: path.to_owned(),
        text,
    });
    let (api, _) = analyzed(&Sources::new(pages.into()));
    let csdl = to_csdl(&api);
    assert!(!csdl.contains("<Function"), "{csdl}");
    let annotation = csdl
        .split("<Annotation Term=\"Org.OData.Core.V1.AlternateKeys\">")
        .nth(1)
        .unwrap();
    let annotation = annotation.split("</Annotation>").next().unwrap();
    assert_eq!(annotation.matches("PropertyPath=\"serial\"").count(), 1);
    let openapi = to_openapi(&api);
    for (path, method) in [
        ("/devices(serial='{serial}')", "patch"),
        ("/devices(serial='{serial}')/parts", "get"),
    ] {
        let parameters = &openapi["paths"][path][method]["parameters"];
        assert_eq!(parameters[0]["name"], "serial", "{path}");
    }
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

/// Returns the OpenAPI document of the device pages with another page for an operation.
fn openapi_with_operation(request: &str, rows: &str) -> Value {
    let page = format!(
        "# Get device\n\nNamespace: microsoft.graph\n\n## HTTP request\n``` http\n{request}\n```\n\n## Request headers\n\
         |Name|Description|\n|:--|:--|\n{rows}\n## Response\nIf successful, this method returns a `200 OK` response code and a \
         [device](../resources/device.md) object in the response body.\n"
    );
    let sources = sources_of(&[
        ("v1.0/resources/device.md", DEVICE),
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/device-get.md", &page),
    ]);
    to_openapi(&analyzed(&sources).0)
}

fn paths(document: &Value) -> Vec<&str> {
    let paths = document["paths"].as_object().expect("an object of paths");
    paths.keys().map(String::as_str).collect()
}

#[test]
fn openapi_paths_keep_colons_and_parameter_names() {
    let check = |request: &str, expected: &[&str]| {
        assert_eq!(paths(&openapi_with_operation(request, "")), expected);
    };
    check(
        "GET /me/root:/{item-path}:/content",
        &["/me/root:/{item-path}:/content"],
    );
    check("GET /devices/{id}:/{name}", &["/devices/{id}:/{name}"]);
    check(
        "GET /devices/{device-id}/parts/{device-id}",
        &["/devices/{device-id}/parts/{device-id2}"],
    );
    check("GET /devices/{id | name}", &["/devices/{id}"]);
    check(
        "GET /devices/{id}\nDELETE /devices/{device-id}",
        &["/devices/{id}"],
    );
}

#[test]
fn openapi_has_one_parameter_per_header() {
    let rows = "|Authorization|Bearer. Required.|\n|Prefer: zone|The time zone.|\n|Prefer: size|The size.|\n|prefer|Both.|\n";
    let document = openapi_with_operation("GET /devices/{id}", rows);
    assert_eq!(
        document["paths"]["/devices/{id}"]["get"]["parameters"],
        json!([
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            {
                "name": "Prefer",
                "in": "header",
                "required": false,
                "description": "`zone`: The time zone.\n\n`size`: The size.\n\nBoth.",
                "schema": { "type": "string" },
            },
        ])
    );
}

#[test]
fn openapi_properties_accept_null_unless_the_page_forbids_it() {
    let page = "# lamp resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n\
        |a|Int32|Any.|\n|b|Int32|Not nullable.|\n|c|[lamp](lamp.md)|Another.|\n|d|[lamp](lamp.md)|Not nullable.|\n|e|Json|Any.|\n";
    let sources = sources_of(&[("v1.0/resources/lamp.md", page)]);
    let document = to_openapi(&analyzed(&sources).0);
    let lamp = "#/components/schemas/microsoft.graph.lamp";
    let check = |property: &str, expected: Value| {
        let lamp = &document["components"]["schemas"]["microsoft.graph.lamp"];
        let mut found = lamp["properties"][property].clone();
        let fields = found.as_object_mut().expect("a schema");
        fields.remove("description");
        assert_eq!(found, expected, "{property}");
    };
    check(
        "a",
        json!({ "type": ["integer", "null"], "format": "int32" }),
    );
    check("b", json!({ "type": "integer", "format": "int32" }));
    check(
        "c",
        json!({ "anyOf": [{ "$ref": lamp }, { "type": "null" }] }),
    );
    check("d", json!({ "$ref": lamp }));
    check("e", json!({}));
}

#[test]
fn openapi_base_types_lead_to_derived_types() {
    let (api, _) = analyzed(&sources());
    let document = to_openapi(&api);
    let schemas = &document["components"]["schemas"];
    let discriminator = json!({
        "propertyName": "@odata.type",
        "mapping": { "#microsoft.graph.lamp": "#/components/schemas/microsoft.graph.lamp" },
    });
    assert_eq!(
        schemas["microsoft.graph.device"]["discriminator"],
        discriminator
    );
    assert_eq!(
        schemas["microsoft.graph.lamp"]["allOf"][0],
        json!({ "$ref": "#/components/schemas/microsoft.graph.device" })
    );
    assert_eq!(schemas["microsoft.graph.lamp"].get("discriminator"), None);
    // A property of the base type accepts both.
    let parts = &schemas["microsoft.graph.device"]["allOf"][1]["properties"]["parts"];
    assert_eq!(
        parts["items"],
        json!({ "$ref": "#/components/schemas/microsoft.graph.device.any" })
    );
    assert_eq!(
        schemas["microsoft.graph.device.any"]["anyOf"],
        json!([
            { "$ref": "#/components/schemas/microsoft.graph.device.derived" },
            { "$ref": "#/components/schemas/microsoft.graph.device" },
        ])
    );
    let derived = &schemas["microsoft.graph.device.derived"];
    assert_eq!(
        derived["anyOf"],
        json!([{ "$ref": "#/components/schemas/microsoft.graph.lamp" }])
    );
    assert_eq!(derived["discriminator"], discriminator);
}

#[test]
fn openapi_enums_are_open() {
    let (api, _) = analyzed(&sources());
    assert_eq!(
        to_openapi(&api)["components"]["schemas"]["microsoft.graph.deviceState"]["anyOf"],
        json!([{ "type": "string", "enum": ["off", "on"] }, { "type": "string" }])
    );
}

#[test]
fn json_text_escapes_every_control_character() {
    let document = json!({ "a\u{1b}": "b\u{7f}\u{85}\u{2028}\u{feff}ä" });
    assert_eq!(
        to_json_text(&document),
        "{\n  \"a\\u001b\": \"b\\u007f\\u0085\\u2028\\ufeffä\"\n}\n"
    );
    let read: Value = serde_json::from_str(&to_json_text(&document)).unwrap();
    assert_eq!(read, document);
}

fn csdl(pages: &[(&str, &str)]) -> String {
    to_csdl(&analyzed(&sources_of(pages)).0)
}

#[test]
fn csdl_annotates_properties() {
    let page = "# lamp resource type\n\nNamespace: microsoft.graph\n\nInherits from [entity](entity.md).\n\n## Properties\n\
        |Property|Type|Description|\n|:--|:--|:--|\n|id|String|The key. Read-only.|\n|hue (deprecated)|String|Its hue.|\n\n\
        ## Relationships\n|Relationship|Type|Description|\n|:--|:--|:--|\n\
        |parts|[lamp](lamp.md) collection|Its parts. Read-only. Nullable.|\n|next|[lamp](lamp.md)|The next one. Nullable.|\n";
    let document = csdl(&[("v1.0/resources/lamp.md", page)]);
    let check = |expected: &str| {
        let lines = document.lines().map(str::trim).collect::<Vec<_>>().concat();
        assert!(
            lines.contains(expected),
            "{expected} is missing:\n{document}"
        );
    };
    check(
        "<NavigationProperty Name=\"parts\" Type=\"Collection(microsoft.graph.lamp)\">\
         <Annotation Term=\"Org.OData.Core.V1.Description\" String=\"Its parts. Read-only. Nullable.\"/>\
         <Annotation Term=\"Org.OData.Core.V1.Permissions\" EnumMember=\"Org.OData.Core.V1.Permission/Read\"/>",
    );
    check("<NavigationProperty Name=\"next\" Type=\"microsoft.graph.lamp\" Nullable=\"true\">");
    check("<Annotation Term=\"Org.OData.Core.V1.Computed\" Bool=\"true\"/>");
    check(
        "<Annotation Term=\"Org.OData.Core.V1.Revisions\"><Collection><Record>\
         <PropertyValue Property=\"Kind\" EnumMember=\"Org.OData.Core.V1.RevisionKind/Deprecated\"/>",
    );
}

#[test]
fn csdl_declares_a_name_once() {
    // A function with the name of a type is left out.
    let page = "# Get device\n\nNamespace: microsoft.graph\n\n## HTTP request\n``` http\nGET /devices/{id}/lamp(size={size})\n\
        GET /devices/{id}/part(size={size})\n```\n\n## Response\nIf successful, this method returns a `200 OK` response code and a \
        [device](../resources/device.md) object in the response body.\n";
    let document = csdl(&[
        ("v1.0/resources/device.md", DEVICE),
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/device-get.md", page),
    ]);
    assert!(document.contains("<Function Name=\"part\""), "{document}");
    assert!(!document.contains("<Function Name=\"lamp\""), "{document}");
}

const LAMPS: &str = "# List lamps\n\nNamespace: microsoft.graph\n\n## HTTP request\n``` http\nGET /lamps\n```\n\n\
    ## Optional query parameters\nThis method supports the `$filter` and `$top` OData query parameters. The maximum page size is 50. \
    The other OData query parameters are not supported.\n\n\
    ## Response\nIf successful, this method returns a `200 OK` response code and a collection of [lamp](../resources/lamp.md) objects.\n";

const FIXED_LAMP: &str = "# lamp resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n\
    |id|String|Key.|\n|kind|String|The kind. Immutable.|\n|serial|String|Immutable. Read-only.|\n";

#[test]
fn exports_contain_query_options_and_immutable_properties() {
    let sources = sources_of(&[
        ("v1.0/resources/lamp.md", FIXED_LAMP),
        ("v1.0/api/lamp-list.md", LAMPS),
    ]);
    let (api, _) = analyzed(&sources);
    assert_eq!(
        to_openapi(&api)["paths"]["/lamps"]["get"]["parameters"],
        json!([
            { "name": "$filter", "in": "query", "required": false, "schema": { "type": "string" } },
            {
                "name": "$top",
                "in": "query",
                "required": false,
                "schema": { "type": "integer", "minimum": 0, "maximum": 50 },
            },
        ])
    );
    let csdl = to_csdl(&api);
    let count = |text: &str| csdl.matches(text).count();
    assert_eq!(count("Org.OData.Core.V1.Immutable"), 1);
    assert_eq!(
        count("<PropertyValue Property=\"Filterable\" Bool=\"true\"/>"),
        1
    );
    assert_eq!(
        count("<PropertyValue Property=\"Sortable\" Bool=\"false\"/>"),
        1
    );
    assert_eq!(
        count("Org.OData.Capabilities.V1.TopSupported\" Bool=\"true\""),
        1
    );
    assert_eq!(
        count("Org.OData.Capabilities.V1.SkipSupported\" Bool=\"false\""),
        1
    );
}
