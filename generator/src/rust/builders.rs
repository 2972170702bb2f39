//! The tree of paths to request builders: one struct for each node, with methods that go on and methods that send.

use std::collections::BTreeMap;

use crate::model::{Api, OperationId, Segment};
use crate::report::Report;

use super::areas;
use super::docs::{self, Docs};
use super::items::{Accessor, Builder, Struct, When};
use super::methods;
use super::names::{self, Ident, Scope};
use super::parameters::Parameters;
use super::paths::{Node, PathTree, tree};
use super::registry::{Place, Registry, is_root, meeting, not_plain};

/// A builder with what stands beside it.
pub(crate) struct Placed {
    /// The module that it belongs to; for the client only the structs go there.
    pub(crate) place: Place,
    /// The builder.
    pub(crate) builder: Builder,
    /// The structs of its parameters.
    pub(crate) parameters: Vec<Struct>,
    /// What it sends.
    pub(crate) operations: Vec<OperationId>,
}

/// Makes the builders of a version; the first is the client.
pub(crate) fn builders(api: &Api, registry: &mut Registry, report: &mut Report) -> Vec<Placed> {
    let tree = tree(api);
    let idents = idents(&tree);
    let places = places(api, &tree, registry);
    let parameters = Parameters::find(api, &tree, registry, report);
    let mut placed = Vec::with_capacity(tree.nodes.len());
    for (index, place) in places.into_iter().enumerate() {
        let maker = Maker {
            api,
            registry,
            tree: &tree,
            idents: &idents,
            parameters: &parameters,
        };
        placed.push(Placed {
            place,
            builder: maker.builder(index, report),
            parameters: parameters.structs(registry, index, report),
            operations: tree.nodes[index]
                .operations
                .iter()
                .map(|(id, _)| *id)
                .collect(),
        });
    }
    placed
}

/// The names of the builders: the words of the path, so that no other path can change them.
fn idents(tree: &PathTree<'_>) -> Vec<Ident> {
    let mut scope = Scope::default();
    let mut words: Vec<Ident> = Vec::with_capacity(tree.nodes.len());
    let mut idents = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let Some(segment) = node.segment else {
            words.push(names::camel("graph"));
            idents.push(scope.claim(names::camel("client")));
            continue;
        };
        let own = segment_words(segment);
        let whole = if node.parent == 0 {
            own
        } else {
            words[node.parent].camel_join(own.as_str())
        };
        idents.push(scope.claim(whole.camel_join("Builder")));
        words.push(whole);
    }
    idents
}

fn segment_words(segment: &Segment) -> Ident {
    match segment {
        Segment::Name(name) => names::camel(name),
        Segment::Key(_) => names::camel("item"),
        Segment::AlternateKey { property, .. } => names::camel(&format!("by {property}")),
        Segment::Cast(name) => {
            names::camel("as").camel_join(names::type_name(&name.namespace, &name.name).as_str())
        }
        Segment::Action(name) => names::camel(&format!("{name} result")),
        Segment::Function { name, parameters } => names::camel(&format!(
            "{} result",
            methods::function_name(name, parameters)
        )),
        Segment::ItemPath(_) => names::camel("at path"),
        Segment::Ref | Segment::Value | Segment::Count => names::camel("tail"),
    }
}

/// Where each builder stands: with the type that its path leads to, else where the builder above it does.
fn places(api: &Api, tree: &PathTree<'_>, registry: &mut Registry) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(tree.nodes.len());
    let mut roots = BTreeMap::new();
    for node in &tree.nodes {
        let ty = node
            .ty
            .filter(|ty| !is_root(&api.structured_type(*ty).name));
        let place = match (ty, node.segment) {
            (Some(ty), _) => registry.struct_place(ty).clone(),
            (None, Some(segment)) if node.parent == 0 => {
                let wanted = names::module(segment_words(segment).as_str())
                    .snake_join(&names::snake("requests"));
                roots
                    .entry(wanted.clone())
                    .or_insert_with(|| registry.general_module(wanted))
                    .clone()
            }
            (None, Some(_)) => places[node.parent].clone(),
            (None, None) => (areas::general(), names::module("client requests")),
        };
        places.push(place);
    }
    places
}

