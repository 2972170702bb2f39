//! Pages that describe requests.

use std::collections::BTreeSet;

use generator::facts::{GrantFact, OperationFacts, PageKind, SegmentFact};

use super::{operation, page, type_of};

fn templates(facts: &OperationFacts) -> Vec<&str> {
    facts
        .request_lines
        .iter()
        .map(|line| line.template.as_str())
        .collect()
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn request_lines() {
    let drive = operation("drive-get");
    assert_eq!(drive.request_lines.len(), 5);
    let session = operation("workbook-closesession");
    assert!(
        session
            .request_headers
            .iter()
            .any(|header| header.name.value == "workbook-session-id")
    );
    let shares = operation("shares-get");
    assert_eq!(templates(&shares), ["/shares/{shareIdOrEncodedSharingUrl}"]);
    let row = operation("range-entirerow");
    assert!(!row.request_lines.is_empty());
    assert!(
        templates(&row)
            .iter()
            .all(|template| !template.ends_with("'/entireRow"))
    );
    let attachment = operation("attachment-delete");
    assert!(
        templates(&attachment)
            .iter()
            .all(|template| !template.contains("...") && !template.contains("/groups/{id}/events"))
    );
    let page_get = operation("page-get");
    assert!(
        page_get
            .request_lines
            .iter()
            .any(|line| line.query.as_deref() == Some("includeIDs=true"))
    );
    let photo = operation("profilephoto-update");
    let methods: BTreeSet<_> = photo
        .request_lines
        .iter()
        .map(|line| format!("{:?}", line.method))
        .collect();
    assert_eq!(methods.len(), 2);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn segments() {
    let members = operation("chat-get-members");
    let keys = |facts: &OperationFacts| {
        let segments = facts.request_lines.iter().flat_map(|line| &line.segments);
        let keys = segments.filter_map(|segment| match segment {
            SegmentFact::Key(key) => Some(key.clone()),
            _ => None,
        });
        keys.collect::<Vec<_>>()
    };
    assert!(
        keys(&members)
            .iter()
            .any(|key| key.contains("user-principal-name"))
    );
    let message = operation("chatmessage-update");
    assert!(keys(&message).iter().any(|key| key == "team-id"));
    let rubric = operation("educationassignment-delete-rubric");
    assert!(keys(&rubric).iter().all(|key| key.len() == 36));
    let role = operation("directoryrole-delete-member");
    let alternate = |segment: &SegmentFact| matches!(segment, SegmentFact::AlternateKey(values) if values.iter().any(|(name, _)| name == "roleTemplateId"));
    assert!(
        role.request_lines
            .iter()
            .flat_map(|line| &line.segments)
            .any(alternate)
    );
    let zones = operation("outlookuser-supportedtimezones");
    let call = |segment: &SegmentFact| matches!(segment, SegmentFact::Call { arguments, .. } if arguments.iter().any(|(name, value)| name == "TimeZoneStandard" && value.starts_with("microsoft.graph")));
    assert!(
        zones
            .request_lines
            .iter()
            .flat_map(|line| &line.segments)
            .any(call)
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn annotations_parameters_and_messages() {
    let tips = operation("user-getmailtips");
    let collections = tips
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref()?.annotation.as_ref());
    assert!(
        collections
            .filter(|annotation| annotation.is_collection)
            .count()
            > 0
    );
    let permission = operation("permission-update");
    assert_eq!(type_of(&permission.request_body.properties[0]), "[String]");
    let wipe = operation("intune-devices-manageddevice-wipe");
    let request = wipe.examples[0]
        .request
        .as_ref()
        .expect("there is a request");
    assert!(!request.headers.is_empty());
    assert!(
        request
            .body
            .as_ref()
            .is_some_and(|body| body.json.is_some())
    );
    let (upload, _) = page("api/driveitem-createuploadsession.md");
    assert_eq!(upload.kind, PageKind::Operation);
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn permissions_in_the_other_order() {
    let assign = operation("intune-cirrus-officeclientconfiguration-assign");
    let grants = assign
        .permissions
        .iter()
        .filter_map(|row| match &row.grant {
            GrantFact::AnyOf(alternatives) => Some(&alternatives.sets),
            _ => None,
        });
    let mut ends = grants.map(|sets| (sets[0][0].value.as_str(), sets.len()));
    assert!(ends.all(|(first, count)| count < 2
        || !first.contains("ReadWrite.All")
        || first.contains("ReadWrite")));
    assert!(!assign.permissions.is_empty());
    let photo = operation("profilephoto-get");
    assert!(
        photo
            .permissions
            .iter()
            .filter_map(|row| row.condition.as_ref())
            .any(|condition| condition.text == "For group resource")
    );
}
