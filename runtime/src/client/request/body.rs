//! What requests carry as JSON.

use bytes::Bytes;
use serde_json::Value;

use crate::json::{self, AdditionalProperties, Object};

/// What a request can carry as JSON: any generated type, or any JSON value.
pub trait Body {
    /// The JSON text.
    fn to_json(&self) -> Bytes;
}

impl<T: Object> Body for T {
    fn to_json(&self) -> Bytes {
        json::to_vec(self).into()
    }
}

impl Body for Value {
    fn to_json(&self) -> Bytes {
        self.to_string().into()
    }
}

/// The body of a request that adds or sets a link: `{"@odata.id": "…"}`.
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
    /// The address of what the link leads to.
    pub odata_id: Option<String>,
    /// Everything else.
    pub additional_properties: AdditionalProperties,
}

impl Reference {
    /// A link to what is at `url`.
    pub fn to(url: impl Into<String>) -> Self {
        Self {
            odata_id: Some(url.into()),
            additional_properties: AdditionalProperties::new(),
        }
    }
}

crate::object! {
    Reference = "";
    odata_id: String = "@odata.id", ODATA_ID: String;
}
