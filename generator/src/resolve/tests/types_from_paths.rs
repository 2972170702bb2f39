//! Types that no page defines, but that paths show.

use super::types::resource;
use super::{check, check_codes, check_item, resolve_pages};

const WIDGET: (&str, &str) = (
    "v1.0/resources/widget.md",
    resource!(
        "widget resource type",
        "A thing on a shelf.",
        "|id|String|Names it.|\n",
        r#""keyProperty": "id", "@odata.type": "microsoft.graph.widget""#
    ),
);

/// Creates a page with one request, which returns widgets.
macro_rules! list {
    ($file:literal, $title:literal, $path:literal) => {
        (
            concat!("v1.0/api/", $file, ".md"),
            concat!(
                "# ",
                $title,
                "\n\nNamespace: microsoft.graph\n\nDoes it.\n\n## HTTP request\n\n```http\nGET ",
                $path,
                "\n```\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of ",
                "[widget](../resources/widget.md) objects in the response body.\n"
            ),
        )
    };
}

#[test]
fn path_to_collections_becomes_an_entity_type_named_after_it() {
    let pages = [
        WIDGET,
        list!("widget-list", "List widgets", "/storage/widgets"),
        list!(
            "widget-list-old",
            "List old widgets",
            "/storage/cellar/widgets"
        ),
    ];
    check(
        &pages,
        "entity microsoft.graph.storage",
        "\
entity microsoft.graph.storage : microsoft.graph.entity
  -> cellar: microsoft.graph.cellar
  -> widgets: Collection(microsoft.graph.widget)",
    );
    check(
        &pages,
        "entity microsoft.graph.cellar",
        "\
entity microsoft.graph.cellar : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)",
    );
    check_codes(&pages, &["GW3023", "GW3050", "GW3050", "GW3023"]);
}

#[test]
fn plural_segment_names_a_root_type() {
    let pages = [
        WIDGET,
        list!("widget-list", "List widgets", "/policies/widgets"),
    ];
    check(
        &pages,
        "entity microsoft.graph.policyRoot",
        "\
entity microsoft.graph.policyRoot : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)",
    );
}

#[test]
fn file_name_or_heading_names_the_type() {
    let by_file = [
        WIDGET,
        list!(
            "storagebin-list-widgets",
            "List widgets",
            "/storage/widgets"
        ),
    ];
    let expected = "\
entity microsoft.graph.storageBin : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)";
    check(&by_file, "entity microsoft.graph.storageBin", expected);
    let overview = (
        "v1.0/resources/storage-overview.md",
        "# storageBin resource type\n\nNamespace: microsoft.graph\n\nAll about it.\n",
    );
    let by_heading = [
        WIDGET,
        overview,
        list!("widget-list", "List widgets", "/storage/widgets"),
    ];
    check(&by_heading, "entity microsoft.graph.storageBin", expected);
}

#[test]
fn file_name_may_have_the_singular() {
    let pages = [
        WIDGET,
        list!("cellar-list-widgets", "List widgets", "/cellars/widgets"),
    ];
    check(
        &pages,
        "entity microsoft.graph.cellar",
        "\
entity microsoft.graph.cellar : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)",
    );
}

#[test]
fn correction_names_the_type() {
    let pages = [
        WIDGET,
        list!("widget-list", "List widgets", "/storage/widgets"),
    ];
    let (api, _) = resolve_pages(
        &pages,
        "[[correction]]\npage = \"v1.0/api/widget-list.md\"\nsubject = \"path\"\nexpected = \"/storage\"\n\
         becomes = \"storageUnit\"\nreason = \"No page names it.\"\n",
    );
    check_item(
        &api,
        "entity microsoft.graph.storageUnit",
        "\
entity microsoft.graph.storageUnit : microsoft.graph.entity
  -> widgets: Collection(microsoft.graph.widget)",
    );
}

#[test]
fn type_with_a_page_gets_the_path_it_is_named_after() {
    let root = (
        "v1.0/resources/storageroot.md",
        resource!(
            "storageRoot resource type",
            "Where all things are.",
            "|boards|Int32|How many.|\n",
            r#""@odata.type": "microsoft.graph.storageRoot""#
        ),
    );
    let pages = [
        WIDGET,
        root,
        list!("widget-list", "List widgets", "/storage/widgets"),
    ];
    check(
        &pages,
        "entity microsoft.graph.storageRoot",
        "\
entity microsoft.graph.storageRoot : microsoft.graph.entity
  boards: Edm.Int32
  -> widgets: Collection(microsoft.graph.widget)",
    );
    check_codes(&pages, &["GW3023"]);
}
