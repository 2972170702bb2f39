//! Changes, and where the next round begins.

use super::{LIST, link, list, page};
use crate::json::AnyEntity;
use crate::pipeline::scripted::{Script, StillClock, client, ok, run};
use crate::request::ErrorKind;
use crate::{Change, Changes, ChangesState};

/// The changes of one page: `+1` or `-1 deleted`.
fn next_changes(changes: &mut Changes<AnyEntity>) -> Vec<String> {
    let page = run(changes.next_page()).unwrap().unwrap();
    let shown = page.into_iter().map(|change| match change {
        Change::Changed(item) => format!("+{}", item.id.unwrap()),
        Change::Removed(gone) => {
            format!("-{} {}", gone.id.unwrap(), gone.reason.unwrap_or_default())
        }
    });
    shown.collect()
}

#[test]
fn changes_contain_removals_and_the_state_for_the_next_round() {
    let delta = "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=d";
    let gone = r#"{"id":"2","@removed":{"reason":"deleted"}},{"@removed":{},"id":"3"}"#;
    let end = |items: &str| {
        ok(format!(
            r#"{{"value":[{items}],"@odata.nextLink":"","@odata.deltaLink":"{delta}"}}"#
        ))
    };
    let script = Script::of([page(&[1], &link("a")), end(gone), end(""), end("")]);
    let client = client(&script, &StillClock::new());
    let mut changes = list(&client).header("Prefer", "return=minimal").changes();
    assert!(matches!(changes.state(), Some(ChangesState::More(_))));
    assert_eq!(next_changes(&mut changes), ["+1"]);
    assert!(matches!(changes.state(), Some(ChangesState::More(_))));
    assert_eq!(next_changes(&mut changes), ["-2 deleted", "-3 "]);
    assert!(run(changes.next_page()).is_none());
    // Nothing changed: the same delta link comes again, and that is no circle.
    for round in 2..4 {
        let stored = serde_json::to_string(changes.state().unwrap()).unwrap();
        let state: ChangesState = serde_json::from_str(&stored).unwrap();
        assert!(matches!(&state, ChangesState::UpToDate(_)));
        changes = Changes::resume(&client, &LIST, &state).unwrap();
        assert_eq!(next_changes(&mut changes), Vec::<String>::new());
        assert!(run(changes.next_page()).is_none());
        assert_eq!(script.sent()[round], format!("GET {delta}"));
        assert_eq!(script.header(round, "prefer"), "return=minimal");
    }
}

#[test]
fn rejects_delta_links_of_disallowed_hosts() {
    let script = Script::of([ok(
        r#"{"value":[],"@odata.deltaLink":"https://evil.example/delta"}"#,
    )]);
    let client = client(&script, &StillClock::new());
    let mut changes = list(&client).changes();
    run(changes.next_page()).unwrap().unwrap();
    let state = changes.state().unwrap().clone();
    let error = Changes::<AnyEntity>::resume(&client, &LIST, &state).unwrap_err();
    assert_eq!(
        (error.kind(), script.count()),
        (ErrorKind::DisallowedHost, 1)
    );
    assert!(error.to_string().contains("`evil.example`"));
}

#[test]
fn resumes_from_links_that_other_programs_stored() {
    let delta = "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=a%2Bb";
    let script = Script::of([page(&[1], ""), page(&[2], ""), page(&[3], "")]);
    let client = client(&script, &StillClock::new());
    let request = || list(&client).top(5).prefer_return_minimal();
    let mut changes = request().changes_from_link(delta).unwrap();
    assert_eq!(next_changes(&mut changes), ["+1"]);
    let state = ChangesState::from_delta_link(delta);
    assert_eq!(state.to_string().parse(), Ok(state.clone()));
    let mut changes = Changes::resume(&client, &LIST, &state).unwrap();
    assert_eq!(next_changes(&mut changes), ["+2"]);
    let next = link("a");
    let mut pages = request().pages_from_link(&next).unwrap();
    assert_eq!(run(pages.next_page()).unwrap().unwrap().value.len(), 1);
    assert_eq!(
        script.sent(),
        [delta, delta, &next].map(|url| format!("GET {url}"))
    );
    let prefer: Vec<String> = (0..3).map(|index| script.header(index, "prefer")).collect();
    assert_eq!(prefer, ["return=minimal", "", "return=minimal"]);
    let error = request()
        .pages_from_link("https://evil.example/")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DisallowedHost);
}
