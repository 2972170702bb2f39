//! A part of a model: the operations and types that someone asked for, with all that they need.

use std::collections::BTreeMap;

use super::{
    Api, Body, EnumId, Operation, Property, PropertyKind, ResponseContent, Root, Segment,
    StructuredTypeId, Type, TypeRef,
};

/// Whether a name matches.
pub type Matches<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// What is asked for. A name is a request path (`/deviceManagement/deviceCategories/{deviceCategoryId}`), a type's full name
/// (`microsoft.graph.user`) or a page's path (`v1.0/api/user-get.md`); each item goes by several.
#[derive(Clone, Copy, Default)]
pub struct Selection<'a> {
    /// What to keep, with all that it needs; none keeps everything.
    pub include: Option<Matches<'a>>,
    /// What to leave out, even where it is needed.
    pub exclude: Option<Matches<'a>>,
}

impl std::fmt::Debug for Selection<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Selection")
            .field("include", &self.include.is_some())
            .field("exclude", &self.exclude.is_some())
            .finish()
    }
}

impl Selection<'_> {
    fn asks_for<'n>(&self, mut names: impl Iterator<Item = &'n str> + Clone) -> bool {
        self.include
            .is_none_or(|matches| names.clone().any(matches))
            && !self.bars(&mut names)
    }

    fn bars<'n>(&self, names: &mut impl Iterator<Item = &'n str>) -> bool {
        self.exclude.is_some_and(|matches| names.any(matches))
    }
}

impl Api {
    /// The part of the API that a selection asks for. Kept types keep their bases, the types of their structural properties
    /// and, where a value of a base type may be any derived one, the derived types. What is left out and still named becomes
    /// [`Type::Undefined`]: any JSON value. Navigation properties do not pull in what they lead to.
    #[must_use]
    pub fn select(
        &self,
        selection: Selection<'_>,
        page_path: &dyn Fn(crate::source::FileId) -> String,
    ) -> Self {
        if selection.include.is_none() && selection.exclude.is_none() {
            return self.clone();
        }
        let mut closure = Closure::new(self, selection, page_path);
        let operations: Vec<&Operation> = self
            .operations
            .iter()
            .filter(|operation| closure.asks_for_operation(operation))
            .collect();
        closure.add_types_asked_for();
        for operation in &operations {
            closure.add_operation(operation);
        }
        closure.finish(&operations)
    }
}

struct Closure<'a> {
    api: &'a Api,
    selection: Selection<'a>,
    page_path: &'a dyn Fn(crate::source::FileId) -> String,
    derived: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    types: Vec<bool>,
    enums: Vec<bool>,
    barred_types: Vec<bool>,
    barred_enums: Vec<bool>,
    pending: Vec<StructuredTypeId>,
}

