//! What an earlier run decided about items that are the same now.

use std::collections::BTreeMap;

use crate::memo::Table;
use crate::model::ApiVersion;
use crate::report::Report;

use super::items::{Enum, Exercise, Method, Struct};
use super::registry::Registry;

/// What is remembered of all versions.
#[derive(Debug, Default)]
pub struct Memory {
    versions: BTreeMap<ApiVersion, Known>,
    is_kept: bool,
}

/// What is remembered of one version.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// What all types are called.
    names: Vec<u8>,
    /// What all types hold.
    pub(super) shapes: Vec<u8>,
    pub(super) structs: Table<(Struct, Report)>,
    pub(super) enums: Table<(Enum, Report)>,
    pub(super) methods: Table<Method>,
    /// The code in the documentation of methods, which depends on what types hold.
    pub(super) code: Table<Option<String>>,
    pub(super) exercises: Table<Exercise>,
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
    pub(crate) fn of(&mut self, version: ApiVersion) -> &mut Known {
        let known = self.versions.entry(version).or_default();
        if self.is_kept {
            known.structs.turn();
            known.enums.turn();
            known.methods.turn();
            known.code.turn();
            known.exercises.turn();
        }
        known
    }
}

impl Known {
    /// Forgets what was decided while types were called otherwise.
    pub(super) fn settle_names(&mut self, registry: &Registry) {
        let names = registry.bytes();
        if self.names != names {
            self.structs.clear();
            self.enums.clear();
            self.methods.clear();
            self.names = names;
        }
    }

    /// Forgets what was decided while types held something else.
    pub(super) fn settle_shapes(&mut self, shapes: Vec<u8>) {
        if self.shapes != shapes {
            self.code.clear();
            self.shapes = shapes;
        }
    }
}
