//! The tree of paths to request builders: a struct for each node, with accessors of its children and methods of its operations.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Api, HttpMethod, OperationId, Segment, StructuredTypeId};
use crate::report::Report;

use super::action_parameters::ActionParameters;
use super::areas::{self, is_root};
use super::docs::{self, Docs};
use super::items::{Accessor, Builder, Method, MethodBody, Step, Struct, When};
use super::methods;
use super::names::{self, Ident, Scope};
use super::path_tree::{Node, PathTree, tree};
use super::type_names::{Place, TypeNames, report_name_collision, report_unusual_name};

/// A builder with its module and the structs that its methods take.
pub(crate) struct Placed {
    /// The module; of the client, only the parameter structs go there.
    pub(crate) place: Place,
    /// The builder.
    pub(crate) builder: Builder,
    /// The parameter structs of its actions.
    pub(crate) parameters: Vec<Struct>,
    /// The operations behind its methods, in the same order.
    pub(crate) operations: Vec<OperationId>,
}

/// Builds the request builders of a version; the first is the client.
pub(crate) fn builders(api: &Api, type_names: &mut TypeNames, report: &mut Report) -> Vec<Placed> {
    let tree = tree(api);
    let idents = idents(&tree);
    let places = places(api, &tree, type_names);
    let parameters = ActionParameters::collect(api, &tree, type_names, report);
    let context = Context {
        api,
        type_names,
        tree: &tree,
        idents: &idents,
        parameters: &parameters,
    };
    let placed: Vec<(Placed, Report)> = places
        .into_par_iter()
        .enumerate()
        .map(|(index, place)| {
            let mut report = Report::new();
            let operations = tree.nodes[index].operations.iter();
            let placed = Placed {
                place,
                builder: context.builder(index, &mut report),
                parameters: parameters.structs(context.type_names, index, &mut report),
                operations: operations.map(|(id, _)| *id).collect(),
            };
            (placed, report)
        })
        .collect();
    let placed = placed.into_iter().map(|(placed, problems)| {
        report.append(problems);
        placed
    });
    placed.collect()
}

/// The names of the builders: the words of their paths, so that no other path can rename them.
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
        Segment::AlternateKey(properties) => {
            names::camel(&methods::alternate_key_words(properties))
        }
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

/// The module of each builder: that of the type of its path, else that of the builder above it. A path below a type that leads to
/// one of its base types stays in the module of that type: `/groups/{id}/members` has directory objects, and belongs to `group`.
fn places(api: &Api, tree: &PathTree<'_>, type_names: &mut TypeNames) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(tree.nodes.len());
    // The type that each place follows from.
    let mut owners: Vec<Option<StructuredTypeId>> = Vec::with_capacity(tree.nodes.len());
    let mut roots = BTreeMap::new();
    for node in &tree.nodes {
        let above = node.segment.and_then(|_| owners[node.parent]);
        let ty = node
            .ty
            .filter(|ty| !is_root(&api.structured_type(*ty).name))
            .map(|ty| {
                above
                    .filter(|above| api.ancestors(*above).any(|base| base == ty))
                    .unwrap_or(ty)
            });
        owners.push(ty.or(above));
        let place = match (ty, node.segment) {
            (Some(ty), _) => type_names.struct_place(ty).clone(),
            (None, Some(segment)) if node.parent == 0 => {
                let preferred = names::module(segment_words(segment).as_str())
                    .snake_join(&names::snake("requests"));
                roots
                    .entry(preferred.clone())
                    .or_insert_with(|| type_names.general_module(preferred))
                    .clone()
            }
            (None, Some(_)) => places[node.parent].clone(),
            (None, None) => (areas::core(), names::module("client requests")),
        };
        places.push(place);
    }
    places
}

/// The area of each operation: that of the builder with its method.
pub(crate) fn operation_areas(api: &Api, type_names: &mut TypeNames) -> Vec<Ident> {
    let tree = tree(api);
    let places = places(api, &tree, type_names);
    let mut areas = vec![areas::core(); api.operations.len()];
    for (node, (area, _)) in tree.nodes.iter().zip(places) {
        for (id, _) in &node.operations {
            areas[id.0 as usize] = area.clone();
        }
    }
    areas
}

/// The inputs of every builder.
struct Context<'a, 'm> {
    api: &'m Api,
    type_names: &'a TypeNames,
    tree: &'a PathTree<'m>,
    idents: &'a [Ident],
    parameters: &'a ActionParameters<'m>,
}

impl Context<'_, '_> {
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
            let preferred = methods::preferred_name(operation, *tail);
            let ident = scope.claim_or(preferred.clone(), || {
                methods::name_with_method(&preferred, operation.method)
            });
            if ident != preferred {
                report_name_collision(report, operation.origin, &operation.path.template(), &ident);
            }
            let parameters = self.parameters.ident(*id);
            let mut method =
                methods::method(self.type_names, *id, operation, *tail, ident, parameters);
            method.operation.ident = constants.claim(method.operation.ident);
            methods.push(method);
        }
        for method in &mut methods {
            if node.segment.is_some() && adds_reference(method) {
                method.shorthand = scope.claim_if_free(names::snake("add"));
            }
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
        words.map_or_else(areas::core, |words| names::module(words.as_str()))
    }

    fn accessor(&self, child: usize, scope: &mut Scope, report: &mut Report) -> Accessor {
        let node = &self.tree.nodes[child];
        let segment = node.segment.expect("only the root has no segment");
        let preferred = accessor_name(segment);
        let ident = scope.claim(preferred.clone());
        if let Some(at) = node.origin {
            let template = &node.template;
            if matches!(segment, Segment::Name(name) if !names::is_plain(name)) {
                report_unusual_name(report, at, template, &ident);
            }
            if ident != preferred {
                report_name_collision(report, at, template, &ident);
            }
        }
        Accessor {
            ident,
            docs: Docs::starting(format!(
                "Returns the request builder of {}.",
                docs::code(&node.template)
            )),
            step: methods::step(self.type_names, segment),
            builder: self.idents[child].clone(),
            when: When::default(),
        }
    }
}

/// Whether a method adds a reference, and has no other parameter.
fn adds_reference(method: &Method) -> bool {
    let has_no_arguments = matches!(method.step, None | Some(Step::Name(_)));
    let is_post = method.operation.method == HttpMethod::Post;
    is_post && has_no_arguments && method.body == MethodBody::Reference
}

fn accessor_name(segment: &Segment) -> Ident {
    match segment {
        Segment::Name(name) => names::segment_method(name),
        Segment::Key(_) => names::snake("by id"),
        Segment::AlternateKey(properties) => {
            names::snake(&methods::alternate_key_words(properties))
        }
        Segment::Cast(name) => {
            let ty = names::type_name(&name.namespace, &name.name);
            names::snake("as").snake_join(&names::snake(ty.as_str()))
        }
        Segment::Action(name) => names::snake(name).snake_join(&names::snake("result")),
        Segment::Function { name, parameters } => {
            methods::function_name(name, parameters).snake_join(&names::snake("result"))
        }
        Segment::ItemPath(_) => names::snake("at path"),
        Segment::Ref | Segment::Value | Segment::Count => names::snake("tail"),
    }
}

fn builder_docs(node: &Node<'_>) -> Docs {
    match node.segment {
        Some(_) => Docs::starting(format!(
            "Builds requests under {}.",
            docs::code(&node.template)
        )),
        None => Docs::starting(
            "The entry point of all requests: a client with a base address and a transport.",
        ),
    }
}
