//! Tests of credentials of `azure_identity`.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use azure_core::credentials::{AccessToken as AzureToken, TokenCredential, TokenRequestOptions};

use crate::pipeline::scripted::run;
use crate::sign_in::{AzureCredential, TokenRequest, TokenSource};

#[derive(Debug)]
struct Credential;

type Answer<'a> = Pin<Box<dyn Future<Output = azure_core::Result<AzureToken>> + Send + 'a>>;

impl TokenCredential for Credential {
    fn get_token<'a, 'b, 'c, 'd, 'e>(
        &'a self,
        scopes: &'b [&'c str],
        _: Option<TokenRequestOptions<'d>>,
    ) -> Answer<'e>
    where
        'a: 'e,
        'b: 'e,
        'c: 'e,
        'd: 'e,
        Self: 'e,
    {
        let expires_on = SystemTime::UNIX_EPOCH + Duration::from_secs(3600);
        let token = AzureToken::new(format!("for {}", scopes.join(" ")), expires_on.into());
        Box::pin(async { Ok(token) })
    }
}

#[test]
fn azure_credentials_are_token_sources() {
    let source = AzureCredential::new(Arc::new(Credential));
    let scopes = ["a".to_owned(), "b".to_owned()];
    let token = run(source.token(TokenRequest::new(&scopes))).unwrap();
    assert_eq!(token.secret(), "for a b");
    assert_eq!(
        token.expires_on(),
        SystemTime::UNIX_EPOCH + Duration::from_secs(3600)
    );
    assert_eq!(format!("{source:?}"), "AzureCredential");
}
