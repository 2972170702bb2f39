//! Tests of certificates, assertions, refresh tokens and the sign-in in a browser.

use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::percent_decode_str;
use ring::digest::{SHA256, digest};
use ring::signature::{RSA_PSS_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Value, json};

use super::flows::{authority, body, granted, refused, token};
use crate::pipeline::SystemClock;
use crate::pipeline::scripted::{Script, StillClock, answer, builder};
use crate::sign_in::authority::Authority;
use crate::sign_in::{
    AccessToken, Application, BrowserSignIn, ClientAssertion, ClientCertificate, FileTokenStore,
    RefreshToken, RefreshTokenStore, TokenError, TokenRequest, TokenSource,
};

/// A self-signed certificate with its key, for tests only.
const CERTIFICATE: &[u8] = include_bytes!("certificate.pem");

/// Returns a parameter of a form or query.
fn parameter(form: &str, name: &str) -> String {
    let mut pairs = form
        .split(['?', '&'])
        .filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(other, _)| *other == name).unwrap();
    percent_decode_str(value)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

#[test]
fn certificates_sign_assertions() {
    let script = Script::of([granted("t-1", ""), granted("t-2", "")]);
    let source = ClientCertificate::of(authority(&script, &StillClock::new()), CERTIFICATE);
    let source = source.unwrap();
    assert_eq!(token(&source, None).unwrap().secret(), "t-1");
    token(&source, Some("{}")).unwrap();
    let form = body(&script, 0);
    assert_eq!(parameter(&form, "grant_type"), "client_credentials");
    assert_eq!(
        parameter(&form, "client_assertion_type"),
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    let assertion = parameter(&form, "client_assertion");
    let (signed, signature) = assertion.rsplit_once('.').unwrap();
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let parts: Vec<Value> = signed
        .split('.')
        .map(|part| serde_json::from_slice(&decode(part)).unwrap())
        .collect();
    let thumbprint = "sqBWlwoOoryhUB_ulbrfraPyw45IAFgG3dI0fdwH8AU";
    assert_eq!(
        parts[0],
        json!({"alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint})
    );
    assert_eq!(
        parts[1],
        json!({
            "aud": "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
            "iss": "app-1", "sub": "app-1", "jti": parts[1]["jti"], "nbf": 0, "exp": 600,
        })
    );
    let PrivateKeyDer::Pkcs8(key) = PrivateKeyDer::from_pem_slice(CERTIFICATE).unwrap() else {
        panic!("the key has another format");
    };
    let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    let public = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.public());
    public
        .verify(signed.as_bytes(), &decode(signature))
        .unwrap();
    // Each assertion has an id of its own.
    let second = body(&script, 1);
    assert_ne!(parameter(&second, "client_assertion"), assertion);
    assert_eq!(parameter(&second, "claims"), "{}");
}

#[test]
fn certificates_without_an_rsa_key_are_an_error() {
    let text = std::str::from_utf8(CERTIFICATE).unwrap();
    let key_start = text.find("-----BEGIN PRIVATE").unwrap();
    let other = rcgen::KeyPair::generate().unwrap().serialize_pem();
    for (pem, expected) in [
        ("", "expected a certificate"),
        (&text[key_start..], "expected a certificate"),
        (&text[..key_start], "expected a private key"),
        (
            &format!("{}{other}", &text[..key_start]),
            "expected an RSA private key",
        ),
    ] {
        let authority = authority(&Script::of([]), &StillClock::new());
        let error = ClientCertificate::of(authority, pem.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn assertions_come_from_a_closure() {
    let script = Script::of([granted("t-1", "")]);
    let application = Application {
        tenant: "contoso.example",
        client_id: "app-1",
    };
    let source = ClientAssertion::new(script.clone(), application, || async {
        Ok("signed.elsewhere\n".to_owned())
    });
    assert_eq!(token(&source, None).unwrap().secret(), "t-1");
    assert_eq!(
        parameter(&body(&script, 0), "client_assertion"),
        "signed.elsewhere"
    );
    let source = ClientAssertion::new(script, application, || async {
        Err(TokenError::new("no file"))
    });
    assert_eq!(token(&source, None).unwrap_err().to_string(), "no file");
}

#[test]
fn refresh_tokens_are_stored() {
    let folder = std::env::temp_dir().join(format!("graphwright-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = FileTokenStore::new(folder.join("token"));
    let source = |script: &Arc<Script>| {
        RefreshToken::of(authority(script, &StillClock::new()), store.clone())
    };
    let error = token(&source(&Script::of([])), None).unwrap_err();
    assert_eq!(error.code(), Some("interaction_required"));
    store.save("r-1\n").unwrap();
    let script = Script::of([granted("t-1", "r-2"), granted("t-2", "r-3")]);
    assert_eq!(token(&source(&script), None).unwrap().secret(), "t-1");
    assert_eq!(token(&source(&script), None).unwrap().secret(), "t-2");
    assert_eq!(parameter(&body(&script, 0), "refresh_token"), "r-1");
    assert_eq!(parameter(&body(&script, 1), "refresh_token"), "r-2");
    assert_eq!(store.load().unwrap().as_deref(), Some("r-3"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(store.path())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // A failure of the service is no reason to sign in again.
    let script = Script::of([answer(500, &[], ""), refused("invalid_grant")]);
    assert_eq!(token(&source(&script), None).unwrap_err().code(), None);
    let error = token(&source(&script), None).unwrap_err();
    assert_eq!(error.code(), Some("interaction_required"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Sends a request to the redirect URI as a browser does, and returns the status line.
fn redirect(url: &str, path: &str) -> String {
    let port = parameter(url, "redirect_uri").replace("http://localhost:", "");
    let mut connection = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    response.lines().next().unwrap().to_owned()
}

/// Signs in with a browser that requests the paths, in which `{state}` is replaced. Returns the token, the URL of the sign-in page
/// and the status lines.
fn sign_in(
    script: &Arc<Script>,
    paths: &'static [&'static str],
) -> (Result<AccessToken, TokenError>, String, Vec<String>) {
    let (url, browser) = (
        Arc::new(Mutex::new(String::new())),
        Arc::new(Mutex::new(None)),
    );
    let (opened, started) = (url.clone(), browser.clone());
    let builder = builder(script, &StillClock::new())
        .base_url("https://login.microsoftonline.com")
        .clock(SystemClock);
    let application = Application {
        tenant: "contoso.example",
        client_id: "app-1",
    };
    let source = BrowserSignIn::of(Authority::of_builder(builder, application), move |url| {
        *opened.lock().unwrap() = url.to_owned();
        let url = url.to_owned();
        *started.lock().unwrap() = Some(thread::spawn(move || {
            let state = parameter(&url, "state");
            let paths = paths.iter().map(|path| path.replace("{state}", &state));
            paths.map(|path| redirect(&url, &path)).collect::<Vec<_>>()
        }));
    });
    let scopes = ["User.Read".to_owned()];
    let got = pollster(source.token(TokenRequest::new(&scopes)));
    let browser = browser.lock().unwrap().take().unwrap();
    let url = url.lock().unwrap().clone();
    (got, url, browser.join().unwrap())
}

/// Runs a future that waits for other threads.
fn pollster<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

#[test]
fn browser_flow_succeeds() {
    let script = Script::of([granted("t-1", "r-1")]);
    let (got, url, statuses) = sign_in(
        &script,
        &[
            "/favicon.ico",
            "/?code=stolen&state=other",
            "/?code=c%2F1&state={state}&session_state=x",
        ],
    );
    assert_eq!(got.unwrap().secret(), "t-1");
    assert_eq!(
        statuses,
        [
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 200 OK"
        ]
    );
    assert!(url.starts_with(
        "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize?client_id=app-1&response_type=code"
    ));
    assert_eq!(parameter(&url, "scope"), "User.Read offline_access");
    let form = body(&script, 0);
    assert_eq!(parameter(&form, "grant_type"), "authorization_code");
    assert_eq!(parameter(&form, "code"), "c/1");
    assert_eq!(
        parameter(&form, "redirect_uri"),
        parameter(&url, "redirect_uri")
    );
    let verifier = parameter(&form, "code_verifier");
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    assert_eq!(parameter(&url, "code_challenge"), challenge);
}

#[test]
fn browser_flow_reports_refusals_and_ends() {
    let script = Script::of([]);
    let (got, url, _) = sign_in(
        &script,
        &["/?error=access_denied&error_description=No+thanks%2E&state={state}"],
    );
    let error = got.unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (Some("access_denied"), "No thanks.")
    );
    assert!(!url.is_empty());
    // The clock advances at once to the timeout, and the port is closed.
    let opened = Arc::new(Mutex::new(String::new()));
    let log = opened.clone();
    let source = BrowserSignIn::of(authority(&script, &StillClock::new()), move |url| {
        url.clone_into(&mut log.lock().unwrap());
    });
    let error = token(&source.timeout(Duration::from_secs(1)), None).unwrap_err();
    assert_eq!(error.code(), Some("expired_token"));
}
