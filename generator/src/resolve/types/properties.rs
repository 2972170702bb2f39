//! In: rows, bases and kinds. Out: the own properties of each structured type, inherited ones given back to their bases.

use std::collections::BTreeMap;

use crate::model::{
    Docs, Primitive, Property, PropertyKind, StructuredKind, StructuredTypeId, Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::normalise::descriptions;
use crate::resolve::symbols::symbol_table::{Definition, Index};
use crate::resolve::types::rows::{Row, RowSource, TypeRows};
use crate::source::Location;

/// What the rows are sorted out against.
pub(crate) struct Settling<'a> {
    pub(crate) index: &'a Index,
    pub(crate) bases: &'a Bases,
    pub(crate) kinds: &'a [StructuredKind],
    /// The id of the root entity type.
    pub(crate) root: Option<StructuredTypeId>,
}

impl Settling<'_> {
    /// The own properties of all types, by id.
    pub(crate) fn settle(&self, rows: &[TypeRows], report: &mut Report) -> Vec<Vec<Property>> {
        let adopted = self.adopted(rows, report);
        let mut own: Vec<Vec<Property>> = vec![Vec::new(); rows.len()];
        for id in self.base_first() {
            let place = id.0 as usize;
            let mut properties: Vec<Property> = Vec::new();
            if Some(id) == self.root && rows[place].rows.is_empty() {
                properties.extend(self.identifier(rows));
            }
            let given = adopted.get(&id).into_iter().flatten();
            for row in rows[place].rows.iter().chain(given.copied()) {
                if self.is_inherited(id, row, &own, report) {
                    continue;
                }
                match properties
                    .iter_mut()
                    .find(|known| known.name.eq_ignore_ascii_case(&row.name))
                {
                    Some(known) => self.unite(known, row, report),
                    None => properties.push(self.property(row, report)),
                }
            }
            own[place] = properties;
        }
        own
    }

    /// All types, each behind its base.
    fn base_first(&self) -> Vec<StructuredTypeId> {
        let count = self.bases.0.len();
        let mut ids: Vec<(usize, StructuredTypeId)> = (0..count)
            .map(|place| StructuredTypeId(place as u32))
            .map(|id| (self.bases.chain(id).count(), id))
            .collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// Rows that say that they are inherited from a type which does not list them: that type gets them.
    fn adopted<'r, 'a>(
        &self,
        rows: &'r [TypeRows<'a>],
        report: &mut Report,
    ) -> BTreeMap<StructuredTypeId, Vec<&'r Row<'a>>> {
        let mut adopted: BTreeMap<StructuredTypeId, Vec<&Row>> = BTreeMap::new();
        for (place, type_rows) in rows.iter().enumerate() {
            let own = StructuredTypeId(place as u32);
            for row in &type_rows.rows {
                let Some(from) = row.inherited_from.filter(|from| *from != own) else {
                    continue;
                };
                let name = self.index.name_of(Definition::Structured(from)).full();
                if !self.bases.reaches(own, from) {
                    report.push(
                        Code::InheritedFromStranger,
                        row.origin,
                        row.name.chars().count(),
                        format!(
                            "`{}` is inherited from `{name}`, which is no base of its type",
                            row.name
                        ),
                        "it was kept as the type's own",
                    );
                    continue;
                }
                let given = adopted.entry(from).or_default();
                if self.has_row(from, &row.name, rows)
                    || self.is_listed_beside(own, from, &row.name, rows)
                    || given
                        .iter()
                        .any(|known| known.name.eq_ignore_ascii_case(&row.name))
                {
                    continue;
                }
                report.push(
                    Code::InheritedRowMoved,
                    row.origin,
                    row.name.chars().count(),
                    format!(
                        "`{}` is inherited from `{name}`, whose pages do not list it",
                        row.name
                    ),
                    format!("it was added to `{name}`"),
                );
                given.push(row);
            }
        }
        adopted
    }

    /// Whether a type or one of its bases lists a name; the key of the root entity type counts as listed.
    fn has_row(&self, id: StructuredTypeId, name: &str, rows: &[TypeRows]) -> bool {
        self.bases.chain(id).any(|ancestor| {
            (Some(ancestor) == self.root && name == "id")
                || rows[ancestor.0 as usize]
                    .rows
                    .iter()
                    .any(|row| row.name.eq_ignore_ascii_case(name))
        })
    }

    /// Whether another type that inherits from a base lists a name as its own: then the base does not have it.
    fn is_listed_beside(
        &self,
        own: StructuredTypeId,
        base: StructuredTypeId,
        name: &str,
        rows: &[TypeRows],
    ) -> bool {
        rows.iter().enumerate().any(|(place, type_rows)| {
            let id = StructuredTypeId(place as u32);
            let mut listed = type_rows.rows.iter();
            id != own
                && id != base
                && listed.any(|row| {
                    row.inherited_from.is_none()
                        && row.source != RowSource::Representation
                        && row.name.eq_ignore_ascii_case(name)
                })
                && self.bases.reaches(id, base)
        })
    }

    /// Whether a base has the property already. A row that says otherwise than the base is reported; the base counts.
    fn is_inherited(
        &self,
        id: StructuredTypeId,
        row: &Row,
        own: &[Vec<Property>],
        report: &mut Report,
    ) -> bool {
        let inherited = self.bases.chain(id).skip(1).find_map(|ancestor| {
            own[ancestor.0 as usize]
                .iter()
                .find(|property| property.name.eq_ignore_ascii_case(&row.name))
                .map(|property| (ancestor, property))
        });
        let Some((ancestor, property)) = inherited else {
            return false;
        };
        let comes_from_table = row.source != RowSource::Representation;
        if property.ty != row.ty && comes_from_table && Some(ancestor) != self.root {
            let name = self.index.name_of(Definition::Structured(ancestor)).full();
            report.push(
                Code::RedeclaredProperty,
                row.origin,
                row.name.chars().count(),
                format!(
                    "`{}` has another type than the property of the base `{name}`",
                    row.name
                ),
                "the base's property was kept",
            );
        }
        true
    }

    /// The `id` that every entity has, with the place of the first row that describes one.
    fn identifier(&self, rows: &[TypeRows]) -> Option<Property> {
        let entities = rows.iter().zip(self.kinds);
        let first = entities
            .filter(|(_, kind)| **kind == StructuredKind::Entity)
            .flat_map(|(rows, _)| &rows.rows)
            .find(|row| row.name == "id")?;
        Some(identifier(first.origin))
    }

    fn property(&self, row: &Row, report: &mut Report) -> Property {
        let kind = self.kind(row, report);
        let is_enum = matches!(row.ty.ty, Type::Enum(_));
        if row.source == RowSource::Representation {
            report.push(
                Code::PropertyFromRepresentation,
                row.origin,
                0,
                format!(
                    "`{}` is in the JSON representation, but in no table",
                    row.name
                ),
                "its type was taken from the sample value",
            );
        }
        let fact = row.fact;
        Property {
            name: row.name.clone(),
            kind,
            ty: row.ty.clone(),
            docs: Docs {
                description: fact
                    .map(|fact| descriptions::description(&fact.description.value, is_enum))
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
                row.listed.clone()
            },
            origin: row.origin,
        }
    }

    /// Entities are navigated to, everything else is part of the instance, whichever table the row stands in.
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
            RowSource::Representation => kind,
        };
        if kind != listed_as {
            let (listed, taken) = match kind {
                PropertyKind::Navigation => ("property", "its type is an entity type"),
                PropertyKind::Structural => ("relationship", "its type is no entity type"),
            };
            report.push(
                Code::RowInOtherTable,
                row.origin,
                row.name.chars().count(),
                format!("`{}` is listed as a {listed}, but {taken}", row.name),
                match kind {
                    PropertyKind::Navigation => "it became a navigation property",
                    PropertyKind::Structural => "it became a structural property",
                },
            );
        }
        kind
    }

    /// Two rows for one property: the first counts, and what it leaves open is taken from the second.
    fn unite(&self, known: &mut Property, row: &Row, report: &mut Report) {
        if row.source == RowSource::Representation {
            return;
        }
        if is_undefined(&known.ty) && !is_undefined(&row.ty) {
            known.kind = self.kind(row, report);
            known.ty = row.ty.clone();
        } else if known.ty != row.ty && !is_undefined(&row.ty) {
            report.push(
                Code::ConflictingProperty,
                row.origin,
                row.name.chars().count(),
                format!("`{}` is listed before with another type", row.name),
                "the first row was kept",
            );
        }
        let Some(fact) = row.fact else {
            return;
        };
        known.read_only |= fact.read_only;
        known.required |= fact.required;
        known.nullable = known.nullable.or(fact.nullable);
        if known.docs.description.is_empty() {
            let is_enum = matches!(known.ty.ty, Type::Enum(_));
            known.docs.description = descriptions::description(&fact.description.value, is_enum);
        }
    }
}

fn is_undefined(ty: &TypeRef) -> bool {
    matches!(ty.ty, Type::Undefined(_))
}

/// The key that all entities have.
fn identifier(origin: Location) -> Property {
    Property {
        name: "id".to_owned(),
        kind: PropertyKind::Structural,
        ty: TypeRef {
            ty: Type::Primitive(Primitive::String),
            collection: false,
        },
        docs: Docs {
            description: "Identifies the instance among all of its kind.".to_owned(),
            deprecated: None,
        },
        read_only: true,
        required: false,
        nullable: Some(false),
        default: None,
        listed_values: Vec::new(),
        origin,
    }
}
