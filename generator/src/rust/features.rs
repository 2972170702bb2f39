//! Cargo features: each area is a feature, and an item is enabled by every feature that needs it.
//!
//! An area needs its own types and requests, the types of their properties, request bodies and responses with all derived
//! types, and the builders on the path to its requests. Navigation properties do not need their target: such a property is
//! enabled when its target is. So features are additive, and no area needs everything.

mod closure;
mod needs;

use std::collections::BTreeSet;

use super::items::{Area, Builder, Element, Feature, Field, Struct, Value, When};
use super::names::Ident;
use closure::Closure;
use needs::Needs;

/// The areas that need an item, by their index.
type Needed = BTreeSet<usize>;

/// Assigns the features that enable each item. Returns the features in the order of areas.
pub(crate) fn assign_features(
    version: &Ident,
    client: &mut Builder,
    areas: &mut [Area],
) -> Vec<Feature> {
    let needs = Closure::new(client, areas).compute();
    let features: Vec<Feature> = areas
        .iter()
        .enumerate()
        .map(|(index, area)| Feature {
            name: format!("{version}-{}", area.ident),
            area: area.ident.clone(),
            types: needs.count_types(index),
        })
        .collect();
    let assignment = Assignment {
        features: &features,
        needs: &needs,
    };
    assignment.builder(client, &(0..assignment.features.len()).collect());
    for (index, area) in areas.iter_mut().enumerate() {
        assignment.area(index, area);
        features[index].describe(&mut area.docs);
    }
    features
}

/// Writes the features into the items.
struct Assignment<'a> {
    features: &'a [Feature],
    needs: &'a Needs,
}

impl Assignment<'_> {
    fn condition(&self, needed: &Needed) -> When {
        // An item that all areas need requires no feature.
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
                let needed = self.needs.of_type(&item.ident);
                item.when = self.condition(needed);
                types.extend(needed);
            }
            let mut requests = Needed::new();
            for builder in &mut module.builders {
                let needed = self.needs.of_builder(&builder.ident);
                self.builder(builder, &Needed::from([index]));
                builder.when = self.condition(needed);
                requests.extend(needed);
            }
            module.requests_when = self.condition(&requests);
            types.extend(requests);
            module.when = self.condition(&types);
            whole.extend(types);
        }
        area.when = self.condition(&whole);
    }

    fn structure(&self, item: &mut Struct) -> &Needed {
        let own = self.needs.of_type(&item.ident);
        item.when = self.condition(own);
        for field in &mut item.fields {
            let target = generated_type(&field.ty).and_then(|ident| self.needs.find_type(ident));
            field.when = match target {
                Some(target) if !own.is_subset(target) => self.condition(target),
                Some(_) | None => item.when.clone(),
            };
        }
        own
    }

    /// Assigns the features of a builder's accessors and methods. Methods belong to the area of the builder.
    fn builder(&self, builder: &mut Builder, own: &Needed) {
        builder.methods_when = self.condition(own);
        for accessor in &mut builder.accessors {
            accessor.when = self.condition(self.needs.of_builder(&accessor.builder));
        }
    }
}

/// The generated type of a value.
fn generated_type(value: &Value) -> Option<&Ident> {
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

/// The types that the fields and derived types of a struct require.
fn required_types(item: &Struct) -> impl Iterator<Item = &Ident> {
    let fields = item.fields.iter().filter(|field| !field.is_navigation);
    let variants = item.any.iter().flat_map(|any| &any.variants);
    fields
        .filter_map(|field: &Field| generated_type(&field.ty))
        .chain(variants.map(|variant| &variant.ident))
}
