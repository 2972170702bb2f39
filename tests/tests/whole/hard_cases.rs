//! Real pages with something odd about them, and the right reading of each.

mod requests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use generator::facts::{
    self, LedgerKind, OperationFacts, Outcome, PageFacts, PropertyFact, ResourceFacts,
};
use generator::report::{Code, Report};
use generator::source::Sources;

use crate::documentation;

/// The real pages of July 2021, read once for all tests.
fn sources() -> &'static Sources {
    static SOURCES: OnceLock<Sources> = OnceLock::new();
    SOURCES.get_or_init(|| documentation::real_sources("2021-07"))
}

/// What one of them says.
fn page(path: &str) -> (PageFacts, Report) {
    let sources = sources();
    let file = sources
        .find(&format!("v1.0/{path}"))
        .expect("the page is there");
    facts::extract_page(sources, file)
}

fn resource(name: &str) -> ResourceFacts {
    let (mut facts, _) = page(&format!("resources/{name}.md"));
    facts.resources.remove(0)
}

fn operation(name: &str) -> OperationFacts {
    let (facts, _) = page(&format!("api/{name}.md"));
    facts.operation.expect("the page describes a request")
}

fn row<'f>(rows: &'f [PropertyFact], name: &str) -> &'f PropertyFact {
    rows.iter()
        .find(|row| row.name.value == name)
        .expect("the row is there")
}

/// A type as `[name]` or `name`, several with `|` between them.
fn type_of(row: &PropertyFact) -> String {
    let phrase = &row.type_phrase.value;
    let names: Vec<_> = phrase.names.iter().map(|name| name.text.as_str()).collect();
    let names = names.join("|");
    if phrase.collection {
        format!("[{names}]")
    } else {
        names
    }
}

