use super::GrantFact;
use crate::facts;
use crate::source::{Source, Sources};

/// Reads a page with a permissions section. Least privileged sets precede `;`, resource-specific sets follow `!`.
fn check(table: &str, expected: &[&str]) {
    check_problems(table, expected, &[]);
}

/// Like [`check`], with the rule names of the problems.
fn check_problems(table: &str, expected: &[&str], problems: &[&str]) {
    let sources = Sources::new(vec![Source {
        path: "v1.0/api/thing-get.md".to_owned(),
        text: format!(
            "# Get thing\n\n## Permissions\n\n{table}\n\n## HTTP request\n\n```http\nGET /things\n```\n"
        ),
    }]);
    let page = sources.find("v1.0/api/thing-get.md").unwrap();
    let (facts, report) = facts::extract_page(&sources, page);
    let shown: Vec<_> = facts
        .operation
        .unwrap()
        .permissions
        .iter()
        .map(|row| {
            let grant = match &row.grant {
                GrantFact::NotSupported => "-".to_owned(),
                GrantFact::Words(words) => format!("{words:?}"),
                GrantFact::AnyOf(alternatives) => {
                    let list = |sets: &[Vec<crate::source::At<String>>]| {
                        let set = |set: &Vec<crate::source::At<String>>| {
                            let names: Vec<_> =
                                set.iter().map(|name| name.value.as_str()).collect();
                            names.join("+")
                        };
                        sets.iter().map(set).collect::<Vec<_>>().join(",")
                    };
                    let (least, higher) = alternatives.sets.split_at(alternatives.least);
                    let mut shown = format!("{};{}", list(least), list(higher));
                    if !alternatives.resource_specific.is_empty() {
                        shown = format!("{shown}!{}", list(&alternatives.resource_specific));
                    }
                    shown
                }
            };
            let condition = row
                .condition
                .as_ref()
                .map_or(String::new(), |condition| format!(" [{}]", condition.text));
            format!("{}{condition}: {grant}", row.account.name())
        })
        .collect();
    assert_eq!(shown, expected, "{table}");
    let found: Vec<_> = report
        .problems()
        .iter()
        .map(|problem| problem.code.rule())
        .collect();
    assert_eq!(found, problems, "{table}");
}

const LEAST_TO_MOST: &str =
    "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n";
const MOST_TO_LEAST: &str =
    "|Permission type|Permissions (from most to least privileged)|\n|:--|:--|\n";
const TWO_COLUMNS: &str =
    "|Permission type|Least privileged permissions|Higher privileged permissions|\n|:--|:--|:--|\n";

#[test]
fn reads_one_row_per_account_type() {
    check(
        &format!(
            "{LEAST_TO_MOST}|Delegated (work or school account)|A.Read, B.Read.All|\n\
             |Delegated (personal Microsoft account)|Not supported.|\n|Application|None|"
        ),
        &[
            "delegated work: A.Read;B.Read.All",
            "delegated personal: -",
            "application: \"None\"",
        ],
    );
    check(
        "|Permission type|Permissions|\n|:--|:--|\n|Application|B.Read, A.Read|",
        &["application: ;B.Read,A.Read"],
    );
}

#[test]
fn reads_sub_rows_in_descending_order() {
    check(
        &format!(
            "{MOST_TO_LEAST}|Delegated (work or school account)||\n\
             |&nbsp; &nbsp; **Sets**|B.All, A.Read|\n|&nbsp; &nbsp; **Other**|A.Read|\n|Application|C.X|"
        ),
        &[
            "delegated work [Sets]: A.Read;B.All",
            "delegated work [Other]: A.Read;",
            "application: C.X;",
        ],
    );
}

#[test]
fn keeps_the_border_between_least_and_higher() {
    check(
        &format!(
            "{TWO_COLUMNS}|Delegated (work or school account)|A.Read and B.Read, D.Read|C.All, A.Read and B.Read|\n\
             |Application|Not supported.|Not supported.|"
        ),
        &[
            "delegated work: A.Read+B.Read,D.Read;C.All",
            "application: -",
        ],
    );
}

#[test]
fn orders_higher_permissions_by_name_if_none_is_least() {
    for least in ["Not supported.", "Not available.", "", "None"] {
        check(
            &format!("{TWO_COLUMNS}|Application|{least}|A.ReadWrite.All, A.Read.All|"),
            &["application: ;A.Read.All,A.ReadWrite.All"],
        );
    }
}

#[test]
fn follows_names_if_the_header_contradicts_them() {
    let expected = &["application: A.ReadBasic.All;A.Read.All,A.ReadWrite.All"];
    let ascending = "|Application|A.ReadBasic.All, A.Read.All, A.ReadWrite.All|";
    let descending = "|Application|A.ReadWrite.All, A.Read.All, A.ReadBasic.All|";
    check(&format!("{LEAST_TO_MOST}{ascending}"), expected);
    check(&format!("{MOST_TO_LEAST}{descending}"), expected);
    for contradiction in [
        format!("{MOST_TO_LEAST}{ascending}"),
        format!("{LEAST_TO_MOST}{descending}"),
    ] {
        check_problems(&contradiction, expected, &["permission-order"]);
    }
    // Privileges over different resources, or in no single direction, are no contradiction.
    check(
        &format!("{MOST_TO_LEAST}|Application|B.Read.All, A.ReadWrite.All|"),
        &["application: A.ReadWrite.All;B.Read.All"],
    );
    check(
        &format!("{LEAST_TO_MOST}|Application|A.ReadWrite, A.Read, A.ReadWrite.All|"),
        &["application: A.ReadWrite;A.Read,A.ReadWrite.All"],
    );
}

