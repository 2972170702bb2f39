//! Resolves type phrases, the text of type cells and of sentences that name a type, to types of the model.

use crate::facts::TypePhrase;
use crate::model::{Primitive, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, NameKind, Report};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::pages::Page;
use crate::resolve::symbols::symbol_table::{Lookup, SymbolTable};
use crate::source::At;

/// Resolves type phrases.
pub(crate) struct TypeResolver<'a> {
    pub(crate) symbols: &'a SymbolTable,
    pub(crate) bases: &'a BaseGraph,
}

/// A resolved type phrase, with what there is to report about it.
pub(crate) struct ResolvedPhrase {
    pub(crate) ty: TypeRef,
    /// The lookup of each name in the phrase.
    lookups: Vec<Lookup>,
    union: Option<Union>,
}

/// The type for a union such as `user or group`.
enum Union {
    CommonBase(StructuredTypeId),
    AnyJson,
}

impl TypeResolver<'_> {
    /// Resolves a phrase and reports undefined types, ambiguous names and unions.
    pub(crate) fn resolve_and_report(
        &self,
        phrase: &At<TypePhrase>,
        page: &Page,
        report: &mut Report,
    ) -> TypeRef {
        let resolved = self.resolve(&phrase.value, page);
        self.report(&resolved, phrase, report);
        resolved.ty
    }

    /// Resolves a phrase that may be ordinary words: `None` if it names no defined type, which is not reported.
    pub(crate) fn resolve_if_defined(
        &self,
        phrase: &At<TypePhrase>,
        page: &Page,
        report: &mut Report,
    ) -> Option<TypeRef> {
        let resolved = self.resolve(&phrase.value, page);
        if matches!(resolved.ty.ty, Type::Undefined(_)) {
            return None;
        }
        self.report(&resolved, phrase, report);
        Some(resolved.ty)
    }

    /// Resolves a phrase.
    pub(crate) fn resolve(&self, phrase: &TypePhrase, page: &Page) -> ResolvedPhrase {
        let lookups: Vec<Lookup> = phrase
            .names
            .iter()
            .map(|name| self.symbols.look_up(name, page))
            .collect();
        let (ty, union) = match lookups.as_slice() {
            [] => (Type::Undefined(phrase.written.trim().to_owned()), None),
            [first, rest @ ..] if rest.iter().all(|next| next.resolved == first.resolved) => {
                (first.resolved.clone().into_type(), None)
            }
            _ => match self.common_base(&lookups) {
                Some(id) => (Type::Structured(id), Some(Union::CommonBase(id))),
                None => (Type::Primitive(Primitive::Untyped), Some(Union::AnyJson)),
            },
        };
        ResolvedPhrase {
            ty: TypeRef {
                ty,
                collection: phrase.collection,
            },
            lookups,
            union,
        }
    }

    /// Returns the nearest common base of several structured types.
    fn common_base(&self, lookups: &[Lookup]) -> Option<StructuredTypeId> {
        let structured = lookups.iter().map(|lookup| lookup.resolved.structured());
        let structured: Option<Vec<StructuredTypeId>> = structured.collect();
        self.bases.common_base(&structured?)
    }

    fn report(&self, resolved: &ResolvedPhrase, phrase: &At<TypePhrase>, report: &mut Report) {
        for (lookup, name) in resolved.lookups.iter().zip(&phrase.value.names) {
            self.symbols
                .report_conflict(lookup, name, phrase.at, report);
        }
        let width = phrase.value.width;
        match (&resolved.union, &resolved.ty.ty) {
            (None, Type::Undefined(name)) if resolved.lookups.len() < 2 => {
                let message = match name.is_empty() {
                    true => "the row names no type".to_owned(),
                    false => format!("unknown type `{name}`: no page of this version defines it"),
                };
                let action = "it is generated as any JSON value";
                report.push(Code::UndefinedType, phrase.at, width, message, action);
                let written = phrase.value.names.first().map_or(name, |name| &name.text);
                if !written.is_empty() {
                    report.set_unknown_name(written, NameKind::Type);
                }
            }
            (None, _) => {}
            (Some(union), _) => {
                let action = match union {
                    Union::CommonBase(id) => format!(
                        "the common base `{}` is used",
                        self.symbols.structured_name(*id).full()
                    ),
                    Union::AnyJson => "it is generated as any JSON value".to_owned(),
                };
                report.push(
                    Code::UnionOfTypes,
                    phrase.at,
                    width,
                    format!("`{}` is a union of types", phrase.value.written.trim()),
                    action,
                );
            }
        }
    }
}
