//! Example JSON to Rust expressions of generated types. Properties without such an expression are left out and counted.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::expression::{Expression, string};
use crate::rust::items::{Area, Element, Enum, Field, Primitive, Struct, Value};
use crate::rust::names::Ident;

/// The maximum number of properties of one object,
const OF_ONE: usize = 6;
/// and of all objects of a body.
const OF_ALL: usize = 12;
/// The maximum number of values of a collection.
const OF_LIST: usize = 3;
/// The maximum length of a text.
const TEXT: usize = 60;

/// The types of a version by their Rust names.
pub(super) struct Types<'a> {
    structs: BTreeMap<&'a Ident, &'a Struct>,
    /// The base structs of enums over derived types.
    bases: BTreeMap<&'a Ident, &'a Struct>,
    enums: BTreeMap<&'a Ident, &'a Enum>,
}

impl<'a> Types<'a> {
    pub(super) fn new(areas: &'a [Area]) -> Self {
        let mut types = Self {
            structs: BTreeMap::new(),
            bases: BTreeMap::new(),
            enums: BTreeMap::new(),
        };
        for module in areas.iter().flat_map(|area| &area.modules) {
            for item in &module.structs {
                types.structs.insert(&item.ident, item);
                if let Some(any) = &item.any {
                    types.bases.insert(&any.ident, item);
                }
            }
            for item in &module.enums {
                types.enums.insert(&item.ident, item);
            }
        }
        types
    }

    /// The struct of an element, if it has one.
    pub(super) fn structure(&self, element: &Element) -> Option<&'a Struct> {
        match element {
            Element::Struct(ident) => self.structs.get(ident).copied(),
            Element::Any(ident) => self.bases.get(ident).copied(),
            Element::Primitive(_)
            | Element::Enum(_)
            | Element::Flags(_)
            | Element::AnyEntity
            | Element::Json => None,
        }
    }

    /// The expression of a body; none if no property has an expression.
    pub(super) fn body(&self, value: &Value, json: &Json) -> Option<Expression> {
        let Value::One(element) = value else {
            return None;
        };
        let left = Cell::new(OF_ALL);
        let (inside, _) = self.object(element, json, &left)?;
        Some(match element {
            Element::Any(ident) => inside.within(format!("types::{ident}::from("), ")"),
            _ => inside,
        })
    }

    /// The struct literal of an object, and whether its type may be a derived type.
    fn object(
        &self,
        element: &Element,
        json: &Json,
        left: &Cell<usize>,
    ) -> Option<(Expression, bool)> {
        let members = json.as_object()?;
        let base = self.structure(element)?;
        let item = match element {
            Element::Any(_) => self.derived(base, members)?,
            _ => base,
        };
        let mut items = Vec::new();
        let mut more = 0;
        for (key, value) in members {
            if key == "@odata.type" {
                continue;
            }
            let field = item.fields.iter().find(|field| field.wire == *key);
            let shown = field.filter(|_| items.len() < OF_ONE).and_then(|field| {
                let shown = self.field(field, value, left)?;
                Some((Some(field.ident.to_string()), shown))
            });
            match shown {
                Some(shown) => items.push(shown),
                None => more += 1,
            }
        }
        if items.is_empty() {
            return None;
        }
        let expression = Expression::List {
            open: format!("types::{} {{", item.ident),
            items,
            more: Some(more),
            close: "}",
        };
        Some((expression, matches!(element, Element::Any(_))))
    }

    /// The type of an object by its `@odata.type`, else the base type.
    fn derived(&self, base: &'a Struct, members: &Map<String, Json>) -> Option<&'a Struct> {
        let Some(name) = members.get("@odata.type") else {
            return Some(base);
        };
        let name = name.as_str()?.trim_start_matches('#');
        let variants = &base.any.as_ref()?.variants;
        let variant = variants.iter().find(|variant| variant.name == name)?;
        self.structs.get(&variant.ident).copied()
    }

    fn field(&self, field: &Field, json: &Json, left: &Cell<usize>) -> Option<Expression> {
        // Navigation properties are not enabled by every feature.
        if field.is_navigation || left.get() == 0 {
            return None;
        }
        left.set(left.get() - 1);
        let inside = match &field.ty {
            Value::One(element) => {
                let inside = self.element(element, json, left)?;
                match element {
                    Element::Struct(_) => inside.within("", ".into()"),
                    _ => inside,
                }
            }
            Value::Many(element) => {
                let all = json.as_array()?;
                if all.is_empty() || all.len() > OF_LIST {
                    return None;
                }
                let items: Option<Vec<_>> = all
                    .iter()
                    .map(|json| Some((None, self.element(element, json, left)?)))
                    .collect();
                Expression::List {
                    open: "vec![".to_owned(),
                    items: items?,
                    more: None,
                    close: "]",
                }
            }
        };
        Some(inside.within("Some(", ")"))
    }

    fn element(&self, element: &Element, json: &Json, left: &Cell<usize>) -> Option<Expression> {
        match element {
            Element::Primitive(primitive) => self::primitive(*primitive, json),
            Element::Enum(ident) => self.member(ident, json.as_str()?),
            Element::Flags(ident) => match json.as_str()? {
                several if several.contains(',') => parsed(several),
                one => Some(self.member(ident, one)?.within("", ".into()")),
            },
            Element::Struct(_) => Some(self.object(element, json, left)?.0),
            Element::Any(_) => Some(self.object(element, json, left)?.0.within("", ".into()")),
            Element::Json => {
                let text = json.to_string();
                (text.len() <= TEXT).then(|| parsed(&text)).flatten()
            }
            Element::AnyEntity => None,
        }
    }

    /// A member of an enum.
    pub(super) fn member(&self, ident: &Ident, wire: &str) -> Option<Expression> {
        let item = self.enums.get(ident)?;
        let variant = item.variants.iter().find(|variant| variant.wire == wire)?;
        Some(Expression::Plain(format!(
            "types::{ident}::{}",
            variant.ident
        )))
    }
}

