//! The token endpoint: issues access tokens with every documented permission to any application or user. A device code is
//! pending for one poll.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::received::{ReceivedRequest, decode};
use crate::scopes;
use crate::service::Service;

const SERVICE: &str = "/oauth2/v2.0/";

/// Answers a request to the token endpoint, or returns `None` if the request is for another path.
pub(crate) fn answer(service: &Service, received: &ReceivedRequest) -> Option<Answer> {
    let (_, what) = received.path.split_once(SERVICE)?;
    if received.method != "POST" {
        return Some(Answer::error(
            405,
            "MethodNotAllowed",
            "The token endpoint accepts POST only.",
        ));
    }
    let form = String::from_utf8_lossy(&received.body);
    Some(match what {
        "devicecode" => {
            service.store().codes = 0;
            let body = json!({
                "device_code": "a-code-for-the-device", "user_code": "ABCD", "interval": 0, "expires_in": 900,
                "verification_uri": format!("{}/device", service.origin),
                "message": "The code ABCD does not have to be entered: this server accepts everyone.",
            });
            Answer::json(200, &body)
        }
        "token" => token(service, field(&form, "grant_type").as_deref()),
        _ => Answer::not_found(&received.path),
    })
}

fn token(service: &Service, grant: Option<&str>) -> Answer {
    let token = match grant {
        Some("client_credentials") => scopes::of_application(&service.graph),
        Some("refresh_token") => scopes::of_user(&service.graph),
        Some("urn:ietf:params:oauth:grant-type:device_code") => {
            let mut store = service.store();
            store.codes += 1;
            if store.codes == 1 {
                return refusal("authorization_pending");
            }
            scopes::of_user(&service.graph)
        }
        _ => return refusal("unsupported_grant_type"),
    };
    let body = json!({"token_type": "Bearer", "expires_in": 3600, "access_token": token});
    Answer::json(200, &body)
}

/// Creates an error in the OAuth 2.0 format.
fn refusal(code: &str) -> Answer {
    let body: Value = json!({"error": code, "error_description": "See the error code."});
    Answer::json(400, &body)
}

fn field(form: &str, name: &str) -> Option<String> {
    let mut fields = form.split('&').filter_map(|field| field.split_once('='));
    let (_, value) = fields.find(|(known, _)| *known == name)?;
    Some(decode(value))
}
