//! Parameters of actions to structs: one for each action of a type, shared by all its paths.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{Api, Body, Operation, OperationId, PageLink, Property, Segment};
use crate::report::{Code, Report};

use super::docs::{self, Docs, facts};
use super::fields::{Declared, fields};
use super::items::{Struct, When};
use super::names::{self, Ident};
use super::path_tree::PathTree;
use super::type_names::TypeNames;

/// The parameter structs of one version.
pub(crate) struct ActionParameters<'m> {
    /// By their preferred names.
    structs: BTreeMap<Ident, ParameterStruct<'m>>,
    /// The struct that each operation takes.
    idents: BTreeMap<OperationId, Ident>,
}

struct ParameterStruct<'m> {
    ident: Ident,
    /// The node of the action's first path.
    node: usize,
    operation: &'m Operation,
    properties: Vec<&'m Property>,
}

impl<'m> ActionParameters<'m> {
    /// Collects the parameters of all operations. Operations with the same preferred name share a struct with the parameters of all.
    pub(crate) fn collect(
        api: &'m Api,
        tree: &PathTree<'m>,
        type_names: &mut TypeNames,
        report: &mut Report,
    ) -> Self {
        let mut all = Self {
            structs: BTreeMap::new(),
            idents: BTreeMap::new(),
        };
        for (index, node) in tree.nodes.iter().enumerate() {
            for (id, _) in &node.operations {
                let operation = api.operation(*id);
                let Body::Parameters(properties) = &operation.body else {
                    continue;
                };
                if properties.is_empty() {
                    continue;
                }
                let name = preferred_name(operation);
                let item = all
                    .structs
                    .entry(name.clone())
                    .or_insert_with(|| ParameterStruct {
                        ident: type_names.types.claim(name),
                        node: index,
                        operation,
                        properties: Vec::new(),
                    });
                for property in properties {
                    item.merge(property, report);
                }
                all.idents.insert(*id, item.ident.clone());
            }
        }
        all
    }

    /// The struct that an operation takes, if it has parameters.
    pub(crate) fn ident(&self, operation: OperationId) -> Option<Ident> {
        self.idents.get(&operation).cloned()
    }

    /// The structs in the module of a node's builder.
    pub(crate) fn structs(
        &self,
        type_names: &TypeNames,
        node: usize,
        report: &mut Report,
    ) -> Vec<Struct> {
        self.structs
            .values()
            .filter(|item| item.node == node)
            .map(|item| item.structure(type_names, report))
            .collect()
    }
}

impl<'m> ParameterStruct<'m> {
    fn merge(&mut self, property: &'m Property, report: &mut Report) {
        match self
            .properties
            .iter()
            .find(|known| known.name == property.name)
        {
            None => self.properties.push(property),
            Some(known) if known.ty != property.ty => report.push(
                Code::ParameterTypesDiffer,
                property.origin,
                0,
                format!(
                    "the parameter {:?} has another type than at another path of the same action",
                    property.name
                ),
                "the type read first is used at both",
            ),
            Some(_) => {}
        }
    }

    fn structure(&self, type_names: &TypeNames, report: &mut Report) -> Struct {
        let pages: &[PageLink] = &self.operation.pages;
        let declared: Vec<Declared<'_>> = self
            .properties
            .iter()
            .map(|property| Declared {
                owner: None,
                property: Cow::Borrowed(*property),
            })
            .collect();
        let line = docs::code(&format!(
            "{} {}",
            self.operation.method.name(),
            self.operation.path.template()
        ));
        let mut docs = Docs::starting(format!("The parameters of {line}."));
        facts::add_pages(&mut docs, pages);
        Struct {
            ident: self.ident.clone(),
            name: None,
            docs,
            deprecated: None,
            fields: fields(type_names, &declared, None, report),
            any: None,
            when: When::default(),
        }
    }
}

/// The preferred name: the words of the path, so that no other page can change it. One word names the owner of the action
/// if a key follows it, `messages/{id}/forward`, and two if not, `tables/{id}/sort/apply`. `me` counts as `users`.
fn preferred_name(operation: &Operation) -> Ident {
    let mut words = operation.path.segments.iter().rev();
    let last = words.next().and_then(word);
    let action = last.unwrap_or_else(|| names::camel(operation.method.name()));
    let mut owner: Vec<Ident> = Vec::new();
    let mut needed = 2;
    for segment in words {
        match (word(segment), segment) {
            (Some(word), _) => owner.push(word),
            (None, Segment::Key(_) | Segment::AlternateKey(_)) if owner.is_empty() => needed = 1,
            (None, _) => {}
        }
        if owner.len() == needed {
            break;
        }
    }
    owner
        .into_iter()
        .rev()
        .chain([action, names::camel("parameters")])
        .reduce(|front, back| front.camel_join(back.as_str()))
        .expect("there is always the action")
}

/// The singular word of a segment.
fn word(segment: &Segment) -> Option<Ident> {
    match segment {
        Segment::Name(name) if name == "me" => Some(names::camel("user")),
        Segment::Name(name) => Some(names::camel(&names::singular(name))),
        Segment::Action(name) | Segment::Function { name, .. } => Some(names::camel(name)),
        Segment::Cast(name) => Some(names::type_name(&name.namespace, &name.name)),
        Segment::Key(_)
        | Segment::AlternateKey(_)
        | Segment::ItemPath(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => None,
    }
}
