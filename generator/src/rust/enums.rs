//! Enum types to enums.

use crate::memo::Same;
use crate::model::{EnumId, EnumType};
use crate::report::Report;

use super::docs::{self, Docs, facts};
use super::items::{Enum, Variant, When};
use super::names::{self, Scope};
use super::registry::{Registry, meeting, not_plain};

/// All that the enum of an enum type is made of.
#[derive(Debug, Hash)]
pub(crate) struct Given<'a> {
    pub(crate) registry: Same<'a, Registry>,
    pub(crate) id: EnumId,
    pub(crate) ty: &'a EnumType,
}

/// The enum of an enum type.
pub(crate) fn enumeration(given: &Given<'_>) -> (Enum, Report) {
    let Given {
        registry: Same(registry),
        id,
        ty,
    } = given;
    let mut report = Report::new();
    let mut enum_docs = Docs::describe(&ty.docs, || {
        format!("The values of {}.", docs::code(&ty.name.full()))
    });
    if ty.is_flags {
        enum_docs.paragraph("A value can be several members at once.");
    }
    facts::add_pages(&mut enum_docs, &ty.pages);
    let mut scope = Scope::default();
    let mut variants = Vec::with_capacity(ty.members.len());
    for member in &ty.members {
        let wanted = names::variant(&member.name);
        let ident = scope.claim_with(wanted.clone(), member.value);
        if !names::is_plain(&member.name) {
            not_plain(&mut report, member.origin, &member.name, &ident);
        }
        if ident != wanted {
            meeting(&mut report, member.origin, &member.name, &ident);
        }
        let mut docs = Docs::describe(&member.docs, || format!("{}.", docs::code(&member.name)));
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
    let item = Enum {
        ident: registry.enum_ident(*id).clone(),
        name: ty.name.clone(),
        docs: enum_docs,
        deprecated: facts::deprecated(&ty.docs),
        is_flags: ty.is_flags,
        variants,
        when: When::default(),
    };
    (item, report)
}
