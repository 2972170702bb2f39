//! Corrections: applied before all passes, and reported if stale.

use super::types::resource;
use super::{check_item, resolve_pages};
use crate::report::{Code, Level};
use crate::resolve::Corrections;

const PAGES: [(&str, &str); 1] = [(
    "v1.0/resources/size.md",
    resource!(
        "size resource type",
        "How large it is.",
        "|width|Dubble|Wide.|\n|depth|Double|Deep.|\n",
        r#""@odata.type": "microsoft.graph.size""#
    ),
)];

#[test]
fn correction_changes_a_type_cell_and_removes_a_row() {
    let (api, report) = resolve_pages(
        &PAGES,
        r#"
        [[correction]]
        page = "v1.0/resources/size.md"
        subject = "row"
        row = "width"
        expected = "Dubble"
        becomes = "Double collection"
        reason = "A slip."

        [[correction]]
        page = "resources/size.md"
        subject = "row"
        row = "depth"
        expected = "Double"
        reason = "There is none."
        "#,
    );
    let codes: Vec<Code> = report
        .problems()
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [Code::PageCorrected; 2]);
    check_item(
        &api,
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  width: Collection(Edm.Double)",
    );
}

#[test]
fn stale_correction_is_skipped_with_a_warning() {
    let (api, report) = resolve_pages(
        &PAGES,
        r#"
        [[correction]]
        page = "v1.0/resources/size.md"
        subject = "row"
        row = "depth"
        expected = "Single"
        becomes = "Double"
        reason = "It was."
        "#,
    );
    let codes: Vec<&str> = report
        .problems()
        .iter()
        .map(|problem| problem.code.id())
        .collect();
    assert_eq!(codes, ["GW3040", "GW3004"]);
    assert_eq!(Code::StaleCorrection.level(), Level::Warning);
    check_item(
        &api,
        "complex microsoft.graph.size",
        "\
complex microsoft.graph.size
  width: undefined `Dubble`
  depth: Edm.Double",
    );
}

#[test]
fn invalid_list_of_corrections_is_rejected() {
    let wrong = [
        ("[[correction]", "not TOML"),
        ("page = \"x\"", "unknown key `page`"),
        (
            "[[correction]]\npage = \"x\"",
            "entry 1: `reason` is missing",
        ),
        (
            "[[correction]]\nreason = \"r\"\nsubject = \"colour\"",
            "entry 1: unknown subject `colour`",
        ),
    ];
    for (text, expected) in wrong {
        let message = Corrections::parse(text).unwrap_err();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn correction_moves_an_inherited_row_to_the_base() {
    let pages = [
        (
            "v1.0/resources/shape.md",
            resource!(
                "shape resource type",
                "What it looks like.",
                "|area|Double|How much it covers.|\n",
                r#""@odata.type": "microsoft.graph.shape""#
            ),
        ),
        (
            "v1.0/resources/circle.md",
            resource!(
                "circle resource type",
                "Round.\n\nInherits from [shape](shape.md).",
                "|colour|String|Of its line.|\n",
                r#""@odata.type": "microsoft.graph.circle""#
            ),
        ),
    ];
    let (api, _) = resolve_pages(
        &pages,
        r#"
        [[correction]]
        page = "v1.0/resources/circle.md"
        subject = "inherited"
        row = "colour"
        expected = "String"
        becomes = "shape"
        reason = "All shapes have it."
        "#,
    );
    check_item(
        &api,
        "complex microsoft.graph.shape",
        "\
complex microsoft.graph.shape
  area: Edm.Double
  colour: Edm.String",
    );
}
