//! In: the structured types. Out: a quick way from a type and a name in a path to the property.

use std::collections::BTreeMap;

use crate::model::{StructuredType, StructuredTypeId, TypeRef};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::names::{Folded, Name};

/// A property, as paths need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathMember {
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
}

/// The properties of all types by name, and who derives from whom.
pub(crate) struct Members<'a> {
    own: Vec<BTreeMap<Folded<'static>, PathMember>>,
    derived: Vec<Vec<StructuredTypeId>>,
    bases: &'a Bases,
}

impl<'a> Members<'a> {
    /// Indexes the properties.
    pub(crate) fn new(types: &[StructuredType], bases: &'a Bases) -> Self {
        let own = types.iter().map(|ty| {
            let properties = ty.properties.iter();
            properties
                .map(|property| {
                    let member = PathMember {
                        name: property.name.clone(),
                        ty: property.ty.clone(),
                    };
                    (Folded::owned(property.name.as_str()), member)
                })
                .collect()
        });
        let mut derived = vec![Vec::new(); types.len()];
        for (place, base) in bases.0.iter().enumerate() {
            if let Some(base) = base {
                derived[base.0 as usize].push(StructuredTypeId(place as u32));
            }
        }
        Self {
            own: own.collect(),
            derived,
            bases,
        }
    }

    /// Adds a property that only paths show.
    pub(crate) fn add(&mut self, owner: StructuredTypeId, member: PathMember) {
        let name = Folded::owned(member.name.as_str());
        self.own[owner.0 as usize].insert(name, member);
    }

    /// The property with a name: of the type, of its bases, or of a type that inherits from it, for pages that leave the
    /// cast out.
    pub(crate) fn find(&self, owner: StructuredTypeId, name: &str) -> Option<&PathMember> {
        let name = &name as &dyn Name;
        let inherited = self
            .bases
            .chain(owner)
            .find_map(|id| self.own[id.0 as usize].get(name));
        inherited.or_else(|| self.find_below(owner, name, 0))
    }

    fn find_below(
        &self,
        owner: StructuredTypeId,
        name: &dyn Name,
        depth: usize,
    ) -> Option<&PathMember> {
        // No real chain of types is that deep; the limit also keeps the root entity type from being searched.
        if depth > 6 || self.derived[owner.0 as usize].len() > 120 {
            return None;
        }
        self.derived[owner.0 as usize].iter().find_map(|id| {
            let own = self.own[id.0 as usize].get(name);
            own.or_else(|| self.find_below(*id, name, depth + 1))
        })
    }
}
