//! Items to features: each area is a feature, and an item is there with every feature that needs it.
//!
//! An area needs its own types and requests, the types of what their properties, bodies and answers hold, and the types derived
//! from those; and of the builders in front of its own, the way through. Properties that only lead to other entities do not
//! need them: such a property is there when its type is. So features only ever add, and no area needs the world.

mod closure;
mod settled;

use std::collections::BTreeSet;

use super::items::{Area, Builder, Element, Feature, Field, Struct, Value, When};
use super::names::Ident;
use closure::Closure;
use settled::Settled;

/// The areas that need an item, by their places in the list of areas.
type Needed = BTreeSet<usize>;

/// Decides with which features each item is there, and gives the features in the order of areas.
pub(crate) fn settle(version: &Ident, client: &mut Builder, areas: &mut [Area]) -> Vec<Feature> {
    let settled = Closure::new(client, areas).settle();
    let features: Vec<Feature> = areas
        .iter()
        .enumerate()
        .map(|(index, area)| Feature {
            name: format!("{version}-{}", area.ident),
            area: area.ident.clone(),
            types: settled.types_needed_by(index),
        })
        .collect();
    let names = Names {
        features: &features,
        settled: &settled,
    };
    names.builder(client, &(0..names.features.len()).collect());
    for (index, area) in areas.iter_mut().enumerate() {
        names.area(index, area);
        features[index].describe(&mut area.docs);
    }
    features
}

/// Writes what is settled into the items.
struct Names<'a> {
    features: &'a [Feature],
    settled: &'a Settled,
}

impl Names<'_> {
    fn when(&self, needed: &Needed) -> When {
        // What all areas need needs no area.
        if needed.len() == self.features.len() {
            return When::default();
        }
        let names = needed
            .iter()
            .map(|index| self.features[*index].name.clone());
        When {
            features: names.collect(),
        }
    }

    fn area(&self, index: usize, area: &mut Area) {
        let mut whole = Needed::new();
        for module in &mut area.modules {
            let mut types = Needed::new();
            for item in &mut module.structs {
                types.extend(self.structure(item));
            }
            for item in &mut module.enums {
                let needed = self.settled.ty(&item.ident);
                item.when = self.when(needed);
                types.extend(needed);
            }
            let mut requests = Needed::new();
            for builder in &mut module.builders {
                let needed = self.settled.builder(&builder.ident);
                self.builder(builder, &Needed::from([index]));
                builder.when = self.when(needed);
                requests.extend(needed);
            }
            module.requests_when = self.when(&requests);
            types.extend(requests);
            module.when = self.when(&types);
            whole.extend(types);
        }
        area.when = self.when(&whole);
    }

    fn structure(&self, item: &mut Struct) -> &Needed {
        let own = self.settled.ty(&item.ident);
        item.when = self.when(own);
        for field in &mut item.fields {
            let target = referred(&field.ty).and_then(|ident| self.settled.find(ident));
            field.when = match target {
                Some(target) if !own.is_subset(target) => self.when(target),
                Some(_) | None => item.when.clone(),
            };
        }
        own
    }

    /// What a builder offers; its methods belong to the area of the builder.
    fn builder(&self, builder: &mut Builder, own: &Needed) {
        builder.methods_when = self.when(own);
        for accessor in &mut builder.accessors {
            accessor.when = self.when(self.settled.builder(&accessor.builder));
        }
    }
}

/// The generated type that a value is of.
fn referred(value: &Value) -> Option<&Ident> {
    let (Value::One(element) | Value::Many(element)) = value;
    element_type(element)
}

fn element_type(element: &Element) -> Option<&Ident> {
    match element {
        Element::Enum(ident)
        | Element::Flags(ident)
        | Element::Struct(ident)
        | Element::Any(ident) => Some(ident),
        Element::Primitive(_) | Element::AnyEntity | Element::Json => None,
    }
}

/// The types that a struct cannot do without.
fn held(item: &Struct) -> impl Iterator<Item = &Ident> {
    let fields = item.fields.iter().filter(|field| !field.is_navigation);
    let variants = item.any.iter().flat_map(|any| &any.variants);
    fields
        .filter_map(|field: &Field| referred(&field.ty))
        .chain(variants.map(|variant| &variant.ident))
}
