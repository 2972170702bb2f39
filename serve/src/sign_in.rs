//! Signing in: every application and every user gets a token, with all permissions that the pages name. The answer to a user
//! who is still to type in a code comes once.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::asked::{Asked, decode};
use crate::scopes;
use crate::service::Service;

const SERVICE: &str = "/oauth2/v2.0/";

/// Answers a form of the sign-in service; none if the request asks for something else.
pub(crate) fn answer(service: &Service, asked: &Asked) -> Option<Answer> {
    let (_, what) = asked.path.split_once(SERVICE)?;
    if asked.method != "POST" {
        return Some(Answer::error(405, "MethodNotAllowed", "Forms are posted."));
    }
    let form = String::from_utf8_lossy(&asked.body);
    Some(match what {
        "devicecode" => {
            service.store().codes = 0;
            let body = json!({
                "device_code": "a-code-for-the-device", "user_code": "ABCD", "interval": 0, "expires_in": 900,
                "verification_uri": format!("{}/device", service.origin),
                "message": "Nobody has to type in ABCD: this server believes everyone.",
            });
            Answer::json(200, &body)
        }
        "token" => token(service, field(&form, "grant_type").as_deref()),
        _ => Answer::not_found(&asked.path),
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

/// Sign-in services have a form of their own for errors.
fn refusal(code: &str) -> Answer {
    let body: Value = json!({"error": code, "error_description": "See the code."});
    Answer::json(400, &body)
}

fn field(form: &str, name: &str) -> Option<String> {
    let mut fields = form.split('&').filter_map(|field| field.split_once('='));
    let (_, value) = fields.find(|(known, _)| *known == name)?;
    Some(decode(value))
}
