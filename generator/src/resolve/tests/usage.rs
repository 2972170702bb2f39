//! How properties and operations are used.

use super::resolve_pages;
use crate::model::{Callout, PageSize, QueryOption, Returned};

const LAMP: (&str, &str) = (
    "v1.0/resources/lamp.md",
    "# lamp resource type\n\nNamespace: microsoft.graph\n\n> [!IMPORTANT]\n> Lamps need power.\n\n## Properties\n\
     |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Key. Immutable.|\n\
     |name|String|The name. Supports `$filter` (`eq`, `in`) and `$search`. Returned only on `$select`.|\n",
);

const LIST: (&str, &str) = (
    "v1.0/api/lamp-list.md",
    "# List lamps\n\nNamespace: microsoft.graph\n\nLists lamps.\n\n> [!NOTE]\n> Requests are throttled. The default page size is 20.\n\n\
     ## HTTP request\n``` http\nGET /lamps\n```\n\n## Optional query parameters\n\
     This method supports the following OData query parameters.\n\n|Name|Description|\n|:--|:--|\n\
     |[$top](/top)|The number of lamps. You can extend up to 50 lamps per page.|\n|$filter|Only `bright` lamps.|\n\n\
     The other OData query parameters are not currently supported.\n\n\
     ## Request headers\n|Name|Description|\n|:--|:--|\n|Authorization|Bearer {token}. Required.|\n\
     |Prefer: dim|Less light.|\n|Prefer|return=minimal. Optional.|\n\n\
     ## Response\nIf successful, this method returns a `200 OK` response code and a collection of [lamp](../resources/lamp.md) objects.\n",
);

#[test]
fn properties_have_their_usage() {
    let (api, _) = resolve_pages(&[LAMP], "");
    let lamp = api
        .structured_types
        .iter()
        .find(|ty| ty.name.name == "lamp")
        .unwrap();
    let name = lamp
        .properties
        .iter()
        .find(|property| property.name == "name")
        .unwrap();
    assert_eq!(
        name.usage.query.options,
        [(QueryOption::Filter, true), (QueryOption::Search, true)].into()
    );
    assert_eq!(name.usage.query.filter_operators, ["eq", "in"]);
    assert_eq!(name.usage.returned, Some(Returned::OnSelect));
    let important = Callout {
        label: "Important".to_owned(),
        text: "Lamps need power.".to_owned(),
        is_general: false,
    };
    assert_eq!(lamp.callouts, [important]);
}

#[test]
fn operations_have_their_usage() {
    let (api, _) = resolve_pages(&[LAMP, LIST], "");
    let operation = &api.operations[0];
    let usage = &operation.usage;
    assert_eq!(
        usage.query.options,
        [(QueryOption::Filter, true), (QueryOption::Top, true)].into()
    );
    assert_eq!(usage.query.others, Some(false));
    let size = PageSize {
        default: Some(20),
        maximum: Some(50),
    };
    assert_eq!(usage.page_size, size);
    assert_eq!(usage.throttling, ["Requests are throttled."]);
    let headers: Vec<(&str, Option<&str>)> = operation
        .parameters
        .iter()
        .map(|header| (header.name.as_str(), header.value.as_deref()))
        .filter(|(name, _)| !name.starts_with('$'))
        .collect();
    assert_eq!(
        headers,
        [
            ("Authorization", None),
            ("Prefer", Some("dim")),
            ("Prefer", Some("return=minimal")),
        ]
    );
}

#[test]
fn callouts_of_many_pages_are_general() {
    let texts: Vec<(String, String)> = (0..20)
        .map(|number| {
            let name = format!("v1.0/resources/lamp{number}.md");
            (name, LAMP.1.replace("# lamp ", &format!("# lamp{number} ")))
        })
        .collect();
    let pages: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let general = |pages: &[(&str, &str)]| {
        let (api, _) = resolve_pages(pages, "");
        let callouts = api.structured_types.iter().flat_map(|ty| &ty.callouts);
        callouts.filter(|callout| callout.is_general).count()
    };
    assert_eq!(general(&pages[..19]), 0);
    assert_eq!(general(&pages), 20);
}
