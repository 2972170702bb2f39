//! Removes items from a model: assigns new ids to the remaining items, and replaces references to removed ones.

use crate::model::{
    Api, Body, EnumId, KeyProperty, Operation, Property, ResponseContent, Root, Segment,
    StructuredType, StructuredTypeId, Type, TypeRef,
};

pub(super) fn renumber(kept: &[bool]) -> Vec<Option<u32>> {
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

pub(super) struct Renumbering<'a> {
    pub(super) api: &'a Api,
    pub(super) types: Vec<Option<u32>>,
    pub(super) enums: Vec<Option<u32>>,
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

    pub(super) fn structured_type(&self, ty: &StructuredType) -> StructuredType {
        StructuredType {
            base: ty.base.and_then(|base| self.type_id(base)),
            properties: ty
                .properties
                .iter()
                .map(|property| self.property(property))
                .collect(),
            ..ty.clone()
        }
    }

    pub(super) fn roots(&self, operations: &[&Operation]) -> Vec<Root> {
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

    pub(super) fn operation(&self, operation: &Operation) -> Operation {
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
            Segment::Key(key) | Segment::ItemPath(key) => {
                key.of = key.of.and_then(|id| self.type_id(id));
            }
            Segment::AlternateKey(properties) => {
                for KeyProperty { key, .. } in properties {
                    key.of = key.of.and_then(|id| self.type_id(id));
                }
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