impl<'a> Closure<'a> {
    fn new(
        api: &'a Api,
        selection: Selection<'a>,
        page_path: &'a dyn Fn(crate::source::FileId) -> String,
    ) -> Self {
        let mut derived: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, ty) in api.structured_types.iter().enumerate() {
            // Everything is an entity; a value of that type must not pull in everything.
            if let Some(base) = ty.base.filter(|base| !is_root(api, *base)) {
                derived
                    .entry(base)
                    .or_default()
                    .push(StructuredTypeId(index as u32));
            }
        }
        let mut closure = Self {
            api,
            selection,
            page_path,
            derived,
            types: vec![false; api.structured_types.len()],
            enums: vec![false; api.enums.len()],
            barred_types: Vec::new(),
            barred_enums: Vec::new(),
            pending: Vec::new(),
        };
        let bars = |names: Vec<String>| selection.bars(&mut names.iter().map(String::as_str));
        closure.barred_types = api
            .structured_types
            .iter()
            .map(|ty| bars(closure.names_of(&ty.name, &ty.pages)))
            .collect();
        closure.barred_enums = api
            .enums
            .iter()
            .map(|ty| bars(closure.names_of(&ty.name, &ty.pages)))
            .collect();
        closure
    }

    fn names_of(&self, name: &super::QualifiedName, pages: &[super::PageLink]) -> Vec<String> {
        let pages = pages.iter().map(|page| (self.page_path)(page.file));
        std::iter::once(name.full()).chain(pages).collect()
    }

    fn asks_for_operation(&self, operation: &Operation) -> bool {
        let pages = operation
            .pages
            .iter()
            .map(|page| (self.page_path)(page.file));
        let names: Vec<String> = std::iter::once(operation.path.template())
            .chain(pages)
            .collect();
        self.selection.asks_for(names.iter().map(String::as_str))
    }

    fn add_types_asked_for(&mut self) {
        for (index, ty) in self.api.structured_types.iter().enumerate() {
            let names = self.names_of(&ty.name, &ty.pages);
            if self.selection.asks_for(names.iter().map(String::as_str)) {
                self.add_type(StructuredTypeId(index as u32));
            }
        }
        for (index, ty) in self.api.enums.iter().enumerate() {
            let names = self.names_of(&ty.name, &ty.pages);
            if self.selection.asks_for(names.iter().map(String::as_str)) {
                self.add_enum(EnumId(index as u32));
            }
        }
    }

    fn add_operation(&mut self, operation: &Operation) {
        match &operation.body {
            Body::Value(ty) => self.add(ty),
            Body::Parameters(parameters) => {
                for parameter in parameters {
                    self.add(&parameter.ty);
                }
            }
            // A link says where something is; it does not hold it.
            Body::Reference(_) | Body::None | Body::Stream | Body::Undefined => {}
        }
        if let ResponseContent::Value(ty) = &operation.response {
            self.add(ty);
        }
        let parameters = operation
            .parameters
            .iter()
            .filter_map(|parameter| parameter.ty.as_ref());
        for ty in parameters.chain(function_parameter_types(operation)) {
            self.add(ty);
        }
    }

    fn add(&mut self, ty: &TypeRef) {
        match ty.ty {
            Type::Structured(id) => self.add_type(id),
            Type::Enum(id) => self.add_enum(id),
            Type::Primitive(_) | Type::Undefined(_) => {}
        }
    }

    fn add_enum(&mut self, id: EnumId) {
        self.enums[id.0 as usize] |= !self.barred_enums[id.0 as usize];
    }

    fn add_type(&mut self, id: StructuredTypeId) {
        self.pending.push(id);
        let api = self.api;
        while let Some(id) = self.pending.pop() {
            let index = id.0 as usize;
            if self.types[index] || self.barred_types[index] {
                continue;
            }
            self.types[index] = true;
            let ty = api.structured_type(id);
            self.pending.extend(ty.base);
            self.pending
                .extend(self.derived.get(&id).into_iter().flatten());
            for property in ty
                .properties
                .iter()
                .filter(|property| property.kind == PropertyKind::Structural)
            {
                match property.ty.ty {
                    Type::Structured(id) => self.pending.push(id),
                    Type::Enum(id) => self.add_enum(id),
                    Type::Primitive(_) | Type::Undefined(_) => {}
                }
            }
        }
    }

    fn finish(self, operations: &[&Operation]) -> Api {
        let renumbering = Renumbering {
            api: self.api,
            types: renumber(&self.types),
            enums: renumber(&self.enums),
        };
        let kept_types = self
            .api
            .structured_types
            .iter()
            .zip(&self.types)
            .filter(|(_, kept)| **kept);
        let kept_enums = self
            .api
            .enums
            .iter()
            .zip(&self.enums)
            .filter(|(_, kept)| **kept);
        Api {
            version: self.api.version,
            structured_types: kept_types
                .map(|(ty, _)| renumbering.structured_type(ty))
                .collect(),
            enums: kept_enums.map(|(ty, _)| ty.clone()).collect(),
            operations: operations
                .iter()
                .map(|operation| renumbering.operation(operation))
                .collect(),
            roots: renumbering.roots(operations),
        }
    }
}

fn is_root(api: &Api, id: StructuredTypeId) -> bool {
    let name = &api.structured_type(id).name;
    name.namespace == "microsoft.graph" && name.name == "entity"
}

