//! The service document and `$metadata`.

use generator::model::OperationKind;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::graph::Version;
use crate::received::ReceivedRequest;

/// Answers a request for the service document or `$metadata`, or returns `None` if the request is for another path.
pub(crate) fn answer(
    version: &Version,
    received: &ReceivedRequest,
    segments: &[String],
) -> Option<Answer> {
    match segments {
        [] => Some(service_document(version, received)),
        [name] if name.eq_ignore_ascii_case("$metadata") => {
            let csdl = generator::export::to_csdl(&version.api);
            Some(Answer::bytes(200, "application/xml", csdl.into()))
        }
        _ => None,
    }
}

fn service_document(version: &Version, received: &ReceivedRequest) -> Answer {
    let roots = version.routes.roots(&version.api);
    let mut entries: Vec<(&str, &str)> = roots
        .filter_map(|(operation, name)| match operation.kind {
            OperationKind::List => Some((name, "EntitySet")),
            OperationKind::Get => Some((name, "Singleton")),
            _ => None,
        })
        .collect();
    entries.sort_unstable();
    entries.dedup_by_key(|(name, _)| *name);
    let entries: Vec<Value> = entries
        .into_iter()
        .map(|(name, kind)| json!({"name": name, "kind": kind, "url": name}))
        .collect();
    let name = version.api.version.name();
    let context = format!("{}/{name}/$metadata", received.origin);
    Answer::json(200, &json!({"@odata.context": context, "value": entries}))
}
