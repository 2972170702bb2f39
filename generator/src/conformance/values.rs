//! Checks JSON values against the types of the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::primitives;
use crate::model::{Api, EnumId, Property, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, NameKind, Replacement, Subject};

/// The annotation with the type of an object.
const ODATA_TYPE: &str = "@odata.type";

/// The types of a version, indexed by full name.
pub(super) struct Types<'m> {
    api: &'m Api,
    by_name: BTreeMap<String, StructuredTypeId>,
}

/// A mismatch between a JSON value and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub(super) code: Code,
    /// The path to the value.
    pub(super) path: Vec<Step>,
    pub(super) message: String,
    /// The change that corrects the page, if it is obvious.
    pub(super) replacement: Option<Replacement>,
    /// The text that the mismatch is about, if it is a part of a line.
    pub(super) subject: Option<Subject>,
}

/// One step of a path into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// Formats a path with slashes.
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

    /// Returns the declared or inherited property with a name.
    fn property(&self, owner: StructuredTypeId, name: &str) -> Option<&'m Property> {
        self.api.find_property(owner, name)
    }

    /// Returns whether instances can have undeclared properties: the type or an ancestor is open, or it is the root entity type.
    fn is_open(&self, id: StructuredTypeId) -> bool {
        let is_root = |id: StructuredTypeId| self.name(id) == "microsoft.graph.entity";
        is_root(id)
            || self
                .api
                .ancestors(id)
                .any(|id| self.api.structured_type(id).is_open)
    }

    /// Returns the name of a type in another letter case, or the only one with the same name in another namespace.
    fn find_respelled(&self, name: &str) -> Option<&str> {
        let mut names = self.by_name.keys();
        if let Some(respelled) = names.find(|known| known.eq_ignore_ascii_case(name)) {
            return Some(respelled);
        }
        let unqualified = |name: &'_ str| name.rsplit('.').next().map(str::to_ascii_lowercase);
        let mut same = self
            .by_name
            .keys()
            .filter(|known| unqualified(known) == unqualified(name));
        let only = same.next()?;
        same.next().is_none().then_some(only.as_str())
    }

    fn name(&self, id: StructuredTypeId) -> String {
        self.api.structured_type(id).name.full()
    }

    pub(super) fn has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        self.property(id, name).is_some()
    }
}

/// Checks a JSON value and collects the mismatches.
pub(super) struct Checker<'t, 'm> {
    types: &'t Types<'m>,
    path: Vec<Step>,
    /// Reported mismatches by path without indexes: a mismatch is reported for one item of a list only, unless its correction is
    /// known.
    reported: BTreeSet<(Code, String)>,
    pub(super) mismatches: Vec<Mismatch>,
}

impl<'t, 'm> Checker<'t, 'm> {
    pub(super) fn new(types: &'t Types<'m>) -> Self {
        Self {
            types,
            path: Vec::new(),
            reported: BTreeSet::new(),
            mismatches: Vec::new(),
        }
    }

    /// Creates a checker for the value of a key.
    pub(super) fn child(&self, key: &str) -> Self {
        let mut checker = Self::new(self.types);
        checker.path = self.path.clone();
        checker.path.push(Step::Key(key.to_owned()));
        checker
    }

    /// Adds a mismatch at the current path.
    pub(super) fn report(&mut self, code: Code, message: String) {
        self.report_part(code, message, None, None);
    }

    /// Adds a mismatch about a name in JSON that nothing defines. `spelled` is the name with the right letter case.
    pub(super) fn report_unknown_name(
        &mut self,
        code: Code,
        message: String,
        name: &str,
        kind: NameKind,
        spelled: Option<&str>,
    ) {
        let replacement = spelled.map(|spelled| Replacement {
            found: escape_json(name),
            text: escape_json(spelled),
        });
        let subject = match escape_json(name) {
            // Only the quotation marks are on the page.
            name if name.is_empty() => Subject {
                text: "\"\"".to_owned(),
                unknown: None,
            },
            text => Subject {
                text,
                unknown: Some(kind),
            },
        };
        self.report_part(code, message, replacement, Some(subject));
    }

    /// Adds a mismatch about a text on the line of the current path, which is an unknown name if it has a kind.
    pub(super) fn report_text(
        &mut self,
        code: Code,
        message: String,
        text: &str,
        unknown: Option<NameKind>,
    ) {
        let subject = Subject {
            text: text.to_owned(),
            unknown,
        };
        self.report_part(code, message, None, Some(subject));
    }

    /// Adds a mismatch about the path of a request, with the path that should stand there if it is obvious.
    pub(super) fn report_path(&mut self, message: String, path: &str, meant: Option<String>) {
        let replacement = meant.map(|meant| Replacement {
            found: path.to_owned(),
            text: meant,
        });
        let subject = Subject {
            text: path.to_owned(),
            unknown: None,
        };
        self.report_part(
            Code::PathSpelledOtherwise,
            message,
            replacement,
            Some(subject),
        );
    }

    /// Adds a mismatch about a value at the current path, with the value that should stand there if it is obvious.
    fn report_value(&mut self, message: String, value: &Value, meant: Option<Value>) {
        let text = match value {
            Value::Object(_) | Value::Array(_) => None,
            scalar => Some(scalar.to_string()),
        };
        let replacement = text.clone().zip(meant).map(|(found, meant)| Replacement {
            found,
            text: meant.to_string(),
        });
        let subject = text.map(|text| Subject {
            text,
            unknown: None,
        });
        self.report_part(Code::ValueOfOtherType, message, replacement, subject);
    }

