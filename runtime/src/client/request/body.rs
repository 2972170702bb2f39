//! Request bodies that are JSON.

use bytes::Bytes;
use serde_json::Value;

use super::Client;
use crate::json::{self, AdditionalProperties, Object};

/// A value that a request can send as JSON: any generated type, or any JSON value.
pub trait Body {
    /// Serializes the value as JSON text. An empty text is no body.
    fn to_json(&self) -> Bytes;
}

impl<T: Object> Body for T {
    fn to_json(&self) -> Bytes {
        json::to_vec(self).into()
    }
}

/// A body that may be left out. `None` sends none.
impl<T: Object> Body for Option<&T> {
    fn to_json(&self) -> Bytes {
        self.map_or_else(Bytes::new, Body::to_json)
    }
}

impl Body for Value {
    fn to_json(&self) -> Bytes {
        self.to_string().into()
    }
}

/// The body of a request that adds or sets a reference: `{"@odata.id": "…"}`.
///
/// ```
/// use graphwright_runtime::Reference;
///
/// let link = Reference::to("https://graph.microsoft.com/v1.0/users/1");
/// assert_eq!(
///     serde_json::to_string(&link).unwrap(),
///     r#"{"@odata.id":"https://graph.microsoft.com/v1.0/users/1"}"#
/// );
/// ```
pub struct Reference {
    /// The URL of the referenced entity.
    pub odata_id: Option<String>,
    /// All other properties.
    pub additional_properties: AdditionalProperties,
}

impl Reference {
    /// Creates a reference to the entity at `url`.
    pub fn to(url: impl Into<String>) -> Self {
        Self {
            odata_id: Some(url.into()),
            additional_properties: AdditionalProperties::new(),
        }
    }

    /// Creates a reference to the entity with this URL, or with this path below the base URL of a client.
    ///
    /// ```
    /// use graphwright_runtime::{Client, Reference, Unconnected};
    ///
    /// let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
    /// let url = "https://graph.microsoft.com/v1.0/users/1";
    /// for entity in [url, "/users/1", "users/1"] {
    ///     assert_eq!(Reference::below(&client, entity).odata_id.as_deref(), Some(url));
    /// }
    /// ```
    pub fn below(client: &Client, entity: &str) -> Self {
        if entity.contains("://") {
            return Self::to(entity);
        }
        let path = entity.trim_start_matches('/');
        Self::to(format!("{}/{path}", client.base_url()))
    }
}

crate::object! {
    Reference = "";
    odata_id: String = "@odata.id", ODATA_ID: String;
}
