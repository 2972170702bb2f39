//! Tests of the overview, of the comparison of versions, and of the changes since an earlier state.

use insta::assert_snapshot;

use super::{DEVICE, GET_LAMP, LAMP, check_contains, check_links, content, lamps, site, state};
use crate::plots::{Bar, bars};
use crate::{Numbers, Site};

const HOSTILE: &str = "</title></svg><script>alert(1)</script>\" onload=\"alert(1)";

/// Builds the site of some pages with the changes since others.
fn site_since(before: &[(&str, &str)], after: &[(&str, &str)]) -> Site {
    Site::with_history(
        state("today", after),
        state("yesterday", before),
        Vec::new(),
    )
}

/// Returns the row of a table that contains a text.
#[track_caller]
fn row(site: &Site, path: &str, text: &str) -> String {
    let content = content(site, path).replace('\n', "");
    let rows = content.split("<tr").filter(|row| row.contains(text));
    let row = rows
        .last()
        .unwrap_or_else(|| panic!("{text} is not in a row of {content}"));
    let end = row.find("</tr>").unwrap();
    row[..end].replace("><", ">\n<")
}

#[test]
fn plot_shows_values_as_text() {
    let passed = Bar {
        label: "v1.0".to_owned(),
        segments: vec![("passed", 30), ("failed", 10)],
        value: "30 of 40".to_owned(),
    };
    let plot = bars(
        "plot",
        "Examples",
        &[passed, Bar::new("beta", "passed", 20)],
    );
    assert_snapshot!(plot.into_string().replace("><", ">\n<"));
}

#[test]
fn plot_escapes_texts() {
    let plot = bars("plot", "Areas", &[Bar::new(HOSTILE, "problems", 1)]).into_string();
    assert!(!plot.contains("<script"), "{plot}");
    assert!(!plot.contains("\" onload"), "{plot}");
    assert_eq!(plot.matches("</svg>").count(), 1, "{plot}");
}

#[test]
fn plot_without_values_has_no_division_by_zero() {
    let plot = bars("plot", "Areas", &[Bar::new("core", "problems", 0)]).into_string();
    assert!(plot.contains("core: 0"), "{plot}");
    assert_eq!(bars("plot", "Areas", &[]).into_string(), "");
}

#[test]
fn overview_links_coverage_to_its_problems() {
    let site = lamps();
    let messages = row(&site, "index.html", "example messages");
    for text in [
        ">1<",
        ">2<",
        "50.0 %",
        "href=\"problems/unlisted-property.html\"",
    ] {
        assert!(messages.contains(text), "{text} is not in {messages}");
    }
    let permissions = row(&site, "index.html", "operations with permissions");
    assert!(permissions.contains("100.0 %"), "{permissions}");
    check_contains(
        &site,
        "index.html",
        &["unlisted-property: 1", "v1.0: 1 of 2"],
    );
}

#[test]
fn parity_needs_two_versions() {
    assert_eq!(lamps().render("parity.html"), None);
}

#[test]
fn equal_versions_have_no_differences() {
    let pages = [
        ("resources/lamp.md", LAMP),
        ("beta/resources/lamp.md", LAMP),
    ];
    check_contains(
        &site(&pages),
        "parity.html",
        &["Both versions document the same."],
    );
}

#[test]
fn parity_lists_differences_with_links() {
    let lamp = LAMP
        .replace("|colour|String|", "|colour|Int32|")
        .replace("|rooms|", "|halls|");
    let site = site(&[
        ("api/lamp-get.md", GET_LAMP),
        ("resources/device.md", DEVICE),
        ("resources/lamp.md", LAMP),
        ("beta/resources/device.md", DEVICE),
        ("beta/resources/lamp.md", &lamp),
    ]);
    assert_snapshot!(row(&site, "parity.html", "lamp.colour"));
    check_contains(
        &site,
        "parity.html",
        &[
            "data-class=\"only-v1.0\"",
            "data-class=\"only-beta\"",
            "GET /lamps/{}",
        ],
    );
    check_links(&site);
}

#[test]
fn long_comparisons_have_several_pages() {
    let rows = |letter: &str| -> String {
        let rows =
            (0..400).map(|number| format!("|{letter}{number}|{}|A value.|\n", "<&\">".repeat(60)));
        rows.collect()
    };
    let page = |letter: &str| LAMP.replace("|colour|", &format!("{}|colour|", rows(letter)));
    let site = site(&[
        ("resources/lamp.md", &page("a")),
        ("beta/resources/lamp.md", &page("b")),
    ]);
    check_contains(&site, "parity-2.html", &["parity-3.html"]);
    let pages = site.paths().filter(|path| path.starts_with("parity"));
    for path in pages {
        let size = site.render(path).unwrap().len();
        assert!(size < 200_000, "{path} has {size} bytes");
    }
    check_links(&site);
}