    fn report_part(
        &mut self,
        code: Code,
        message: String,
        replacement: Option<Replacement>,
        subject: Option<Subject>,
    ) {
        let keys = self.path.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        let whole = format!("{}: {message}", keys.collect::<Vec<_>>().join("/"));
        if self.reported.insert((code, whole)) || replacement.is_some() {
            self.mismatches.push(Mismatch {
                code,
                path: self.path.clone(),
                message,
                replacement,
                subject,
            });
        }
    }

    fn at(&mut self, step: Step, look: impl FnOnce(&mut Self)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    /// Checks a value or a collection.
    pub(super) fn value(&mut self, ty: &TypeRef, value: &Value) {
        match (ty.collection, value) {
            (_, Value::Null) => {}
            _ if matches!(ty.ty, Type::Undefined(_)) => {}
            (false, value) => self.one(&ty.ty, value),
            (true, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.at(Step::Item(index), |checker| checker.one(&ty.ty, item));
                }
            }
            (true, other) => {
                let message = format!("expected a collection, found {}", shown(other));
                self.report_value(message, other, None);
            }
        }
    }

    fn one(&mut self, ty: &Type, value: &Value) {
        match (ty, value) {
            (_, Value::Null) | (Type::Undefined(_), _) => {}
            (Type::Primitive(primitive), value) => {
                if !primitives::is_json_value(*primitive, value) {
                    let message = format!("expected Edm.{primitive:?}, found {}", shown(value));
                    let meant = primitives::meant_value(*primitive, value);
                    self.report_value(message, value, meant);
                }
            }
            (Type::Enum(id), Value::String(text)) => self.members(*id, text),
            (Type::Structured(id), Value::Object(members)) => self.object(*id, members),
            (Type::Enum(_), other) => {
                let message = format!("expected a member of an enum, found {}", shown(other));
                self.report_value(message, other, None);
            }
            (Type::Structured(id), other) => {
                let message = format!("expected {}, found {}", self.types.name(*id), shown(other));
                self.report_value(message, other, None);
            }
        }
    }

    fn members(&mut self, id: EnumId, text: &str) {
        let ty = self.types.api.enum_type(id);
        let is_member = |name: &str| ty.members.iter().any(|member| member.name == name);
        let mut names = text.split(',').map(str::trim);
        let fits = is_member(text) || (ty.is_flags && names.all(is_member));
        if !fits && !ty.members.is_empty() {
            let message = format!("{text:?} is not a member of {}", ty.name.full());
            let spelled = |name: &str| {
                let mut members = ty.members.iter().map(|member| member.name.as_str());
                members.find(|member| member.eq_ignore_ascii_case(name))
            };
            let names: Option<Vec<&str>> =
                text.split(',').map(|name| spelled(name.trim())).collect();
            let names = names.filter(|names| ty.is_flags || names.len() == 1);
            let kind = NameKind::Member { of: ty.name.full() };
            let meant = names.map(|names| names.join(","));
            self.report_unknown_name(Code::ValueNotInEnum, message, text, kind, meant.as_deref());
        }
    }

    /// Checks an object of a type or of a derived type.
    pub(super) fn object(&mut self, declared: StructuredTypeId, members: &Map<String, Value>) {
        let id = self.instance_type(declared, members);
        for (key, value) in members {
            // Annotations, and the actions that the service offers on the object.
            if key.contains('@') || key.starts_with('#') {
                continue;
            }
            match self.types.property(id, key) {
                Some(property) => self.at(Step::Key(key.clone()), |checker| {
                    checker.value(&property.ty, value)
                }),
                None if self.types.is_open(id) => {}
                None => self.at(Step::Key(key.clone()), |checker| checker.unlisted(id, key)),
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
                "{key:?} is a property of {}, but the object has no `@odata.type` and is read as {name}",
                types.name(*derived)
            ),
            None => format!("{name} has no property {key:?}"),
        };
        let mut names = types
            .api
            .ancestors(id)
            .flat_map(|id| &types.api.structured_type(id).properties);
        let spelled = names.find(|property| property.name.eq_ignore_ascii_case(key));
        let spelled = spelled.map(|property| property.name.as_str());
        let kind = NameKind::Property { of: name };
        self.report_unknown_name(Code::UnlistedProperty, message, key, kind, spelled);
    }

    /// Returns the type that `@odata.type` names, or else the declared type.
    fn instance_type(
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
            self.at(Step::Key(ODATA_TYPE.to_owned()), |checker| {
                let message = format!("no page defines {stated}");
                let spelled = checker.types.find_respelled(name);
                checker.report_unknown_name(
                    Code::UnknownInstanceType,
                    message,
                    name,
                    NameKind::InstanceType,
                    spelled,
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
        self.at(Step::Key(ODATA_TYPE.to_owned()), |checker| {
            checker.report_text(
                Code::UnfittingInstanceType,
                message,
                &escape_json(name),
                None,
            );
        });
        found
    }
}

/// Returns the JSON text of a string without its quotation marks.
fn escape_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Formats a value for a message, shortened.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => {
            let start: String = text.chars().take(40).collect();
            format!("{start:?}…")
        }
        other => other.to_string(),
    }
}
