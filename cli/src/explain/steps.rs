//! The steps of a trace: page, facts, model, Rust item, generated lines.

use std::fmt::Write;

use generator::Generated;
use generator::emit::{self, Item};
use generator::facts::{MemberFact, PageFacts, PropertyFact, RequestLineFact};
use generator::model::{
    Api, Body, EnumId, OperationId, PropertyKind, ResponseContent, StructuredKind,
    StructuredTypeId, Type, TypeRef,
};
use generator::source::Location;

use super::Target;
use graphwright_pages::Docs;

/// The input of a trace.
pub(super) struct Steps<'a> {
    pub(super) docs: &'a Docs,
    pub(super) generated: &'a Generated,
    pub(super) api: &'a Api,
}

impl Steps<'_> {
    /// Returns all steps of a target, followed by a blank line.
    pub(super) fn render(&self, target: Target) -> String {
        let mut text = String::new();
        match target {
            Target::Structured(id) => self.structured_type(&mut text, id),
            Target::Property(id, index) => self.property(&mut text, id, index),
            Target::Enum(id) => self.enum_type(&mut text, id),
            Target::Member(id, index) => self.member(&mut text, id, index),
            Target::Operation(id) => self.operation(&mut text, id),
        }
        text.push('\n');
        text
    }

    fn structured_type(&self, text: &mut String, id: StructuredTypeId) {
        let ty = self.api.structured_type(id);
        self.title(text, &ty.name.full());
        match ty.origin {
            Some(origin) => self.page(text, origin),
            None => step(text, "page", "none; built-in base type of all entity types"),
        }
        for page in &ty.pages {
            step(
                text,
                "facts",
                &format!("defined on {}", self.docs.path(page.file)),
            );
        }
        let kind = match ty.kind {
            StructuredKind::Entity => "entity type",
            StructuredKind::Complex => "complex type",
        };
        let base = ty.base.map(|base| {
            format!(
                " with base type {}",
                self.api.structured_type(base).name.full()
            )
        });
        let description = format!(
            "{kind}{}, {} declared properties",
            base.unwrap_or_default(),
            ty.properties.len()
        );
        step(text, "model", &description);
        self.item(text, &ty.name, None);
    }

    fn property(&self, text: &mut String, id: StructuredTypeId, index: usize) {
        let ty = self.api.structured_type(id);
        let property = &ty.properties[index];
        self.title(text, &format!("{}.{}", ty.name.full(), property.name));
        self.page(text, property.origin);
        if let Some(fact) = self.property_fact(property.origin, &property.name) {
            let inherited = fact
                .inherited_from
                .as_ref()
                .map(|base| format!(", inherited from {}", base.text));
            let description = format!(
                "{} has type text {:?}{}",
                fact.name.value,
                fact.type_phrase.value.written,
                inherited.unwrap_or_default()
            );
            step(text, "facts", &description);
        }
        let kind = match property.kind {
            PropertyKind::Structural => "property",
            PropertyKind::Navigation => "navigation property",
        };
        step(
            text,
            "model",
            &format!("{kind} of type {}", self.type_name(&property.ty)),
        );
        self.item(text, &ty.name, Some(&property.name));
    }

    fn enum_type(&self, text: &mut String, id: EnumId) {
        let ty = self.api.enum_type(id);
        self.title(text, &ty.name.full());
        self.page(text, ty.origin);
        for page in &ty.pages {
            step(
                text,
                "facts",
                &format!("defined on {}", self.docs.path(page.file)),
            );
        }
        let flags = if ty.is_flags {
            "flags enum type"
        } else {
            "enum type"
        };
        step(
            text,
            "model",
            &format!("{flags}, {} members", ty.members.len()),
        );
        self.item(text, &ty.name, None);
    }

    fn member(&self, text: &mut String, id: EnumId, index: usize) {
        let ty = self.api.enum_type(id);
        let member = &ty.members[index];
        self.title(text, &format!("{}.{}", ty.name.full(), member.name));
        self.page(text, member.origin);
        let value = member
            .value
            .map(|value| format!(" = {value}"))
            .unwrap_or_default();
        if self.member_fact(member.origin, &member.name).is_some() {
            step(text, "facts", &format!("member {}{value}", member.name));
        }
        step(
            text,
            "model",
            &format!("member {}{value} of {}", member.name, ty.name.full()),
        );
        self.item(text, &ty.name, Some(&member.name));
    }

    fn operation(&self, text: &mut String, id: OperationId) {
        let operation = self.api.operation(id);
        let template = operation.path.template();
        self.title(text, &format!("{} {template}", operation.method.name()));
        self.page(text, operation.origin);
        for (page, line) in self.request_lines(operation) {
            let description = format!(
                "{} documents {} {}",
                self.docs.path(page.file),
                line.method.name(),
                line.template
            );
            step(text, "facts", &description);
        }
        let response = match &operation.response {
            ResponseContent::None => "nothing".to_owned(),
            ResponseContent::Value(ty) => self.type_name(ty),
            ResponseContent::Stream => "bytes".to_owned(),
            ResponseContent::Undefined => "any JSON".to_owned(),
        };
        let description = format!(
            "{:?}, sends {}, returns {response}",
            operation.kind,
            self.body(&operation.body)
        );
        step(text, "model", &description);
        let Some(place) =
            self.generated
                .library
                .find_operation(self.api.version, operation.method, &template)
        else {
            step(text, "rust", "not generated");
            return;
        };
        step(
            text,
            "rust",
            &format!("{}::{}", place.builder, place.method),
        );
        let item = Item::Member(place.builder, place.method);
        self.lines(text, &place.file, item);
    }

    fn request_lines<'a>(
        &'a self,
        operation: &generator::model::Operation,
    ) -> Vec<(&'a PageFacts, &'a RequestLineFact)> {
        let pages = operation
            .pages
            .iter()
            .filter_map(|link| self.page_facts(link.file));
        let lines = pages.flat_map(|page| {
            let lines = page
                .operation
                .as_ref()
                .map(|facts| facts.request_lines.as_slice())
                .unwrap_or_default();
            lines.iter().map(move |line| (page, line))
        });
        let path = normalize_path(&operation.path.template());
        lines
            .filter(|(_, line)| {
                line.method == operation.method && normalize_path(&line.template) == path
            })
            .collect()
    }

    fn body(&self, body: &Body) -> String {
        match body {
            Body::None => "nothing".to_owned(),
            Body::Value(ty) => self.type_name(ty),
            Body::Parameters(parameters) => {
                let names: Vec<&str> = parameters
                    .iter()
                    .map(|parameter| parameter.name.as_str())
                    .collect();
                format!("parameters ({})", names.join(", "))
            }
            Body::Reference(_) => "a reference".to_owned(),
            Body::Stream => "bytes".to_owned(),
            Body::Undefined => "any JSON".to_owned(),
        }
    }

    fn title(&self, text: &mut String, name: &str) {
        writeln!(text, "{name} ({})", self.api.version.name()).expect(INFALLIBLE);
    }

    /// Appends a location and quotes its source line.
    fn page(&self, text: &mut String, at: Location) {
        let path = self.docs.path(at.file);
        step(text, "page", &format!("{path}:{}:{}", at.line, at.column));
        let source = &self.docs.sources.get(at.file).text;
        if let Some(line) = source.lines().nth((at.line as usize).saturating_sub(1)) {
            quote(text, line);
        }
    }

    /// Appends the struct or enum of a type, and quotes the declaration of the item or of one of its members.
    fn item(
        &self,
        text: &mut String,
        name: &generator::model::QualifiedName,
        member: Option<&str>,
    ) {
        let Some(place) = self.generated.library.find_type(self.api.version, name) else {
            step(text, "rust", "not generated");
            return;
        };
        let ident =
            member.and_then(|member| place.members.iter().find(|(wire, _)| *wire == member));
        match ident {
            None => step(text, "rust", &format!("{}::{}", place.module, place.ident)),
            Some((_, ident)) => step(
                text,
                "rust",
                &format!("{}::{}, {ident}", place.module, place.ident),
            ),
        }
        if member.is_some() && ident.is_none() {
            step(
                text,
                "emit",
                "no field; the property is read and written through its own path",
            );
            return;
        }
        let item = match ident {
            None => Item::Type(place.ident),
            Some((_, ident)) => Item::Member(place.ident, ident),
        };
        self.lines(text, &place.file, item);
    }

    /// Quotes the declaration of an item with its documentation and attributes.
    fn lines(&self, text: &mut String, path: &str, item: Item<'_>) {
        let mut files = self.generated.files.iter();
        let Some(file) = files.find(|file| file.path == path) else {
            return;
        };
        let Some(lines) = emit::find_lines(&self.generated.library, path, item) else {
            return;
        };
        let place = format!("generated/{path}:{}", lines.declaration);
        step(text, "emit", &place);
        let shown = file.text.lines().take(lines.declaration);
        for line in shown.skip(lines.first - 1) {
            quote(text, line.trim());
        }
    }

    fn page_facts(&self, file: generator::source::FileId) -> Option<&PageFacts> {
        self.generated
            .analysis
            .pages
            .iter()
            .find(|page| page.file == file)
    }

    fn property_fact(&self, origin: Location, name: &str) -> Option<&PropertyFact> {
        let page = self.page_facts(origin.file)?;
        let rows = page
            .resources
            .iter()
            .flat_map(|resource| resource.properties.iter().chain(&resource.relationships));
        rows.into_iter()
            .find(|row| row.name.at.line == origin.line && row.name.value == name)
    }

    fn member_fact(&self, origin: Location, name: &str) -> Option<&MemberFact> {
        let page = self.page_facts(origin.file)?;
        let rows = page.enums.iter().flat_map(|section| &section.members);
        rows.into_iter()
            .find(|row| row.name.at.line == origin.line && row.name.value == name)
    }

    fn type_name(&self, ty: &TypeRef) -> String {
        let name = match &ty.ty {
            Type::Primitive(primitive) => format!("{primitive:?}"),
            Type::Enum(id) => self.api.enum_type(*id).name.full(),
            Type::Structured(id) => self.api.structured_type(*id).name.full(),
            Type::Undefined(name) => format!("{name} (undefined; generated as JSON)"),
        };
        if ty.collection {
            format!("collection of {name}")
        } else {
            name
        }
    }
}

const INFALLIBLE: &str = "writing to a string does not fail";

fn step(text: &mut String, name: &str, description: &str) {
    writeln!(text, "  {name:<6} {description}").expect(INFALLIBLE);
}

fn quote(text: &mut String, line: &str) {
    writeln!(text, "         | {line}").expect(INFALLIBLE);
}

fn normalize_path(path: &str) -> String {
    super::without_placeholder_names(path).to_ascii_lowercase()
}
