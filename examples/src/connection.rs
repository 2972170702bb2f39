//! Where a program connects to, and how it signs in.

use clap::Args;
use graphwright::runtime::{
    AccessToken, Address, Application, Client, ClientBuilder, ClientSecret, DeviceCode,
    ReqwestTransport,
};

use crate::Failure;

/// The variable that holds a token.
const TOKEN: &str = "GRAPH_TOKEN";

/// The variable that holds the secret of an application.
const SECRET: &str = "GRAPH_CLIENT_SECRET";

/// Where a program connects to, and how it signs in. Secrets come from the environment: a command line can be read by others.
///
/// The token is that of `GRAPH_TOKEN`, if there is one. With `--device-code` a user signs in on another device; otherwise the
/// application does, with the secret of `GRAPH_CLIENT_SECRET`. A server on this machine needs none of these.
#[derive(Args, Debug)]
pub struct Connection {
    /// Address of the service up to the version, such as that of a national cloud or of `cargo xtask serve`
    #[arg(long, value_name = "URL", global = true)]
    pub base_url: Option<String>,
    /// Name or id of the tenant to sign in to
    #[arg(
        long,
        value_name = "TENANT",
        default_value = "organizations",
        global = true
    )]
    pub tenant: String,
    /// Id of the application that signs in
    #[arg(long, value_name = "ID", global = true)]
    pub client_id: Option<String>,
    /// Sign in as a user, with a code on another device
    #[arg(long, global = true)]
    pub device_code: bool,
    /// Address of the sign-in service of a national cloud
    #[arg(long, value_name = "URL", global = true)]
    pub authority: Option<String>,
}

impl Connection {
    fn application(&self) -> Result<Application<'_>, Failure> {
        Ok(Application {
            tenant: &self.tenant,
            client_id: self.client_id()?,
        })
    }

    /// A client that signs in.
    pub fn client<C: From<Client>>(&self, builder: ClientBuilder<C>) -> Result<C, Failure> {
        let transport = ReqwestTransport::new()
            .map_err(|error| Failure::new(format!("no connection can be made: {error}")))?;
        let builder = self
            .at(builder)
            .transport(transport.clone())
            .on_wait(|wait| {
                eprintln!("waiting {:.1?} ({:?})", wait.duration, wait.reason);
            });
        let builder = if let Some(token) = variable(TOKEN) {
            builder.token_source(AccessToken::fixed(token))
        } else if self.device_code {
            let source = DeviceCode::new(transport, self.application()?, |prompt| {
                eprintln!("{}", prompt.message);
            });
            match &self.authority {
                Some(authority) => builder.token_source(source.authority(authority)),
                None => builder.token_source(source),
            }
        } else if let Some(secret) = variable(SECRET) {
            let source = ClientSecret::new(transport, self.application()?, secret);
            match &self.authority {
                Some(authority) => builder.token_source(source.authority(authority)),
                None => builder.token_source(source),
            }
        } else if self.is_local() {
            builder
        } else {
            return Err(Failure::new(format!(
                "there is no way to sign in: set {TOKEN}, or {SECRET} with --tenant and --client-id, or take --device-code"
            )));
        };
        Ok(builder.build()?)
    }

    /// A client for requests that are only looked at.
    pub fn unconnected<C: From<Client>>(&self, builder: ClientBuilder<C>) -> Result<C, Failure> {
        Ok(self
            .at(builder)
            .transport(graphwright::runtime::Unconnected)
            .build()?)
    }

    fn at<C: From<Client>>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        match &self.base_url {
            Some(base_url) => builder.base_url(base_url),
            None => builder,
        }
    }

    fn client_id(&self) -> Result<&str, Failure> {
        let missing = || Failure::new("--client-id says which application signs in; it is missing");
        self.client_id.as_deref().ok_or_else(missing)
    }

    /// Whether the service is on this machine.
    fn is_local(&self) -> bool {
        let address = self.base_url.as_deref().map(Address::parse);
        matches!(address, Some(Ok(address)) if address.is_loopback())
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