#[test]
fn changes_link_to_both_states() {
    let lamp = LAMP
        .replace("|colour|String|", "|colour|Int32|")
        .replace("|on|1|", "|dimmed|2|It is dim.|\n|on|1|");
    let site = site_since(
        &[("resources/device.md", DEVICE), ("resources/lamp.md", LAMP)],
        &[
            ("resources/device.md", DEVICE),
            ("resources/lamp.md", &lamp),
            ("api/lamp-get.md", GET_LAMP),
        ],
    );
    assert_snapshot!(row(&site, "changes.html", "lamp.colour"));
    let added = row(&site, "changes.html", "lampState.dimmed");
    assert!(
        added.contains("data-class=\"compatible\" data-change=\"added\" data-kind=\"member\""),
        "{added}"
    );
    let operation = row(&site, "changes.html", "GET /lamps/{}");
    assert!(
        operation.contains("href=\"v1.0/operations/get-lamps-id.html\""),
        "{operation}"
    );
    check_links(&site);
}

#[test]
fn renamed_items_link_to_their_earlier_names() {
    let page = |name: &str| {
        let lamp = LAMP.replace("lampState", name);
        lamp.replace("|on|1|", "|dimmed|2|It is dim.|\n|on|1|")
    };
    let site = site_since(
        &[("resources/lamp.md", &page("lampState"))],
        &[("resources/lamp.md", &page("lampMode"))],
    );
    let renamed = row(
        &site,
        "changes.html",
        "earlier <code>microsoft.graph.lampState</code>",
    );
    for link in [
        "href=\"before/v1.0/types/microsoft.graph.lampState.html\"",
        "href=\"v1.0/types/microsoft.graph.lampMode.html\"",
    ] {
        assert!(renamed.contains(link), "{renamed}");
    }
    check_links(&site);
}

#[test]
fn earlier_state_has_a_site_that_links_to_the_newer_one() {
    let site = site_since(
        &[("resources/device.md", DEVICE)],
        &[("resources/lamp.md", LAMP)],
    );
    check_contains(
        &site,
        "before/v1.0/types/microsoft.graph.device.html",
        &[
            "<strong>yesterday</strong>",
            "href=\"../../../index.html\"",
            "Newer state: today",
        ],
    );
    assert_eq!(site.render("before/changes.html"), None);
    assert_eq!(site.render("before/before/index.html"), None);
    check_links(&site);
}

#[test]
fn equal_states_have_no_changes() {
    let pages = [("resources/lamp.md", LAMP)];
    let site = site_since(&pages, &pages);
    check_contains(&site, "changes.html", &["Nothing changed."]);
    check_links(&site);
}

#[test]
fn first_state_is_compared_with_nothing() {
    let site = site_since(&[], &[("resources/lamp.md", LAMP)]);
    check_contains(&site, "changes.html", &["microsoft.graph.lamp"]);
    check_links(&site);
}

#[test]
fn overview_shows_the_growth_over_all_states() {
    let oldest = state("last week", &[]).numbers();
    let before = state("yesterday", &[("resources/device.md", DEVICE)]);
    let after = state(
        "today",
        &[("resources/device.md", DEVICE), ("resources/lamp.md", LAMP)],
    );
    let site = Site::with_history(after, before, vec![oldest]);
    check_contains(
        &site,
        "index.html",
        &["last week: 0; yesterday: 1; today: 2"],
    );
}

#[test]
fn labels_and_texts_of_both_states_are_escaped() {
    let hostile = LAMP.replace("A device that gives light.", HOSTILE);
    let before = state(HOSTILE, &[("resources/lamp.md", &hostile)]);
    let after = LAMP.replace("lamp resource", "torch resource");
    let oldest: Numbers = state(HOSTILE, &[]).numbers();
    let site = Site::with_history(
        state(
            HOSTILE,
            &[
                ("resources/lamp.md", &after),
                ("beta/resources/lamp.md", &hostile),
            ],
        ),
        before,
        vec![oldest],
    );
    let pages = site.paths().filter(|path| path.ends_with(".html"));
    for path in pages {
        let text = site.render(path).unwrap().replace("<script src=", "");
        assert!(!text.contains("<script"), "{path}");
        assert!(!text.contains("\" onload"), "{path}");
    }
}
