//! Random documentation pages: odd names, kinds, bases, keys, paths, calls and types in every combination.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::select;

/// Words that collide with Rust, with generated code, or with each other.
const WORDS: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "async",
    "gen",
    "try",
    "match",
    "union",
    "dyn",
    "static",
    "box",
    "Option",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Debug",
    "From",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Iterator",
    "runtime",
    "types",
    "builders",
    "additionalProperties",
    "new",
    "get",
    "list",
    "create",
    "update",
    "delete",
    "call",
    "count",
    "value",
    "content",
    "body",
    "reference",
    "path",
    "by_id",
    "byId",
    "id",
    "ID",
    "Id",
    "iD",
    "at",
    "tail",
    "builder",
    "client",
    "Client",
    "graph",
    "baseUrl",
    "with_base_url",
    "requests",
    "Unlisted",
    "all",
    "ALL",
    "asStr",
    "fromStr",
    "cmp",
    "eq",
    "hash",
    "fmt",
    "into",
    "drop",
    "main",
    "std",
    "core",
    "test",
    "0",
    "8.0",
    "8_0",
    "80",
    "365Apps",
    "größe",
    "名前",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "ab",
    "Ab",
    "a b",
    "_",
    "__",
    "_x",
    "x_",
    "@odata.type",
    "@odata.count",
    "odata.etag",
    "package",
    "Package",
    "thing",
    "things",
    "Thing",
    "thingItem",
    "itemThing",
    "item",
    "items",
    "byThing",
    "asThing",
    "anyThing",
    "entity",
    "unknownFutureValue",
    "lamp",
    "lamps",
    "lampParameters",
    "root",
    "me",
    "users",
    "delta",
    "$ref",
    "$value",
    "$count",
    "con",
    "aux",
    "mod",
    "lib",
    "microsoft.graph.x",
    "VeryLongNameVeryLongNameVeryLongNameVeryLongNameVeryLongNameVeryLongNameVeryLongNameVeryLongNameVeryLongName",
];

/// Every primitive type, in the spellings of the documentation.
const PRIMITIVES: &[&str] = &[
    "String",
    "Boolean",
    "Byte",
    "SByte",
    "Int16",
    "Int32",
    "Int64",
    "Single",
    "Double",
    "Decimal",
    "DateTimeOffset",
    "Date",
    "TimeOfDay",
    "Duration",
    "Guid",
    "Binary",
    "Stream",
    "Edm.Int64",
    "Edm.Guid",
    "Edm.Duration",
    "Edm.Untyped",
    "Json",
    "Object",
    "microsoft.graph.undefined",
];

/// The number of types and of enums that pages refer to.
const NAMED: usize = 40;

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(WORDS).prop_map(str::to_owned),
        2 => (select(WORDS), select(WORDS)).prop_map(|(left, right)| format!("{left}{right}")),
        1 => "[a-zA-Z][a-zA-Z0-9_.-]{0,8}",
    ]
}

/// The name of a type that several pages may define and refer to.
fn type_name() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..NAMED).prop_map(|index| WORDS[index * 3 % WORDS.len()].to_owned()),
        (0..NAMED).prop_map(|index| format!("kind{index}")),
    ]
}

fn enum_name() -> impl Strategy<Value = String> {
    (0..NAMED).prop_map(|index| format!("choice{index}"))
}

/// The text of a type cell.
fn type_cell() -> impl Strategy<Value = String> {
    let named = prop_oneof![
        3 => select(PRIMITIVES).prop_map(str::to_owned),
        2 => type_name().prop_map(|name| format!("[{name}](../resources/{name}.md)")),
        2 => enum_name().prop_map(|name| format!("[{name}](../resources/{name}.md)")),
    ];
    (named, any::<bool>()).prop_map(|(name, is_collection)| match is_collection {
        true => format!("{name} collection"),
        false => name,
    })
}

