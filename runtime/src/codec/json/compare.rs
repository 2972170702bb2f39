//! Copying, comparing and showing objects through their tables.

use std::fmt;

use serde_json::Value;

use super::object::{fill, look};
use super::values::{Fit, read_value};
use super::{Member, Object, Slot};

/// A copy: the body of every generated `Clone`.
pub fn clone<T: Object + Default>(object: &T) -> T {
    let mut copy = T::default();
    copy_object(object, &mut copy);
    copy
}

/// Whether two objects are of one type and hold the same: the body of every generated `PartialEq`. The order of keys does
/// not count.
pub fn eq(one: &dyn Object, other: &dyn Object) -> bool {
    let mut equal = false;
    look(one, |one_shape, one_leftover, one_members| {
        look(other, |other_shape, other_leftover, other_members| {
            let noted_alike = |index| {
                one_leftover.is_null(index) == other_leftover.is_null(index)
                    && one_leftover.raw(index) == other_leftover.raw(index)
            };
            let mut pairs = one_members.iter().zip(other_members).enumerate();
            equal = one_shape.is(other_shape)
                && one_leftover == other_leftover
                && pairs.all(|(index, (left, right))| {
                    // A note about a property that is set says only how its value was spelled.
                    same(*left, *right) && (left.is_set() || noted_alike(index))
                });
        });
    });
    equal
}

/// Shows the properties that are set: the body of every generated `Debug`.
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    look(object, |shape, leftover, members| {
        let name = shape.type_name.rsplit('.').next().unwrap_or_default();
        let mut shown = f.debug_struct(name);
        for (index, (property, member)) in shape.properties.iter().zip(members).enumerate() {
            if member.is_set() {
                shown.field(property, &Shown(*member));
            } else if leftover.is_null(index) {
                shown.field(property, &format_args!("null"));
            } else if let Some(raw) = leftover.raw(index) {
                shown.field(property, &format_args!("{raw}"));
            }
        }
        for (name, value) in leftover.unknown() {
            shown.field(name, &format_args!("{value}"));
        }
        result = shown.finish();
    });
    result
}

/// Makes an empty object a copy of another of its type.
pub(crate) fn copy_object(from: &dyn Object, to: &mut dyn Object) {
    look(from, |shape, leftover, members| {
        let own = shape.type_name;
        if let Some(index) = from.types().iter().position(|name| *name == own) {
            to.retype(index);
        }
        fill(to, |rest, slots| {
            for (member, slot) in members.iter().zip(slots) {
                copy(*member, slot.again());
            }
            rest.clone_from(leftover);
        });
    });
}

fn copy(from: Member<'_>, to: Slot<'_>) {
    match (from, to) {
        (Member::Boolean(from), Slot::Boolean(to)) => *to = *from,
        (Member::Int32(from), Slot::Int32(to)) => *to = *from,
        (Member::Int64(from), Slot::Int64(to)) => *to = *from,
        (Member::Double(from), Slot::Double(to)) => *to = *from,
        (Member::String(from), Slot::String(to)) => to.clone_from(from),
        (Member::Untyped(from), Slot::Untyped(to)) => to.clone_from(from),
        (Member::Untypeds(from), Slot::Untypeds(to)) => match from.values() {
            Some(values) => to.start().extend_from_slice(values),
            None => to.clear(),
        },
        (Member::Leaf(from), Slot::Leaf(to)) => to.copy_from(from),
        (Member::Leaves(from), Slot::Leaves(to)) => to.copy_from(from),
        (Member::Object(from), Slot::Object(to)) => match from.object() {
            Some(object) => copy_object(object, to.start()),
            None => to.clear(),
        },
        (Member::Any(from), Slot::Any(to)) => match from.object() {
            Some(object) => copy_object(object, to.start()),
            None => to.clear(),
        },
        (Member::Objects(from), Slot::Objects(to)) => {
            to.clear();
            let Some(length) = from.length() else { return };
            to.start();
            for item in (0..length).filter_map(|index| from.item(index)) {
                copy_object(item, to.push());
            }
        }
        // Both come from the same index of the same type.
        _ => {}
    }
}

