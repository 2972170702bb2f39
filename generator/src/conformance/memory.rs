//! What an earlier run found in the examples of operations that are the same now.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::Finding;
use crate::memo::{Table, bytes};
use crate::model::{Api, ApiVersion, EnumType, Member, Property, StructuredType};

/// What is remembered of all versions.
#[derive(Debug, Default)]
pub struct Memory {
    versions: BTreeMap<ApiVersion, Known>,
    is_kept: bool,
}

/// What is remembered of one version.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What all types hold.
    shapes: Vec<u8>,
    /// The findings of an operation, and whether the request and the response of each of its examples are disputed.
    pub(super) operations: Table<(Vec<Finding>, Vec<[bool; 2]>)>,
}

impl Memory {
    /// A memory for runs that follow each other.
    pub fn kept() -> Self {
        Self {
            is_kept: true,
            ..Self::default()
        }
    }

    /// What is known of a version, at the start of a run.
    pub(super) fn of(&mut self, api: &Api) -> &mut Known {
        let known = self.versions.entry(api.version).or_default();
        if self.is_kept {
            known.operations.turn();
            let shapes = shapes(api);
            if known.shapes != shapes {
                known.operations.clear();
                known.shapes = shapes;
            }
        }
        known
    }
}

/// All that values are held against.
fn shapes(api: &Api) -> Vec<u8> {
    let types: Vec<_> = api.structured_types.iter().map(TypeShape).collect();
    let enums: Vec<_> = api.enums.iter().map(EnumShape).collect();
    bytes(&(types, enums))
}

/// A type without what the pages say in words, and where.
struct TypeShape<'a>(&'a StructuredType);

impl Hash for TypeShape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let StructuredType {
            name,
            kind,
            base,
            is_abstract,
            is_open,
            key,
            properties,
            docs: _,
            pages: _,
            origin: _,
            workload: _,
        } = self.0;
        (
            name,
            kind,
            base,
            is_abstract,
            is_open,
            key,
            properties.len(),
        )
            .hash(state);
        for property in properties {
            let Property {
                name,
                kind,
                ty,
                docs: _,
                read_only,
                required,
                nullable,
                default,
                listed_values,
                origin: _,
            } = property;
            (name, kind, ty, read_only, required, nullable, default).hash(state);
            listed_values.hash(state);
        }
    }
}

/// An enum without what the pages say in words, and where.
struct EnumShape<'a>(&'a EnumType);

impl Hash for EnumShape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let EnumType {
            name,
            is_flags,
            members,
            docs: _,
            pages: _,
            origin: _,
            workload: _,
        } = self.0;
        (name, is_flags, members.len()).hash(state);
        for member in members {
            let Member {
                name,
                value,
                docs: _,
                origin: _,
            } = member;
            (name, value).hash(state);
        }
    }
}
