//! The words that pages use for primitive types.

use crate::model::Primitive;

/// Returns the primitive type that a word of the documentation denotes.
pub(crate) fn parse_primitive(word: &str) -> Option<Primitive> {
    // The longest of these words has 23 letters, so that a buffer on the stack is enough for the lower-cased form.
    let word = word.trim();
    let mut folded = [0; 24];
    let folded = folded.get_mut(..word.len())?;
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    let word = std::str::from_utf8(folded).ok()?;
    Some(match word.strip_prefix("edm.").unwrap_or(word).trim() {
        "string" | "url" => Primitive::String,
        "boolean" | "bool" => Primitive::Boolean,
        "byte" => Primitive::Byte,
        "int16" => Primitive::Int16,
        "int32" | "int" | "integer" => Primitive::Int32,
        "int64" | "long" => Primitive::Int64,
        "single" | "float" => Primitive::Single,
        "double" | "number" | "numeric" => Primitive::Double,
        "decimal" => Primitive::Decimal,
        "datetimeoffset" | "datetime" | "timestamp" => Primitive::DateTimeOffset,
        "date" => Primitive::Date,
        "timeofday" => Primitive::TimeOfDay,
        "duration" => Primitive::Duration,
        "guid" => Primitive::Guid,
        "binary" => Primitive::Binary,
        "stream" => Primitive::Stream,
        "json"
        | "microsoft.graph.json"
        | "object"
        | "untyped"
        | "untyped json object"
        | "json object" => Primitive::Untyped,
        _ => return None,
    })
}
