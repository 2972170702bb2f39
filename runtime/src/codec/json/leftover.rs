//! What an object's properties do not hold: unknown keys, explicit nulls, misfits, the order of the keys.

use serde_json::{Map, Value};

/// `@odata.type`, the annotation that names the type of an object.
pub(crate) const ODATA_TYPE: &str = "@odata.type";

/// In [`Kept::keys`]: the next of the unknown keys stands here.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// What the properties of an object do not hold: keys the documentation does not list, annotations such as
/// `@odata.context`, explicit nulls, values of another type than documented, the order of the keys if it is not the
/// documented one. One word when there is nothing of that.
///
/// It is filled when an object is read, and written again with it. Unknown keys can be read and set by name:
///
/// ```
/// use graphwright_runtime::{AnyEntity, Value};
///
/// let mut entity: AnyEntity = serde_json::from_str(r#"{"id": "1", "colour": "red"}"#).unwrap();
/// assert_eq!(entity.leftover.get("colour"), Some(&Value::from("red")));
/// entity.leftover.insert("size", 3);
/// assert_eq!(serde_json::to_string(&entity).unwrap(), r#"{"id":"1","colour":"red","size":3}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Leftover(Option<Box<Kept>>);

/// What is kept, if anything is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// The type name if the first key is `@odata.type` and its value `#` with the full name of the type that was read:
    /// the common case, kept without text of its own.
    pub(crate) own_type: Option<&'static str>,
    /// Keys that are no property, in the order in which they were found.
    pub(crate) unknown: Map<String, Value>,
    /// How many of the unknown keys stand before all properties, when `keys` is empty.
    pub(crate) leading: usize,
    /// Properties that are null, in ascending order.
    pub(crate) nulls: Vec<u32>,
    /// Properties whose value does not fit, or fits but is spelled in another way.
    pub(crate) raw: Vec<(u32, Value)>,
    /// All keys in the order in which they were found: the index of a property, or [`UNKNOWN`]. Empty when the declared
    /// order, with unknown keys before or after all properties, is right.
    pub(crate) keys: Vec<u32>,
}

impl Leftover {
    /// Nothing.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The keys that are no property of the type, with their values, in the order in which they were found. Annotations
    /// such as `@odata.context` are among them; an `@odata.type` that names the type as documented is not.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .iter()
            .flat_map(|kept| kept.unknown.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The value of a key that is no property of the type.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.unknown.get(name)
    }

    /// Sets a key that is no property of the type, to be written behind all others if it is new. Gives the value before.
    ///
    /// For a key that is a property, the struct's field is the place; a value set here is written only when neither the
    /// field nor a note about it is.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) -> Option<Value> {
        let kept = self.kept_mut();
        if name == ODATA_TYPE {
            kept.own_type = None;
        }
        // Unknown keys without a place in the list of keys come last.
        kept.unknown.insert(name.to_owned(), value.into())
    }

    /// Removes a key that is no property of the type, and gives its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let kept = self.0.as_mut()?;
        let place = kept.unknown.keys().position(|key| key == name)?;
        let marker = kept
            .keys
            .iter()
            .enumerate()
            .filter(|(_, key)| **key == UNKNOWN)
            .map(|(index, _)| index)
            .nth(place);
        if let Some(marker) = marker {
            kept.keys.remove(marker);
        }
        if place < kept.leading {
            kept.leading -= 1;
        }
        kept.unknown.shift_remove(name)
    }

    /// The type that `@odata.type` names, without the `#`; none if the object has no such annotation.
    pub fn odata_type(&self) -> Option<&str> {
        let kept = self.0.as_ref()?;
        if let Some(own) = kept.own_type {
            return Some(own);
        }
        let text = kept.unknown.get(ODATA_TYPE)?.as_str()?;
        Some(text.strip_prefix('#').unwrap_or(text))
    }

    pub(crate) fn kept(&self) -> Option<&Kept> {
        self.0.as_deref()
    }

    pub(crate) fn kept_mut(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }

    /// Whether the property at `index` is noted as null.
    pub(crate) fn is_null(&self, index: usize) -> bool {
        self.kept().is_some_and(|kept| kept.is_null(index as u32))
    }

    /// The raw value noted for the property at `index`.
    pub(crate) fn raw(&self, index: usize) -> Option<&Value> {
        self.kept()?.raw(index as u32)
    }

    /// Notes nothing about the property at `index`.
    pub(crate) fn forget(&mut self, index: usize) {
        if let Some(kept) = self.0.as_mut() {
            let index = index as u32;
            kept.nulls.retain(|null| *null != index);
            kept.raw.retain(|(raw, _)| *raw != index);
        }
    }

    /// Notes that the property at `index` is null.
    pub(crate) fn note_null(&mut self, index: usize) {
        let nulls = &mut self.kept_mut().nulls;
        if let Err(place) = nulls.binary_search(&(index as u32)) {
            nulls.insert(place, index as u32);
        }
    }

    /// Notes the value of the property at `index` as it was found.
    pub(crate) fn note_raw(&mut self, index: usize, value: Value) {
        self.kept_mut().raw.push((index as u32, value));
    }
}

impl Kept {
    pub(crate) fn is_null(&self, index: u32) -> bool {
        self.nulls.binary_search(&index).is_ok()
    }

    /// It is asked for each property that is written, and mostly there is none.
    #[inline]
    pub(crate) fn raw(&self, index: u32) -> Option<&Value> {
        let found = self.raw.iter().find(|(raw, _)| *raw == index);
        found.map(|(_, value)| value)
    }
}

/// Equal if the unknown keys have equal values, in whatever order. Notes about properties are compared with them.
impl PartialEq for Leftover {
    fn eq(&self, other: &Self) -> bool {
        let annotation = |leftover: &Self| {
            let names = leftover.unknown().filter(|(name, _)| *name != ODATA_TYPE);
            names.count()
        };
        annotation(self) == annotation(other)
            && self.odata_type() == other.odata_type()
            && self
                .unknown()
                .filter(|(name, _)| *name != ODATA_TYPE)
                .all(|(name, value)| other.get(name) == Some(value))
    }
}
