//! The real pages taken together: everything is accounted for at every date, and odd pages end in the right model.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use generator::Analysis;
use generator::ledger::Status;
use generator::model::{Api, ApiVersion, OperationKind, PropertyKind, StructuredKind, view};
use generator::report::{Code, Level};
use generator::source::Sources;

use crate::documentation::{self, Silent};

/// The dates at which the pages are at hand, each with how many there are.
const DATES: [(&str, usize); 9] = [
    ("2020-01", 2_299),
    ("2020-07", 2_581),
    ("2020-10", 2_685),
    ("2021-01", 2_770),
    ("2021-03", 2_889),
    ("2021-04", 2_961),
    ("2021-05", 3_034),
    ("2021-06", 3_254),
    ("2021-07", 3_341),
];

/// What the pages of July 2021 say, read once for all tests.
fn real() -> &'static Analysis {
    static REAL: OnceLock<Analysis> = OnceLock::new();
    REAL.get_or_init(documentation::real)
}

fn real_api() -> &'static Api {
    documentation::api(real(), ApiVersion::V1_0)
}

#[track_caller]
fn hold_the_balance(date: &str, sources: &Sources, analysis: &Analysis) {
    let lost = analysis
        .ledger
        .iter()
        .find(|entry| entry.status == Status::Unaccounted);
    let lost = lost.map(|entry| entry.at.display(sources).to_string());
    assert_eq!(lost, None, "{date}");
    let error = analysis.report.problems().iter().find(|problem| {
        problem.code.level() == Level::Error || problem.code == Code::StaleCorrection
    });
    let error = error.map(|problem| problem.one_line(sources));
    assert_eq!(error, None, "{date}");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn nothing_is_lost_at_any_date() {
    for (date, pages) in DATES {
        let sources = documentation::real_sources(date);
        let analysis = generator::analyze(&sources, &documentation::corrections(), &Silent);
        assert_eq!(analysis.pages.len(), pages, "{date}");
        hold_the_balance(date, &sources, &analysis);
        let reached = analysis
            .ledger
            .iter()
            .filter(|entry| entry.status == Status::InModel);
        // Most of what pages hold is in the model; what is not is known by its kind.
        assert!(reached.count() * 100 > analysis.ledger.len() * 85, "{date}");
    }
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn problems_are_few() {
    let analysis = real();
    assert!(analysis.report.count(Level::Warning) < 30);
    assert!(analysis.report.count(Level::Note) < 4_000);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn the_model_has_its_size() {
    let api = real_api();
    let check = |what: &str, count: usize, expected: RangeInclusive<usize>| {
        assert!(expected.contains(&count), "{count} {what}");
    };
    let of_kind = |kind| {
        let types = api.structured_types.iter();
        types.filter(|ty| ty.kind == kind).count()
    };
    check("entity types", of_kind(StructuredKind::Entity), 485..=500);
    check("complex types", of_kind(StructuredKind::Complex), 515..=530);
    check("enums", api.enums.len(), 310..=325);
    let members: usize = api.enums.iter().map(|ty| ty.members.len()).sum();
    check("members", members, 2_450..=2_650);
    let properties = || api.structured_types.iter().flat_map(|ty| &ty.properties);
    check("properties", properties().count(), 5_300..=5_550);
    let links = properties().filter(|property| property.kind == PropertyKind::Navigation);
    check("navigation properties", links.count(), 560..=620);
    check("operations", api.operations.len(), 2_950..=3_250);
    check("roots", api.roots.len(), 45..=60);
}

/// The lines of an item of the model's view, without the first one.
fn items() -> &'static BTreeMap<String, Vec<String>> {
    static ITEMS: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    let read = || {
        let text = view::text(real_api());
        let items = text.split("\n\n").map(|item| {
            let mut lines = item.trim().lines().map(|line| line.trim().to_owned());
            (lines.next().unwrap_or_default(), lines.collect())
        });
        items.collect()
    };
    ITEMS.get_or_init(read)
}

/// Holds that an item has a line that starts in some way; `head` leaves `microsoft.graph` out.
#[track_caller]
fn has(head: &str, line: &str) {
    let items = items();
    let head = head.replace('~', "microsoft.graph.");
    let line = line.replace('~', "microsoft.graph.");
    let item = items
        .get(&head)
        .unwrap_or_else(|| panic!("there is no `{head}`"));
    let found = line.is_empty() || item.iter().any(|own| own.starts_with(&line));
    assert!(found, "`{line}` is not among {item:#?}");
}

#[track_caller]
fn has_not(head: &str, word: &str) {
    let items = items();
    let head = head.replace('~', "microsoft.graph.");
    let item = items
        .get(&head)
        .unwrap_or_else(|| panic!("there is no `{head}`"));
    let found = item.iter().find(|own| own.contains(word));
    assert_eq!(found, None);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn odd_rows_become_properties() {
    // 2: an unclosed link; 3: a file name in other capitals and a sentence behind the type.
    has(
        "entity ~invitation : ~entity",
        "invitedUserMessageInfo: ~invitedUserMessageInfo",
    );
    has(
        "entity ~educationSubmission : ~entity",
        "-> outcomes: Collection(~educationOutcome)",
    );
    // 5 and 6: a header with an empty cell, an enum that only a row lists.
    has(
        "complex ~searchRequest",
        "entityTypes: Collection(~entityType)",
    );
    // 12: a row over two lines; 15: one without the first pipe.
    has(
        "entity ~secureScoreControlProfile : ~entity",
        "threats: Collection(Edm.String)",
    );
    has(
        "entity ~call : ~entity",
        "transcription: ~callTranscriptionInfo",
    );
    // 17: inherited rows in a table of their own.
    has("entity ~list : ~baseItem", "sharepointIds: ~sharepointIds");
    has_not("entity ~list : ~baseItem", "webUrl");
    // 19: annotations of instances are no properties.
    has_not("entity ~driveItem : ~baseItem [open]", "downloadUrl");
    // 27: a property and a relationship of one name; 51: a link as name.
    has(
        "entity ~approval : ~entity",
        "-> stages: Collection(~approvalStage)",
    );
    has("entity ~channel : ~entity", "-> filesFolder: ~driveItem");
    // 46: the table counts, not the JSON.
    has(
        "complex ~chatMessagePolicyViolationPolicyTip",
        "matchedConditionDescriptions: Collection(Edm.String)",
    );
    // 52: values with words between them; 55: a link to a primitive; 56 and 57: a text that names a type, two types.
    has(
        "entity ~channel : ~entity",
        "membershipType: ~channelMembershipType",
    );
    has(
        "entity ~baseItemVersion : ~entity [abstract]",
        "lastModifiedDateTime: Edm.DateTimeOffset",
    );
    has(
        "entity ~call : ~entity",
        "targets: Collection(~invitationParticipantInfo)",
    );
    has("entity ~call : ~entity", "mediaConfig: ~mediaConfig");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn relationships_are_as_requests_show_them() {
    // Tables say one, keys follow in paths.
    has(
        "entity ~chatMessage : ~entity",
        "-> replies: Collection(~chatMessage)",
    );
    has(
        "entity ~printer : ~printerBase",
        "-> connectors: Collection(~printConnector)",
    );
    has("entity ~site : ~baseItem", "-> analytics: ~itemAnalytics");
    // Tables have the name in capitals, or another name.
    has(
        "entity ~workbookChartAxes : ~entity",
        "-> categoryAxis: ~workbookChartAxis",
    );
    has(
        "entity ~schedule : ~entity",
        "-> swapShiftsChangeRequests: Collection(~swapShiftsChangeRequest)",
    );
    has_not("entity ~schedule : ~entity", "swapshiftchange");
    // The pages of four policies repeat what their base has.
    has(
        "entity ~stsPolicy : ~policyBase [abstract]",
        "-> appliesTo: Collection(~directoryObject)",
    );
    // Only paths lead over these.
    has(
        "entity ~cloudCommunications : ~entity",
        "-> presences: Collection(~presence)",
    );
    has(
        "entity ~identityContainer : ~entity",
        "-> conditionalAccess: ~conditionalAccessRoot",
    );
    has("entity ~educationRoot : ~entity", "-> me: ~educationUser");
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn types_have_their_names_and_bases() {
    for head in [
        // 29 to 31: the annotation names the type.
        "entity ~workbookChart : ~entity",
        "complex ~educationTeacher",
        "entity ~userActivity : ~entity",
        // 32 and 33: the sentence counts, also over two lines.
        "entity ~orgContact : ~directoryObject",
        "complex ~callRecords.clientUserAgent : ~callRecords.userAgent",
        // 35: what a base says of others is not about itself.
        "complex ~accessReviewApplyAction",
        "complex ~removeAccessApplyAction : ~accessReviewApplyAction",
        // 38 and 45: open types, by annotation and by keys that are data.
        "complex ~detailsInfo [open]",
        "complex ~plannerAssignments [open]",
        // The page of the base names these; theirs are silent.
        "entity ~educationRubricOutcome : ~educationOutcome",
        "complex ~tokenMeetingInfo : ~meetingInfo",
        "complex ~acceptJoinResponse : ~participantJoiningResponse",
        "complex ~educationWordResource : ~educationResource",
        // Corrected: their pages are silent or wrong.
        "entity ~administrativeUnit : ~directoryObject",
        "entity ~subscribedSku : ~entity",
        // No page defines these, but a file, a title, a heading or the path names them.
        "entity ~identityContainer : ~entity",
        "entity ~conditionalAccessRoot : ~entity",
        "entity ~cloudCommunications : ~entity",
        "entity ~identityProtectionRoot : ~entity",
        "entity ~policyRoot : ~entity",
        "entity ~externalConnectors.external : ~entity",
        // All of a kind inherit from it, the holder of all does not.
        "complex ~conditionalAccessSessionControls",
    ] {
        has(head, "");
    }
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn enums_are_united_and_kept_apart() {
    let api = real_api();
    let find = |namespace: &str, name: &str| {
        let mut enums = api.enums.iter();
        enums.find(|ty| ty.name.namespace == namespace && ty.name.name == name)
    };
    let members = |name| find("microsoft.graph", name).map_or(0, |ty| ty.members.len());
    // 7 to 9: a column headed wrongly, a heading of another depth, one that stands close to a table.
    assert!(members("plannerPreviewType") >= 5 && members("deviceProfileType") >= 3);
    assert!(members("wellknownListName") >= 3);
    // 76: one name in two namespaces; 79: documentation of a String makes no enum.
    assert!(find("microsoft.graph", "modality").is_some());
    assert!(find("microsoft.graph.callRecords", "modality").is_some());
    assert!(find("microsoft.graph", "ageGroup").is_none());
    // A page of enums defines this one, beside a String property of its name.
    assert!(find("microsoft.graph", "signInAudience").is_some());
    // One section has the members of the next one; rows list the right ones.
    let change = find("microsoft.graph", "changeType").map(|ty| &ty.members[0].name);
    assert_eq!(change.map(String::as_str), Some("created"));
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn requests_return_what_their_path_leads_to() {
    let api = real_api();
    let check = |method: &str, path: &str, kind: OperationKind, response: &str| {
        let found = api.operations.iter().find(|operation| {
            operation.method.name() == method && operation.path.normalised() == path
        });
        let found = found.unwrap_or_else(|| panic!("there is no {method} {path}"));
        assert_eq!(found.kind, kind, "{method} {path}");
        let returned = match &found.response {
            generator::model::ResponseContent::Value(ty) => view::type_text(api, ty),
            other => format!("{other:?}"),
        };
        assert_eq!(
            returned,
            response.replace('~', "microsoft.graph."),
            "{method} {path}"
        );
    };
    // Pages about extensions and properties of many types share these paths.
    check("GET", "/me/messages/{}", OperationKind::Get, "~message");
    check(
        "GET",
        "/me/events",
        OperationKind::List,
        "Collection(~event)",
    );
    check("POST", "/me/contacts", OperationKind::Create, "~contact");
    check(
        "PATCH",
        "/users/{}/calendars/{}",
        OperationKind::Update,
        "~calendar",
    );
    // Functions that look like collections.
    check(
        "GET",
        "/me/drive/recent",
        OperationKind::Function,
        "Collection(~driveItem)",
    );
    check(
        "GET",
        "/users/delta",
        OperationKind::Function,
        "Collection(~user)",
    );
    // 68: an alternate key.
    let alternate = api.operations.iter().any(|operation| {
        operation
            .path
            .template()
            .starts_with("/directoryRoles(roleTemplateId=")
    });
    assert!(alternate);
}
