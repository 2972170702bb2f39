//! The permissions of operations: conditions, pages that share a request line, misspelled names.

use super::resolve_pages;
use crate::model::view;

/// Resolves resource pages and api pages, given as name and text, and checks the permissions of operations. The api pages are
/// given by name, permissions section and request lines.
fn check(api_pages: &[(&str, &str, &str)], expected: &[(&str, &[&str])]) {
    let owned = pages(api_pages);
    let borrowed: Vec<(&str, &str)> = owned
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let (api, _) = resolve_pages(&borrowed, "");
    let text = view::text(&api);
    for (request, lines) in expected {
        let item = text
            .split("\n\n")
            .find(|item| {
                item.lines()
                    .next()
                    .is_some_and(|line| line.ends_with(request))
            })
            .unwrap_or_default();
        let words = ["work", "personal", "application", "roles"];
        let found: Vec<&str> = item
            .lines()
            .map(str::trim)
            .filter(|line| words.iter().any(|word| line.starts_with(word)))
            .collect();
        assert_eq!(found, *lines, "{request} in\n{text}");
    }
}

fn pages(api_pages: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let resource = |name: &str, base: &str, rows: &str, relationships: &str| {
        (
            format!("v1.0/resources/{name}.md"),
            format!(
                "# {name} resource type\n\nNamespace: microsoft.graph\n\nA thing.{base}\n\n## Properties\n\n|Property|Type|Description|\n\
                 |:--|:--|:--|\n|id|String|The key.|\n{rows}\n## Relationships\n\n|Relationship|Type|Description|\n|:--|:--|:--|\n\
                 {relationships}"
            ),
        )
    };
    let mut all = vec![
        resource(
            "user",
            "",
            "",
            "|lamps|[lamp](lamp.md) collection|The lamps.|\n",
        ),
        resource(
            "group",
            " Inherits from [thing](thing.md).",
            "",
            "|lamps|[lamp](lamp.md) collection|The lamps.|\n|members|[thing](thing.md) collection|The members.|\n",
        ),
        resource("thing", "", "", ""),
        resource("device", " Inherits from [thing](thing.md).", "", ""),
        resource(
            "lamp",
            "",
            "",
            "|notes|[note](note.md) collection|Notes.|\n",
        ),
        resource("note", "", "", ""),
    ];
    for (name, permissions, requests) in api_pages {
        all.push((
            format!("v1.0/api/{name}.md"),
            format!(
                "# {name}\n\nNamespace: microsoft.graph\n\nThe words of {name}.\n\n## Permissions\n\n{permissions}\n\n\
                 ## HTTP request\n\n```http\n{requests}\n```\n"
            ),
        ));
    }
    all
}

/// A table with a row for application permissions.
macro_rules! application {
    ($permissions:literal) => {
        concat!(
            "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n|Application|",
            $permissions,
            "|\n"
        )
    };
}

#[test]
fn rows_by_resource_follow_the_path() {
    let table = "|Supported resource|Delegated (work or school account)|Application|\n|:--|:--|:--|\n\
        |[user](../resources/user.md)|User.Read|User.Read.All|\n|[group](../resources/group.md)|Group.Read.All|Not supported.|\n\
        |[lamp](../resources/lamp.md)|Lamp.Read|Lamp.Read.All|\n|group [lamp](../resources/lamp.md)|Group.Lamp.Read|Not supported|\n";
    check(
        &[(
            "note-list",
            table,
            "GET /users/{id}/notes\nGET /me/notes\nGET /groups/{id}/notes\nGET /users/{id}/lamps/{id}/notes\n\
             GET /groups/{id}/lamps/{id}/notes\nGET /notes",
        )],
        &[
            (
                "GET /users/{id}/notes",
                &["work: User.Read", "application: User.Read.All"],
            ),
            (
                "GET /me/notes",
                &["work: User.Read", "application: User.Read.All"],
            ),
            (
                "GET /groups/{id}/notes",
                &["work: Group.Read.All", "application: not supported"],
            ),
            (
                "GET /users/{id}/lamps/{id}/notes",
                &["work: Lamp.Read", "application: Lamp.Read.All"],
            ),
            (
                "GET /groups/{id}/lamps/{id}/notes",
                &["work: Group.Lamp.Read", "application: not supported"],
            ),
            (
                "GET /notes",
                &[
                    "work: conditional",
                    "work (user): User.Read",
                    "work (group): Group.Read.All",
                    "work (lamp): Lamp.Read",
                    "work (group lamp): Group.Lamp.Read",
                    "application: conditional",
                    "application (user): User.Read.All",
                    "application (group): not supported",
                    "application (lamp): Lamp.Read.All",
                    "application (group lamp): not supported",
                ],
            ),
        ],
    );
}

