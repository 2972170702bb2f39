//! Properties to fields: names, types and documentation.

use std::borrow::Cow;

use crate::model::{Property, PropertyKind, StructuredTypeId, Type};
use crate::report::{Code, Report};

use super::docs::{self, Docs, facts, usage};
use super::items::{Field, When};
use super::names::{self, Scope};
use super::type_names::{TypeNames, report_name_collision, report_unusual_name};
use super::values;

/// A property with its declaring type (none for a parameter).
pub(crate) struct Declared<'m> {
    pub(crate) owner: Option<StructuredTypeId>,
    pub(crate) property: Cow<'m, Property>,
}

/// The fields of a struct. Problems are reported for the declaring type only, not for derived types.
pub(crate) fn fields(
    type_names: &TypeNames,
    properties: &[Declared<'_>],
    owner: Option<StructuredTypeId>,
    report: &mut Report,
) -> Vec<Field> {
    let mut scope = Scope::default();
    let mut odd = Report::new();
    let mut fields = Vec::with_capacity(properties.len());
    for declared in properties {
        let report = if declared.owner == owner {
            &mut *report
        } else {
            &mut odd
        };
        let property = declared.property.as_ref();
        if property.name == "@odata.type" {
            report.push(
                Code::AnnotationAsProperty,
                property.origin,
                0,
                "a table lists `@odata.type` as a property",
                "no field is made of it; every struct reads and writes it",
            );
            continue;
        }
        let Some(ty) = values::value(type_names, &property.ty) else {
            continue;
        };
        let preferred = names::field(&property.name);
        let ident = scope.claim(preferred.clone());
        if !names::is_plain(&property.name) {
            report_unusual_name(report, property.origin, &property.name, &ident);
        }
        if ident != preferred {
            report_name_collision(report, property.origin, &property.name, &ident);
        }
        let is_navigation = property.kind == PropertyKind::Navigation;
        fields.push(Field {
            constant: names::constant(&ident),
            ident,
            wire: property.name.clone(),
            docs: field_docs(type_names, declared, owner),
            ty,
            is_navigation,
            is_required: property.required && !property.read_only && !is_navigation,
            when: When::default(),
            deprecated: facts::deprecated(&property.docs),
        });
    }
    fields
}

fn field_docs(
    type_names: &TypeNames,
    declared: &Declared<'_>,
    owner: Option<StructuredTypeId>,
) -> Docs {
    let property = declared.property.as_ref();
    let sort = if declared.owner.is_some() {
        "property"
    } else {
        "parameter"
    };
    let description = usage::remove_usage(&property.docs.description, &property.usage);
    let mut docs = Docs::describe(&description, || {
        format!("The {} {sort}.", docs::code(&property.name))
    });
    let mut sentences = facts::property(property);
    if let Type::Undefined(name) = &property.ty.ty {
        let name = docs::code(name);
        sentences.push(format!(
            "Any JSON value: the type {name} is not documented."
        ));
    }
    if let Some(from) = declared.owner.filter(|_| declared.owner != owner) {
        sentences.push(format!(
            "Inherited from `{}`.",
            type_names.struct_ident(from)
        ));
    }
    if !sentences.is_empty() {
        docs.paragraph(sentences.join(" "));
    }
    docs
}