fn function_parameter_types(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    operation
        .path
        .segments
        .iter()
        .flat_map(|segment| match segment {
            Segment::Function { parameters, .. } => parameters.as_slice(),
            _ => &[],
        })
        .filter_map(|parameter| parameter.ty.as_ref())
}

fn renumber(kept: &[bool]) -> Vec<Option<u32>> {
    let mut next = 0;
    kept.iter()
        .map(|kept| {
            kept.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

struct Renumbering<'a> {
    api: &'a Api,
    types: Vec<Option<u32>>,
    enums: Vec<Option<u32>>,
}

impl Renumbering<'_> {
    fn type_id(&self, id: StructuredTypeId) -> Option<StructuredTypeId> {
        self.types[id.0 as usize].map(StructuredTypeId)
    }

    fn type_ref(&self, ty: &TypeRef) -> TypeRef {
        let of = match &ty.ty {
            Type::Structured(id) => self.type_id(*id).map_or_else(
                || Type::Undefined(self.api.structured_type(*id).name.full()),
                Type::Structured,
            ),
            Type::Enum(id) => self.enums[id.0 as usize].map_or_else(
                || Type::Undefined(self.api.enum_type(*id).name.full()),
                |id| Type::Enum(EnumId(id)),
            ),
            Type::Primitive(_) | Type::Undefined(_) => ty.ty.clone(),
        };
        TypeRef {
            ty: of,
            collection: ty.collection,
        }
    }

    fn property(&self, property: &Property) -> Property {
        Property {
            ty: self.type_ref(&property.ty),
            ..property.clone()
        }
    }

    fn structured_type(&self, ty: &super::StructuredType) -> super::StructuredType {
        super::StructuredType {
            base: ty.base.and_then(|base| self.type_id(base)),
            properties: ty
                .properties
                .iter()
                .map(|property| self.property(property))
                .collect(),
            ..ty.clone()
        }
    }

    fn roots(&self, operations: &[&Operation]) -> Vec<Root> {
        let starts = |root: &&Root| {
            operations.iter().any(|operation| {
                matches!(operation.path.segments.first(), Some(Segment::Name(name)) if *name == root.name)
            })
        };
        let kept = self.api.roots.iter().filter(starts).cloned();
        kept.map(|root| Root {
            ty: root.ty.as_ref().map(|ty| self.type_ref(ty)),
            ..root
        })
        .collect()
    }

    fn operation(&self, operation: &Operation) -> Operation {
        let mut operation = operation.clone();
        operation.body = match &operation.body {
            Body::Value(ty) => Body::Value(self.type_ref(ty)),
            Body::Parameters(parameters) => Body::Parameters(
                parameters
                    .iter()
                    .map(|parameter| self.property(parameter))
                    .collect(),
            ),
            Body::Reference(ty) => Body::Reference(ty.as_ref().map(|ty| self.type_ref(ty))),
            Body::None | Body::Stream | Body::Undefined => operation.body,
        };
        if let ResponseContent::Value(ty) = &operation.response {
            operation.response = ResponseContent::Value(self.type_ref(ty));
        }
        operation.binding = operation.binding.as_ref().map(|ty| self.type_ref(ty));
        for parameter in &mut operation.parameters {
            parameter.ty = parameter.ty.as_ref().map(|ty| self.type_ref(ty));
        }
        for segment in &mut operation.path.segments {
            self.segment(segment);
        }
        operation
    }

    fn segment(&self, segment: &mut Segment) {
        match segment {
            Segment::Key(key) | Segment::AlternateKey { key, .. } | Segment::ItemPath(key) => {
                key.of = key.of.and_then(|id| self.type_id(id));
            }
            Segment::Function { parameters, .. } => {
                for parameter in parameters {
                    parameter.ty = parameter.ty.as_ref().map(|ty| self.type_ref(ty));
                }
            }
            Segment::Name(_)
            | Segment::Cast(_)
            | Segment::Action(_)
            | Segment::Ref
            | Segment::Value
            | Segment::Count => {}
        }
    }
}