fn description() -> impl Strategy<Value = String> {
    select(
        &[
            "A value.",
            "Read-only.",
            "Required.",
            "Nullable.",
            "Possible values are: `a`, `A`, `type`, `1`, `-1`, `self`.",
            "Deprecated. Use another one.",
            "The key. Not nullable. Default value is `true`.",
            "Supports multiple values. Possible values are: `x`, `y`. Multi-valued.",
        ][..],
    )
    .prop_map(str::to_owned)
}

/// The rows of a table: name, type and description.
fn rows(most: usize) -> impl Strategy<Value = Vec<(String, String, String)>> {
    prop::collection::vec((word(), type_cell(), description()), 0..=most)
}

fn table(heading: &str, column: &str, rows: &[(String, String, String)]) -> String {
    let mut text = format!("## {heading}\n|{column}|Type|Description|\n|:---|:---|:---|\n");
    for (name, ty, description) in rows {
        let _ = writeln!(text, "|{name}|{ty}|{description}|");
    }
    text.push('\n');
    text
}

/// The page of a type.
fn resource() -> impl Strategy<Value = (String, String)> {
    let head = (
        type_name(),
        select(&["", "", "", ".inner", ".self"][..]),
        prop::option::of(type_name()),
    );
    let kinds = (any::<bool>(), any::<bool>(), any::<bool>());
    (head, kinds, rows(6), rows(3)).prop_map(|((name, namespace, base), (has_key, is_open, has_title_suffix), properties, relationships)| {
        let suffix = if has_title_suffix { " resource type" } else { "" };
        let inherits = base.map(|base| format!("Inherits from [{base}]({base}.md).\n\n")).unwrap_or_default();
        let key = if has_key { "\"keyProperty\": \"id\", " } else { "" };
        let id = if has_key { "|id|String|The key.|\n" } else { "" };
        let mut text = format!("# {name}{suffix}\n\nNamespace: microsoft.graph{namespace}\n\nOne of them.\n\n{inherits}");
        text.push_str(&table("Properties", "Property", &properties).replacen("|:---|:---|:---|\n", &format!("|:---|:---|:---|\n{id}"), 1));
        text.push_str(&table("Relationships", "Relationship", &relationships));
        let _ = write!(text, "## JSON representation\n<!-- {{ \"blockType\": \"resource\", {key}\"openType\": {is_open}, \"@odata.type\": \"microsoft.graph{namespace}.{name}\" }}-->\n```json\n{{ \"id\": \"String\" }}\n```\n");
        (name, text)
    })
}

/// The page of an enum.
fn enumeration() -> impl Strategy<Value = (String, String)> {
    let members = prop::collection::vec((word(), -2_i64..70), 1..6);
    (enum_name(), members, any::<bool>()).prop_map(|(name, members, is_flags)| {
        let flags = if is_flags { "A flagged enumeration: several values can be combined.\n\n" } else { "" };
        let mut text = format!("---\ndoc_type: enumPageType\n---\n\n# {name} enum type\n\nNamespace: microsoft.graph\n\nChoices.\n\n{flags}## Members\n|Member|Value|Description|\n|:---|:---|:---|\n");
        for (member, value) in members {
            let _ = writeln!(text, "|{member}|{value}|One.|");
        }
        (name, text)
    })
}

/// A segment of a path, with its slash.
fn segment() -> impl Strategy<Value = String> {
    let value = select(&["{x}", "'{x}'", "1", "'x'", "microsoft.graph.choice1'{x}'"][..]);
    let values = prop::collection::vec((word(), value), 0..8).prop_map(|values| {
        let values: Vec<String> = values
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        values.join(",")
    });
    prop_oneof![
        6 => word().prop_map(|name| format!("/{name}")),
        5 => Just("/{id}".to_owned()),
        2 => word().prop_map(|name| format!("(name{name}='{{x}}')")),
        2 => (word(), word()).prop_map(|(left, right)| format!("({left}='{{a}}',{right}={{b}})")),
        1 => word().prop_map(|name| format!("/{name}={{x}}")),
        2 => type_name().prop_map(|name| format!("/microsoft.graph.{name}")),
        3 => (word(), values).prop_map(|(name, values)| format!("/{name}({values})")),
        1 => word().prop_map(|name| format!("/{name}('{{id}}')")),
        1 => Just("/{id}:/{path}:".to_owned()),
        1 => select(&["/$ref", "/$value", "/$count", "/delta", "/content"][..]).prop_map(str::to_owned),
    ]
}

