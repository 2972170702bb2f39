//! The identity platform: OpenID discovery, signing keys, and the endpoints that issue tokens with every documented permission to
//! any application or user. A device code is pending for one poll.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::received::{ReceivedRequest, decode, encode};
use crate::scopes;
use crate::service::Service;

const OAUTH: &str = "/oauth2/v2.0/";
const DISCOVERY: &str = "/.well-known/openid-configuration";
const KEYS: &str = "/discovery/v2.0/keys";
const INSTANCES: &str = "/common/discovery/instance";

/// Answers a request to the identity platform, or returns `None` if the request is for another path.
pub(crate) fn answer(service: &Service, received: &ReceivedRequest) -> Option<Answer> {
    let path = received.path.as_str();
    let is_get = received.method == "GET";
    if path == INSTANCES {
        return Some(instances(received));
    }
    if let Some(tenant) = path.strip_suffix(DISCOVERY) {
        return Some(match is_get {
            true => Answer::json(200, &discovery(&received.origin, tenant)),
            false => Answer::method_not_allowed(&["GET"]),
        });
    }
    if path.ends_with(KEYS) {
        return Some(match is_get {
            true => Answer::json(200, &scopes::keys()),
            false => Answer::method_not_allowed(&["GET"]),
        });
    }
    let (tenant, what) = path.split_once(OAUTH)?;
    if what == "authorize" && is_get {
        return Some(authorize(received));
    }
    if received.method != "POST" {
        return Some(Answer::method_not_allowed(&["POST"]));
    }
    let form = Form(String::from_utf8_lossy(&received.body).into_owned());
    Some(match what {
        "devicecode" => {
            service.store().codes = 0;
            let body = json!({
                "device_code": "a-code-for-the-device", "user_code": "ABCD", "interval": 0, "expires_in": 900,
                "verification_uri": format!("{}/device", received.origin),
                "message": "The code ABCD does not have to be entered: this server accepts everyone.",
            });
            Answer::json(200, &body)
        }
        "token" => token(service, &issuer(&received.origin, tenant), &form),
        _ => Answer::error(
            404,
            "NotFound",
            "The identity platform has no such endpoint.",
        ),
    })
}

/// `https://localhost/TENANT/v2.0`
fn issuer(origin: &str, tenant: &str) -> String {
    let tenant = tenant.trim_matches('/').trim_end_matches("/v2.0");
    format!("{origin}/{tenant}/v2.0")
}

fn discovery(origin: &str, tenant: &str) -> Value {
    let tenant = tenant.trim_matches('/').trim_end_matches("v2.0");
    let tenant = tenant.trim_end_matches('/');
    let at = |rest: &str| format!("{origin}/{tenant}{rest}");
    json!({
        "issuer": at("/v2.0"),
        "authorization_endpoint": at("/oauth2/v2.0/authorize"),
        "token_endpoint": at("/oauth2/v2.0/token"),
        "device_authorization_endpoint": at("/oauth2/v2.0/devicecode"),
        "end_session_endpoint": at("/oauth2/v2.0/logout"),
        "jwks_uri": at(KEYS),
        "response_types_supported": ["code", "id_token", "code id_token"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "oid", "tid"],
        "tenant_region_scope": null,
        "cloud_instance_name": "microsoftonline.com",
        "msgraph_host": "graph.microsoft.com",
    })
}

/// Answers instance discovery: this server is the only authority.
fn instances(received: &ReceivedRequest) -> Answer {
    let host = received
        .origin
        .split_once("://")
        .map_or("", |(_, host)| host);
    let body = json!({
        "tenant_discovery_endpoint": format!("{}/common/v2.0{DISCOVERY}", received.origin),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    });
    Answer::json(200, &body)
}

/// Redirects to the application at once, with a code for any user.
fn authorize(received: &ReceivedRequest) -> Answer {
    let query = Form(received.query.clone().unwrap_or_default());
    let Some(target) = query.field("redirect_uri") else {
        return refusal("invalid_request");
    };
    let joint = if target.contains('?') { '&' } else { '?' };
    // The nonce returns in the ID token.
    let code = format!("code.{}", query.field("nonce").unwrap_or_default());
    let mut location = format!("{target}{joint}code={}", encode(&code));
    if let Some(state) = query.field("state") {
        location.push_str(&format!("&state={}", encode(&state)));
    }
    Answer::empty(302).with_header("location", location)
}

fn token(service: &Service, issuer: &str, form: &Form) -> Answer {
    let client = form.field("client_id").unwrap_or_default();
    let graph = &service.graph;
    let grant = form.field("grant_type");
    let mut nonce = None;
    match grant.as_deref() {
        Some("client_credentials") => {
            let token = scopes::of_application(graph, issuer, &client);
            let body = json!({
                "token_type": "Bearer", "expires_in": 3600, "ext_expires_in": 3600, "access_token": token,
            });
            return Answer::json(200, &body);
        }
        Some("authorization_code") => {
            let code = form.field("code").unwrap_or_default();
            nonce = code.strip_prefix("code.").map(str::to_owned);
        }
        Some("refresh_token" | "password" | "urn:ietf:params:oauth:grant-type:jwt-bearer") => {}
        Some("urn:ietf:params:oauth:grant-type:device_code" | "device_code") => {
            let mut store = service.store();
            store.codes += 1;
            if store.codes == 1 {
                return refusal("authorization_pending");
            }
        }
        _ => return refusal("unsupported_grant_type"),
    }
    let scope = form.field("scope").unwrap_or_default();
    let mut body = json!({
        "token_type": "Bearer", "expires_in": 3600, "ext_expires_in": 3600, "scope": scope,
        "access_token": scopes::of_user(graph, issuer, &client),
        "refresh_token": "a-refresh-token",
    });
    if scope.split(' ').any(|scope| scope == "openid") {
        let nonce = nonce.filter(|nonce| !nonce.is_empty());
        body["id_token"] = json!(scopes::id_token(issuer, &client, nonce.as_deref()));
        body["client_info"] = json!("eyJ1aWQiOiIxIiwidXRpZCI6IjEifQ");
    }
    Answer::json(200, &body)
}

/// Creates an error in the OAuth 2.0 format.
fn refusal(code: &str) -> Answer {
    let body: Value = json!({"error": code, "error_description": "See the error code."});
    Answer::json(400, &body)
}

/// The fields of a form or query string.
struct Form(String);

impl Form {
    fn field(&self, name: &str) -> Option<String> {
        let mut fields = self.0.split('&').filter_map(|field| field.split_once('='));
        let (_, value) = fields.find(|(known, _)| *known == name)?;
        Some(decode(&value.replace('+', " ")))
    }
}
