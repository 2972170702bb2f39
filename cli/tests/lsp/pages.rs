//! The pages of the tests, and places on them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::uri;

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))
        .expect("a folder can be created");
    fs::write(path, text).expect("a file can be written");
}

/// A workspace whose path has a blank, with pages in `docs`.
pub(crate) fn project(pages: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let workspace = folder.path().join("a workspace");
    fs::create_dir(&workspace).expect("a folder can be created");
    for (path, text) in pages {
        write(&workspace.join("docs"), path, text);
    }
    (folder, workspace)
}

pub(crate) fn page(workspace: &Path, path: &str) -> String {
    uri(&workspace.join("docs").join(path))
}

/// A page that defines a type; the rows are those of its properties and start on line 9.
pub(crate) fn resource(name: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}"
    )
}

pub(crate) fn lamp() -> String {
    resource(
        "lamp",
        "|id|String|The key.|\n|bulb|[bulb](bulb.md)|Gives light.|\n",
    )
}

pub(crate) fn bulb() -> String {
    resource("bulb", "|id|String|The key.|\n|watts|Int32|The power.|\n")
}

pub(crate) const LAMP: &str = "v1.0/resources/lamp.md";
pub(crate) const BULB: &str = "v1.0/resources/bulb.md";

pub(crate) const UNDEFINED: &str = "2 undefined-type 9:7-9:11";
pub(crate) const BROKEN: &str = "3 broken-link 9:13-9:20";

pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
    })
}

pub(crate) const GET_LAMP: &str = "\
# Get lamp

Namespace: microsoft.graph

Reads a [lamp](../resources/lamp.md).

## Permissions

|Permission type|Permissions|
|:---|:---|
|Delegated (work or school account)|Lamp.Read.All, Lamp.ReadWrite.All|
|Application|Lamp.Read.All|

## HTTP request

``` http
GET /lamps/{id}
```

## Response

Returns a `200 OK` status code and a [lamp](../resources/lamp.md) object.

## Example

### Request

<!-- {
  \"blockType\": \"request\",
  \"name\": \"get_lamp\"
}
-->
``` http
GET https://graph.microsoft.com/v1.0/lamps/1
```

### Response

<!-- {
  \"blockType\": \"response\",
  \"@odata.type\": \"microsoft.graph.lamp\"
}
-->
``` http
HTTP/1.1 200 OK
Content-Type: application/json

{
  \"id\": \"1\",
  \"mode\": \"on\",
  \"bulb\": { \"watts\": 60 }
}
```
";

pub(crate) const MODES: &str = "

### lampMode values

|Member|Description|
|:---|:---|
|on|Shines.|
|off|Does not shine.|
";

/// Pages that refer to each other.
pub(crate) fn pages() -> [(&'static str, String); 3] {
    let rows = "|id|String|The key. <b>Bold</b> *x* [y](command:z)|\n|bulb|[bulb](bulb.md)|Gives light.|\n|mode|lampMode|Whether it shines.|\n";
    [
        (LAMP, resource("lamp", rows) + MODES),
        (BULB, bulb()),
        ("v1.0/api/lamp-get.md", GET_LAMP.to_owned()),
    ]
}

/// The position of the first occurrence of a text after another one, by line and byte.
#[track_caller]
pub(crate) fn find(text: &str, after: &str, wanted: &str) -> (u32, u32) {
    let start = text.find(after).expect("the page has the text");
    let at = start + text[start..].find(wanted).expect("the page has the text");
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (line as u32, column as u32)
}
