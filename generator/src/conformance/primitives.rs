//! Checks JSON values and URL literals against primitive types.

use serde_json::Value;

use crate::model::Primitive;

/// Returns whether a JSON value other than null is a value of the type, in any spelling that OData allows.
pub(super) fn is_json_value(primitive: Primitive, value: &Value) -> bool {
    use Primitive as P;
    match primitive {
        P::String => value.is_string(),
        P::Boolean => value.is_boolean(),
        P::Byte => whole(value).is_some_and(|number| u8::try_from(number).is_ok()),
        P::Int16 => whole(value).is_some_and(|number| i16::try_from(number).is_ok()),
        P::Int32 => whole(value).is_some_and(|number| i32::try_from(number).is_ok()),
        // With `IEEE754Compatible=true`, the service writes these as strings.
        P::Int64 => whole(value).is_some() || text(value, |text| text.parse::<i64>().is_ok()),
        P::Single | P::Double => {
            value.is_number() || text(value, |text| matches!(text, "NaN" | "INF" | "-INF"))
        }
        P::Decimal => value.is_number() || text(value, is_number),
        P::DateTimeOffset | P::Date | P::TimeOfDay | P::Duration | P::Guid | P::Binary => {
            text(value, |text| is_literal(primitive, text))
        }
        P::Stream | P::Untyped => true,
    }
}

/// Returns the value that a string obviously stands for: a number or Boolean in quotes, or a date without the blanks in it.
pub(super) fn meant_value(primitive: Primitive, value: &Value) -> Option<Value> {
    use Primitive as P;
    let text = value.as_str()?;
    let meant = match primitive {
        P::Boolean | P::Byte | P::Int16 | P::Int32 | P::Single | P::Double => {
            serde_json::from_str(text.trim()).ok()?
        }
        P::DateTimeOffset | P::Date | P::TimeOfDay | P::Duration | P::Guid => {
            Value::from(text.replace(' ', ""))
        }
        P::Int64 | P::Decimal | P::String | P::Binary | P::Stream | P::Untyped => return None,
    };
    (meant != *value && is_json_value(primitive, &meant)).then_some(meant)
}

/// Returns whether a URL literal without quotes is a value of the type.
pub(super) fn is_literal(primitive: Primitive, text: &str) -> bool {
    use Primitive as P;
    match primitive {
        P::String | P::Stream | P::Untyped => true,
        P::Boolean => matches!(text, "true" | "false"),
        P::Byte => text.parse::<u8>().is_ok(),
        P::Int16 => text.parse::<i16>().is_ok(),
        P::Int32 => text.parse::<i32>().is_ok(),
        P::Int64 => text.parse::<i64>().is_ok(),
        P::Single | P::Double => text.parse::<f64>().is_ok(),
        P::Decimal => is_number(text),
        P::DateTimeOffset => is_date_time(text),
        P::Date => is_date(text),
        P::TimeOfDay => is_time(text),
        P::Duration => is_duration(text),
        P::Guid => matches_form(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        P::Binary => is_base64(text),
    }
}

fn text(value: &Value, test: impl Fn(&str) -> bool) -> bool {
    value.as_str().is_some_and(test)
}

/// Returns the integer value of a JSON number; `1.0` is an integer.
fn whole(value: &Value) -> Option<i64> {
    // Doubles below this limit represent every integer exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let double = value.as_f64()?;
        (double.fract() == 0.0 && double.abs() < EXACT).then_some(double as i64)
    })
}

/// Returns whether a text is a number in the grammar of JSON.
fn is_number(text: &str) -> bool {
    let number: Result<serde_json::Number, _> = serde_json::from_str(text);
    number.is_ok()
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let clock = match time.strip_suffix('Z') {
        Some(clock) => clock,
        None => {
            let Some(sign) = time.rfind(['+', '-']) else {
                return false;
            };
            let (clock, offset) = time.split_at(sign);
            if !matches_form(&offset[1..], "00:00") || !in_range(&offset[1..], &[23, 59]) {
                return false;
            }
            clock
        }
    };
    is_date(date) && is_time(clock)
}

