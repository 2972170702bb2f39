//! Request builders as the generator writes them.

use super::runtime;
use super::types::{Feature, Gadget};

/// The client for one API version.
pub struct Client(runtime::Client);

impl Client {
    /// Where requests go.
    pub const BASE_URL: &'static str = "https://graph.microsoft.com/v1.0";

    /// A client that sends through `transport`.
    pub fn new(transport: impl runtime::Transport) -> Self {
        Self::with_base_url(Self::BASE_URL, transport)
    }

    /// A client for another host, such as that of a national cloud; `base_url` includes the version.
    pub fn with_base_url(base_url: &str, transport: impl runtime::Transport) -> Self {
        Self(runtime::Client::new(base_url, transport))
    }

    /// Requests below `/gadgets`.
    pub fn gadgets(&self) -> GadgetsRequestBuilder {
        GadgetsRequestBuilder(self.0.path("gadgets"))
    }

    /// Requests below `/settings`.
    pub fn settings(&self) -> SettingsRequestBuilder {
        SettingsRequestBuilder(self.0.path("settings"))
    }
}

/// Requests below `/gadgets`.
pub struct GadgetsRequestBuilder(pub(crate) runtime::Path);

impl GadgetsRequestBuilder {
    /// The facts of [`list`](Self::list).
    pub const LIST: runtime::Operation = runtime::Operation::new(
        runtime::Method::Get,
        "/gadgets",
        "https://learn.microsoft.com/graph/api/gadget-list?view=graph-rest-1.0",
        "Gadget.Read.All, Gadget.ReadWrite.All and Directory.Read.All",
        "not supported",
        "",
    );
    /// The facts of [`create`](Self::create).
    pub const CREATE: runtime::Operation = runtime::Operation::new(
        runtime::Method::Post,
        "/gadgets",
        "https://learn.microsoft.com/graph/api/gadget-create?view=graph-rest-1.0",
        "",
        "",
        "",
    );
    /// The facts of [`count`](Self::count).
    pub const COUNT: runtime::Operation = runtime::Operation::new(
        runtime::Method::Get,
        "/gadgets/$count",
        "https://learn.microsoft.com/graph/api/gadget-list?view=graph-rest-1.0",
        "",
        "",
        "",
    );

    /// One gadget.
    pub fn by_id(&self, id: &str) -> GadgetRequestBuilder {
        GadgetRequestBuilder(self.0.key(id))
    }

    /// Lists gadgets.
    pub fn list(&self) -> runtime::Request<runtime::Page<Gadget>> {
        self.0.request(&Self::LIST)
    }

    /// Creates a gadget.
    pub fn create(&self, body: &Gadget) -> runtime::Request<Gadget> {
        self.0.request_with(&Self::CREATE, body)
    }

    /// Counts gadgets. Where `$count` (or `$ref`, `$value`) has no builder of its own, the path is made on the spot.
    pub fn count(&self) -> runtime::Request<i64> {
        self.0.segment("$count").request(&Self::COUNT)
    }
}

/// Requests below `/gadgets/{id}`.
pub struct GadgetRequestBuilder(pub(crate) runtime::Path);

/// The parameters of [`GadgetRequestBuilder::assign`]. A struct like any other, without a type name.
pub struct GadgetAssignParameters {
    /// Which features.
    pub features: Option<runtime::Flags<Feature>>,
    /// Properties without a field.
    pub additional_properties: runtime::AdditionalProperties,
}

runtime::object! {
    GadgetAssignParameters = "";
    features: Primitive = "features", FEATURES: runtime::Flags<Feature>;
}

macro_rules! sample_operation {
    ($($name:ident $method:ident $path:literal,)*) => {$(
        /// Written out in generated code, as in [`GadgetsRequestBuilder::LIST`].
        pub const $name: runtime::Operation = runtime::Operation::new(
        runtime::Method::$method,
        $path,
        "https://learn.microsoft.com/graph/api/gadget?view=graph-rest-1.0",
        "",
        "",
        "",
    );
    )*};
}

impl GadgetRequestBuilder {
    sample_operation! {
        GET Get "/gadgets/{id}",
        UPDATE Patch "/gadgets/{id}",
        DELETE Delete "/gadgets/{id}",
        ASSIGN Post "/gadgets/{id}/assign",
        SCORE Get "/gadgets/{id}/score(from='{from}',top={top})",
        ADD_OWNER Post "/gadgets/{id}/owners/$ref",
        DOWNLOAD Get "/gadgets/{id}/$value",
        UPLOAD Put "/gadgets/{id}/$value",
    }

    /// Reads the gadget.
    pub fn get(&self) -> runtime::Request<Gadget> {
        self.0.request(&Self::GET)
    }

    /// Changes the gadget.
    pub fn update(&self, body: &Gadget) -> runtime::Request<Gadget> {
        self.0.request_with(&Self::UPDATE, body)
    }

    /// Removes the gadget: no content comes back.
    pub fn delete(&self) -> runtime::Request<()> {
        self.0.request(&Self::DELETE)
    }

    /// An action whose body may be left out.
    pub fn reassign(&self, body: Option<&GadgetAssignParameters>) -> runtime::Request<()> {
        self.0.segment("assign").request_with(&Self::ASSIGN, &body)
    }

    /// Assigns features.
    pub fn assign(&self, body: &GadgetAssignParameters) -> runtime::Request<()> {
        self.0.segment("assign").request_with(&Self::ASSIGN, body)
    }

    /// A function with parameters in the path, that returns a number: `{"value": 3}`.
    pub fn score(&self, from: &str, top: i32) -> runtime::Request<runtime::Single<i32>> {
        self.0
            .function(
                "score",
                &[
                    ("from", runtime::quoted(&from)),
                    ("top", runtime::plain(&top)),
                ],
            )
            .request(&Self::SCORE)
    }

    /// Adds a link.
    pub fn add_owner(&self, reference: &runtime::Reference) -> runtime::Request<()> {
        self.0
            .segment("owners")
            .segment("$ref")
            .request_with(&Self::ADD_OWNER, reference)
    }

    /// Reads bytes.
    pub fn download(&self) -> runtime::Request<runtime::Bytes> {
        self.0.segment("$value").request(&Self::DOWNLOAD)
    }

    /// Writes bytes.
    pub fn upload(&self, content: impl Into<runtime::Bytes>) -> runtime::Request<()> {
        self.0
            .segment("$value")
            .request_bytes(&Self::UPLOAD, content.into())
    }

    /// A body and an answer that the pages do not pin down.
    pub fn probe(&self, body: &runtime::Value) -> runtime::Request<runtime::Value> {
        self.0.segment("probe").request_with(&Self::ASSIGN, body)
    }

    /// The item below `path`: `/gadgets/{id}:/{path}`, with a colon before what follows.
    pub fn item(&self, path: &str) -> GadgetRequestBuilder {
        GadgetRequestBuilder(self.0.item_path(path))
    }

    /// An alternate key: `/gadgets/{id}/parts(serial='{serial}')`.
    pub fn by_serial(&self, serial: &str) -> GadgetRequestBuilder {
        let parts = self.0.segment("parts");
        GadgetRequestBuilder(parts.alternate_key(&[("serial", runtime::quoted(&serial))]))
    }
}

/// A singleton.
pub struct SettingsRequestBuilder(pub(crate) runtime::Path);

impl SettingsRequestBuilder {
    sample_operation! { GET Get "/settings", }

    /// Reads the settings.
    pub fn get(&self) -> runtime::Request<Gadget> {
        self.0.request(&Self::GET)
    }
}
