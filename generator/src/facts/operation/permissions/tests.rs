use super::GrantFact;
use crate::facts;
use crate::source::{Source, Sources};

/// The permissions of a page whose permission table is this.
fn check(table: &str, expected: &[&str]) {
    let sources = Sources::new(vec![Source {
        path: "v1.0/api/thing-get.md".to_owned(),
        text: format!(
            "# Get thing\n\n## Permissions\n\n{table}\n\n## HTTP request\n\n```http\nGET /things\n```\n"
        ),
    }]);
    let (facts, _) = facts::extract_page(&sources, sources.find("v1.0/api/thing-get.md").unwrap());
    let shown: Vec<_> = facts
        .operation
        .unwrap()
        .permissions
        .iter()
        .map(|row| {
            let grant = match &row.grant {
                GrantFact::NotSupported => "-".to_owned(),
                GrantFact::Words(words) => format!("{words:?}"),
                GrantFact::AnyOf(sets) => {
                    let set = |set: &Vec<crate::source::At<String>>| {
                        let names: Vec<_> = set.iter().map(|name| name.value.as_str()).collect();
                        names.join("+")
                    };
                    sets.iter().map(set).collect::<Vec<_>>().join(",")
                }
            };
            let condition = row
                .condition
                .as_ref()
                .map_or(String::new(), |condition| format!(" [{condition}]"));
            format!("{}{condition}: {grant}", row.account.name())
        })
        .collect();
    assert_eq!(shown, expected, "{table}");
}

#[test]
fn the_usual_table() {
    check(
        "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n\
         |Delegated (work or school account)|A.Read, B.Read.All|\n\
         |Delegated (personal Microsoft account)|Not supported.|\n|Application|None|",
        &[
            "delegated work: A.Read,B.Read.All",
            "delegated personal: -",
            "application: \"None\"",
        ],
    );
}

#[test]
fn the_other_order_and_sub_rows() {
    check(
        "|Permission type|Permissions (from most to least privileged)|\n|:--|:--|\n\
         |Delegated (work or school account)||\n\
         |&nbsp; &nbsp; **Sets**|B.All, A.Read|\n|&nbsp; &nbsp; **Other**|A.Read|\n|Application|C.X|",
        &[
            "delegated work [Sets]: A.Read,B.All",
            "delegated work [Other]: A.Read",
            "application: C.X",
        ],
    );
}

#[test]
fn least_and_higher() {
    check(
        "|Permission type|Least privileged permissions|Higher privileged permissions|\n|:--|:--|:--|\n\
         |Delegated (work or school account)|A.Read and B.Read|C.All, A.Read and B.Read|\n\
         |Application|Not supported.|Not supported.|",
        &["delegated work: A.Read+B.Read,C.All", "application: -"],
    );
}

#[test]
fn columns_with_conditions() {
    check(
        "|Permission type|Permissions acting on self (from least to most privileged)|Permissions acting on others (from least to most privileged)|\n|:--|:--|:--|\n\
         |Application|Not supported.|A.All|",
        &[
            "application [acting on self]: -",
            "application [acting on others]: A.All",
        ],
    );
    check(
        "|Calendar|Delegated (work or school account)|Delegated (personal Microsoft account)|Application|\n|--|--|--|--|\n\
         |user calendar|A.Read|A.Read|Not supported|",
        &[
            "delegated work [user calendar]: A.Read",
            "delegated personal [user calendar]: A.Read",
            "application [user calendar]: -",
        ],
    );
}

#[test]
fn conditions_inside_a_cell() {
    check(
        "|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n\
         |Application|For **cat** resource: A.Read, B.Read<br/><br/>For **dog** resource: Not supported.|",
        &[
            "application [For cat resource]: A.Read,B.Read",
            "application [For dog resource]: -",
        ],
    );
}