fn is_date(text: &str) -> bool {
    if !matches_form(text, "0000-00-00") {
        return false;
    }
    let parts: Vec<u32> = text
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let has_seconds = matches_form(clock, "00:00:00");
    let is_clock = has_seconds || matches_form(clock, "00:00");
    let is_fraction = |digits: &str| {
        has_seconds
            && (1..=12).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    is_clock && in_range(clock, &[23, 59, 59]) && fraction.is_none_or(is_fraction)
}

/// Returns whether each number of a colon-separated text is at most the given maximum.
fn in_range(text: &str, most: &[u32]) -> bool {
    text.split(':')
        .zip(most)
        .all(|(part, most)| part.parse::<u32>().is_ok_and(|part| part <= *most))
}

fn is_duration(text: &str) -> bool {
    let Some(parts) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else {
        return false;
    };
    let (date, time) = match parts.split_once('T') {
        Some((_, "")) => return false,
        Some((date, time)) => (date, time),
        None => (parts, ""),
    };
    !parts.is_empty() && has_parts(date, "YMWD") && has_parts(time, "HMS")
}

/// Returns whether a text consists of numbers with unit letters, each at most once and in order. Seconds may have a fraction.
fn has_parts(text: &str, letters: &str) -> bool {
    let mut left = letters;
    let mut number = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() || character == '.' {
            number.push(character);
            continue;
        }
        let Some(place) = left.find(character) else {
            return false;
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number.as_str(), None),
        };
        let is_whole = !whole.is_empty() && whole.parse::<u32>().is_ok();
        let is_fraction = |digits: &str| {
            character == 'S' && (1..=12).contains(&digits.len()) && !digits.contains('.')
        };
        if !is_whole || !fraction.is_none_or(is_fraction) {
            return false;
        }
        number.clear();
        left = &left[place + 1..];
    }
    number.is_empty()
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let url_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let padded = padding <= 2 && (padding == 0 || text.len().is_multiple_of(4));
    // The unused bits of the last character must be zero.
    let last = body.bytes().last().and_then(value_of_letter).unwrap_or(0);
    let spare = match body.len() % 4 {
        2 => last & 0b1111,
        3 => last & 0b11,
        _ => 0,
    };
    padded
        && spare == 0
        && body.len() % 4 != 1
        && (body.bytes().all(usual) || body.bytes().all(url_safe))
}

/// Returns the value of a Base64 character of either alphabet.
fn value_of_letter(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// Returns whether a text has a form in which `0` stands for a digit and `x` for a hexadecimal digit.
fn matches_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text
            .bytes()
            .zip(form.bytes())
            .all(|(byte, form)| match form {
                b'0' => byte.is_ascii_digit(),
                b'x' => byte.is_ascii_hexdigit(),
                other => byte == other,
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_values_are_checked_against_primitive_types() {
        let check = |primitive, json: &str, expected| {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(
                is_json_value(primitive, &value),
                expected,
                "{primitive:?} {json}"
            );
        };
        use Primitive as P;
        check(P::String, "1", false);
        check(P::Int32, "2147483648", false);
        check(P::Int32, "1.0", true);
        check(P::Int32, "1.5", false);
        check(P::Int64, "\"12\"", true);
        check(P::Double, "\"INF\"", true);
        check(P::Double, "\"1.5\"", false);
        check(P::Decimal, "\"1.5\"", true);
        check(P::Boolean, "\"true\"", false);
        check(
            P::DateTimeOffset,
            "\"2016-12-31T23:59:37.9174975-08:00\"",
            true,
        );
        check(P::DateTimeOffset, "\"2016-12-31T23:59Z\"", true);
        check(P::DateTimeOffset, "\"2016-12-31T23:59:37\"", false);
        check(P::DateTimeOffset, "\"2016-12-31T25:00:00Z\"", false);
        check(P::DateTimeOffset, "\"datetime-value\"", false);
        check(P::Date, "\"2021-02-29\"", false);
        check(P::Date, "\"2024-02-29\"", true);
        check(P::TimeOfDay, "\"08:30:00.500\"", true);
        check(P::TimeOfDay, "\"8:30\"", false);
        check(P::Duration, "\"P1DT12H0.5S\"", true);
        check(P::Duration, "\"PT\"", false);
        check(P::Duration, "\"P1H\"", false);
        check(P::Guid, "\"b6f4d1c2-0000-1234-abcd-0123456789ab\"", true);
        check(P::Guid, "\"String (identifier)\"", false);
        check(P::Binary, "\"_-8\"", true);
        check(P::Binary, "\"binarY==\"", false);
        check(P::Binary, "\"binarg==\"", true);
        check(P::Binary, "\"a value\"", false);
    }

    #[test]
    fn strings_stand_for_values() {
        let check = |primitive, json: &str, expected: &str| {
            let value: Value = serde_json::from_str(json).unwrap();
            let meant = meant_value(primitive, &value).map_or(String::new(), |v| v.to_string());
            assert_eq!(meant, expected, "{primitive:?} {json}");
        };
        use Primitive as P;
        check(P::Boolean, "\"true\"", "true");
        check(P::Boolean, "\"True\"", "");
        check(P::Boolean, "\"1\"", "");
        check(P::Boolean, "1", "");
        check(P::Int32, "\"12\"", "12");
        check(P::Int32, "\"1.5\"", "");
        check(P::Double, "\"1.5\"", "1.5");
        check(
            P::DateTimeOffset,
            "\"2018-10-04T00: 58: 45Z\"",
            "\"2018-10-04T00:58:45Z\"",
        );
        check(P::DateTimeOffset, "\"String (timestamp)\"", "");
        check(P::String, "1", "");
    }
}
