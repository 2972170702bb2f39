//! What pages say else about their own operations and types is written where that is shown, without a run over everything, and
//! comes to what such a run gives.

mod bundle;
mod edited;
mod running;
mod warm;

use std::fs;
use std::path::Path;

use edited::{cached, edit, pull};
use warm::{generate, hold, tree};

const LAMP: &str = "# lamp resource type

Namespace: microsoft.graph

A lamp.

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|watts|Int32|How strong.|
|hue|hue|The colour.|

### hue values
|Member|
|:---|
|red|
|green|
";

const SHADE: &str = "# shade resource type

Namespace: microsoft.graph

Inherits from [lamp](lamp.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|width|Int32|How wide.|
";

const GET: &str = "# Get lamp

Namespace: microsoft.graph

Reads a lamp.

## Permissions
|Permission type|Permissions|
|:---|:---|
|Delegated (work or school account)|Lamp.Read|
|Application|Lamp.Read.All|

## HTTP request
```http
GET /lamps/{id}
```

## Request headers
|Name|Description|
|:---|:---|
|Authorization|Bearer {token}.|

## Response
If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object.

## Example
### Request
```http
GET https://graph.microsoft.com/v1.0/lamps/7
```
### Response
```http
HTTP/1.1 200 OK
Content-Type: application/json

{
  \"id\": \"7\",
  \"watts\": 40,
  \"hue\": \"red\"
}
```
";

const LIST: &str = "# List rooms

Namespace: microsoft.graph

Lists rooms.

## Permissions
|Permission type|Permissions|
|:---|:---|
|Application|Room.Read.All|

## HTTP request
```http
GET /rooms
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [room](../resources/room.md) objects.

## Example
### Request
```http
GET https://graph.microsoft.com/v1.0/rooms
```
### Response
```http
HTTP/1.1 200 OK
Content-Type: application/json

{
  \"value\": [{ \"id\": \"1\", \"light\": { \"id\": \"7\", \"watts\": 40, \"volts\": 12 } }]
}
```
";

const ROOM: &str = "# room resource type

Namespace: microsoft.graph

A room.

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|light|[lamp](lamp.md)|The lamp.|
";

/// Whether the last run that had anything to do went without a look at everything: of what it wrote then, the cache knows
/// nothing any more.
fn was_short(scratch: &Path) -> bool {
    let known = cached(scratch);
    let files = tree(&scratch.join("warm")).into_keys();
    let mut items = files.filter(|file| file.starts_with("src/") || file.starts_with("tests/"));
    items.any(|file| !known.contains(&file))
}

#[test]
fn what_else_a_page_says_is_written_where_it_is_shown() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    let folder = scratch.join("docs/v1.0");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        let above = path.parent().expect("a page lies in a folder");
        fs::create_dir_all(above).expect("a folder can be made");
        fs::write(path, text).expect("a page is written");
    };
    let pages = [
        ("resources/lamp.md", LAMP),
        ("resources/shade.md", SHADE),
        ("resources/room.md", ROOM),
        ("api/lamp-get.md", GET),
        ("api/room-list.md", LIST),
    ];
    pages.iter().for_each(|(name, text)| write(name, text));
    generate(scratch, &["--out", "warm"]);
    hold(scratch, "at first");
    let step = |page: usize, from: &str, to: &str, is_short: bool| {
        let (name, text) = pages[page];
        assert!(text.contains(from), "{name} has no {from}");
        // Pages that were written just before are not relied on at once.
        hold(scratch, "a run with nothing to do");
        write(name, &text.replace(from, to));
        hold(scratch, to);
        assert_eq!(was_short(scratch), is_short, "{to}");
        write(name, text);
        hold(scratch, "as it was");
    };
    // Operations: who may call them, headers, what examples hold.
    step(3, "|Lamp.Read|", "|Lamp.Read, Lamp.ReadWrite|", true);
    step(3, "|Lamp.Read.All|", "|Not supported.|", true);
    step(
        3,
        "|Bearer {token}.|",
        "|Bearer {token}.|\n|If-Match|The tag. Required.|",
        true,
    );
    step(3, "40,", "60,", true);
    step(3, "40,", "\"many\",", true);
    step(3, "lamps/7\n", "lamps/7?$select=id,watts\n", true);
    step(
        3,
        "40,",
        "40,\n  \"shade\": { \"@odata.type\": \"#microsoft.graph.shade\" },",
        true,
    );
    // Another request, another type.
    step(
        3,
        "GET /lamps/{id}\n",
        "GET /lamps/{id}\nGET /lights/{id}\n",
        false,
    );
    step(
        3,
        "[lamp](../resources/lamp.md)",
        "[room](../resources/room.md)",
        false,
    );
    step(3, "lamps/7\n", "lights/7\n", false);
    // Types: those that inherit them, and examples that hold them, show their properties too.
    step(0, "|watts|", "|amperes|Int32|More.|\n|watts|", true);
    step(0, "|watts|", "|volts|Int32|More.|\n|watts|", true);
    step(0, "|watts|Int32|", "|watts|Boolean|", true);
    step(0, "|watts|Int32|How strong.|\n", "", true);
    step(0, "How strong.", "How strong. Read-only.", true);
    step(1, "|width|", "|height|Int32|How high.|\n|width|", true);
    step(0, "|red|", "|blue|\n|red|", true);
    step(0, "|red|\n", "", true);
    // Others are there with it, need it, or are of another kind.
    step(
        0,
        "|watts|",
        "|place|[room](room.md)|Where.|\n|watts|",
        false,
    );
    step(0, "|id|", "|other|", false);
    step(
        2,
        "A room.",
        "A room.\n\nInherits from [lamp](lamp.md).",
        false,
    );
}

/// A page with something more that it alone shows, of a kind that is told by a number.
fn changed(kind: usize, number: usize, text: &str) -> Option<String> {
    let row = |start: &str, row: String| -> Option<String> {
        let table = text.find(start)?;
        let dashes = table + text[table..].find("\n|:")?;
        let end = dashes + 1 + text[dashes + 1..].find('\n')? + 1;
        Some([&text[..end], &row, &text[end..]].concat())
    };
    match kind {
        0 => row(
            "\n## Permissions",
            format!("|Application|Odd{number}.Read.All|\n"),
        ),
        1 => row(
            "\n## Request headers",
            format!("|X-Odd{number}|How odd.|\n"),
        ),
        2 => row(
            "\n## Properties",
            format!("|odd{number}|String|How odd.|\n"),
        ),
        3 => row(" values\n", format!("|odd{number}||How odd.|\n")),
        _ => {
            let value = text.rfind("\": \"")? + 4;
            Some([&text[..value], &format!("odd{number} "), &text[value..]].concat())
        }
    }
}

#[test]
fn what_else_real_pages_say_comes_to_what_a_run_over_everything_gives() {
    let Some(bundle) = bundle::bundle() else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    pull(scratch, &bundle);
    generate(scratch, &["--out", "warm"]);
    let said = generate(scratch, &["--out", "warm"]);
    let shown = String::from_utf8_lossy(&said.stderr).into_owned();
    let folder = scratch.join("docs/api-reference/v1.0");
    let (mut rounds, mut short) = (0, 0);
    for kind in 0..5 {
        for every in [811, 701, 607] {
            // Pages that were written just before are not relied on at once.
            generate(scratch, &["--out", "warm"]);
            let other = |number: usize, text: &str| changed(kind, number + every, text);
            let pages = edit(&folder, (every, &shown), other);
            hold(scratch, &format!("kind {kind}, every page in {every}"));
            rounds += usize::from(pages > 0);
            short += usize::from(was_short(scratch));
        }
    }
    println!("{short} of {rounds} rounds took no run over everything");
    assert!(short >= 10, "{short} of {rounds}");
}
