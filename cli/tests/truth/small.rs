//! Compiles a program for each kind of change against libraries of two states of some pages.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::crates::{check, diff, errors, graphwright, scratch};

const SHELF: &str = "|id|String|Tells it from others.|\n|height|Int32|How high it hangs, in centimetres. Required.|\n\
                     |wood|wood|What the board is made of.|\n|mount|mount|What holds it.|\n";
const WOOD: &str = "|oak|1|Hard.|\n|pine|2|Soft.|\n";
const PATHS: &str = "PATCH /shelves/{id}";

/// A change of the pages, and a program that uses the changed item.
struct Case {
    /// The class, item and change that `diff` reports.
    expected: [&'static str; 3],
    shelf: String,
    wood: &'static str,
    path: &'static str,
    /// An additional page.
    more: Option<&'static str>,
    program: &'static str,
}

impl Case {
    fn new(expected: [&'static str; 3], program: &'static str) -> Self {
        Self {
            expected,
            shelf: SHELF.to_owned(),
            wood: WOOD,
            path: PATHS,
            more: None,
            program,
        }
    }

    fn shelf(mut self, from: &str, to: &str) -> Self {
        assert!(SHELF.contains(from), "{from}");
        self.shelf = SHELF.replace(from, to);
        self
    }

    fn write(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        let write = |path: &str, text: String| {
            let path = folder.join("v1.0").join(path);
            fs::create_dir_all(path.parent().expect("pages are in folders"))
                .expect("a folder can be created");
            fs::write(path, text).expect("the page can be written");
        };
        let table = "|Property|Type|Description|\n|:---|:---|:---|\n";
        let head = |title: &str| format!("# {title}\n\nNamespace: microsoft.graph\n\n");
        write(
            "resources/shelf.md",
            format!(
                "{}## Properties\n{table}{}",
                head("shelf resource type"),
                self.shelf
            ),
        );
        write(
            "resources/mount.md",
            format!(
                "{}## Properties\n{table}|load|Int32|Kilograms.|\n",
                head("mount resource type")
            ),
        );
        write(
            "resources/wood.md",
            format!(
                "{}## Members\n|Member|Value|Description|\n|:---|:---|:---|\n{}",
                head("wood enum type"),
                self.wood
            ),
        );
        write(
            "api/shelf-update.md",
            format!(
                "{}Hang it on another wall of the house.\n\n## HTTP Request\n``` http\n{}\n```\n\n## Request body\nSupply a JSON \
                 representation of a [shelf](../resources/shelf.md) object.\n\n## Response\nIf successful, this method returns a \
                 `200 OK` response code and a [shelf](../resources/shelf.md) object in the response body.\n",
                head("Update shelf"),
                self.path
            ),
        );
        if let Some(page) = self.more {
            write(
                "resources/more.md",
                format!("{}{page}", head("hook resource type")),
            );
        }
    }
}

/// A program that uses all items of the earlier state.
const EVERYTHING: &str = "
use graphwright::v1_0::{Client, core, types::{Mount, Shelf, Wood}};
pub fn everything(client: &Client, mount: Mount) {
    let mut shelf = Shelf { id: Some(String::new()), wood: Some(Wood::Oak), ..Shelf::new(3) };
    let _: &Option<i32> = &shelf.height;
    let _ = (Shelf::HEIGHT, Shelf::WOOD, Shelf::MOUNT);
    shelf.mount = Some(mount.into());
    match &shelf.wood {
        Some(Wood::Oak | Wood::Pine) | None => {}
        Some(other) => println!(\"{other}\"),
    }
    let _: core::shelf::Shelf = Shelf::default();
    let _: graphwright::runtime::Request<Shelf> = client.shelves().by_id(\"a\").update(&shelf);
}";

fn cases() -> Vec<Case> {
    let property = "use graphwright::v1_0::types::Shelf; pub fn f(shelf: &Shelf) -> &Option<i32> { &shelf.height }";
    let hook = "Inherits from [mount](mount.md).\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|bend|Int32|Degrees.|\n";
    vec![
        Case::new(["documentation-only", "property", "redescribed"], EVERYTHING)
            .shelf("centimetres", "inches"),
        Case::new(["compatible", "property", "added"], EVERYTHING)
            .shelf("|wood|", "|depth|Int32|How far it reaches.|\n|wood|"),
        Case {
            wood: "|oak|1|Hard.|\n|pine|2|Soft.|\n|ash|3|Light.|\n",
            ..Case::new(["compatible", "member", "added"], EVERYTHING)
        },
        Case {
            path: "PATCH /shelves/{id}\nPATCH /walls/{id}/shelf",
            ..Case::new(["compatible", "operation", "added"], EVERYTHING)
        },
        Case {
            more: Some("## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|bend|Int32|Degrees.|\n"),
            ..Case::new(["compatible", "type", "added"], EVERYTHING)
        },
        Case::new(["breaking", "property", "retyped"], property).shelf("Int32", "Int64"),
        Case::new(["breaking", "property", "renamed"], property).shelf("|height|", "|elevation|"),
        Case::new(
            ["breaking", "property", "removed"],
            "use graphwright::v1_0::types::Shelf; pub fn f(shelf: &Shelf) -> bool { shelf.wood.is_some() }",
        )
        .shelf("|wood|wood|What the board is made of.|\n", ""),
        Case::new(
            ["breaking", "constructor", "retyped"],
            "use graphwright::v1_0::types::Shelf; pub fn f() -> Shelf { Shelf::new(3) }",
        )
        .shelf("made of.", "made of. Required."),
        Case::new(
            ["breaking", "constructor", "removed"],
            "use graphwright::v1_0::types::Shelf; pub fn f() -> Shelf { Shelf::new(3) }",
        )
        .shelf(" Required.", ""),
        Case {
            wood: "|oak|1|Hard.|\n",
            ..Case::new(
                ["breaking", "member", "removed"],
                "pub fn f() -> graphwright::v1_0::types::Wood { graphwright::v1_0::types::Wood::Pine }",
            )
        },
        Case {
            path: "PATCH /walls/{id}",
            ..Case::new(
                ["breaking", "operation", "moved"],
                "pub fn f(client: &graphwright::v1_0::Client) { let _ = client.shelves(); }",
            )
        },
        // The page of the property does not change.
        Case {
            more: Some(hook),
            ..Case::new(
                ["breaking", "property", "retyped"],
                "use graphwright::v1_0::types::{Mount, Shelf}; pub fn f(shelf: &Shelf) -> &Option<graphwright::runtime::Boxed<Mount>> { &shelf.mount }",
            )
        },
    ]
}

#[test]
fn classes_match_the_compiler() {
    let scratch = scratch("truth");
    let generate = |docs: &str, library: &str| {
        graphwright(&scratch, &["gen", "--docs", docs, "--out", library]);
    };
    Case::new(["", "", ""], "").write(&scratch.join("before-docs"));
    generate("before-docs", "before");
    for case in cases() {
        let [class, item, kind] = case.expected;
        case.write(&scratch.join("after-docs"));
        generate("after-docs", "after");
        let changes = diff(&scratch, &["--from", "before-docs", "--to", "after-docs"]);
        let is_expected = |change: &&Value| {
            change["class"] == class && change["item"] == item && change["change"] == kind
        };
        let description = || format!("{:?}: {changes:#?}", case.expected);
        assert!(
            changes.iter().any(|change| is_expected(&change)),
            "{}",
            description()
        );
        let compile = |library: &str| check(&scratch, library, &["v1_0"], case.program);
        let before = compile("before");
        assert!(
            before.status.success(),
            "{:?}: {:?}",
            case.expected,
            errors(&before)
        );
        let after = compile("after");
        if class == "breaking" {
            assert!(!after.status.success(), "{:?}", case.expected);
            assert!(!errors(&after).is_empty(), "{:?}", case.expected);
        } else {
            let breaks = changes.iter().any(|change| change["class"] == "breaking");
            assert!(!breaks, "{}", description());
            assert!(
                after.status.success(),
                "{:?}: {:?}",
                case.expected,
                errors(&after)
            );
        }
    }
}
