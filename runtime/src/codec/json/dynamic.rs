//! Objects by name, without their types.

use serde_json::Value;

use super::object::look;
use super::{Member, Object, encode};

/// A value in an object that its type could not take as documented.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// Where it stands, from the object that was asked: `assignments/2/target`.
    pub path: String,
    /// The value as it was read: all of a collection, if one item does not fit.
    pub value: Value,
}

/// What can be asked of every object by name.
pub trait ObjectExt: Object {
    /// The value of a property or of an unknown key, as JSON; none if it is absent.
    fn get(&self, name: &str) -> Option<Value>;

    /// The object as a JSON value.
    fn to_value(&self) -> Value;

    /// The full name of the object's type: as JSON named it, or that of the Rust type.
    fn type_name(&self) -> &str;

    /// The values here and in all objects below that did not fit their documented types.
    fn misfits(&self) -> Vec<Misfit>;
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
        self.leftover()
            .odata_type()
            .unwrap_or(self.shape().type_name)
    }

    fn misfits(&self) -> Vec<Misfit> {
        let mut found = Vec::new();
        list(self, "", &mut found);
        found
    }
}

fn list(object: &dyn Object, prefix: &str, found: &mut Vec<Misfit>) {
    look(object, |shape, leftover, members| {
        for (index, (name, member)) in shape.properties.iter().zip(members).enumerate() {
            let path = format!("{prefix}{name}");
            if let Some(raw) = leftover.raw(index)
                && is_misfit(*member, raw)
            {
                found.push(Misfit {
                    path: path.clone(),
                    value: raw.clone(),
                });
            }
            list_below(*member, &path, found);
        }
    });
}

/// Lists the objects that a property holds.
fn list_below(member: Member<'_>, path: &str, found: &mut Vec<Misfit>) {
    match member {
        Member::Object(slot) => {
            if let Some(object) = slot.object() {
                list(object, &format!("{path}/"), found);
            }
        }
        Member::Any(slot) => {
            if let Some(object) = slot.object() {
                list(object, &format!("{path}/"), found);
            }
        }
        Member::Objects(slot) => {
            for item in 0..slot.length().unwrap_or(0) {
                if let Some(object) = slot.item(item) {
                    list(object, &format!("{path}/{item}/"), found);
                }
            }
        }
        _ => {}
    }
}

/// Whether a raw value is more than another spelling of what the property holds.
fn is_misfit(member: Member<'_>, raw: &Value) -> bool {
    let items = match (member, raw) {
        (Member::Leaves(slot), Value::Array(items)) => (slot.length().unwrap_or(0), items),
        (Member::Objects(slot), Value::Array(items)) => (slot.length().unwrap_or(0), items),
        // A property whose field comes with a feature that is off was read as all that is unknown.
        (Member::Untypeds(_), Value::Array(_)) | (Member::Missing, _) => return false,
        _ => return !member.is_set(),
    };
    items.0 != items.1.len()
}
