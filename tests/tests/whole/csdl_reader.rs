//! Reads CSDL and takes nothing on trust.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a name is declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Entity,
    Complex,
    Enum,
}

#[derive(Debug, Default)]
struct Declaration {
    kind: Option<Kind>,
    base: Option<String>,
    keys: Vec<String>,
    properties: BTreeMap<String, String>,
    members: BTreeMap<String, Option<i64>>,
}

/// The declarations of a document.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    declarations: BTreeMap<String, Declaration>,
    used: Vec<(String, String)>,
    roots: BTreeSet<String>,
    vocabularies: BTreeSet<String>,
}

impl Schemas {
    /// Reads a document; panics where it is no CSDL.
    pub(crate) fn read(text: &str) -> Self {
        let mut schemas = Self::default();
        let mut path: Vec<String> = Vec::new();
        let (mut namespace, mut current) = (String::new(), String::new());
        let mut reader = Reader::from_str(text);
        loop {
            match reader
                .read_event()
                .expect("the document is well-formed XML")
            {
                Event::Start(element) => {
                    schemas.element(&element, &path, &mut namespace, &mut current);
                    path.push(name(&element));
                }
                Event::Empty(element) => {
                    schemas.element(&element, &path, &mut namespace, &mut current)
                }
                Event::End(_) => drop(path.pop().expect("every end has a start")),
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(path.is_empty(), "elements are left open: {path:?}");
        schemas
    }

    fn element(
        &mut self,
        element: &BytesStart<'_>,
        path: &[String],
        namespace: &mut String,
        current: &mut String,
    ) {
        let name = name(element);
        let attributes = attributes(element);
        let attribute = |wanted: &str| {
            let value = attributes.get(wanted);
            value
                .cloned()
                .unwrap_or_else(|| panic!("<{name}> has no {wanted}: {attributes:?}"))
        };
        let parent = path.last().map(String::as_str).unwrap_or_default();
        match (parent, name.as_str()) {
            ("", "edmx:Edmx") | ("edmx:Edmx", "edmx:DataServices") | (_, "Key") => {}
            ("edmx:Edmx", "edmx:Reference") => drop(attribute("Uri")),
            ("edmx:Reference", "edmx:Include") => {
                self.vocabularies.insert(attribute("Namespace"));
            }
            (
                "EntityType" | "ComplexType" | "EnumType" | "Property" | "NavigationProperty"
                | "Member" | "Action" | "Function",
                "Annotation",
            ) => {
                let term = attribute("Term");
                let vocabulary = term.rsplit_once('.').expect("terms are qualified").0;
                assert!(
                    self.vocabularies.contains(vocabulary),
                    "{term} belongs to no included vocabulary"
                );
            }
            ("Annotation" | "PropertyValue", "Collection" | "Record")
            | ("Collection", "Record") => {}
            ("EntitySet" | "Singleton", "Annotation") => {}
            ("Record", "PropertyValue") => drop(attribute("Property")),
            ("edmx:DataServices", "Schema") => *namespace = attribute("Namespace"),
            ("Schema", "EntityType" | "ComplexType" | "EnumType") => {
                *current = format!("{namespace}.{}", attribute("Name"));
                let kind = match name.as_str() {
                    "EntityType" => Kind::Entity,
                    "ComplexType" => Kind::Complex,
                    _ => Kind::Enum,
                };
                let base = attributes.get("BaseType").cloned();
                let declaration = Declaration {
                    kind: Some(kind),
                    base,
                    ..Declaration::default()
                };
                assert!(
                    self.declarations
                        .insert(current.clone(), declaration)
                        .is_none(),
                    "{current} is declared twice"
                );
            }
            ("Key", "PropertyRef") => self.current(current).keys.push(attribute("Name")),
            ("EntityType" | "ComplexType", "Property" | "NavigationProperty") => {
                let (name, ty) = (attribute("Name"), attribute("Type"));
                self.used.push((format!("{current}.{name}"), ty.clone()));
                let is_collection_of_entities = element.name().as_ref() == "NavigationProperty"
                    && ty.starts_with("Collection(");
                assert!(
                    !is_collection_of_entities || !attributes.contains_key("Nullable"),
                    "{current}.{name} is a collection of entities with Nullable"
                );
                let twice = self.current(current).properties.insert(name.clone(), ty);
                assert!(twice.is_none(), "{current}.{name} is declared twice");
            }
            ("EnumType", "Member") => {
                let value = attributes
                    .get("Value")
                    .map(|value| value.parse().expect("a member's value is a number"));
                let twice = self
                    .current(current)
                    .members
                    .insert(attribute("Name"), value);
                assert!(
                    twice.is_none(),
                    "a member of {current} is declared twice: {attributes:?}"
                );
            }
            ("Schema", "Action" | "Function") => *current = attribute("Name"),
            ("Schema", "EntityContainer") => {}
            ("Action" | "Function", "Parameter" | "ReturnType") => {
                self.used.push((format!("{current}()"), attribute("Type")));
            }
            ("EntityContainer", "EntitySet" | "Singleton") => {
                let ty = if name == "EntitySet" {
                    attribute("EntityType")
                } else {
                    attribute("Type")
                };
                self.used.push((attribute("Name"), ty));
                assert!(
                    self.roots.insert(attribute("Name")),
                    "the root {} is declared twice",
                    attribute("Name")
                );
            }
            _ => panic!("<{name}> may not stand in <{parent}>"),
        }
    }

    fn current(&mut self, name: &str) -> &mut Declaration {
        self.declarations
            .get_mut(name)
            .expect("members stand in a type")
    }

    /// Panics unless every name that is used is declared, and is of a sort that its use allows.
    pub(crate) fn check(&self) {
        for (place, ty) in &self.used {
            let name = ty
                .strip_prefix("Collection(")
                .and_then(|name| name.strip_suffix(')'))
                .unwrap_or(ty);
            let known = name.starts_with("Edm.") || self.declarations.contains_key(name);
            assert!(known, "{place} has the undeclared type {ty}");
        }
        for (name, declaration) in &self.declarations {
            self.check_base(name, declaration);
            assert!(
                !declaration
                    .properties
                    .keys()
                    .any(|own| self.inherits(declaration, own)),
                "{name} repeats its base"
            );
            for key in &declaration.keys {
                assert!(
                    declaration.properties.contains_key(key),
                    "{name} has the key {key} and no such property"
                );
            }
            let stated = declaration
                .members
                .values()
                .filter(|value| value.is_some())
                .count();
            assert!(
                stated == 0 || stated == declaration.members.len(),
                "{name} has numbers for a part of its members"
            );
        }
    }

    fn check_base(&self, name: &str, declaration: &Declaration) {
        let mut seen = BTreeSet::from([name]);
        let mut next = declaration.base.as_deref();
        while let Some(base) = next {
            assert!(seen.insert(base), "{name} inherits from itself");
            let found = self
                .declarations
                .get(base)
                .unwrap_or_else(|| panic!("{name} has the undeclared base {base}"));
            assert_eq!(
                found.kind, declaration.kind,
                "{name} and its base {base} are of different kinds"
            );
            next = found.base.as_deref();
        }
    }

    fn inherits(&self, declaration: &Declaration, property: &str) -> bool {
        let base = declaration
            .base
            .as_ref()
            .and_then(|base| self.declarations.get(base));
        base.is_some_and(|base| {
            base.properties.contains_key(property) || self.inherits(base, property)
        })
    }

    pub(crate) fn base(&self, name: &str) -> Option<&str> {
        self.declarations.get(name)?.base.as_deref()
    }

    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.declarations.get(name)?.kind
    }

    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.declarations
            .values()
            .filter(|declaration| declaration.kind == Some(kind))
            .count()
    }
}

fn name(element: &BytesStart<'_>) -> String {
    element.name().as_ref().to_owned()
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    for attribute in element.attributes() {
        let attribute = attribute.expect("attributes are well-formed");
        let name = attribute.key.as_ref().to_owned();
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .expect("values are escaped")
            .into_owned();
        assert!(
            attributes.insert(name, value).is_none(),
            "an attribute stands twice"
        );
    }
    attributes
}
