//! Parameters of actions to structs: one for each action of a type, whatever paths lead to it.

use std::collections::BTreeMap;

use crate::model::{Api, Body, Operation, OperationId, PageLink, Property, Segment};
use crate::report::{Code, Report};

use super::docs::{self, Docs, facts};
use super::fields::{Declared, fields};
use super::items::{Struct, When};
use super::names::{self, Ident};
use super::paths::PathTree;
use super::registry::Registry;

/// The parameter structs of one version.
pub(crate) struct Parameters<'m> {
    /// By the name that the action and its type ask for.
    found: BTreeMap<Ident, Found<'m>>,
    /// The structs that operations take.
    idents: BTreeMap<OperationId, Ident>,
}

struct Found<'m> {
    ident: Ident,
    /// The node of the first path that leads to the action.
    node: usize,
    operation: &'m Operation,
    properties: Vec<&'m Property>,
}

impl<'m> Parameters<'m> {
    /// Names the parameters of all operations. Those that share a name share the struct; it has the parameters of all.
    pub(crate) fn find(
        api: &'m Api,
        tree: &PathTree<'m>,
        registry: &mut Registry,
        report: &mut Report,
    ) -> Self {
        let mut all = Self {
            found: BTreeMap::new(),
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
                let wanted = wanted(operation);
                let found = all.found.entry(wanted.clone()).or_insert_with(|| Found {
                    ident: registry.types.claim(wanted),
                    node: index,
                    operation,
                    properties: Vec::new(),
                });
                for property in properties {
                    found.merge(property, report);
                }
                all.idents.insert(*id, found.ident.clone());
            }
        }
        all
    }

    /// The struct that an operation takes, if it has parameters.
    pub(crate) fn ident(&self, operation: OperationId) -> Option<Ident> {
        self.idents.get(&operation).cloned()
    }

    /// The structs that stand with the builder of a node.
    pub(crate) fn structs(
        &self,
        registry: &Registry,
        node: usize,
        report: &mut Report,
    ) -> Vec<Struct> {
        self.found
            .values()
            .filter(|found| found.node == node)
            .map(|found| found.structure(registry, report))
            .collect()
    }
}

impl<'m> Found<'m> {
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

    fn structure(&self, registry: &Registry, report: &mut Report) -> Struct {
        let pages: &[PageLink] = &self.operation.pages;
        let declared: Vec<Declared<'_>> = self
            .properties
            .iter()
            .map(|property| Declared {
                owner: None,
                pages,
                property,
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
            fields: fields(registry, &declared, None, report),
            any: None,
            when: When::default(),
        }
    }
}

/// The name that the parameters want: the words of the path, so that no other page can change it. One word tells whose action
/// it is if a key follows it, `messages/{id}/forward`, and two if not, `tables/{id}/sort/apply`. `me` is one of the users.
fn wanted(operation: &Operation) -> Ident {
    let mut words = operation.path.segments.iter().rev();
    let last = words.next().and_then(word);
    let action = last.unwrap_or_else(|| names::camel(operation.method.name()));
    let mut owner: Vec<Ident> = Vec::new();
    let mut needed = 2;
    for segment in words {
        match (word(segment), segment) {
            (Some(word), _) => owner.push(word),
            (None, Segment::Key(_) | Segment::AlternateKey { .. }) if owner.is_empty() => {
                needed = 1
            }
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

/// The word of a segment for one of the things that it leads to.
fn word(segment: &Segment) -> Option<Ident> {
    match segment {
        Segment::Name(name) if name == "me" => Some(names::camel("user")),
        Segment::Name(name) => Some(names::camel(&names::singular(name))),
        Segment::Action(name) | Segment::Function { name, .. } => Some(names::camel(name)),
        Segment::Cast(name) => Some(names::type_name(&name.namespace, &name.name)),
        Segment::Key(_)
        | Segment::AlternateKey { .. }
        | Segment::ItemPath(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => None,
    }
}
