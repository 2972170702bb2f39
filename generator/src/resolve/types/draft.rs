//! A structured type while its properties are being decided.

use crate::model::{
    Docs, Property, PropertyKind, PropertyUsage, QualifiedName, StructuredKind, StructuredTypeId,
    Type, TypeRef,
};
use crate::source::Location;

/// A structured type whose name, kind and base are final. Request lines may still add navigation properties, or change their
/// names.
pub(crate) struct TypeDraft {
    pub(crate) name: QualifiedName,
    pub(crate) kind: StructuredKind,
    pub(crate) base: Option<StructuredTypeId>,
    /// Whether this is the root entity type.
    pub(crate) is_root: bool,
    pub(crate) properties: Vec<Property>,
}

/// The drafts of all structured types, by id.
pub(crate) struct TypeDrafts(pub(crate) Vec<TypeDraft>);

impl TypeDrafts {
    /// Returns the draft of a type.
    pub(crate) fn get(&self, id: StructuredTypeId) -> &TypeDraft {
        &self.0[id.0 as usize]
    }

    /// Returns the draft of a type for changes.
    pub(crate) fn get_mut(&mut self, id: StructuredTypeId) -> &mut TypeDraft {
        &mut self.0[id.0 as usize]
    }

    /// Returns all drafts with their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (StructuredTypeId, &TypeDraft)> {
        let drafts = self.0.iter().enumerate();
        drafts.map(|(place, draft)| (StructuredTypeId(place as u32), draft))
    }

    /// Returns the id, if a type is an entity type.
    pub(crate) fn entity(&self, ty: &TypeRef) -> Option<StructuredTypeId> {
        match ty.ty {
            Type::Structured(id) if self.get(id).kind == StructuredKind::Entity => Some(id),
            Type::Structured(_) | Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => None,
        }
    }
}

/// Creates a navigation property that only a path shows.
pub(crate) fn navigation_property(name: &str, ty: TypeRef, origin: Location) -> Property {
    Property {
        name: name.to_owned(),
        kind: PropertyKind::Navigation,
        ty,
        docs: Docs::default(),
        read_only: false,
        required: false,
        nullable: None,
        default: None,
        listed_values: Vec::new(),
        usage: PropertyUsage::default(),
        origin,
    }
}
