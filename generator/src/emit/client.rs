//! The root module of a version: its areas and its client.

use crate::rust::{Step, Version, When};

use super::builders;
use super::source::Source;

/// Writes the root module of a version below its doc comment.
pub(super) fn write_root<'a>(source: &mut Source<'a>, version: &'a Version) {
    let always = When::default();
    source.declaration((&always, &always), "pub mod types;");
    source.declaration((&always, &always), "pub mod builders;");
    for area in &version.areas {
        let line = format!("pub mod {};", area.ident);
        source.declaration((&area.when, &always), &line);
    }
    source.declaration((&always, &always), "use crate::runtime;");
    source.start_item();
    source.docs(&version.client.docs);
    source.line("#[derive(Clone, Debug)]");
    source.line("pub struct Client(runtime::Client);");
    source.start_item();
    source.open("impl Client {");
    write_constructors(source, version);
    let accessors = version.client.accessors.iter();
    let (named, others): (Vec<_>, Vec<_>) =
        accessors.partition(|accessor| matches!(accessor.step, Step::Name(_)));
    for accessor in named.into_iter().chain(others) {
        builders::write_client_accessor(source, &version.client, accessor);
    }
    builders::write_constants(source, &version.client);
    builders::write_methods(source, &version.client, "self.0.root()");
    source.close();
    source.lines(CONVERSIONS);
}

fn write_constructors(source: &mut Source<'_>, version: &Version) {
    let name = version.version.name();
    source.start_item();
    source.line("/// The base address of the service, with the version.");
    source.line(&format!(
        "pub const BASE_URL: &'static str = \"https://graph.microsoft.com/{name}\";"
    ));
    source.lines(CONSTRUCTORS);
}

const CONSTRUCTORS: &str = "
/// Creates a client that sends requests through a transport, which authenticates them.
pub fn new(transport: impl runtime::Transport) -> Self {
    Self::with_base_url(Self::BASE_URL, transport)
}

/// Creates a client of another host, such as a national cloud. The base address includes the version.
pub fn with_base_url(base_url: &str, transport: impl runtime::Transport) -> Self {
    Self(runtime::Client::new(base_url, transport))
}

/// Returns a builder that configures the credential, the transport and the retries of a client.
pub fn builder() -> runtime::ClientBuilder<Self> {
    runtime::ClientBuilder::new(Self::BASE_URL)
}

/// Returns the base address of all requests, with the version.
pub fn base_url(&self) -> &str {
    self.0.base_url()
}
";

const CONVERSIONS: &str = "
impl From<runtime::Client> for Client {
    fn from(client: runtime::Client) -> Self {
        Self(client)
    }
}

/// Gives access to requests for any path, such as `client.get(\"/users\")`.
impl std::ops::Deref for Client {
    type Target = runtime::Client;

    fn deref(&self) -> &runtime::Client {
        &self.0
    }
}

impl AsRef<runtime::Client> for Client {
    fn as_ref(&self) -> &runtime::Client {
        &self.0
    }
}
";
