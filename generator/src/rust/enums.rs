//! Enum types to enums.

use crate::model::{Api, EnumId};
use crate::report::Report;

use super::docs::{self, Docs, facts};
use super::items::{Enum, Variant, When};
use super::names::{self, Scope};
use super::type_names::{TypeNames, report_name_collision, report_unusual_name};

/// The enum of an enum type.
pub(crate) fn enumeration(
    api: &Api,
    type_names: &TypeNames,
    id: EnumId,
    report: &mut Report,
) -> Enum {
    let ty = api.enum_type(id);
    let mut enum_docs = Docs::describe(&ty.docs.description, || {
        format!("The members of the enum {}.", docs::code(&ty.name.full()))
    });
    if ty.is_flags {
        enum_docs.paragraph("A flags enum: a value can combine several members.");
    }
    let behind_prefer = ty.members.iter().filter(|member| member.requires_prefer);
    let behind_prefer: Vec<String> = behind_prefer
        .map(|member| docs::code(&member.name))
        .collect();
    if !behind_prefer.is_empty() {
        enum_docs.paragraph(format!(
            "Returned only with `prefer_unknown_enum_members()`, and as `unknownFutureValue` otherwise: {}.",
            behind_prefer.join(", ")
        ));
    }
    facts::add_pages(&mut enum_docs, &ty.pages);
    let mut scope = Scope::default();
    let mut variants = Vec::with_capacity(ty.members.len());
    for member in &ty.members {
        let preferred = names::variant(&member.name);
        let ident = scope.claim_with(preferred.clone(), member.value);
        if !names::is_plain(&member.name) {
            report_unusual_name(report, member.origin, &member.name, &ident);
        }
        if ident != preferred {
            report_name_collision(report, member.origin, &member.name, &ident);
        }
        let mut docs = Docs::describe(&member.docs.description, || {
            format!("{}.", docs::code(&member.name))
        });
        if let Some(value) = member.value {
            docs.paragraph(format!("Value: {value}."));
        }
        variants.push(Variant {
            ident,
            wire: member.name.clone(),
            value: member.value,
            docs,
            deprecated: facts::deprecated(&member.docs),
        });
    }
    Enum {
        ident: type_names.enum_ident(id).clone(),
        name: ty.name.clone(),
        docs: enum_docs,
        deprecated: facts::deprecated(&ty.docs),
        is_flags: ty.is_flags,
        variants,
        when: When::default(),
    }
}
