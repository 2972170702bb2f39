//! What requests carry as JSON.

use bytes::Bytes;
use serde_json::Value;

use crate::json::{self, Leftover, Member, Object, Property, Shape, Slot};

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
#[derive(Default)]
pub struct Reference {
    /// The address of what the link leads to.
    pub odata_id: Option<String>,
    /// Everything else.
    pub leftover: Leftover,
}

static REFERENCE: Shape = Shape::new("", &["@odata.id"]);

impl Reference {
    /// `@odata.id`
    pub const ODATA_ID: Property<Self, String> = Property::new("@odata.id");

    /// A link to what is at `url`.
    pub fn to(url: impl Into<String>) -> Self {
        Self {
            odata_id: Some(url.into()),
            leftover: Leftover::new(),
        }
    }
}

impl Object for Reference {
    fn shape(&self) -> &'static Shape {
        &REFERENCE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Slot::String(&mut self.odata_id),
            _ => Slot::Missing,
        }
    }

    fn member(&self, index: usize) -> Member<'_> {
        match index {
            0 => Member::String(&self.odata_id),
            _ => Member::Missing,
        }
    }

    fn leftover(&self) -> &Leftover {
        &self.leftover
    }

    fn leftover_mut(&mut self) -> &mut Leftover {
        &mut self.leftover
    }
}

crate::object!(Reference);
