//! Small pages with comments that allow problems, and the findings on them.

use super::lint;
use crate::report::{Code, Report};
use crate::source::{Location, Source, Sources};

fn sources(pages: &[(&str, &str)]) -> Sources {
    let pages = pages.iter().map(|(path, text)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Sources::new(pages.collect())
}

/// Checks the findings on a page that has a problem of the rule `undefined-type` on the given lines: `line rule`, with the reason
/// of those that are allowed.
#[track_caller]
fn check(page: &str, lines: &[u32], expected: &[&str]) {
    let sources = sources(&[("v1.0/resources/lamp.md", page)]);
    let mut report = Report::new();
    for line in lines {
        let at = Location {
            file: sources.find("v1.0/resources/lamp.md").unwrap(),
            line: *line,
            column: 1,
        };
        report.push(Code::UndefinedType, at, 0, "message", "action");
    }
    let findings = lint(report.problems(), &sources);
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let problem = &finding.problem;
            let allowed = finding.allowed.as_ref();
            let reason = allowed.map_or(String::new(), |reason| format!(": {reason}"));
            format!("{} {}{reason}", problem.at.line, problem.code.rule())
        })
        .collect();
    assert_eq!(found, expected, "{page}");
}

const ALLOW: &str = "<!-- graphwright: allow(undefined-type) planned -->";

#[test]
fn comments_apply_to_the_next_block() {
    check(
        &format!("# A\n{ALLOW}\n|a|\n|b|\n\n|c|\n"),
        &[3, 4, 6],
        &[
            "3 undefined-type: planned",
            "4 undefined-type: planned",
            "6 undefined-type",
        ],
    );
    check(
        &format!("# A\n{ALLOW}\n<!-- {{\n\n}} -->\n```json\n\n{{}}\n```\nx\n\ny\n"),
        &[3, 8, 10, 12],
        &[
            "3 undefined-type: planned",
            "8 undefined-type: planned",
            "10 undefined-type: planned",
            "12 undefined-type",
        ],
    );
}

#[test]
fn comments_apply_to_sections_pages_and_lines() {
    check(
        &format!("# A\n{ALLOW}\n## B\nx\n### C\ny\n## D\nz\n"),
        &[4, 6, 8],
        &[
            "4 undefined-type: planned",
            "6 undefined-type: planned",
            "8 undefined-type",
        ],
    );
    check(
        &format!("---\ntitle: a\n---\n{ALLOW}\n# A\n## B\nx\n"),
        &[1, 7],
        &["1 undefined-type: planned", "7 undefined-type: planned"],
    );
    check(
        &format!("# A\nx {ALLOW}\ny\n"),
        &[2, 3],
        &["2 undefined-type: planned", "3 undefined-type"],
    );
}

#[test]
fn invalid_and_unused_comments_are_findings() {
    check(&format!("# A\n{ALLOW}\nx\n"), &[], &["2 unused-allow"]);
    check(
        "# A\n<!-- graphwright: allow(undefined-type) -->\nx\n",
        &[3],
        &["2 invalid-allow", "3 undefined-type"],
    );
    check(
        "# A\n<!-- graphwright: allow(undefned-type) why -->\nx\n",
        &[],
        &["2 invalid-allow"],
    );
    check(
        "# A\n<!-- graphwright: ignore\n-->\n",
        &[],
        &["2 invalid-allow"],
    );
    check(&format!("# A\n```\n{ALLOW}\n```\n"), &[], &[]);
}

#[test]
fn broken_links_have_the_obvious_target_as_suggestion() {
    let check = |link: &str, expected: &[(u32, Option<&str>)]| {
        let page = format!("# A\n\t宽 [a]({link}) and [b](https://example.com/x.md)\n");
        let sources = sources(&[
            ("v1.0/api/lamp-get.md", &page),
            ("v1.0/resources/lamp.md", "# lamp resource type\n"),
            ("v1.0/resources/room.md", "# room resource type\n"),
        ]);
        let findings = lint(&[], &sources);
        let found: Vec<_> = findings
            .iter()
            .map(|finding| {
                let problem = &finding.problem;
                (problem.at.column, problem.suggestion.as_deref())
            })
            .collect();
        assert_eq!(found, expected, "{link}");
    };
    check("../resources/lamp.md#properties", &[]);
    check("../Resources/Lamp.md", &[]);
    check("../resource/lamp.md", &[]);
    check("lamp.md", &[(8, Some("../resources/lamp.md"))]);
    check("../resources/lmap.md", &[(8, None)]);
    check("../../beta/resources/lamp.md", &[]);
}