#[test]
fn the_added_or_derived_resource_decides() {
    let table = "|Supported resource|Delegated (work or school account)|Delegated (personal Microsoft account)|\n|:--|:--|:--|\n\
        |[device](../resources/device.md)|Member.Write and Device.Write|Not supported.|\n\
        |[group](../resources/group.md)|Member.Write|Not supported.|\n";
    let conditional: &[&str] = &[
        "work: conditional",
        "work (device): Member.Write and Device.Write",
        "work (group): Member.Write",
        "personal: not supported",
    ];
    check(
        &[
            (
                "group-post-members",
                table,
                "POST /groups/{id}/members/$ref",
            ),
            ("group-list-members", table, "GET /groups/{id}/members"),
        ],
        &[
            ("POST /groups/{id}/members/$ref", conditional),
            ("GET /groups/{id}/members", conditional),
        ],
    );
}

#[test]
fn self_and_others_follow_the_path() {
    let table = |least: &str| {
        format!(
            "|Permission type|Least privileged permissions|Higher privileged permissions|\n|:--|:--|:--|\n\
            |Delegated (work or school account)|{least}|Lamp.ReadWrite.All|\n|Application|Not supported.|Lamp.Read.All|\n"
        )
    };
    let section = format!(
        "### Permissions acting on self\n\n{}\n### Permissions acting on other users\n\n{}\n\
         > The signed-in user must be assigned a Microsoft Entra role:\n> - *Lamp Reader*\n",
        table("Lamp.Read"),
        table("Lamp.Read.All"),
    );
    check(
        &[(
            "lamp-list",
            &section,
            "GET /me/lamps\nGET /users/{id | userPrincipalName}/lamps",
        )],
        &[
            (
                "GET /me/lamps",
                &[
                    "work: Lamp.Read, Lamp.ReadWrite.All",
                    "application: Lamp.Read.All",
                ],
            ),
            (
                "GET /users/{id | userPrincipalName}/lamps",
                &[
                    "work: Lamp.Read.All, Lamp.ReadWrite.All",
                    "work (Permissions acting on self): Lamp.Read, Lamp.ReadWrite.All",
                    "application: Lamp.Read.All",
                    "application (Permissions acting on self): Lamp.Read.All",
                    "roles: Lamp Reader",
                ],
            ),
        ],
    );
}

#[test]
fn conditions_list_alternatives() {
    let table = "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n\
        |Application|For **user** or **lamp** resource: Lamp.Read<br/>For **group** resource: Group.Read|\n";
    check(
        &[(
            "note-list",
            table,
            "GET /users/{id}/notes\nGET /lamps/{id}/notes\nGET /groups/{id}/notes",
        )],
        &[
            ("GET /users/{id}/notes", &["application: Lamp.Read"]),
            ("GET /lamps/{id}/notes", &["application: Lamp.Read"]),
            ("GET /groups/{id}/notes", &["application: Group.Read"]),
        ],
    );
}

#[test]
fn resource_specific_consent_is_a_condition() {
    let table = application!("Lamp.Read.Group, Lamp.Read.All");
    let only = application!("Lamp.Read.Group");
    check(
        &[
            ("lamp-list", table, "GET /lamps"),
            ("note-list", only, "GET /notes"),
        ],
        &[
            (
                "GET /lamps",
                &[
                    "application: Lamp.Read.All",
                    "application (with resource-specific consent): Lamp.Read.Group",
                ],
            ),
            (
                "GET /notes",
                &[
                    "application: conditional",
                    "application (with resource-specific consent): Lamp.Read.Group",
                ],
            ),
        ],
    );
}

#[test]
fn notes_exclude_applications_for_me() {
    let section = concat!(
        application!("Lamp.Read.All"),
        "\n> Application permissions are not supported when using the `/me` endpoint."
    );
    check(
        &[("lamp-list", section, "GET /me/lamps\nGET /users/{id}/lamps")],
        &[
            ("GET /me/lamps", &["application: not supported"]),
            ("GET /users/{id}/lamps", &["application: Lamp.Read.All"]),
        ],
    );
}

