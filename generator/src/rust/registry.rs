//! The names and places of all types of one version, settled before anything is built from them.

use std::collections::BTreeMap;

use crate::model::{Api, EnumId, QualifiedName, StructuredTypeId};
use crate::report::{Code, Report};
use crate::source::{Location, Sources};

use super::areas;
use super::items::Element;
use super::names::{self, Ident, Scope};

/// A module by area and name.
pub(crate) type Place = (Ident, Ident);

/// What every type is called, and where it stands.
#[derive(Debug)]
pub(crate) struct Registry {
    structs: Vec<Named>,
    enums: Vec<Named>,
    /// The names of types that are taken; the parameters of actions join them.
    pub(crate) types: Scope,
    modules: BTreeMap<Ident, Scope>,
}

#[derive(Debug)]
struct Named {
    ident: Ident,
    place: Place,
    /// What a value of the type is called: with the enum over derived types, the flags and the root taken into account.
    element: Element,
}

/// A type before it has a name.
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
pub(crate) fn register(api: &Api, sources: &Sources, report: &mut Report) -> Registry {
    let mut registry = Registry {
        structs: Vec::new(),
        enums: Vec::new(),
        types: Scope::default(),
        modules: BTreeMap::new(),
    };
    let mut structs = BTreeMap::new();
    let mut enums = BTreeMap::new();
    for unnamed in in_order_of_claim(api, sources) {
        let named = registry.name(&unnamed, report);
        match unnamed.id {
            Id::Struct(index) => structs.insert(index, named),
            Id::Enum { index, .. } => enums.insert(index, named),
        };
    }
    registry.structs = structs.into_values().collect();
    registry.enums = enums.into_values().collect();
    for (index, has_derived) in has_derived(api).into_iter().enumerate() {
        if has_derived {
            let any = names::camel("any").camel_join(registry.structs[index].ident.as_str());
            registry.structs[index].element = Element::Any(registry.types.claim(any));
        }
    }
    registry
}

/// Types of the main namespace come first, so that no other namespace can take a name from them.
fn in_order_of_claim<'m>(api: &'m Api, sources: &Sources) -> Vec<Unnamed<'m>> {
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

/// Whether something derives from each type. The root of all entities does not count: it would hold every type there is.
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

/// Whether a type is the one that all entities derive from.
pub(crate) fn is_root(name: &QualifiedName) -> bool {
    name.namespace == "microsoft.graph" && name.name == "entity"
}

impl Registry {
    fn name(&mut self, unnamed: &Unnamed<'_>, report: &mut Report) -> Named {
        let wanted = names::type_name(&unnamed.name.namespace, &unnamed.name.name);
        let ident = self.types.claim(wanted.clone());
        if let Some(at) = unnamed.at {
            let full = unnamed.name.full();
            if !names::is_plain(&unnamed.name.name) {
                not_plain(report, at, &full, &ident);
            }
            if ident != wanted {
                meeting(report, at, &full, &ident);
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

    /// Takes the name of a module in an area.
    fn module(&mut self, area: &Ident, wanted: Ident) -> Ident {
        // A module of the name of the one that holds it would only confuse. No other type asks for the name it gets.
        let wanted = if wanted == *area {
            wanted.guarded()
        } else {
            wanted
        };
        self.modules.entry(area.clone()).or_default().claim(wanted)
    }

    /// Takes a module for requests that lead to no known type.
    pub(crate) fn general_module(&mut self, wanted: Ident) -> Place {
        let area = areas::general();
        let module = self.module(&area, wanted);
        (area, module)
    }

    /// The struct of a type.
    pub(crate) fn struct_ident(&self, id: StructuredTypeId) -> &Ident {
        &self.structs[id.0 as usize].ident
    }

    /// What a value declared with a type is: the struct, or the enum over it and what derives from it.
    pub(crate) fn struct_element(&self, id: StructuredTypeId) -> Element {
        self.structs[id.0 as usize].element.clone()
    }

    /// What a value of an enum type is.
    pub(crate) fn enum_element(&self, id: EnumId) -> Element {
        self.enums[id.0 as usize].element.clone()
    }

    /// Where the struct of a type stands.
    pub(crate) fn struct_place(&self, id: StructuredTypeId) -> &Place {
        &self.structs[id.0 as usize].place
    }

    /// The enum of an enum type.
    pub(crate) fn enum_ident(&self, id: EnumId) -> &Ident {
        &self.enums[id.0 as usize].ident
    }

    /// Where the enum of an enum type stands.
    pub(crate) fn enum_place(&self, id: EnumId) -> &Place {
        &self.enums[id.0 as usize].place
    }
}

/// Reports a name that an identifier cannot show.
pub(crate) fn not_plain(report: &mut Report, at: Location, wire: &str, ident: &Ident) {
    report.push(
        Code::NameNotPlain,
        at,
        0,
        format!("the name {wire:?} has characters that no identifier can have, or is too long"),
        format!("it is called `{ident}` in Rust"),
    );
}

/// Reports a name that meets another.
pub(crate) fn meeting(report: &mut Report, at: Location, wire: &str, ident: &Ident) {
    report.push(
        Code::NameCollision,
        at,
        0,
        format!("the name {wire:?} gives an identifier that is taken"),
        format!("it is called `{ident}` in Rust"),
    );
}
