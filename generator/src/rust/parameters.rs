//! Parameters of actions to structs: one for each action of a type, whatever paths lead to it.

use std::collections::BTreeMap;

use crate::model::{Api, Body, Operation, OperationId, PageLink, Property, Segment, Type};
use crate::report::{Code, Report};

use super::docs::{self, Docs, facts};
use super::fields::{Declared, fields};
use super::items::{Struct, When};
use super::names::{self, Ident};
use super::paths::{Node, PathTree};
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
                let wanted = wanted(registry, operation, node);
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
        let mut docs = Docs::describe("", &format!("The parameters of {line}."));
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

/// The name that the parameters want: the type that the action is bound to, else the path, then the action.
fn wanted(registry: &Registry, operation: &Operation, node: &Node<'_>) -> Ident {
    let bound = match operation.binding.as_ref().map(|binding| &binding.ty) {
        Some(Type::Structured(id)) => Some(*id),
        Some(Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_)) | None => node.ty,
    };
    let bound = match bound {
        Some(id) => registry.struct_ident(id).clone(),
        None => names::camel(&node.template),
    };
    let action = match operation.path.segments.last() {
        Some(Segment::Action(name) | Segment::Name(name) | Segment::Function { name, .. }) => {
            names::camel(name)
        }
        Some(
            Segment::Key(_)
            | Segment::AlternateKey { .. }
            | Segment::Cast(_)
            | Segment::ItemPath(_)
            | Segment::Ref
            | Segment::Value
            | Segment::Count,
        )
        | None => names::camel(operation.method.name()),
    };
    bound.camel_join(action.as_str()).camel_join("Parameters")
}
