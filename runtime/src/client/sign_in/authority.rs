//! The client of the sign-in service.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

use super::{AccessToken, Application, TokenError};
use crate::hosts::{Address, Hosts};
use crate::pipeline::{Call, Clock, drive};
use crate::request::{Client, Error, Transport};

/// The sign-in service of the global cloud.
const GLOBAL: &str = "https://login.microsoftonline.com";

/// The characters that are not encoded in a form.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The sign-in service for one tenant and one application.
#[derive(Clone, Debug)]
pub(super) struct Authority {
    /// The client, or the reason why it could not be built.
    client: Result<Client, String>,
    tenant: String,
    client_id: String,
}

/// An access token, and the refresh token if there is one.
pub(super) struct Granted {
    pub(super) token: AccessToken,
    pub(super) refresh: Option<Zeroizing<String>>,
}

/// The error of a rejected form.
pub(super) struct Rejected {
    pub(super) code: Option<String>,
    pub(super) message: String,
}

impl Authority {
    pub(super) fn new(transport: impl Transport, application: Application<'_>) -> Self {
        Self::of_builder(Client::builder(GLOBAL).transport(transport), application)
    }

    /// Allows no other hosts, as the forms contain secrets.
    pub(super) fn of_builder(
        builder: crate::request::ClientBuilder,
        application: Application<'_>,
    ) -> Self {
        let Application { tenant, client_id } = application;
        let client: Result<Client, Error> = builder.hosts(Hosts::none()).build();
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        let client = client.map_err(|error| error.to_string());
        let client = client.and_then(|client| {
            let is_tenant = tenant.bytes().all(is_name) && tenant.bytes().any(|b| b != b'.');
            if is_tenant {
                Ok(client)
            } else {
                Err("the tenant is not a domain name or id".to_owned())
            }
        });
        Self {
            client,
            tenant: tenant.to_owned(),
            client_id: client_id.to_owned(),
        }
    }

    /// Sets another base URL of the sign-in service.
    pub(super) fn at(mut self, base_url: &str) -> Self {
        self.client = self.client.and_then(|client| {
            let moved = client.at(base_url, Hosts::none());
            moved.map_err(|error| error.to_string())
        });
        self
    }

    /// The id of the application.
    #[cfg(feature = "credentials")]
    pub(super) fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(super) fn clock(&self) -> Result<&dyn Clock, TokenError> {
        Ok(self.client()?.clock())
    }

    /// A new GUID.
    #[cfg(feature = "credentials")]
    pub(super) fn new_id(&self) -> Result<String, TokenError> {
        Ok(crate::pipeline::guid(
            &*self.client()?.policies().randomness,
        ))
    }

    /// The URL of an endpoint.
    pub(super) fn url(&self, endpoint: &str) -> Result<String, TokenError> {
        let base_url = self.client()?.base_url();
        Ok(format!("{base_url}/{}/oauth2/v2.0/{endpoint}", self.tenant))
    }

    fn client(&self) -> Result<&Client, TokenError> {
        let client = self.client.as_ref();
        client.map_err(|fault| TokenError::new(fault.clone()))
    }

    /// Requests a token.
    pub(super) async fn token(&self, form: &[(&str, &str)]) -> Result<Granted, Rejected> {
        let now = self.clock()?.now();
        let answer = self.post("token", form).await?;
        let Value::Object(mut answer) = answer else {
            return Err(Rejected::odd());
        };
        let mut text = |name: &str| match answer.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (secret, refresh) = (text("access_token"), text("refresh_token"));
        let refresh = refresh.map(Zeroizing::new);
        let secret = secret.ok_or_else(Rejected::odd)?;
        let life = answer.get("expires_in").and_then(seconds);
        let life = life
            .unwrap_or(Duration::from_secs(300))
            .min(Duration::from_secs(400 * 24 * 60 * 60));
        let token = AccessToken::new(secret, now + life);
        Ok(Granted { token, refresh })
    }

    /// Sends a form, with the id of the application.
    pub(super) async fn post(&self, what: &str, form: &[(&str, &str)]) -> Result<Value, Rejected> {
        let client = self.client()?;
        let address = Address::parse(&self.url(what)?).map_err(TokenError::new)?;
        let mut call = Call::get(address, None);
        call.method = Method::POST;
        // Requesting a token twice is safe.
        call.is_idempotent = true;
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        call.headers.insert(CONTENT_TYPE, kind);
        call.headers
            .insert(ACCEPT, HeaderValue::from_static("application/json"));
        call.body = Bytes::from_owner(encode(form, &self.client_id));
        let response = drive(client, call)
            .await
            .map_err(|error| refused(&error, form))?;
        let body = response.into_body();
        let read = serde_json::from_slice(crate::request::without_bom(&body));
        wipe(body);
        read.map_err(|_| Rejected::odd())
    }
}

/// The error of a rejected form, without the secrets of the form.
fn refused(error: &Error, form: &[(&str, &str)]) -> Rejected {
    let secret = |(name, _): &&(&str, &str)| !matches!(*name, "scope" | "grant_type" | "client_id");
    let mut secrets = form
        .iter()
        .filter(secret)
        .filter(|(_, value)| value.len() >= 4);
    let message = error.to_string();
    let holds_secret = secrets.any(|(_, value)| message.contains(value));
    Rejected {
        code: error.code().map(str::to_owned).filter(|_| !holds_secret),
        message: if holds_secret {
            "the sign-in service rejected the request".to_owned()
        } else if error.message().is_empty() {
            message
        } else {
            error.message().to_owned()
        },
    }
}

impl Rejected {
    fn odd() -> Self {
        Self {
            code: None,
            message: "the answer of the sign-in service cannot be read".to_owned(),
        }
    }
}

impl From<TokenError> for Rejected {
    fn from(error: TokenError) -> Self {
        Self {
            code: None,
            message: error.to_string(),
        }
    }
}

impl From<Rejected> for TokenError {
    fn from(refused: Rejected) -> Self {
        let error = Self::new(refused.message);
        match refused.code {
            Some(code) => error.with_code(code),
            None => error,
        }
    }
}

/// A number of seconds, which some services send as text.
pub(super) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    Some(Duration::from_secs(number))
}

/// Encodes the form. Its memory is zeroed on drop.
pub(super) fn encode(form: &[(&str, &str)], client_id: &str) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(4096));
    for (name, value) in [("client_id", client_id)].iter().chain(form) {
        if !text.is_empty() {
            text.push(b'&');
        }
        text.extend_from_slice(name.as_bytes());
        text.push(b'=');
        for part in utf8_percent_encode(value, FORM) {
            text.extend_from_slice(part.as_bytes());
        }
    }
    text
}

fn wipe(body: Bytes) {
    if let Ok(mut body) = body.try_into_mut() {
        body.as_mut().zeroize();
    }
}