/// The area of each operation: where the builder stands that makes its request.
pub(crate) fn operation_areas(api: &Api, registry: &mut Registry) -> Vec<Ident> {
    let tree = tree(api);
    let places = places(api, &tree, registry);
    let mut areas = vec![areas::general(); api.operations.len()];
    for (node, (area, _)) in tree.nodes.iter().zip(places) {
        for (id, _) in &node.operations {
            areas[id.0 as usize] = area.clone();
        }
    }
    areas
}

/// What it takes to make one builder.
struct Maker<'a, 'm> {
    api: &'m Api,
    registry: &'a Registry,
    tree: &'a PathTree<'m>,
    idents: &'a [Ident],
    parameters: &'a Parameters<'m>,
}

impl Maker<'_, '_> {
    fn builder(&self, index: usize, report: &mut Report) -> Builder {
        let node = &self.tree.nodes[index];
        let mut scope = Scope::default();
        let accessors: Vec<Accessor> = node
            .children
            .iter()
            .map(|child| self.accessor(*child, &mut scope, report))
            .collect();
        let mut constants = Scope::default();
        let mut methods = Vec::with_capacity(node.operations.len());
        for (id, tail) in &node.operations {
            let operation = self.api.operation(*id);
            let wanted = methods::wanted(operation, *tail);
            let ident = scope.claim_or(wanted.clone(), || {
                methods::by_method(&wanted, operation.method)
            });
            if ident != wanted {
                meeting(report, operation.origin, &operation.path.template(), &ident);
            }
            let parameters = self.parameters.ident(*id);
            let mut method = methods::method(self.registry, operation, *tail, ident, parameters);
            method.operation.ident = constants.claim(method.operation.ident);
            methods.push(method);
        }
        Builder {
            ident: self.idents[index].clone(),
            root: self.root(index),
            docs: builder_docs(node),
            accessors,
            methods,
            when: When::default(),
            methods_when: When::default(),
        }
    }

    /// The first segment of a path.
    fn root(&self, index: usize) -> Ident {
        let mut at = index;
        while self.tree.nodes[at].parent != 0 {
            at = self.tree.nodes[at].parent;
        }
        let words = self.tree.nodes[at].segment.map(segment_words);
        words.map_or_else(areas::general, |words| names::module(words.as_str()))
    }

    fn accessor(&self, child: usize, scope: &mut Scope, report: &mut Report) -> Accessor {
        let node = &self.tree.nodes[child];
        let segment = node.segment.expect("only the root has no segment");
        let wanted = accessor_name(segment);
        let ident = scope.claim(wanted.clone());
        if let Some(at) = node.origin {
            let template = &node.template;
            if matches!(segment, Segment::Name(name) if !names::is_plain(name)) {
                not_plain(report, at, template, &ident);
            }
            if ident != wanted {
                meeting(report, at, template, &ident);
            }
        }
        Accessor {
            ident,
            docs: Docs::starting(format!("Goes on to {}.", docs::code(&node.template))),
            step: methods::step(self.registry, segment),
            builder: self.idents[child].clone(),
            when: When::default(),
        }
    }
}

fn accessor_name(segment: &Segment) -> Ident {
    match segment {
        Segment::Name(name) => names::segment_method(name),
        Segment::Key(_) => names::snake("by id"),
        Segment::AlternateKey { property, .. } => names::snake(&format!("by {property}")),
        Segment::Cast(name) => {
            let ty = names::type_name(&name.namespace, &name.name);
            names::snake("as").snake_join(&names::snake(ty.as_str()))
        }
        Segment::Action(name) => names::snake(name).snake_join(&names::snake("result")),
        Segment::Function { name, parameters } => {
            methods::function_name(name, parameters).snake_join(&names::snake("result"))
        }
        Segment::ItemPath(_) => names::snake("at"),
        Segment::Ref | Segment::Value | Segment::Count => names::snake("tail"),
    }
}

fn builder_docs(node: &Node<'_>) -> Docs {
    match node.segment {
        Some(_) => Docs::starting(format!(
            "Builds requests at {}.",
            docs::code(&node.template)
        )),
        None => Docs::starting(
            "Where every request starts: the root of the API at one base address, through one transport.",
        ),
    }
}