#[test]
fn requires_all_of_an_ambiguous_list() {
    check_problems(
        &format!("{LEAST_TO_MOST}|Application|A.Read, B.Read and C.Read|"),
        &["application: A.Read+B.Read+C.Read;"],
        &["ambiguous-permissions"],
    );
    for (cell, expected) in [
        ("A.Read and B.Read", "A.Read+B.Read;"),
        ("A.Read + B.Read", "A.Read+B.Read;"),
        ("A.Read and B.Read, C.Read", "A.Read+B.Read;C.Read"),
        ("A.Read, B.Read, and C.Read", "A.Read;B.Read,C.Read"),
        ("A.Read, B.Read or C.Read", "A.Read;B.Read,C.Read"),
    ] {
        check(
            &format!("{LEAST_TO_MOST}|Application|{cell}|"),
            &[&format!("application: {expected}")],
        );
    }
}

#[test]
fn separates_resource_specific_permissions() {
    let note = "\n\n> **Note**: Permissions marked with * use [resource-specific consent](/rsc).";
    check(
        &format!("{LEAST_TO_MOST}|Application|A.Read.Thing*, A.Read.All, B.Read.Thing*|{note}"),
        &["application: A.Read.All;!A.Read.Thing,B.Read.Thing"],
    );
    // Without the note, a mark means something else, such as a deprecation.
    check(
        &format!("{LEAST_TO_MOST}|Application|A.Read.All*, B.Read.Group, C.Read.Chat*|"),
        &["application: A.Read.All;!B.Read.Group,C.Read.Chat"],
    );
    check(
        &format!("{LEAST_TO_MOST}|Application|A.Read.All, B.Read.All**|{note}"),
        &["application: A.Read.All;B.Read.All"],
    );
}

#[test]
fn reads_conditions_of_columns() {
    check(
        "|Permission type|Permissions acting on self (from least to most privileged)|Permissions acting on others (from least to most privileged)|\n|:--|:--|:--|\n\
         |Application|Not supported.|A.All|",
        &[
            "application [acting on self]: -",
            "application [acting on others]: A.All;",
        ],
    );
    check(
        "|Calendar|Delegated (work or school account)|Delegated (personal Microsoft account)|Application|\n|--|--|--|--|\n\
         |user calendar|A.Read|A.Read|Not supported|",
        &[
            "delegated work [user calendar]: ;A.Read",
            "delegated personal [user calendar]: ;A.Read",
            "application [user calendar]: -",
        ],
    );
}

#[test]
fn reads_conditions_inside_a_cell() {
    check(
        "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n\
         |Application|For **cat** resource: A.Read, B.Read<br/><br/>For **dog** resource: Not supported.|",
        &[
            "application [For cat resource]: A.Read;B.Read",
            "application [For dog resource]: -",
        ],
    );
}

/// Reads the roles of a permissions section.
fn check_roles(section: &str, expected: &[&str]) {
    let sources = Sources::new(vec![Source {
        path: "v1.0/api/thing-get.md".to_owned(),
        text: format!(
            "# Get thing\n\n## Permissions\n\n{section}\n\n## HTTP request\n\n```http\nGET /things\n```\n"
        ),
    }]);
    let page = sources.find("v1.0/api/thing-get.md").unwrap();
    let (facts, _) = facts::extract_page(&sources, page);
    let roles = facts.operation.unwrap().roles;
    let roles: Vec<_> = roles
        .iter()
        .map(|role| match &role.condition {
            Some(condition) => format!("{} [{condition}]", role.name.value),
            None => role.name.value.clone(),
        })
        .collect();
    assert_eq!(roles, expected, "{section}");
}

#[test]
fn reads_roles() {
    check_roles(
        "> [!IMPORTANT]\n> The signed-in user must be assigned a [Microsoft Entra role](/roles). These roles are supported:\n\
         > - *Lamp Reader*\n> - Lamp Administrator - can change lamps. The user with this role owns them.",
        &["Lamp Reader", "Lamp Administrator"],
    );
    check_roles(
        "The user needs one of the following [Azure AD roles](/roles).\n\n- Global Reader\n- Privileged Lamp Administrator.\n\n\
         Choose permissions:\n\n- Another Thing",
        &["Global Reader", "Privileged Lamp Administrator"],
    );
    check_roles(
        "### Permissions acting on other users\n\nThe user must be assigned a Microsoft Entra role: **Lamp Reader** is the least one.",
        &["Lamp Reader [Permissions acting on other users]"],
    );
    check_roles(
        "### Permissions for specific scenarios\n\n- To read **hue**, the user needs the Microsoft Entra role *Lamp Reader*.",
        &[],
    );
    check_roles("The *Thing.Read.All* permission.\n\n- One\n- Two", &[]);
}
