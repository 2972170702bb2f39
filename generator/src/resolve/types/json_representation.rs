//! In: the JSON representation of a resource. Out: its keys with the types that their sample values tell. Tables come first;
//! this is for what they leave out.

use serde_json::Value;

use crate::facts::TypeName;
use crate::model::{Primitive, Type, TypeRef};
use crate::report::Report;
use crate::resolve::pages::{Page, is_identifier};
use crate::resolve::symbols::symbol_table::{Definition, Meaning, primitive};
use crate::resolve::type_phrases::Scope;
use crate::source::At;

/// The keys of a representation.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) properties: Vec<(String, TypeRef)>,
    /// Whether some keys are data: an identifier of an instance, a placeholder.
    pub(crate) has_free_keys: bool,
}

/// Reads a representation. Text that is no JSON object has no keys; the facts stage has said so already.
pub(crate) fn read(text: &At<String>, scope: &Scope, page: &Page) -> Keys {
    let mut keys = Keys::default();
    let Ok(Value::Object(object)) = serde_json::from_str(&text.value) else {
        return keys;
    };
    for (name, value) in object {
        if is_identifier(&name) {
            let ty = value_type(&value, scope, page);
            keys.properties.push((name, ty));
        } else if !name.contains('@') && !name.contains('.') {
            keys.has_free_keys = true;
        }
    }
    keys
}

fn value_type(value: &Value, scope: &Scope, page: &Page) -> TypeRef {
    let single = |ty| TypeRef {
        ty,
        collection: false,
    };
    match value {
        Value::Bool(_) => single(Type::Primitive(Primitive::Boolean)),
        Value::Number(number) if number.is_f64() => single(Type::Primitive(Primitive::Double)),
        Value::Number(_) => single(Type::Primitive(Primitive::Int32)),
        Value::String(word) => word_type(word, scope, page),
        Value::Array(items) => TypeRef {
            ty: match items.first() {
                Some(first) => value_type(first, scope, page).ty,
                None => unknown("[]"),
            },
            collection: true,
        },
        Value::Object(object) => {
            let stated = object.get("@odata.type").or_else(|| object.get("@type"));
            match stated.and_then(Value::as_str) {
                Some(name) => single(named(name, scope, page)),
                None => single(unknown("{}")),
            }
        }
        Value::Null => single(unknown("null")),
    }
}

/// What a word in quotes tells: `String (timestamp)`, `Int32`, `Collection(String)`, `microsoft.graph.x`, a sample.
fn word_type(word: &str, scope: &Scope, page: &Page) -> TypeRef {
    let folded = word.trim().to_lowercase();
    if let Some(rest) = folded.strip_prefix("collection") {
        let start = word.trim().len() - rest.len();
        let inner = word.trim()[start..]
            .trim()
            .trim_start_matches('(')
            .trim_end_matches(')');
        return TypeRef {
            ty: word_type(inner, scope, page).ty,
            collection: true,
        };
    }
    let (head, qualifier) = match folded.split_once('(') {
        Some((head, qualifier)) => (head.trim(), qualifier.trim_end_matches(')').trim()),
        None => (folded.as_str(), ""),
    };
    let ty = match (primitive(head), qualified(qualifier)) {
        (Some(Primitive::String), Some(primitive)) => Type::Primitive(primitive),
        (Some(primitive), _) => Type::Primitive(primitive),
        (None, _) if folded.contains("microsoft.graph.") => named(word, scope, page),
        (None, _) if is_timestamp(word) => Type::Primitive(Primitive::DateTimeOffset),
        // A sample value: all that is known is that it is written in quotes.
        (None, _) => Type::Primitive(Primitive::String),
    };
    TypeRef {
        ty,
        collection: false,
    }
}

/// The words in parentheses behind `String`.
fn qualified(words: &str) -> Option<Primitive> {
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

/// A type by the name in an `@odata.type`.
fn named(name: &str, scope: &Scope, page: &Page) -> Type {
    let bare = name.trim().trim_start_matches('#');
    let text = TypeName {
        text: bare.to_owned(),
        target: None,
    };
    // A name that means nothing is reported by the caller, with the key it stands at.
    let mut unheard = Report::new();
    match scope.index.meaning(&text, page.start(), page, &mut unheard) {
        Meaning::Primitive(primitive) => Type::Primitive(primitive),
        Meaning::Defined(Definition::Structured(id)) => Type::Structured(id),
        Meaning::Defined(Definition::Enum(id)) => Type::Enum(id),
        Meaning::Undefined(name) => Type::Undefined(name),
    }
}

/// `2017-07-21T17:32:28Z` and its kin.
fn is_timestamp(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 19
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[10] == b'T'
        && bytes[13] == b':'
}

fn unknown(written: &str) -> Type {
    Type::Undefined(written.to_owned())
}