fn primitive(primitive: Primitive, json: &Json) -> Option<Expression> {
    match primitive {
        Primitive::String => {
            let text = json.as_str()?;
            let mut shown: String = text.chars().take(TEXT).collect();
            if shown.len() < text.len() {
                shown.push_str("...");
            }
            Some(Expression::string(&shown).within("", ".into()"))
        }
        Primitive::Boolean => Some(Expression::Plain(json.as_bool()?.to_string())),
        Primitive::Byte | Primitive::Int16 | Primitive::Int32 | Primitive::Int64 => {
            number(primitive, &json.as_i64()?.to_string())
        }
        Primitive::Single | Primitive::Double => number(primitive, &json.as_f64()?.to_string()),
        Primitive::Decimal => parsed(&json.as_number()?.to_string()),
        Primitive::DateTimeOffset
        | Primitive::Date
        | Primitive::TimeOfDay
        | Primitive::Duration
        | Primitive::Guid
        | Primitive::Binary => parsed(json.as_str()?),
    }
}

/// A literal of a numeric type, if the text is valid.
pub(super) fn number(primitive: Primitive, text: &str) -> Option<Expression> {
    let literal = match primitive {
        Primitive::Boolean => text.parse::<bool>().ok()?.to_string(),
        Primitive::Byte => text.parse::<u8>().ok()?.to_string(),
        Primitive::Int16 => text.parse::<i16>().ok()?.to_string(),
        Primitive::Int32 => text.parse::<i32>().ok()?.to_string(),
        Primitive::Int64 => text.parse::<i64>().ok()?.to_string(),
        Primitive::Single | Primitive::Double => {
            let number = text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())?;
            format!("{number:?}")
        }
        Primitive::String
        | Primitive::Decimal
        | Primitive::DateTimeOffset
        | Primitive::Date
        | Primitive::TimeOfDay
        | Primitive::Duration
        | Primitive::Guid
        | Primitive::Binary => return None,
    };
    Some(Expression::Plain(literal))
}

/// A value parsed from text: `"…".parse()?`.
pub(super) fn parsed(text: &str) -> Option<Expression> {
    let is_placeholder = text.is_empty() || text.contains('<') || text.len() > TEXT;
    (!is_placeholder).then(|| Expression::Plain(format!("{}.parse()?", string(text))))
}