fn members(name: &str, page_name: &str) -> Vec<String> {
    let (facts, _) = page(&format!("resources/{page_name}.md"));
    let facts = facts
        .enums
        .iter()
        .find(|facts| facts.name.value == name)
        .expect("the enum is there");
    facts
        .members
        .iter()
        .map(|member| member.name.value.clone())
        .collect()
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn every_row_is_accounted_for() {
    let sources = sources();
    let mut kinds = BTreeMap::new();
    let (mut rows, mut properties, mut lines, mut examples) = (0, 0, 0, 0);
    for (file, _) in sources.iter().filter(|(_, source)| source.is_page()) {
        let (facts, _) = facts::extract_page(sources, file);
        *kinds.entry(facts.kind.name()).or_insert(0) += 1;
        for entry in &facts.ledger {
            assert_ne!(
                entry.outcome,
                Outcome::Unaccounted,
                "{}",
                entry.at.display(sources)
            );
        }
        rows += facts
            .ledger
            .iter()
            .filter(|entry| entry.kind == LedgerKind::Row)
            .count();
        properties += facts
            .resources
            .iter()
            .map(|facts| facts.properties.len())
            .sum::<usize>();
        if let Some(operation) = &facts.operation {
            lines += operation.request_lines.len();
            examples += operation.examples.len();
        }
    }
    let expected = [
        ("conceptual", 69),
        ("enum", 142),
        ("operation", 2102),
        ("resource", 1028),
    ];
    assert_eq!(kinds, BTreeMap::from(expected));
    assert!(rows > 28_000 && properties > 6_400 && lines > 3_700 && examples > 2_500);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn cells() {
    let invitation = resource("invitation");
    let redeem = row(&invitation.properties, "status");
    assert!(redeem.description.value.contains("PendingAcceptance"));
    assert_eq!(
        type_of(row(&invitation.properties, "invitedUserMessageInfo")),
        "invitedUserMessageInfo"
    );
    let submission = resource("educationsubmission");
    assert!(
        submission
            .relationships
            .iter()
            .chain(&submission.properties)
            .any(|row| type_of(row) == "[educationOutcome]")
    );
    let setting = resource("intune-deviceconfig-omasettingbase64");
    assert!(
        row(&setting.properties, "fileName")
            .description
            .value
            .contains(".bin)")
    );
    let profile = resource("securescorecontrolprofile");
    let threats = row(&profile.properties, "threats");
    assert_eq!(type_of(threats), "[String]");
    assert!(threats.description.value.contains("spoofing)"));
    row(&profile.properties, "tier");
    row(&profile.properties, "deprecated");
    let call = resource("call");
    assert_eq!(
        type_of(row(&call.properties, "transcription")),
        "callTranscriptionInfo"
    );
    assert_eq!(
        type_of(row(&call.properties, "mediaConfig")),
        "appHostedMediaConfig|serviceHostedMediaConfig"
    );
    let targets = row(&call.properties, "targets");
    assert_eq!(type_of(targets), "[invitationParticipantInfo]");
    assert_eq!(
        targets.type_phrase.value.names[0].target.as_deref(),
        Some("participantinfo.md")
    );
    let version = resource("baseItemVersion");
    assert_eq!(
        type_of(row(&version.properties, "lastModifiedDateTime")),
        "DateTimeOffset"
    );
    let presence = resource("presence");
    assert_eq!(
        type_of(row(&presence.properties, "availability")),
        "[string]"
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn two_tables_and_annotations() {
    let list = resource("list");
    assert_eq!(type_of(row(&list.relationships, "items")), "[listItem]");
    let own: Vec<_> = list
        .properties
        .iter()
        .filter(|row| row.inherited_from.is_none())
        .map(|row| row.name.value.as_str())
        .collect();
    assert_eq!(own, ["displayName", "list", "system"]);
    let item = resource("driveitem");
    assert_eq!(item.instance_annotations.len(), 3);
    assert!(
        item.properties
            .iter()
            .all(|row| !row.name.value.starts_with('@'))
    );
    assert!(
        item.representation
            .is_some_and(|text| !text.value.contains("/*"))
    );
    let check_in = item
        .methods
        .iter()
        .find(|method| method.title.value == "Check in")
        .expect("the row is there");
    assert!(check_in.return_type.is_none());
    let site = resource("site");
    assert!(
        site.methods
            .iter()
            .any(|method| method.target.is_some() && method.return_type.is_none())
    );
    let channel = resource("channel");
    assert_eq!(
        type_of(row(&channel.relationships, "filesFolder")),
        "driveItem"
    );
    assert_eq!(
        row(&channel.properties, "membershipType").values,
        ["standard", "private"]
    );
    let file = resource("agreementfiledata");
    assert_eq!(type_of(row(&file.properties, "data")), "Binary");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn names_and_bases() {
    let check = |page: &str, heading: &str, annotation: &str| {
        let facts = resource(page);
        assert_eq!(facts.name.value, heading);
        let name = facts
            .annotation
            .as_ref()
            .and_then(|found| found.type_name.as_deref());
        assert_eq!(name, Some(annotation));
    };
    check("chart", "Chart", "microsoft.graph.workbookChart");
    check(
        "educationteacher",
        "Teacher",
        "microsoft.graph.educationTeacher",
    );
    check(
        "projectrome-activity",
        "activity",
        "microsoft.graph.userActivity",
    );
    check("detailsinfo", "detailsInfo", "microsoft.graph.detailsInfo");
    let base = |page: &str| resource(page).inherits.map(|base| base.value.text);
    assert_eq!(base("orgcontact").as_deref(), Some("directoryObject"));
    assert_eq!(
        base("callrecords-clientuseragent").as_deref(),
        Some("userAgent")
    );
    assert_eq!(base("callrecords-useragent"), None);
    assert_eq!(base("accessreviewapplyaction"), None);
    assert_eq!(base("driveitem").as_deref(), Some("baseItem"));
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn enums() {
    let list = members("wellknownListName", "enums");
    assert_eq!(
        list,
        ["none", "defaultList", "flaggedEmails", "unknownFutureValue"]
    );
    assert!(members("deviceProfileType", "enums").len() > 2);
    assert!(
        !members("modality", "enums").is_empty()
            && !members("modality", "enums-callrecords").is_empty()
    );
    assert!(!members("ageGroup", "user").contains(&"null".to_owned()));
    let (facts, _) = page("resources/insights-resourcevisualization.md");
    assert!(facts.enums.is_empty());
    // A header that says `Member` twice: the column of numbers holds the values.
    let (facts, _) = page("resources/enums.md");
    let numbered = facts
        .enums
        .iter()
        .filter(|facts| facts.members.iter().all(|member| member.value.is_some()));
    assert!(numbered.count() > 5);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn problems_are_few_and_named() {
    let sources = sources();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for (file, _) in sources.iter().filter(|(_, source)| source.is_page()) {
        let (_, report) = facts::extract_page(sources, file);
        for problem in report.problems() {
            *counts.entry(problem.code).or_insert(0) += 1;
        }
    }
    let of = |code: Code| counts.get(&code).copied().unwrap_or(0);
    assert_eq!(of(Code::UnreadTable), 0);
    assert_eq!(of(Code::UnreadType), 1);
    assert_eq!(of(Code::NoRequestLine), 0);
    assert_eq!(of(Code::SurplusCells), 13);
    assert_eq!(of(Code::BrokenRow), 1);
    assert!(of(Code::BrokenJson) < 12);
}
