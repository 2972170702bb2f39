//! Applications.

/// An application that is registered in a tenant.
///
/// ```
/// use graphwright_runtime::{Application, ClientSecret, Unconnected};
///
/// let application = Application {
///     tenant: "contoso.example",
///     client_id: "87d349ed-44d7-43e1-9a83-5f2406dee5bd",
/// };
/// let source = ClientSecret::new(Unconnected, application, "secret");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application<'a> {
    /// The domain name or id of the tenant. For users of several tenants: `organizations`, `consumers` or `common`.
    pub tenant: &'a str,
    /// The application id.
    pub client_id: &'a str,
}
