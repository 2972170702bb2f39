//! Evaluates filters against items.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Arithmetic, Comparison, Filter, Function};
use crate::store::Item;

/// The item and the lambda variables that paths refer to.
pub(super) struct Scope<'a> {
    item: &'a Item,
    variables: Vec<(&'a str, &'a Value)>,
}

impl<'a> Scope<'a> {
    pub(super) fn of_item(item: &'a Item) -> Self {
        Self {
            item,
            variables: Vec::new(),
        }
    }

    fn value(&self, path: &[String]) -> Option<&'a Value> {
        let (first, rest) = path.split_first()?;
        let variable = self.variables.iter().rev().find(|(name, _)| name == first);
        match variable {
            Some((_, value)) => nested(value, rest),
            None => value_at(self.item, path),
        }
    }
}

/// Returns the value at a property path. Cast segments are ignored.
pub(crate) fn value_at<'a>(item: &'a Item, path: &[String]) -> Option<&'a Value> {
    let path = match path.first() {
        Some(first) if first.contains('.') && !first.contains('@') => &path[1..],
        _ => path,
    };
    let (first, rest) = path.split_first()?;
    nested(item.get(first)?, rest)
}

fn nested<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    let names = path.iter().filter(|name| !name.contains('.'));
    names
        .into_iter()
        .try_fold(value, |value, name| value.get(name))
}

pub(super) fn evaluate(filter: &Filter, scope: &Scope<'_>) -> Value {
    let is_true = |filter: &Filter| evaluate(filter, scope) == Value::Bool(true);
    match filter {
        Filter::Literal(value) => value.clone(),
        Filter::Path(path) => scope.value(path).cloned().unwrap_or_default(),
        Filter::Count(path) => json!(
            scope
                .value(path)
                .and_then(Value::as_array)
                .map_or(0, Vec::len)
        ),
        Filter::Lambda {
            path,
            is_any,
            variable,
            condition,
        } => {
            let items = scope.value(path).and_then(Value::as_array);
            let mut items = items.into_iter().flatten();
            let Some(condition) = condition else {
                return json!(items.next().is_some());
            };
            let matches = |item: &Value| {
                let mut variables = scope.variables.clone();
                variables.push((variable, item));
                let scope = Scope {
                    item: scope.item,
                    variables,
                };
                evaluate(condition, &scope) == Value::Bool(true)
            };
            json!(match is_any {
                true => items.any(matches),
                false => items.all(matches),
            })
        }
        Filter::Call(function, arguments) => {
            let arguments: Vec<Value> = arguments
                .iter()
                .map(|argument| evaluate(argument, scope))
                .collect();
            call(*function, &arguments).unwrap_or_default()
        }
        Filter::Not(operand) => json!(!is_true(operand)),
        Filter::And(left, right) => json!(is_true(left) && is_true(right)),
        Filter::Or(left, right) => json!(is_true(left) || is_true(right)),
        Filter::Comparison(operator, left, right) => {
            let (left, right) = (evaluate(left, scope), evaluate(right, scope));
            json!(holds(*operator, &left, &right))
        }
        Filter::Arithmetic(operator, left, right) => {
            let number = |operand: &Filter| evaluate(operand, scope).as_f64();
            let Some((left, right)) = number(left).zip(number(right)) else {
                return Value::Null;
            };
            json!(match operator {
                Arithmetic::Add => left + right,
                Arithmetic::Sub => left - right,
                Arithmetic::Mul => left * right,
                Arithmetic::Div => left / right,
                Arithmetic::Mod => left % right,
            })
        }
        Filter::In(operand, values) => {
            let operand = evaluate(operand, scope);
            let mut values = values.iter().map(|value| evaluate(value, scope));
            json!(values.any(|value| holds(Comparison::Eq, &operand, &value)))
        }
    }
}

fn holds(operator: Comparison, left: &Value, right: &Value) -> bool {
    let order = || match left.is_null() || right.is_null() {
        true => None,
        false => compare(left, right),
    };
    let is_equal = || match (left, right) {
        (Value::Null, Value::Null) => true,
        _ => order() == Some(Ordering::Equal) || left == right,
    };
    match operator {
        Comparison::Eq => is_equal(),
        Comparison::Ne => !is_equal(),
        Comparison::Gt => order().is_some_and(Ordering::is_gt),
        Comparison::Ge => order().is_some_and(Ordering::is_ge),
        Comparison::Lt => order().is_some_and(Ordering::is_lt),
        Comparison::Le => order().is_some_and(Ordering::is_le),
        Comparison::Has => {
            let members = |value: &Value| {
                let text = value.as_str().unwrap_or_default().to_lowercase();
                text.split(',')
                    .map(|name| name.trim().to_owned())
                    .collect::<Vec<_>>()
            };
            let held = members(left);
            !left.is_null() && members(right).iter().all(|member| held.contains(member))
        }
    }
}

