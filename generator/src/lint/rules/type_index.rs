//! The types of a version by name, and enums by their members.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, EnumType};

pub(super) struct TypeIndex<'a> {
    /// The names without namespace of types with a page, by the name in lower case.
    names: BTreeMap<String, BTreeSet<&'a str>>,
    /// The enums by their members, without `unknownFutureValue`.
    by_members: BTreeMap<BTreeSet<&'a str>, Vec<&'a EnumType>>,
}

/// The member that stands for values that are not yet defined.
const SENTINEL: &str = "unknownFutureValue";

impl<'a> TypeIndex<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut index = Self {
            names: BTreeMap::new(),
            by_members: BTreeMap::new(),
        };
        let structured = api.structured_types.iter();
        let structured = structured
            .filter(|ty| !ty.pages.is_empty())
            .map(|ty| ty.name.name.as_str());
        let enums = api.enums.iter().filter(|ty| !ty.pages.is_empty());
        for name in structured.chain(enums.clone().map(|ty| ty.name.name.as_str())) {
            let spellings = index.names.entry(name.to_ascii_lowercase()).or_default();
            spellings.insert(name);
        }
        for ty in enums {
            let members = ty.members.iter().map(|member| member.name.as_str());
            let members: BTreeSet<&str> = members.filter(|name| *name != SENTINEL).collect();
            index.by_members.entry(members).or_default().push(ty);
        }
        index
    }

    /// Returns the spellings of the names that differ from `name` at most in letter case. `name` has no namespace.
    pub(super) fn spellings(&self, name: &str) -> Option<&BTreeSet<&'a str>> {
        self.names.get(&name.to_ascii_lowercase())
    }

    /// Returns the only enum with these members.
    pub(super) fn enum_of(&self, values: &[String]) -> Option<&'a EnumType> {
        let values = values.iter().map(String::as_str);
        let values: BTreeSet<&str> = values.filter(|name| *name != SENTINEL).collect();
        match self.by_members.get(&values)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
