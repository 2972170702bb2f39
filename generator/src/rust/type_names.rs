//! The Rust name, area and module of every type of one version.

use std::collections::BTreeMap;

use crate::model::{Api, EnumId, QualifiedName, StructuredTypeId};
use crate::report::{Code, Report};
use crate::source::{Location, Sources};

use super::areas::{self, is_root};
use super::items::Element;
use super::names::{self, Ident, Scope};

/// A module by area and name.
pub(crate) type Place = (Ident, Ident);

/// The Rust names and modules of all types.
#[derive(Debug)]
pub(crate) struct TypeNames {
    structs: Vec<Named>,
    enums: Vec<Named>,
    /// The taken type names, those of action parameters included.
    pub(crate) types: Scope,
    modules: BTreeMap<Ident, Scope>,
}

#[derive(Debug)]
struct Named {
    ident: Ident,
    place: Place,
    /// The Rust type of a value: the struct, the enum over its derived types, an enum, flags, or any entity.
    element: Element,
}

/// A type without a Rust name yet.
struct Unnamed<'m> {
    name: &'m QualifiedName,
    area: Ident,
    at: Option<Location>,
    id: Id,
}

#[derive(Clone, Copy)]
enum Id {
    Struct(usize),
    Enum { index: usize, is_flags: bool },
}

/// Names the types of an API.
pub(crate) fn name_types(api: &Api, sources: &Sources, report: &mut Report) -> TypeNames {
    let mut type_names = TypeNames {
        structs: Vec::new(),
        enums: Vec::new(),
        types: Scope::default(),
        modules: BTreeMap::new(),
    };
    let mut structs = BTreeMap::new();
    let mut enums = BTreeMap::new();
    for unnamed in sort_by_priority(api, sources) {
        let named = type_names.name(&unnamed, report);
        match unnamed.id {
            Id::Struct(index) => structs.insert(index, named),
            Id::Enum { index, .. } => enums.insert(index, named),
        };
    }
    type_names.structs = structs.into_values().collect();
    type_names.enums = enums.into_values().collect();
    for (index, has_derived) in has_derived(api).into_iter().enumerate() {
        if has_derived {
            let any = names::camel("any").camel_join(type_names.structs[index].ident.as_str());
            type_names.structs[index].element = Element::Any(type_names.types.claim(any));
        }
    }
    type_names
}

/// Sorts types of the main namespace first, so that no other namespace can take their names.
fn sort_by_priority<'m>(api: &'m Api, sources: &Sources) -> Vec<Unnamed<'m>> {
    let structs = api
        .structured_types
        .iter()
        .enumerate()
        .map(|(index, ty)| Unnamed {
            name: &ty.name,
            area: areas::area(&ty.name, ty.workload.as_deref(), &ty.pages, sources),
            at: ty.origin,
            id: Id::Struct(index),
        });
    let enums = api.enums.iter().enumerate().map(|(index, ty)| Unnamed {
        name: &ty.name,
        area: areas::area(&ty.name, ty.workload.as_deref(), &ty.pages, sources),
        at: Some(ty.origin),
        id: Id::Enum {
            index,
            is_flags: ty.is_flags,
        },
    });
    let mut all: Vec<Unnamed<'m>> = structs.chain(enums).collect();
    all.sort_by_key(|unnamed| (unnamed.name.namespace != "microsoft.graph", unnamed.name));
    all
}

/// Whether each type has derived types. The root of all entities counts as having none: its enum would hold every entity.
fn has_derived(api: &Api) -> Vec<bool> {
    let mut has_derived = vec![false; api.structured_types.len()];
    for base in api.structured_types.iter().filter_map(|ty| ty.base) {
        has_derived[base.0 as usize] = true;
    }
    for (ty, has_derived) in api.structured_types.iter().zip(&mut has_derived) {
        *has_derived = *has_derived && !is_root(&ty.name);
    }
    has_derived
}

impl TypeNames {
    fn name(&mut self, unnamed: &Unnamed<'_>, report: &mut Report) -> Named {
        let preferred = names::type_name(&unnamed.name.namespace, &unnamed.name.name);
        let ident = self.types.claim(preferred.clone());
        if let Some(at) = unnamed.at {
            let full = unnamed.name.full();
            if !names::is_plain(&unnamed.name.name) {
                report_unusual_name(report, at, &full, &ident);
            }
            if ident != preferred {
                report_name_collision(report, at, &full, &ident);
            }
        }
        let module = self.module(&unnamed.area, names::module(ident.as_str()));
        let element = match unnamed.id {
            Id::Struct(_) if is_root(unnamed.name) => Element::AnyEntity,
            Id::Struct(_) => Element::Struct(ident.clone()),
            Id::Enum { is_flags: true, .. } => Element::Flags(ident.clone()),
            Id::Enum {
                is_flags: false, ..
            } => Element::Enum(ident.clone()),
        };
        Named {
            ident,
            place: (unnamed.area.clone(), module),
            element,
        }
    }

    /// Claims the name of a module in an area.
    fn module(&mut self, area: &Ident, preferred: Ident) -> Ident {
        // A module named like its parent would confuse readers. No other type prefers the name with `_`.
        let preferred = if preferred == *area {
            preferred.guarded()
        } else {
            preferred
        };
        self.modules
            .entry(area.clone())
            .or_default()
            .claim(preferred)
    }

    /// Claims a module for request builders of paths without a known type.
    pub(crate) fn general_module(&mut self, preferred: Ident) -> Place {
        let area = areas::core();
        let module = self.module(&area, preferred);
        (area, module)
    }

    /// The struct of a type.
    pub(crate) fn struct_ident(&self, id: StructuredTypeId) -> &Ident {
        &self.structs[id.0 as usize].ident
    }

    /// The Rust type of a value declared with a structured type: the struct, or the enum over its derived types.
    pub(crate) fn struct_element(&self, id: StructuredTypeId) -> Element {
        self.structs[id.0 as usize].element.clone()
    }

    /// The Rust type of a value of an enum type.
    pub(crate) fn enum_element(&self, id: EnumId) -> Element {
        self.enums[id.0 as usize].element.clone()
    }

    /// The area and module of the struct of a type.
    pub(crate) fn struct_place(&self, id: StructuredTypeId) -> &Place {
        &self.structs[id.0 as usize].place
    }

    /// The enum of an enum type.
    pub(crate) fn enum_ident(&self, id: EnumId) -> &Ident {
        &self.enums[id.0 as usize].ident
    }

    /// The area and module of the enum of an enum type.
    pub(crate) fn enum_place(&self, id: EnumId) -> &Place {
        &self.enums[id.0 as usize].place
    }
}

/// Reports a name with characters that no identifier can have.
pub(crate) fn report_unusual_name(report: &mut Report, at: Location, wire: &str, ident: &Ident) {
    report.push(
        Code::NameNotPlain,
        at,
        0,
        format!("the name {wire:?} has characters that no identifier can have, or is too long"),
        format!("it is called `{ident}` in Rust"),
    );
}

/// Reports a name whose identifier is taken by another name.
pub(crate) fn report_name_collision(report: &mut Report, at: Location, wire: &str, ident: &Ident) {
    report.push(
        Code::NameCollision,
        at,
        0,
        format!("the name {wire:?} gives an identifier that is taken"),
        format!("it is called `{ident}` in Rust"),
    );
}
