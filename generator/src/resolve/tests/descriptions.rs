//! Descriptions without the sentences that the model expresses.

use crate::resolve::normalise::descriptions::description;

fn check(written: &str, is_enum: bool, expected: &str) {
    assert_eq!(description(written, is_enum), expected, "{written}");
}

#[test]
fn description_omits_inherited_from() {
    check("In grams. Inherited from widget", false, "In grams.");
    check(
        "In grams Inherited from widget. Read-only.",
        false,
        "In grams Read-only.",
    );
    check("Inherited from widget", false, "");
    check("Inherits nothing.", false, "Inherits nothing.");
}

#[test]
fn description_of_enum_row_omits_values() {
    let written = "Its side. Possible values are: `left`, `v1.0`, `right`. Nullable.";
    check(written, true, "Its side. Nullable.");
    check(written, false, written);
    check("Possible values are: `left` and `right`", true, "");
}
