use serde_json::json;

use super::Filter;

/// Asserts which of four items match; `None` if the filter is rejected.
#[track_caller]
fn check(filter: &str, expected: Option<&[usize]>) {
    let items = [
        json!({"name": "A", "on": true, "days": 6, "state": {"kind": "new"}, "seen": "2024-02-29T23:30:00Z",
            "tags": ["x", "Yes"], "plans": [{"name": "p", "tags": ["t"]}, {"name": "q", "tags": []}], "flags": "one,two"}),
        json!({"name": "it's and so", "on": false, "days": 7, "id": "E4-b", "weight": 2.5, "ttl": "PT36H"}),
        json!({"name": null, "on": true, "state": {"kind": "old"}, "tags": [], "weight": -1e300, "seen": "2024-03-01T00:30:00+01:00"}),
        json!({"name": " bob ", "weight": "INF", "plans": []}),
    ];
    let matching = Filter::parse(filter).ok().map(|parsed| {
        let matches = |item: &serde_json::Value| parsed.matches(item.as_object().unwrap());
        let all = items.iter().enumerate().filter(|(_, item)| matches(item));
        all.map(|(index, _)| index).collect::<Vec<usize>>()
    });
    assert_eq!(matching.as_deref(), expected, "{filter}");
}

#[test]
fn comparisons() {
    check("name eq 'a'", Some(&[0]));
    check("name eq 'it''s and so'", Some(&[1]));
    check("name ne null", Some(&[0, 1, 3]));
    check("on eq true and days ne 7", Some(&[0, 2]));
    check("on", Some(&[0, 2]));
    check("days eq 7.0", Some(&[1]));
    check("days gt 6", Some(&[1]));
    check("days ge 6", Some(&[0, 1]));
    check("days lt 7 and days le 6", Some(&[0]));
    check("state/kind eq microsoft.graph.kind'old'", Some(&[2]));
    check("id eq e4-B", Some(&[1]));
    check("name in ('A',' bob ')", Some(&[0, 3]));
    check("flags has 'Two'", Some(&[0]));
    check("weight gt 1e300", Some(&[3]));
    check("weight le -1e300", Some(&[2]));
    check("weight eq INF", Some(&[3]));
    check("ttl gt duration'P1D'", Some(&[1]));
    check("false", Some(&[]));
}

#[test]
fn precedence() {
    check("name eq 'A' or days eq 7 and on eq true", Some(&[0]));
    check("(name eq 'A' or days eq 7) and on eq true", Some(&[0]));
    check("not (days eq 6)", Some(&[1, 2, 3]));
    check("not startswith(name,'a') and on eq true", Some(&[2]));
    check("not (not (days eq 6))", Some(&[0]));
    check("not on", Some(&[1, 3]));
    check("days add 1 mul 2 eq 8", Some(&[0]));
    check("(days add 1) mul 2 eq 14", Some(&[0]));
}

#[test]
fn functions() {
    check("startswith(name,'IT')", Some(&[1]));
    check("endswith(name,'so') or contains(name,'''S')", Some(&[1]));
    check("tolower(trim(name)) eq 'bob'", Some(&[3]));
    check("length(name) gt 3", Some(&[1, 3]));
    check("indexof(name,'and') eq 5", Some(&[1]));
    check("substring(name,1,3) eq 'bob'", Some(&[3]));
    check("concat(name,'b') eq 'Ab'", Some(&[0]));
    check(
        "round(weight) eq 3 and floor(weight) eq 2 and ceiling(weight) eq 3",
        Some(&[1]),
    );
    check("date(seen) eq 2024-02-29", Some(&[0, 2]));
    check("seen ge 2024-02-29T23:30:00.000Z", Some(&[0, 2]));
    check("seen lt 2024-02-29T23:30:00.001Z and days eq 6", Some(&[0]));
    check(
        "year(seen) eq 2024 and month(seen) eq 2 and day(date(seen)) eq 29 and hour(seen) eq 23",
        Some(&[0, 2]),
    );
}

#[test]
fn lambdas() {
    check("tags/any(t:t eq 'yes')", Some(&[0]));
    check("tags/any()", Some(&[0]));
    check("tags/all(t:startswith(t,'y'))", Some(&[1, 2, 3]));
    check(
        "plans/any(x:x/name eq 'p' and x/tags/any(y:y ne 'b'))",
        Some(&[0]),
    );
    check("plans/all(x:x/tags/any())", Some(&[1, 2, 3]));
    check("tags/$count eq 2", Some(&[0]));
    check("plans/any(x:x/name eq 'p' and on eq true)", Some(&[0]));
}

#[test]
fn rejects_malformed_filters() {
    for text in [
        "",
        "name eq",
        "name like 5",
        "name eq 'a",
        "(name eq 'a'",
        "name eq 'a')",
        "a eq 1 and",
        "startswith(name)",
        "soundex(name) eq 'x'",
        "length(name)",
        "not length(name)",
        "5",
        "name in ()",
        "tags/any(t)",
        "tags/all()",
    ] {
        check(text, None);
    }
    let deep = format!("{}a eq 1{}", "(".repeat(100_000), ")".repeat(100_000));
    check(&deep, None);
    check(&format!("{}on", "not ".repeat(100_001)), Some(&[1, 3]));
}
