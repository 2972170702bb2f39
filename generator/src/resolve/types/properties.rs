//! Decides which properties each structured type has itself, and moves inherited rows to the base type.

use std::collections::BTreeMap;

use crate::model::{
    Docs, Primitive, Property, PropertyKind, PropertyUsage, StructuredKind, StructuredTypeId, Type,
    TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::inheritance::final_bases::FinalBases;
use crate::resolve::normalise::descriptions::description;
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::resolve::types::rows::{Row, RowSource, TypeRows};
use crate::source::Location;

/// Builds properties from rows.
pub(crate) struct PropertyBuilder<'a> {
    pub(crate) symbols: &'a SymbolTable,
    pub(crate) bases: &'a FinalBases,
    pub(crate) kinds: &'a [StructuredKind],
    /// The root entity type.
    pub(crate) root: Option<StructuredTypeId>,
}

impl PropertyBuilder<'_> {
    /// Builds the properties that each type has itself, by id.
    pub(crate) fn build(&self, rows: &[TypeRows], report: &mut Report) -> Vec<Vec<Property>> {
        let moved = self.rows_moved_to_bases(rows, report);
        let mut built: Vec<Vec<Property>> = vec![Vec::new(); rows.len()];
        for id in self.base_types_first() {
            let type_rows = &rows[id.0 as usize].rows;
            let mut properties: Vec<Property> = Vec::new();
            if Some(id) == self.root && type_rows.is_empty() {
                properties.extend(self.root_identifier(rows));
            }
            let moved = moved.get(&id).into_iter().flatten();
            for row in type_rows.iter().chain(moved.copied()) {
                if self.is_inherited(id, row, &built, report) {
                    continue;
                }
                let existing =
                    row.find_property(properties.iter_mut(), |property| property.name.as_str());
                match existing {
                    Some(existing) => self.merge(existing, row, report),
                    None => properties.push(self.property(row, report)),
                }
            }
            built[id.0 as usize] = properties;
        }
        built
    }

    /// Returns all types, each after its base type.
    fn base_types_first(&self) -> Vec<StructuredTypeId> {
        let mut ids: Vec<(usize, StructuredTypeId)> = self
            .bases
            .iter()
            .map(|(id, _)| (self.bases.chain(id).count(), id))
            .collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// Returns rows that are inherited from a base type which does not list them, by the base type.
    fn rows_moved_to_bases<'r, 'a>(
        &self,
        rows: &'r [TypeRows<'a>],
        report: &mut Report,
    ) -> BTreeMap<StructuredTypeId, Vec<&'r Row<'a>>> {
        let mut moved: BTreeMap<StructuredTypeId, Vec<&Row>> = BTreeMap::new();
        for (place, type_rows) in rows.iter().enumerate() {
            let id = StructuredTypeId(place as u32);
            for row in &type_rows.rows {
                let Some(base) = row.inherited_from.filter(|base| *base != id) else {
                    continue;
                };
                let base_name = self.symbols.structured_name(base).full();
                if !self.bases.is_or_inherits(id, base) {
                    report.push(
                        Code::InheritedFromStranger,
                        row.origin,
                        row.name.chars().count(),
                        format!(
                            "`{}` is inherited from `{base_name}`, which is not a base type of its type",
                            row.name
                        ),
                        "it is generated as a property of the type itself",
                    );
                    continue;
                }
                let moved_to_base = moved.entry(base).or_default();
                if self.chain_lists(base, row, rows)
                    || self.sibling_lists(id, base, row, rows)
                    || moved_to_base.iter().any(|other| row.matches(&other.name))
                {
                    continue;
                }
                report.push(
                    Code::InheritedRowMoved,
                    row.origin,
                    row.name.chars().count(),
                    format!(
                        "`{}` is inherited from `{base_name}`, whose pages do not list it",
                        row.name
                    ),
                    format!("it is added to `{base_name}`"),
                );
                moved_to_base.push(row);
            }
        }
        moved
    }

    /// Whether a type or one of its base types lists the property of a row. The root entity type always lists `id`.
    fn chain_lists(&self, id: StructuredTypeId, row: &Row, rows: &[TypeRows]) -> bool {
        self.bases.chain(id).any(|ancestor| {
            let mut listed = rows[ancestor.0 as usize].rows.iter();
            (Some(ancestor) == self.root && row.name == "id")
                || listed.any(|other| row.matches(&other.name))
        })
    }

    /// Whether another type that inherits from a base lists the property of a row as its own, so that the base does not have it.
    fn sibling_lists(
        &self,
        id: StructuredTypeId,
        base: StructuredTypeId,
        row: &Row,
        rows: &[TypeRows],
    ) -> bool {
        rows.iter().enumerate().any(|(place, type_rows)| {
            let other = StructuredTypeId(place as u32);
            let mut listed = type_rows.rows.iter();
            other != id
                && other != base
                && listed.any(|listed| {
                    listed.inherited_from.is_none()
                        && listed.source != RowSource::JsonRepresentation
                        && row.matches(&listed.name)
                })
                && self.bases.is_or_inherits(other, base)
        })
    }

    /// Whether a base type has the property already. A row with another type is reported; the base type's property counts.
    fn is_inherited(
        &self,
        id: StructuredTypeId,
        row: &Row,
        built: &[Vec<Property>],
        report: &mut Report,
    ) -> bool {
        let inherited = self.bases.chain(id).skip(1).flat_map(|ancestor| {
            let properties = built[ancestor.0 as usize].iter();
            properties.map(move |property| (ancestor, property))
        });
        let inherited = row.find_property(inherited, |(_, property)| property.name.as_str());
        let Some((ancestor, property)) = inherited else {
            return false;
        };
        let is_table_row = row.source != RowSource::JsonRepresentation;
        if property.ty != row.ty && is_table_row && Some(ancestor) != self.root {
            report.push(
                Code::RedeclaredProperty,
                row.origin,
                row.name.chars().count(),
                format!(
                    "`{}` has another type here than in the base type `{}`",
                    row.name,
                    self.symbols.structured_name(ancestor).full()
                ),
                "the type in the base type is used",
            );
        }
        true
    }

    /// Returns the `id` of the root entity type, with the location of the first row that describes one.
    fn root_identifier(&self, rows: &[TypeRows]) -> Option<Property> {
        let types = rows.iter().zip(self.kinds);
        let first = types
            .filter(|(_, kind)| **kind == StructuredKind::Entity)
            .flat_map(|(rows, _)| &rows.rows)
            .find(|row| row.name == "id")?;
        Some(identifier(first.origin))
    }

    fn property(&self, row: &Row, report: &mut Report) -> Property {
        let kind = self.kind(row, report);
        let is_enum = matches!(row.ty.ty, Type::Enum(_));
        if row.source == RowSource::JsonRepresentation {
            report.push(
                Code::PropertyFromRepresentation,
                row.origin,
                0,
                format!(
                    "`{}` is in the JSON representation, but in no table",
                    row.name
                ),
                "its type is inferred from the sample value",
            );
        }
        let fact = row.fact;
        Property {
            name: row.name.clone(),
            kind,
            ty: row.ty.clone(),
            docs: Docs {
                description: fact
                    .map(|fact| description(&fact.description.value, is_enum))
                    .unwrap_or_default(),
                deprecated: fact.and_then(|fact| fact.deprecated.clone()),
            },
            read_only: fact.is_some_and(|fact| fact.read_only),
            required: fact.is_some_and(|fact| fact.required),
            nullable: fact.and_then(|fact| fact.nullable),
            default: fact.and_then(|fact| fact.default.clone()),
            listed_values: if is_enum {
                Vec::new()
            } else {
                row.listed_values.clone()
            },
            usage: fact.map(|fact| fact.usage.clone()).unwrap_or_default(),
            origin: row.origin,
        }
    }

    /// Decides the kind by the type, whichever table has the row: entity types make navigation properties, all others structural
    /// ones.
    fn kind(&self, row: &Row, report: &mut Report) -> PropertyKind {
        let kind = match &row.ty.ty {
            Type::Structured(id) => match self.kinds[id.0 as usize] {
                StructuredKind::Entity => PropertyKind::Navigation,
                StructuredKind::Complex => PropertyKind::Structural,
            },
            Type::Undefined(_) if row.source == RowSource::Relationship => PropertyKind::Navigation,
            Type::Undefined(_) | Type::Primitive(_) | Type::Enum(_) => PropertyKind::Structural,
        };
        let listed_as = match row.source {
            RowSource::Property => PropertyKind::Structural,
            RowSource::Relationship => PropertyKind::Navigation,
            RowSource::JsonRepresentation => kind,
        };
        if kind != listed_as {
            let (listed, actual) = match kind {
                PropertyKind::Navigation => ("property", "an entity type"),
                PropertyKind::Structural => ("relationship", "not an entity type"),
            };
            report.push(
                Code::RowInOtherTable,
                row.origin,
                row.name.chars().count(),
                format!(
                    "`{}` is listed as a {listed}, but its type is {actual}",
                    row.name
                ),
                match kind {
                    PropertyKind::Navigation => "it is generated as a navigation property",
                    PropertyKind::Structural => "it is generated as a structural property",
                },
            );
        }
        kind
    }

    /// Merges a second row for a property: the first row counts, and the second one adds what the first lacks.
    fn merge(&self, property: &mut Property, row: &Row, report: &mut Report) {
        if row.source == RowSource::JsonRepresentation {
            return;
        }
        if is_undefined(&property.ty) && !is_undefined(&row.ty) {
            property.kind = self.kind(row, report);
            property.ty = row.ty.clone();
        } else if property.ty != row.ty && !is_undefined(&row.ty) {
            report.push(
                Code::ConflictingProperty,
                row.origin,
                row.name.chars().count(),
                format!(
                    "`{}` is listed more than once, with different types",
                    row.name
                ),
                "the type in the first row is used",
            );
        }
        let Some(fact) = row.fact else {
            return;
        };
        property.read_only |= fact.read_only;
        property.required |= fact.required;
        property.nullable = property.nullable.or(fact.nullable);
        property.usage.merge(fact.usage.clone());
        if property.docs.description.is_empty() {
            let is_enum = matches!(property.ty.ty, Type::Enum(_));
            property.docs.description = description(&fact.description.value, is_enum);
        }
    }
}

fn is_undefined(ty: &TypeRef) -> bool {
    matches!(ty.ty, Type::Undefined(_))
}

/// Creates the key of all entity types.
fn identifier(origin: Location) -> Property {
    Property {
        name: "id".to_owned(),
        kind: PropertyKind::Structural,
        ty: TypeRef {
            ty: Type::Primitive(Primitive::String),
            collection: false,
        },
        docs: Docs {
            description: "The unique identifier of the instance.".to_owned(),
            deprecated: None,
        },
        read_only: true,
        required: false,
        nullable: Some(false),
        default: None,
        listed_values: Vec::new(),
        usage: PropertyUsage::default(),
        origin,
    }
}