fn request_line() -> impl Strategy<Value = String> {
    let method = select(&["GET", "GET", "POST", "PATCH", "PUT", "DELETE"][..]);
    let root = prop_oneof![
        3 => word().prop_map(|name| format!("/{name}")),
        2 => (0..6_usize).prop_map(|index| format!("/roots{index}")),
    ];
    (method, root, prop::collection::vec(segment(), 0..4))
        .prop_map(|(method, root, segments)| format!("{method} {root}{}", segments.concat()))
}

/// The page of an operation.
fn operation() -> impl Strategy<Value = String> {
    let title = (word(), word(), any::<bool>()).prop_map(|(left, right, is_call)| match is_call {
        true => format!("{left}: {right}"),
        false => format!("Get {left}"),
    });
    let response = prop_oneof![
        Just("If successful, this method returns a `204 No Content` response code.".to_owned()),
        type_cell().prop_map(|ty| format!("If successful, this method returns a `200 OK` response code and a {ty} object in the response body.")),
        type_name().prop_map(|name| format!("If successful, this method returns a `200 OK` response code and a collection of [{name}](../resources/{name}.md) objects in the response body.")),
        Just("Returns a `302 Found` response.".to_owned()),
    ];
    let body = prop_oneof![
        Just("Don't supply a request body for this method.\n".to_owned()),
        type_name().prop_map(|name| format!("In the request body, supply a JSON representation of the [{name}](../resources/{name}.md) object.\n")),
        rows(5).prop_map(|rows| table("Request body", "Parameter", &rows)),
        Just("The contents of the request body should be the binary stream of the file.\n".to_owned()),
        Just(String::new()),
    ];
    let lines = prop::collection::vec(request_line(), 1..5);
    (title, lines, rows(3), body, response, any::<bool>()).prop_map(|(title, lines, parameters, body, response, is_composable)| {
        let annotation = format!("<!-- {{ \"blockType\": \"ignored\", \"isComposable\": {is_composable} }} -->");
        let url = lines[0].replace(['{', '}'], "");
        let (method, path) = url.split_once(' ').unwrap_or(("GET", "/"));
        format!(
            "# {title}\n\nNamespace: microsoft.graph\n\nDoes it.\n\n## HTTP request\n\n{annotation}\n```http\n{}\n```\n\n{}## Request headers\n\
             |Name|Description|\n|:---|:---|\n|Prefer|create-if-missing. Optional.|\n\n## Request body\n\n{body}\n## Response\n\n{response}\n\n## Examples\n\n\
             ### Request\n\n```http\n{method} https://graph.microsoft.com/v1.0{path}\nContent-Type: application/json\n\n{{ \"id\": \"1\", \"type\": null }}\n```\n\n\
             ### Response\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{{ \"value\": [{{ \"id\": \"1\" }}] }}\n```\n",
            lines.join("\n"),
            table("Function parameters", "Parameter", &parameters),
        )
    })
}

/// A page: its path below the version, and its text.
pub(crate) fn page() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        3 => resource().prop_map(|(name, text)| (format!("resources/{name}"), text)),
        1 => enumeration().prop_map(|(name, text)| (format!("resources/{name}"), text)),
        4 => operation().prop_map(|text| ("api/operation".to_owned(), text)),
    ]
}
