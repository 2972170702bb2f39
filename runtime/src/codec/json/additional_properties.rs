//! The part of a JSON object that its Rust type has no field for.

use serde_json::{Map, Value};

/// The annotation that names the type of an object.
pub(crate) const ODATA_TYPE: &str = "@odata.type";

/// In [`Contents::key_order`]: the position of the next unknown key.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// The part of a JSON object that the fields of a struct cannot hold: undocumented properties, annotations such as
/// `@odata.context`, explicit nulls, values of an unexpected type, and the order of the keys where it differs from the
/// documented order. Takes one word when empty.
///
/// Deserializing an object fills it, and serializing the object writes it back. Unknown keys can be read and set by name:
///
/// ```
/// use graphwright_runtime::{AnyEntity, Value};
///
/// let mut entity: AnyEntity = serde_json::from_str(r#"{"id": "1", "colour": "red"}"#).unwrap();
/// assert_eq!(entity.additional_properties.get("colour"), Some(&Value::from("red")));
/// entity.additional_properties.insert("size", 3);
/// assert_eq!(serde_json::to_string(&entity).unwrap(), r#"{"id":"1","colour":"red","size":3}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct AdditionalProperties(Option<Box<Contents>>);

/// The contents of non-empty [`AdditionalProperties`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    /// The type name if the first key is `@odata.type` and its value is `#` followed by the full name of the type that was
    /// deserialized. This common case needs no allocation.
    pub(crate) type_annotation: Option<&'static str>,
    /// Keys that are not properties, in their order of appearance.
    pub(crate) unknown: Map<String, Value>,
    /// The number of unknown keys before the first property, if `key_order` is empty.
    pub(crate) leading_unknown: usize,
    /// The indices of properties that are null, in ascending order.
    pub(crate) nulls: Vec<u32>,
    /// The original values of properties whose value has the wrong type or a non-canonical spelling.
    pub(crate) raw_values: Vec<(u32, Value)>,
    /// All keys in their order of appearance: the index of a property, or [`UNKNOWN`]. Empty if the properties are in
    /// declaration order and unknown keys come before or after all of them.
    pub(crate) key_order: Vec<u32>,
}

impl AdditionalProperties {
    /// Creates an empty value.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns whether nothing is stored.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the keys that are not properties of the type, with their values, in their order of appearance. This includes
    /// annotations such as `@odata.context`, but not an `@odata.type` that names the documented type.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .iter()
            .flat_map(|contents| contents.unknown.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the value of a key that is not a property of the type.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.unknown.get(name)
    }

    /// Sets a key that is not a property of the type, and returns its previous value. New keys are serialized last.
    ///
    /// To set a property of the type, use the field of the struct: a value inserted here under the name of a property is
    /// serialized only if the property itself is absent.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) -> Option<Value> {
        let contents = self.contents_mut();
        if name == ODATA_TYPE {
            contents.type_annotation = None;
        }
        contents.unknown.insert(name.to_owned(), value.into())
    }

    /// Removes a key that is not a property of the type, and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let contents = self.0.as_mut()?;
        let position = contents.unknown.keys().position(|key| key == name)?;
        let marker = contents
            .key_order
            .iter()
            .enumerate()
            .filter(|(_, key)| **key == UNKNOWN)
            .map(|(index, _)| index)
            .nth(position);
        if let Some(marker) = marker {
            contents.key_order.remove(marker);
        }
        if position < contents.leading_unknown {
            contents.leading_unknown -= 1;
        }
        contents.unknown.shift_remove(name)
    }

    /// Returns the type named by `@odata.type`, without the leading `#`, or `None` if there is no such annotation.
    pub fn odata_type(&self) -> Option<&str> {
        let contents = self.0.as_ref()?;
        if let Some(name) = contents.type_annotation {
            return Some(name);
        }
        let text = contents.unknown.get(ODATA_TYPE)?.as_str()?;
        Some(text.strip_prefix('#').unwrap_or(text))
    }

    pub(crate) fn contents(&self) -> Option<&Contents> {
        self.0.as_deref()
    }

    pub(crate) fn contents_mut(&mut self) -> &mut Contents {
        self.0.get_or_insert_default()
    }

    /// Returns whether the property at `index` is recorded as null.
    pub(crate) fn is_null(&self, index: usize) -> bool {
        self.contents()
            .is_some_and(|contents| contents.is_null(index as u32))
    }

    /// Returns the original value recorded for the property at `index`.
    pub(crate) fn raw_value(&self, index: usize) -> Option<&Value> {
        self.contents()?.raw_value(index as u32)
    }

    /// Removes what is recorded for the property at `index`.
    pub(crate) fn forget(&mut self, index: usize) {
        if let Some(contents) = self.0.as_mut() {
            let index = index as u32;
            contents.nulls.retain(|null| *null != index);
            contents.raw_values.retain(|(raw, _)| *raw != index);
        }
    }

    /// Records that the property at `index` is null.
    pub(crate) fn record_null(&mut self, index: usize) {
        let nulls = &mut self.contents_mut().nulls;
        if let Err(position) = nulls.binary_search(&(index as u32)) {
            nulls.insert(position, index as u32);
        }
    }

    /// Records the original value of the property at `index`.
    pub(crate) fn record_raw_value(&mut self, index: usize, value: Value) {
        self.contents_mut().raw_values.push((index as u32, value));
    }
}

impl Contents {
    pub(crate) fn is_null(&self, index: u32) -> bool {
        self.nulls.binary_search(&index).is_ok()
    }

    // Called for each serialized property; the list is mostly empty.
    #[inline]
    pub(crate) fn raw_value(&self, index: u32) -> Option<&Value> {
        let entry = self.raw_values.iter().find(|(raw, _)| *raw == index);
        entry.map(|(_, value)| value)
    }
}

/// Compares the unknown keys regardless of their order. Nulls and raw values are compared with the properties they belong
/// to.
impl PartialEq for AdditionalProperties {
    fn eq(&self, other: &Self) -> bool {
        let count = |properties: &Self| properties.unknown_except_type().count();
        count(self) == count(other)
            && self.odata_type() == other.odata_type()
            && self
                .unknown_except_type()
                .all(|(name, value)| other.get(name) == Some(value))
    }
}

impl AdditionalProperties {
    fn unknown_except_type(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.unknown().filter(|(name, _)| *name != ODATA_TYPE)
    }
}
