//! Access tokens and permission checks. The claims of tokens are trusted; signatures are not checked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

use generator::model::{Account, Grant, Operation, Permissions};
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
pub(crate) fn of_application(graph: &Graph, issuer: &str, client: &str) -> String {
    let all = documented_names(graph, &[Account::Application]);
    let own = json!({"roles": all, "appid": client, "idtyp": "app"});
    signed(&with_common_claims(own, issuer, GRAPH))
}

/// Creates the access token of a user with every documented permission.
pub(crate) fn of_user(graph: &Graph, issuer: &str, client: &str) -> String {
    let accounts = [Account::DelegatedWork, Account::DelegatedPersonal];
    let all: Vec<&str> = documented_names(graph, &accounts).into_iter().collect();
    let own = json!({"scp": all.join(" "), "appid": client, "idtyp": "user"});
    signed(&with_common_claims(own, issuer, GRAPH))
}

/// Creates the ID token of a user.
pub(crate) fn id_token(issuer: &str, client: &str, nonce: Option<&str>) -> String {
    let mut own = json!({"name": "Adele Vance", "preferred_username": "adelev@example.com"});
    if let Some(nonce) = nonce {
        own["nonce"] = json!(nonce);
    }
    signed(&with_common_claims(own, issuer, client))
}

/// The audience of access tokens.
const GRAPH: &str = "https://graph.microsoft.com";

/// The id of the signing key.
const KEY_ID: &str = "graphwright";

fn with_common_claims(mut claims: Value, issuer: &str, audience: &str) -> Value {
    let now = Timestamp::now().as_second();
    let tenant = issuer.trim_end_matches("/v2.0").rsplit('/').next();
    let user = "00000000-0000-0000-0000-000000000001";
    let common = [
        ("iss", json!(issuer)),
        ("aud", json!(audience)),
        ("iat", json!(now)),
        ("nbf", json!(now)),
        ("exp", json!(now + 3600)),
        ("tid", json!(tenant)),
        ("sub", json!(user)),
        ("oid", json!(user)),
        ("ver", json!("2.0")),
    ];
    for (name, value) in common {
        claims[name] = value;
    }
    claims
}

/// The key pair of this process.
static KEY: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
        .expect("the system should provide random numbers");
    EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random)
        .expect("a generated key should be valid")
});

/// Returns the public key as a JSON Web Key Set.
pub(crate) fn keys() -> Value {
    // An uncompressed point: a marker and two coordinates of 32 bytes.
    let point = KEY.public_key().as_ref();
    let coordinate = |range| URL_SAFE_NO_PAD.encode(&point[range]);
    json!({"keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KEY_ID,
        "x": coordinate(1..33), "y": coordinate(33..65),
    }]})
}

fn signed(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({"alg": "ES256", "typ": "JWT", "kid": KEY_ID}));
    let text = format!("{head}.{}", part(claims));
    let signature = KEY
        .sign(&SystemRandom::new(), text.as_bytes())
        .expect("the system should provide random numbers");
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn written(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({"alg": "none", "typ": "JWT"}));
    format!("{head}.{}.", part(claims))
}

fn documented_names<'g>(graph: &'g Graph, accounts: &[Account]) -> BTreeSet<&'g str> {
    let sets = graph.operations().flat_map(|operation| {
        let accounts = accounts.iter().copied();
        accounts.flat_map(|account| operation.permissions.all_sets(account))
    });
    sets.flatten().map(String::as_str).collect()
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
    let is_allowed = Account::ALL.into_iter().any(|account| {
        let held = match account {
            Account::Application => &claims.application,
            Account::DelegatedWork | Account::DelegatedPersonal => &claims.delegated,
        };
        allows(permissions, account, held)
    });
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

/// Returns whether the permissions include a documented set, under any condition. Operations without documented permissions are
/// allowed.
fn allows(permissions: &Permissions, account: Account, held: &[String]) -> bool {
    let mut sets = permissions.all_sets(account);
    sets.any(|set| set.iter().all(|name| held.contains(name)))
        || (*permissions.grant(account) == Grant::Unstated && !held.is_empty())
}
