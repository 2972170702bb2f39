//! Permission checks. Access tokens are unsigned; their claims are trusted.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use generator::model::{Grant, Operation, Permissions};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::graph::Graph;
use crate::received::ReceivedRequest;

/// Creates an unsigned access token with application permissions, for tests.
///
/// ```
/// let token = graphwright_serve::token(&["DeviceManagementManagedDevices.Read.All"]);
/// assert_eq!(token.split('.').count(), 3);
/// ```
pub fn token(roles: &[&str]) -> String {
    written(&json!({"roles": roles}))
}

/// Creates the access token of an application with every documented permission.
pub(crate) fn of_application(graph: &Graph) -> String {
    let all = named(graph, |of| vec![&of.application]);
    written(&json!({"roles": all}))
}

/// Creates the access token of a user with every documented permission.
pub(crate) fn of_user(graph: &Graph) -> String {
    let all = named(graph, |of| vec![&of.delegated_work, &of.delegated_personal]);
    let all: Vec<&str> = all.into_iter().collect();
    written(&json!({"scp": all.join(" ")}))
}

fn written(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({"alg": "none", "typ": "JWT"}));
    format!("{head}.{}.", part(claims))
}

fn named(graph: &Graph, grants: impl Fn(&Permissions) -> Vec<&Grant>) -> BTreeSet<&str> {
    let operations = graph.operations();
    let grants = operations.flat_map(|operation| grants(&operation.permissions));
    let sets = grants.filter_map(|grant| match grant {
        Grant::AnyOf(sets) => Some(sets),
        Grant::Unstated | Grant::NotSupported => None,
    });
    sets.flatten().flatten().map(String::as_str).collect()
}

/// Returns the error answer for a request without sufficient permissions, or `None` if the request is allowed.
pub(crate) fn refusal(received: &ReceivedRequest, operation: &Operation) -> Option<Answer> {
    let header = received.header("authorization");
    let claims = header
        .and_then(|header| header.strip_prefix("Bearer "))
        .and_then(claims);
    let Some(claims) = claims else {
        let refused = Answer::error(
            401,
            "InvalidAuthenticationToken",
            "The access token is missing or malformed.",
        );
        return Some(refused.with_header("www-authenticate", "Bearer realm=\"\""));
    };
    let permissions = &operation.permissions;
    let is_allowed = allows(&permissions.application, &claims.application)
        || allows(&permissions.delegated_work, &claims.delegated)
        || allows(&permissions.delegated_personal, &claims.delegated);
    (!is_allowed).then(|| {
        let message = "The access token has none of the permissions required by this operation.";
        Answer::error(403, "Authorization_RequestDenied", message)
    })
}

/// The permissions in an access token.
struct Claims {
    application: Vec<String>,
    delegated: Vec<String>,
}

fn claims(token: &str) -> Option<Claims> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let payload: Value = serde_json::from_slice(&payload).ok()?;
    let roles = payload.get("roles").and_then(Value::as_array);
    let roles = roles.into_iter().flatten().filter_map(Value::as_str);
    let scopes = payload
        .get("scp")
        .and_then(Value::as_str)
        .unwrap_or_default();
    Some(Claims {
        application: roles.map(str::to_owned).collect(),
        delegated: scopes.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Returns whether the permissions include a documented set. Operations without documented permissions are allowed.
fn allows(grant: &Grant, held: &[String]) -> bool {
    match grant {
        Grant::Unstated => !held.is_empty(),
        Grant::NotSupported => false,
        Grant::AnyOf(sets) => sets
            .iter()
            .any(|set| set.iter().all(|name| held.contains(name))),
    }
}
