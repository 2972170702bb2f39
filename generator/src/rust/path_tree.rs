//! The paths of all operations as one tree: each distinct prefix is a node, and a node becomes a request builder.

use std::collections::BTreeMap;

use crate::model::{
    Api, Body, Operation, OperationId, OperationKind, Path, ResponseContent, Segment,
    StructuredTypeId, Type, TypeRef,
};
use crate::source::Location;

/// The nodes, parents before children. The first is the root, the client.
pub(crate) struct PathTree<'m> {
    pub(crate) nodes: Vec<Node<'m>>,
}

/// A distinct prefix of paths.
pub(crate) struct Node<'m> {
    /// The last segment; none for the root.
    pub(crate) segment: Option<&'m Segment>,
    /// The prefix, as the first operation writes it.
    pub(crate) template: String,
    /// The first request line with the prefix; none for the root.
    pub(crate) origin: Option<Location>,
    /// The node one segment up; the root is its own.
    pub(crate) parent: usize,
    /// The nodes one segment down, in the order of their paths.
    pub(crate) children: Vec<usize>,
    /// The operations of the node, with the remaining segment of each path: none, a call, `$ref`, `$value` or `$count`.
    pub(crate) operations: Vec<(OperationId, Option<&'m Segment>)>,
    /// The structured type of the prefix; of a collection, that of its elements.
    pub(crate) ty: Option<StructuredTypeId>,
}

/// Builds the tree of the operations of an API.
pub(crate) fn tree(api: &Api) -> PathTree<'_> {
    let mut tree = PathTree {
        nodes: vec![Node::new(None, String::new(), None, 0)],
    };
    let mut places = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let (prefix, tail) = split(operation);
        let mut at = 0;
        for (depth, segment) in prefix.iter().enumerate() {
            at = *places.entry((at, spelling(segment))).or_insert_with(|| {
                let child = tree.nodes.len();
                let template = Path {
                    segments: prefix[..=depth].to_vec(),
                }
                .template();
                tree.nodes.push(Node::new(
                    Some(segment),
                    template,
                    Some(operation.origin),
                    at,
                ));
                tree.nodes[at].children.push(child);
                child
            });
        }
        let id = operation_id(index);
        tree.nodes[at].operations.push((id, tail));
    }
    tree.find_types(api);
    tree
}

/// The id of the operation at an index of the model.
pub(crate) fn operation_id(index: usize) -> OperationId {
    OperationId(u32::try_from(index).expect("a model has fewer than 2³² operations"))
}

/// The type of an operation's response or request body, if it has one named type.
fn content_type(operation: &Operation) -> Option<&TypeRef> {
    match (&operation.response, &operation.body) {
        (ResponseContent::Value(ty), _) | (_, Body::Value(ty)) => Some(ty),
        _ => None,
    }
}

/// Splits a path into the prefix of its node and the remaining segment. Streams belong to the node of their owner.
fn split(operation: &Operation) -> (&[Segment], Option<&Segment>) {
    let path = &operation.path;
    match path.segments.split_last() {
        Some((last, prefix)) => match last {
            Segment::Action(_)
            | Segment::Function { .. }
            | Segment::Ref
            | Segment::Value
            | Segment::Count => (prefix, Some(last)),
            Segment::Name(_) if operation.kind == OperationKind::Stream => (prefix, Some(last)),
            Segment::Name(_)
            | Segment::Key(_)
            | Segment::AlternateKey(_)
            | Segment::Cast(_)
            | Segment::ItemPath(_) => (&path.segments, None),
        },
        None => (&[], None),
    }
}

/// The key of a segment among its siblings: equal for segments that share a node.
fn spelling(segment: &Segment) -> String {
    match segment {
        Segment::ItemPath(_) => ":".to_owned(),
        other => Path {
            segments: vec![other.clone()],
        }
        .normalised(),
    }
}

impl<'m> Node<'m> {
    fn new(
        segment: Option<&'m Segment>,
        template: String,
        origin: Option<Location>,
        parent: usize,
    ) -> Self {
        Self {
            segment,
            template,
            origin,
            parent,
            children: Vec::new(),
            operations: Vec::new(),
            ty: None,
        }
    }
}

impl PathTree<'_> {
    fn find_types(&mut self, api: &Api) {
        let mut calls: BTreeMap<String, StructuredTypeId> = BTreeMap::new();
        for operation in &api.operations {
            if let Some(ty) = content_type(operation).and_then(structured) {
                calls.entry(operation.path.normalised()).or_insert(ty);
            }
        }
        for index in 1..self.nodes.len() {
            self.nodes[index].ty = self.find_type(api, index, &calls);
        }
    }

    fn find_type(
        &self,
        api: &Api,
        index: usize,
        calls: &BTreeMap<String, StructuredTypeId>,
    ) -> Option<StructuredTypeId> {
        let node = &self.nodes[index];
        let above = self.nodes[node.parent].ty;
        match node.segment.expect("only the root has no segment") {
            Segment::Name(name) if node.parent == 0 => {
                let root = api.roots.iter().find(|root| root.name == *name);
                root.and_then(|root| root.ty.as_ref())
                    .and_then(structured)
                    .or_else(|| self.shown(api, index))
            }
            Segment::Name(name) => above
                .and_then(|above| api.find_property(above, name))
                .and_then(|property| structured(&property.ty))
                .or_else(|| self.shown(api, index)),
            Segment::Key(key) => key.of.or(above),
            Segment::AlternateKey(properties) => {
                properties.first().and_then(|first| first.key.of).or(above)
            }
            Segment::Cast(name) => api.find_structured_type(name),
            Segment::Function { .. } | Segment::Action(_) => {
                calls.get(&self.path(index).normalised()).copied()
            }
            Segment::ItemPath(_) => above,
            Segment::Ref | Segment::Value | Segment::Count => None,
        }
    }

    /// The type that the operations of a node state.
    fn shown(&self, api: &Api, index: usize) -> Option<StructuredTypeId> {
        self.nodes[index]
            .operations
            .iter()
            .filter(|(_, tail)| tail.is_none())
            .find_map(|(id, _)| content_type(api.operation(*id)).and_then(structured))
    }

    /// The whole path of a node.
    pub(crate) fn path(&self, index: usize) -> Path {
        let mut segments = Vec::new();
        let mut at = index;
        while let Some(segment) = self.nodes[at].segment {
            segments.push(segment.clone());
            at = self.nodes[at].parent;
        }
        segments.reverse();
        Path { segments }
    }
}

fn structured(ty: &TypeRef) -> Option<StructuredTypeId> {
    match ty.ty {
        Type::Structured(id) => Some(id),
        Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => None,
    }
}
