//! The properties in the JSON representation of a type, with the types that the sample values show.

use serde_json::Value;

use crate::model::{Primitive, Type, TypeRef};
use crate::resolve::names::is_identifier;
use crate::resolve::pages::Page;
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::source::At;

/// The keys of a JSON representation.
#[derive(Debug, Default)]
pub(crate) struct JsonKeys {
    pub(crate) properties: Vec<(String, TypeRef)>,
    /// Whether some key is data, such as the identifier of an instance or a placeholder.
    pub(crate) has_data_keys: bool,
}

/// Parses a JSON representation. Text that is not a JSON object has no keys; that is reported with the facts.
pub(crate) fn parse_json_representation(
    text: &At<String>,
    symbols: &SymbolTable,
    page: &Page,
) -> JsonKeys {
    let mut keys = JsonKeys::default();
    let Ok(Value::Object(object)) = serde_json::from_str(&text.value) else {
        return keys;
    };
    for (name, value) in object {
        if is_identifier(&name) {
            let ty = type_of_value(&value, symbols, page);
            keys.properties.push((name, ty));
        } else if !name.contains('@') && !name.contains('.') {
            keys.has_data_keys = true;
        }
    }
    keys
}

fn type_of_value(value: &Value, symbols: &SymbolTable, page: &Page) -> TypeRef {
    let single = |ty| TypeRef {
        ty,
        collection: false,
    };
    match value {
        Value::Bool(_) => single(Type::Primitive(Primitive::Boolean)),
        Value::Number(number) if number.is_f64() => single(Type::Primitive(Primitive::Double)),
        Value::Number(_) => single(Type::Primitive(Primitive::Int32)),
        Value::String(text) => type_of_string(text, symbols, page),
        Value::Array(items) => TypeRef {
            ty: match items.first() {
                Some(first) => type_of_value(first, symbols, page).ty,
                None => undefined("[]"),
            },
            collection: true,
        },
        Value::Object(object) => {
            let stated = object.get("@odata.type").or_else(|| object.get("@type"));
            match stated.and_then(Value::as_str) {
                Some(name) => single(look_up_type(name, symbols, page)),
                None => single(undefined("{}")),
            }
        }
        Value::Null => single(undefined("null")),
    }
}

/// Returns the type that a string value shows: `String (timestamp)`, `Int32`, `Collection(String)`, `microsoft.graph.x`, or a
/// sample value.
fn type_of_string(text: &str, symbols: &SymbolTable, page: &Page) -> TypeRef {
    let folded = text.trim().to_lowercase();
    if let Some(rest) = folded.strip_prefix("collection") {
        let start = text.trim().len() - rest.len();
        let inner = text.trim()[start..]
            .trim()
            .trim_start_matches('(')
            .trim_end_matches(')');
        return TypeRef {
            ty: type_of_string(inner, symbols, page).ty,
            collection: true,
        };
    }
    let (head, qualifier) = match folded.split_once('(') {
        Some((head, qualifier)) => (head.trim(), qualifier.trim_end_matches(')').trim()),
        None => (folded.as_str(), ""),
    };
    let ty = match (
        Primitive::from_documented_name(head),
        parse_qualifier(qualifier),
    ) {
        (Some(Primitive::String), Some(primitive)) => Type::Primitive(primitive),
        (Some(primitive), _) => Type::Primitive(primitive),
        (None, _) if folded.contains("microsoft.graph.") => look_up_type(text, symbols, page),
        (None, _) if is_timestamp(text) => Type::Primitive(Primitive::DateTimeOffset),
        // A sample value: it shows only that the value is a JSON string.
        (None, _) => Type::Primitive(Primitive::String),
    };
    TypeRef {
        ty,
        collection: false,
    }
}

/// Parses the words in parentheses after `String`.
fn parse_qualifier(words: &str) -> Option<Primitive> {
    Some(match words {
        "timestamp" => Primitive::DateTimeOffset,
        "duration" | "iso 8601 duration" => Primitive::Duration,
        "time of day" | "timeofday" => Primitive::TimeOfDay,
        "date" => Primitive::Date,
        "binary" => Primitive::Binary,
        "double" => Primitive::Double,
        "stream" => Primitive::Stream,
        _ => return None,
    })
}

/// Looks up the name in an `@odata.type`. The caller reports an undefined type together with the key.
fn look_up_type(name: &str, symbols: &SymbolTable, page: &Page) -> Type {
    let name = name.trim().trim_start_matches('#');
    symbols.look_up_text(name, page).resolved.into_type()
}

/// Whether a text looks like `2017-07-21T17:32:28Z`.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 19
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[10] == b'T'
        && bytes[13] == b':'
}

fn undefined(written: &str) -> Type {
    Type::Undefined(written.to_owned())
}