fn same(one: Member<'_>, other: Member<'_>) -> bool {
    match (one, other) {
        (Member::Boolean(one), Member::Boolean(other)) => one == other,
        (Member::Int32(one), Member::Int32(other)) => one == other,
        (Member::Int64(one), Member::Int64(other)) => one == other,
        (Member::Double(one), Member::Double(other)) => one == other,
        (Member::String(one), Member::String(other)) => one == other,
        (Member::Untyped(one), Member::Untyped(other)) => one == other,
        (Member::Untypeds(one), Member::Untypeds(other)) => one.values() == other.values(),
        (Member::Leaf(one), Member::Leaf(other)) => one.same(other),
        (Member::Leaves(one), Member::Leaves(other)) => one.same(other),
        (Member::Object(one), Member::Object(other)) => same_object(one.object(), other.object()),
        (Member::Any(one), Member::Any(other)) => same_object(one.object(), other.object()),
        (Member::Objects(one), Member::Objects(other)) => {
            one.length() == other.length()
                && (0..one.length().unwrap_or(0))
                    .all(|index| same_object(one.item(index), other.item(index)))
        }
        (Member::Missing, Member::Missing) => true,
        _ => false,
    }
}

fn same_object(one: Option<&dyn Object>, other: Option<&dyn Object>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// Whether reading `raw` gives what the property holds now: then the raw spelling is still the right one.
pub(crate) fn reads_as(member: Member<'_>, raw: &Value) -> bool {
    let raw = raw.clone();
    match member {
        Member::Boolean(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::Boolean(&mut fresh), raw);
            fresh == *now
        }
        Member::Int32(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::Int32(&mut fresh), raw);
            fresh == *now
        }
        Member::Int64(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::Int64(&mut fresh), raw);
            fresh == *now
        }
        Member::Double(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::Double(&mut fresh), raw);
            fresh == *now
        }
        Member::String(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::String(&mut fresh), raw);
            fresh == *now
        }
        Member::Untyped(now) => {
            let mut fresh = None;
            let _: Fit = read_value(Slot::Untyped(&mut fresh), raw);
            fresh == *now
        }
        Member::Untypeds(now) => now.values().is_none(),
        Member::Leaf(now) => {
            let mut fresh = now.fresh();
            let _: Fit = read_value(Slot::Leaf(&mut *fresh), raw);
            fresh.same(now)
        }
        Member::Leaves(now) => {
            let mut fresh = now.fresh();
            let _: Fit = read_value(Slot::Leaves(&mut *fresh), raw);
            fresh.same(now)
        }
        Member::Objects(now) => {
            let mut fresh = now.fresh();
            let _: Fit = read_value(Slot::Objects(&mut *fresh), raw);
            same(Member::Objects(&*fresh), member)
        }
        // An object is taken whatever it holds, so what was kept is none.
        Member::Object(now) => now.object().is_none(),
        Member::Any(now) => now.object().is_none(),
        Member::Missing => true,
    }
}

/// Shows a property as JSON; objects by their own rule.
struct Shown<'a>(Member<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Member::Boolean(Some(value)) => value.fmt(f),
            Member::Int32(Some(value)) => value.fmt(f),
            Member::Int64(Some(value)) => value.fmt(f),
            Member::Double(Some(value)) => value.fmt(f),
            Member::String(Some(value)) => value.fmt(f),
            Member::Untyped(Some(value)) => write!(f, "{value}"),
            Member::Untypeds(slot) => f
                .debug_list()
                .entries(slot.values().unwrap_or(&[]))
                .finish(),
            Member::Leaf(slot) => {
                let mut buffer = super::TextBuffer::new();
                let value = slot.scalar(&mut buffer).map(super::Scalar::to_value);
                write!(f, "{}", value.unwrap_or(Value::Null))
            }
            Member::Leaves(slot) => f
                .debug_list()
                .entries((0..slot.length().unwrap_or(0)).filter_map(|index| {
                    let mut buffer = super::TextBuffer::new();
                    slot.item(index, &mut buffer).map(super::Scalar::to_value)
                }))
                .finish(),
            Member::Object(slot) => slot.object().map_or(Ok(()), |object| debug(object, f)),
            Member::Any(slot) => slot.object().map_or(Ok(()), |object| debug(object, f)),
            Member::Objects(slot) => f
                .debug_list()
                .entries((0..slot.length().unwrap_or(0)).filter_map(|index| slot.item(index)))
                .finish(),
            _ => f.write_str("null"),
        }
    }
}