#[test]
fn the_page_of_the_type_leads() {
    let leading = ("lamp-list", application!("Lamp.Read"), "GET /lamps");
    for other in [
        (
            "cellar-house-lamp-list",
            application!("Cellar.Read"),
            "GET /lamps",
        ),
        ("aaa-list", application!("Cellar.Read"), "GET /lamps"),
        ("device-list", application!("Cellar.Read"), "GET /lamps"),
        (
            "lamp-list-notes",
            application!("Cellar.Read"),
            "GET /lamps?$expand=notes",
        ),
    ] {
        let owned = pages(&[other, leading]);
        let borrowed: Vec<(&str, &str)> = owned
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let (api, _) = resolve_pages(&borrowed, "");
        assert_eq!(
            api.operations[0].docs.description,
            "The words of lamp-list."
        );
        assert_eq!(api.operations[0].pages[0].title, "lamp-list");
        let condition = format!(
            "application (for the use described in {}): Cellar.Read",
            other.0
        );
        check(
            &[other, leading],
            &[("GET /lamps", &["application: Lamp.Read", &condition])],
        );
    }
}

#[test]
fn other_pages_never_weaken_the_answer() {
    // The leading page names the permissions already, or does not support the account type.
    check(
        &[
            (
                "aaa-list",
                application!("Lamp.ReadWrite, Lamp.Read"),
                "GET /lamps",
            ),
            (
                "lamp-list",
                application!("Lamp.Read, Lamp.ReadWrite"),
                "GET /lamps",
            ),
        ],
        &[("GET /lamps", &["application: Lamp.Read, Lamp.ReadWrite"])],
    );
    check(
        &[
            ("aaa-list", application!("Not supported."), "GET /lamps"),
            ("lamp-list", application!("Lamp.Read"), "GET /lamps"),
        ],
        &[("GET /lamps", &["application: Lamp.Read"])],
    );
    check(
        &[
            ("aaa-list", application!("Lamp.Read"), "GET /lamps"),
            ("lamp-list", application!("Not supported."), "GET /lamps"),
        ],
        &[(
            "GET /lamps",
            &[
                "application: not supported",
                "application (for the use described in aaa-list): Lamp.Read",
            ],
        )],
    );
    // A leading page without permissions leaves the answer to the next one.
    check(
        &[
            ("aaa-list", application!("Lamp.Read"), "GET /lamps"),
            ("lamp-list", "", "GET /lamps"),
        ],
        &[("GET /lamps", &["application: Lamp.Read"])],
    );
}

#[test]
fn pages_of_one_rank_are_merged() {
    check(
        &[
            (
                "lamp-list",
                application!("Lamp.Read, Lamp.ReadWrite"),
                "GET /users/{id}/lamps",
            ),
            (
                "user-list-lamps",
                application!("Lamp.Read.Own, Lamp.Read"),
                "GET /users/{id}/lamps",
            ),
        ],
        &[(
            "GET /users/{id}/lamps",
            &["application: Lamp.Read, Lamp.Read.Own, Lamp.ReadWrite"],
        )],
    );
}

#[test]
fn unused_rows_and_misspelled_names_are_problems() {
    let table = "|Supported resource|Application|\n|:--|:--|\n|[user](../resources/user.md)|User.Read|\n|[device](../resources/device.md)|Device.Read|\n";
    let owned = pages(&[
        (
            "note-list",
            &table.replace("|Application|", "|Delegated (work or school account)|"),
            "GET /users/{id}/notes",
        ),
        (
            "lamp-list",
            application!("Lamp.PrivilegedOperations"),
            "GET /lamps",
        ),
        (
            "lamp-get",
            application!("Lamp.PrivilegedOperations"),
            "GET /lamps/{id}",
        ),
        (
            "lamp-update",
            application!("Lamp.PrivilegedOperations"),
            "PATCH /lamps/{id}",
        ),
        (
            "lamp-delete",
            application!("Lamp.PriviligedOperation"),
            "DELETE /lamps/{id}",
        ),
    ]);
    let borrowed: Vec<(&str, &str)> = owned
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let (_, report) = resolve_pages(&borrowed, "");
    let found: Vec<(&str, Option<&str>)> = report
        .problems()
        .iter()
        .filter(|problem| problem.code.rule().contains("permission"))
        .map(|problem| {
            let replacement = problem.replacement.as_ref();
            (
                problem.code.rule(),
                replacement.map(|replacement| replacement.text.as_str()),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("unknown-permission", Some("Lamp.PrivilegedOperations")),
            ("unused-permission-row", None),
        ]
    );
    let corrected = "[[correction]]\nsubject = \"permission\"\nexpected = \"Lamp.PriviligedOperation\"\n\
        becomes = \"Lamp.PrivilegedOperations\"\nreason = \"Misspelled.\"\n";
    let (api, _) = resolve_pages(&borrowed, corrected);
    let text = view::text(&api);
    assert!(!text.contains("Priviliged"), "{text}");
}
