//! JSON values held against their types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::literals;
use crate::model::{Api, EnumId, Property, StructuredTypeId, Type, TypeRef};
use crate::report::Code;

/// The key that names an object's type.
const ODATA_TYPE: &str = "@odata.type";

/// The types of a version, found by name.
pub(super) struct Types<'m> {
    api: &'m Api,
    by_name: BTreeMap<String, StructuredTypeId>,
}

/// Something in a JSON value that contradicts the types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Oddity {
    pub(super) code: Code,
    /// Where in the value: names and places in lists.
    pub(super) path: Vec<Step>,
    pub(super) message: String,
}

/// One step down into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// The steps with slashes between them.
pub(super) fn path_text(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(index) => index.to_string(),
    });
    steps.collect::<Vec<_>>().join("/")
}

impl<'m> Types<'m> {
    pub(super) fn new(api: &'m Api) -> Self {
        let types = api.structured_types.iter().enumerate();
        let by_name = types
            .map(|(index, ty)| {
                let id = u32::try_from(index).expect("there are fewer types than u32 counts");
                (ty.name.full(), StructuredTypeId(id))
            })
            .collect();
        Self { api, by_name }
    }

    /// The properties that an instance can have, inherited ones included.
    fn property(&self, owner: StructuredTypeId, name: &str) -> Option<&'m Property> {
        self.api.find_property(owner, name)
    }

    /// Whether the type itself, its name and its bases say that any property may be there.
    fn is_open(&self, id: StructuredTypeId) -> bool {
        let is_root = |id: StructuredTypeId| self.name(id) == "microsoft.graph.entity";
        is_root(id)
            || self
                .api
                .ancestors(id)
                .any(|id| self.api.structured_type(id).is_open)
    }

    fn name(&self, id: StructuredTypeId) -> String {
        self.api.structured_type(id).name.full()
    }

    pub(super) fn has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        self.property(id, name).is_some()
    }
}

/// One walk through a JSON value.
pub(super) struct Walk<'t, 'm> {
    types: &'t Types<'m>,
    path: Vec<Step>,
    /// What was told of an item of a list is not told again of the next.
    told: BTreeSet<(Code, String)>,
    pub(super) found: Vec<Oddity>,
}

impl<'t, 'm> Walk<'t, 'm> {
    pub(super) fn new(types: &'t Types<'m>) -> Self {
        Self {
            types,
            path: Vec::new(),
            told: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    /// A walk of its own one step further down.
    pub(super) fn child(&self, key: &str) -> Self {
        let mut walk = Self::new(self.types);
        walk.path = self.path.clone();
        walk.path.push(Step::Key(key.to_owned()));
        walk
    }

    /// Adds what is odd at the place where the walk is.
    pub(super) fn tell(&mut self, code: Code, message: String) {
        let keys = self.path.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        let whole = format!("{}: {message}", keys.collect::<Vec<_>>().join("/"));
        if self.told.insert((code, whole)) {
            self.found.push(Oddity {
                code,
                path: self.path.clone(),
                message,
            });
        }
    }

    fn at(&mut self, step: Step, look: impl FnOnce(&mut Self)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    /// Looks at a value of a type, or at a list of them.
    pub(super) fn value(&mut self, ty: &TypeRef, value: &Value) {
        match (ty.collection, value) {
            (_, Value::Null) => {}
            _ if matches!(ty.ty, Type::Undefined(_)) => {}
            (false, value) => self.one(&ty.ty, value),
            (true, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.at(Step::Item(index), |walk| walk.one(&ty.ty, item));
                }
            }
            (true, other) => self.tell(
                Code::ValueOfOtherType,
                format!("{} stands where a list is documented", shown(other)),
            ),
        }
    }

    fn one(&mut self, ty: &Type, value: &Value) {
        match (ty, value) {
            (_, Value::Null) | (Type::Undefined(_), _) => {}
            (Type::Primitive(primitive), value) => {
                if !literals::fits(*primitive, value) {
                    let message = format!("{} is no {primitive:?}", shown(value));
                    self.tell(Code::ValueOfOtherType, message);
                }
            }
            (Type::Enum(id), Value::String(text)) => self.members(*id, text),
            (Type::Structured(id), Value::Object(members)) => self.object(*id, members),
            (Type::Enum(_), other) => {
                let message = format!(
                    "{} stands where a member of an enum is documented",
                    shown(other)
                );
                self.tell(Code::ValueOfOtherType, message);
            }
            (Type::Structured(id), other) => {
                let message = format!("{} is no {}", shown(other), self.types.name(*id));
                self.tell(Code::ValueOfOtherType, message);
            }
        }
    }

    fn members(&mut self, id: EnumId, text: &str) {
        let ty = self.types.api.enum_type(id);
        let is_member = |name: &str| ty.members.iter().any(|member| member.name == name);
        let mut names = text.split(',').map(str::trim);
        let fits = is_member(text) || (ty.is_flags && names.all(is_member));
        if !fits && !ty.members.is_empty() {
            let message = format!("{text:?} is no member of {}", ty.name.full());
            self.tell(Code::ValueNotInEnum, message);
        }
    }

    /// Looks at an object of a type or of one derived from it.
    pub(super) fn object(&mut self, declared: StructuredTypeId, members: &Map<String, Value>) {
        let id = self.instance(declared, members);
        for (key, value) in members {
            // Annotations, and the actions that the service offers on the object.
            if key.contains('@') || key.starts_with('#') {
                continue;
            }
            match self.types.property(id, key) {
                Some(property) => self.at(Step::Key(key.clone()), |walk| {
                    walk.value(&property.ty, value)
                }),
                None if self.types.is_open(id) => {}
                None => self.at(Step::Key(key.clone()), |walk| walk.unlisted(id, key)),
            }
        }
    }

    fn unlisted(&mut self, id: StructuredTypeId, key: &str) {
        let types = self.types;
        let derived = types.by_name.values().find(|other| {
            **other != id
                && types.api.is_or_inherits(**other, id)
                && types.has_property(**other, key)
        });
        let name = types.name(id);
        let message = match derived {
            Some(derived) => format!(
                "{key:?} is a property of {}, but the object does not say that it is more than a {name}",
                types.name(*derived)
            ),
            None => format!("{key:?} is no property of {name}"),
        };
        self.tell(Code::UnlistedProperty, message);
    }

    /// The type that an object says to be.
    fn instance(
        &mut self,
        declared: StructuredTypeId,
        members: &Map<String, Value>,
    ) -> StructuredTypeId {
        let Some(stated) = members.get(ODATA_TYPE) else {
            return declared;
        };
        let name = stated.as_str().unwrap_or_default();
        let name = name.strip_prefix('#').unwrap_or(name);
        let Some(found) = self.types.by_name.get(name).copied() else {
            self.at(Step::Key(ODATA_TYPE.to_owned()), |walk| {
                walk.tell(
                    Code::UnknownInstanceType,
                    format!("no page defines {stated}"),
                );
            });
            return declared;
        };
        let types = self.types;
        let is_root = types.name(declared) == "microsoft.graph.entity";
        if is_root || types.api.is_or_inherits(found, declared) {
            return found;
        }
        let message = format!("{name} does not inherit from {}", types.name(declared));
        self.at(Step::Key(ODATA_TYPE.to_owned()), |walk| {
            walk.tell(Code::UnfittingInstanceType, message);
        });
        found
    }
}

/// A value for a message: short.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => {
            let start: String = text.chars().take(40).collect();
            format!("{start:?}…")
        }
        other => other.to_string(),
    }
}
