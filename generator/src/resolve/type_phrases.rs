//! In: the index and the bases. Out: the types that type cells mean.

use crate::facts::TypePhrase;
use crate::model::{Primitive, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::pages::Page;
use crate::resolve::symbols::symbol_table::{Definition, Index, Meaning};
use crate::source::At;

/// Everything that a type cell is read against.
pub(crate) struct Scope<'a> {
    pub(crate) index: &'a Index,
    pub(crate) bases: &'a Bases,
}

impl Scope<'_> {
    /// The type that a cell or a sentence means. A name that nothing defines stays undefined, with a problem.
    pub(crate) fn type_ref(
        &self,
        phrase: &At<TypePhrase>,
        page: &Page,
        report: &mut Report,
    ) -> TypeRef {
        let written = phrase.value.written.trim();
        let collection = phrase.value.collection;
        let ty = match phrase.value.names.as_slice() {
            [] => self.undefined(written, phrase, report),
            [name] => match index_meaning(self, name, phrase, page, report) {
                Meaning::Undefined(name) => self.undefined(&name, phrase, report),
                meaning => type_of(meaning),
            },
            names => {
                let meanings = names
                    .iter()
                    .map(|name| index_meaning(self, name, phrase, page, report))
                    .collect();
                self.union(meanings, phrase, report)
            }
        };
        TypeRef { ty, collection }
    }

    fn undefined(&self, name: &str, phrase: &At<TypePhrase>, report: &mut Report) -> Type {
        report.push(
            Code::UndefinedType,
            phrase.at,
            phrase.value.written.chars().count(),
            format!("no page of this version defines the type `{name}`"),
            "any JSON value is allowed in its place",
        );
        Type::Undefined(name.to_owned())
    }

    /// `a or b`: the nearest type that all inherit from, else any JSON value.
    fn union(&self, meanings: Vec<Meaning>, phrase: &At<TypePhrase>, report: &mut Report) -> Type {
        let structured: Vec<StructuredTypeId> = meanings
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Defined(Definition::Structured(id)) => Some(*id),
                _ => None,
            })
            .collect();
        if meanings.windows(2).all(|pair| pair[0] == pair[1]) {
            return meanings
                .into_iter()
                .next()
                .map_or(Type::Primitive(Primitive::Untyped), type_of);
        }
        let common = (structured.len() == meanings.len())
            .then(|| self.bases.common(&structured))
            .flatten();
        let (ty, action) = match common {
            Some(id) => {
                let name = self.index.name_of(Definition::Structured(id)).full();
                (
                    Type::Structured(id),
                    format!("their common base `{name}` was taken"),
                )
            }
            None => (
                Type::Primitive(Primitive::Untyped),
                "any JSON value is allowed".to_owned(),
            ),
        };
        report.push(
            Code::UnionOfTypes,
            phrase.at,
            phrase.value.written.chars().count(),
            format!("`{}` offers several types", phrase.value.written.trim()),
            action,
        );
        ty
    }
}

fn index_meaning(
    scope: &Scope,
    name: &crate::facts::TypeName,
    phrase: &At<TypePhrase>,
    page: &Page,
    report: &mut Report,
) -> Meaning {
    scope.index.meaning(name, phrase.at, page, report)
}

fn type_of(meaning: Meaning) -> Type {
    match meaning {
        Meaning::Primitive(primitive) => Type::Primitive(primitive),
        Meaning::Defined(Definition::Structured(id)) => Type::Structured(id),
        Meaning::Defined(Definition::Enum(id)) => Type::Enum(id),
        Meaning::Undefined(name) => Type::Undefined(name),
    }
}
