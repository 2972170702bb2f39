//! Access to properties by their JSON names.

use serde_json::Value;

use super::object::visit_slots;
use super::{Object, SlotRef, encode};

/// A value that does not have the documented type of its property.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeMismatch {
    /// The path from the inspected object to the value, for example `assignments/2/target`.
    pub path: String,
    /// The original value. The whole collection if only some of its items have the wrong type.
    pub value: Value,
}

/// Methods available on every object.
pub trait ObjectExt: Object {
    /// Returns the JSON value of a property or of an additional property, or `None` if it is absent.
    fn get(&self, name: &str) -> Option<Value>;

    /// Serializes the object to a JSON value.
    fn to_value(&self) -> Value;

    /// Returns the full type name of the object: the one in its `@odata.type`, otherwise that of the Rust type.
    fn type_name(&self) -> &str;

    /// Returns the values in this object and its descendants that do not have their documented types.
    fn type_mismatches(&self) -> Vec<TypeMismatch>;
}

impl<T: Object> ObjectExt for T {
    fn get(&self, name: &str) -> Option<Value> {
        match encode::to_value(self) {
            Value::Object(mut members) => members.remove(name),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        encode::to_value(self)
    }

    fn type_name(&self) -> &str {
        self.additional_properties()
            .odata_type()
            .unwrap_or(self.descriptor().type_name)
    }

    fn type_mismatches(&self) -> Vec<TypeMismatch> {
        let mut mismatches = Vec::new();
        collect_mismatches(self, "", &mut mismatches);
        mismatches
    }
}

fn collect_mismatches(object: &dyn Object, prefix: &str, mismatches: &mut Vec<TypeMismatch>) {
    visit_slots(object, |descriptor, additional, slots| {
        for (index, (name, slot)) in descriptor.properties.iter().zip(slots).enumerate() {
            let path = format!("{prefix}{name}");
            if let Some(raw) = additional.raw_value(index)
                && is_type_mismatch(*slot, raw)
            {
                mismatches.push(TypeMismatch {
                    path: path.clone(),
                    value: raw.clone(),
                });
            }
            collect_nested_mismatches(*slot, &path, mismatches);
        }
    });
}

fn collect_nested_mismatches(slot: SlotRef<'_>, path: &str, mismatches: &mut Vec<TypeMismatch>) {
    match slot {
        SlotRef::Object(slot) => {
            if let Some(object) = slot.object() {
                collect_mismatches(object, &format!("{path}/"), mismatches);
            }
        }
        SlotRef::Polymorphic(slot) => {
            if let Some(object) = slot.object() {
                collect_mismatches(object, &format!("{path}/"), mismatches);
            }
        }
        SlotRef::ObjectCollection(slot) => {
            for item in 0..slot.length().unwrap_or(0) {
                if let Some(object) = slot.item(item) {
                    collect_mismatches(object, &format!("{path}/{item}/"), mismatches);
                }
            }
        }
        _ => {}
    }
}

/// Returns whether a raw value is not just another spelling of the property's value.
fn is_type_mismatch(slot: SlotRef<'_>, raw: &Value) -> bool {
    let (length, items) = match (slot, raw) {
        (SlotRef::PrimitiveCollection(slot), Value::Array(items)) => {
            (slot.length().unwrap_or(0), items)
        }
        (SlotRef::ObjectCollection(slot), Value::Array(items)) => {
            (slot.length().unwrap_or(0), items)
        }
        // The field of a missing slot is disabled by a Cargo feature.
        (SlotRef::UntypedCollection(_), Value::Array(_)) | (SlotRef::Missing, _) => return false,
        _ => return !slot.is_set(),
    };
    length != items.len()
}
