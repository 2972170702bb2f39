//! Code actions: fixes, similar names and comments.

use serde_json::{Value, json};

use crate::client::{Client, actions};
use crate::pages::{BULB, LAMP, bulb, lamp, page, project, resource};

/// Applies the changes of an action to a text; columns are bytes.
fn apply(action: &Value, text: &str) -> String {
    let document = &action["edit"]["documentChanges"][0];
    let mut edits: Vec<&Value> = document["edits"].as_array().into_iter().flatten().collect();
    edits.reverse();
    let mut text = text.to_owned();
    for edit in edits {
        let offset = |end: &str| {
            let place = &edit["range"][end];
            let line = place["line"].as_u64().unwrap_or_default() as usize;
            let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            before + place["character"].as_u64().unwrap_or_default() as usize
        };
        let range = offset("start")..offset("end");
        text.replace_range(range, edit["newText"].as_str().unwrap_or_default());
    }
    text
}

#[test]
fn code_actions_correct_pages_or_allow_problems() {
    let text = resource(
        "lamp",
        "|id|String|The key.|\n|bulb|[bulb](../api/bulb.md)|A | b.|\n|lens|[lens](lens.md)|\\| C.|\n",
    );
    let (_folder, workspace) = project(&[(LAMP, &text), (BULB, &bulb())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, &text);
    let found = client.diagnostics(&lamp_uri, Some(1));

    assert_eq!(actions(&mut client, &lamp_uri, 4, None), [Value::Null; 0]);
    let params = json!({
        "textDocument": { "uri": lamp_uri },
        "range": { "start": { "line": 9, "character": 0 }, "end": { "line": 10, "character": 0 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let found_actions = client.request("textDocument/codeAction", params);
    let titles: Vec<&str> = found_actions
        .as_array()
        .expect("there is a list")
        .iter()
        .filter_map(|action| action["title"].as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Replace `../api/bulb.md` by `bulb.md`",
            "Fix surplus-cells",
            "Allow broken-link in this line",
            "Allow surplus-cells in this line",
        ]
    );
    let fix = &found_actions[0];
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0]["code"], "broken-link");
    let document = &fix["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(*document, json!({ "uri": lamp_uri, "version": 1 }));
    assert_eq!(apply(fix, &text), text.replace("../api/", ""));

    // The page with the comment has one problem less and no other one.
    let allow = actions(&mut client, &lamp_uri, 10, None);
    let allow = allow
        .iter()
        .find(|action| action["title"] == "Allow undefined-type in this line")
        .expect("the type is undefined");
    let commented = apply(allow, &text);
    assert!(
        commented.ends_with("|\\| C. <!-- graphwright: allow(undefined-type) reason -->|\n"),
        "{commented}"
    );
    client.replace(&lamp_uri, 2, &commented);
    let rest = client.diagnostics(&lamp_uri, Some(2));
    let is_other = |diagnostic: &&String| !diagnostic.contains("undefined-type");
    assert_eq!(
        rest,
        found.iter().filter(is_other).cloned().collect::<Vec<_>>()
    );

    let all = actions(&mut client, &lamp_uri, 0, Some("source.fixAll"));
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0]["kind"], "source.fixAll.graphwright");
    let expected = commented.replace("../api/", "").replace("A | b", "A \\| b");
    assert_eq!(apply(&all[0], &commented), expected);
    client.replace(&lamp_uri, 3, &expected);
    client.diagnostics(&lamp_uri, Some(3));
    assert_eq!(
        actions(&mut client, &lamp_uri, 0, Some("source.fixAll")),
        [Value::Null; 0]
    );
    assert_eq!(
        actions(&mut client, &lamp_uri, 10, Some("refactor")),
        [Value::Null; 0]
    );
    assert_eq!(client.end(), Some(0));
}

#[test]
fn similar_names_are_offered() {
    let text = lamp().replace("[bulb](bulb.md)", "[blub](blub.md)");
    let (_folder, workspace) = project(&[(LAMP, &text), (BULB, &bulb())]);
    let mut client = Client::open(&workspace, &[]);
    let lamp_uri = page(&workspace, LAMP);
    client.open_document(&lamp_uri, &text);
    let params = json!({
        "textDocument": { "uri": lamp_uri },
        "range": { "start": { "line": 9, "character": 0 }, "end": { "line": 10, "character": 0 } },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let action = |title: &str| {
        let mut actions = actions.as_array().into_iter().flatten();
        let action = actions.find(|action| action["title"] == title);
        action
            .unwrap_or_else(|| panic!("no {title}: {actions:#?}"))
            .clone()
    };
    let name = action("Replace `blub` by `bulb`");
    // It may not be what is meant.
    assert_eq!(name["isPreferred"], false);
    let named = apply(&name, &text);
    let linked = apply(&action("Replace `blub.md` by `bulb.md`"), &named);
    assert_eq!(linked, lamp());
    client.replace(&lamp_uri, 2, &linked);
    assert_eq!(client.diagnostics(&lamp_uri, Some(2)), [""; 0]);
    assert_eq!(client.end(), Some(0));
}