/// Compares two values of the same type: text ignoring case, dates as instants. Returns `None` for values of different types.
pub(crate) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::String(left), Value::String(right)) => {
            let instants = instant(left).zip(instant(right));
            let spans = || span(left).zip(span(right));
            Some(match instants {
                Some((left, right)) => left.cmp(&right),
                None => match spans() {
                    Some((left, right)) => left.total_cmp(&right),
                    None => left.to_lowercase().cmp(&right.to_lowercase()),
                },
            })
        }
        (left, right) => number(left)?.partial_cmp(&number(right)?),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        // JSON has no numbers for these.
        Value::String(text) => match text.as_str() {
            "INF" => Some(f64::INFINITY),
            "-INF" => Some(f64::NEG_INFINITY),
            text => text.parse().ok().filter(|number: &f64| number.is_finite()),
        },
        _ => None,
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    let is_date_time = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('T');
    is_date_time.then(|| text.parse().ok()).flatten()
}

/// Returns the seconds of an ISO 8601 duration.
fn span(text: &str) -> Option<f64> {
    let text = text.starts_with(['P', '-']).then_some(text)?;
    let span: jiff::Span = text.parse().ok()?;
    let days = jiff::SpanRelativeTo::days_are_24_hours();
    span.total((jiff::Unit::Second, days)).ok()
}

fn call(function: Function, arguments: &[Value]) -> Option<Value> {
    let text = |index: usize| arguments.get(index)?.as_str();
    let lower = |index: usize| text(index).map(str::to_lowercase);
    let count = |index: usize| usize::try_from(arguments.get(index)?.as_i64()?).ok();
    let float = || arguments.first().and_then(number);
    Some(match function {
        Function::StartsWith => json!(lower(0)?.starts_with(&lower(1)?)),
        Function::EndsWith => json!(lower(0)?.ends_with(&lower(1)?)),
        Function::Contains => json!(lower(0)?.contains(&lower(1)?)),
        Function::ToLower => json!(lower(0)?),
        Function::ToUpper => json!(text(0)?.to_uppercase()),
        Function::Trim => json!(text(0)?.trim()),
        Function::Length => json!(text(0)?.chars().count()),
        Function::IndexOf => {
            let (whole, part) = (lower(0)?, lower(1)?);
            let found = whole.find(&part).map(|at| whole[..at].chars().count());
            json!(found.map_or(-1, |at| i64::try_from(at).unwrap_or(i64::MAX)))
        }
        Function::Substring => {
            let rest = text(0)?.chars().skip(count(1)?);
            let length = count(2).unwrap_or(usize::MAX);
            json!(rest.take(length).collect::<String>())
        }
        Function::Concat => json!(format!("{}{}", text(0)?, text(1)?)),
        Function::Round => json!(float()?.round()),
        Function::Floor => json!(float()?.floor()),
        Function::Ceiling => json!(float()?.ceil()),
        Function::Now => json!(Timestamp::now().to_string()),
        // Every item of a list has its type.
        Function::IsOf => json!(true),
        Function::Date
        | Function::Time
        | Function::Year
        | Function::Month
        | Function::Day
        | Function::Hour
        | Function::Minute
        | Function::Second => return date_part(function, text(0)?),
    })
}

fn date_part(function: Function, text: &str) -> Option<Value> {
    let time = match instant(text) {
        Some(instant) => instant.to_zoned(jiff::tz::TimeZone::UTC).datetime(),
        None => text
            .parse::<jiff::civil::Date>()
            .ok()?
            .to_datetime(jiff::civil::Time::midnight()),
    };
    Some(match function {
        Function::Date => json!(time.date().to_string()),
        Function::Time => json!(time.time().to_string()),
        Function::Year => json!(time.year()),
        Function::Month => json!(time.month()),
        Function::Day => json!(time.day()),
        Function::Hour => json!(time.hour()),
        Function::Minute => json!(time.minute()),
        _ => json!(time.second()),
    })
}
