//! Parses and applies query options.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::filter::Filter;
use crate::received::decode;

/// The supported query options.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pub(crate) select: Vec<String>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    pub(crate) filter: Option<Filter>,
    pub(crate) orderby: Vec<(String, bool)>,
    pub(crate) count: bool,
    /// The number of items on the preceding pages.
    pub(crate) skip_token: Option<usize>,
    /// The stamp in the delta token.
    pub(crate) delta_token: Option<u64>,
    /// The options that next links repeat: all but the position.
    pub(crate) carried: String,
}

impl Query {
    /// Parses a query string. The error is the message for the client.
    pub(crate) fn read(query: Option<&str>) -> Result<Self, String> {
        let mut read = Self::default();
        let options = query.unwrap_or_default().split('&');
        for option in options.filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let (name, value) = (decode(name), decode(&value.replace('+', " ")));
            let is_place = read.take(&name, &value)?;
            if !is_place {
                let joint = if read.carried.is_empty() { "" } else { "&" };
                read.carried.push_str(&format!("{joint}{option}"));
            }
        }
        Ok(read)
    }

    /// Parses one option. Returns whether it is the position in the list.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, String> {
        let number = || {
            let wrong = format!("Invalid value '{value}' for the query option '{name}'.");
            value.parse::<usize>().map_err(|_| wrong)
        };
        match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
            "select" => self.select = list(value),
            "top" => self.top = Some(number()?),
            "skip" => {
                self.skip = number()?;
                return Ok(true);
            }
            "filter" => self.filter = Some(Filter::read(value)?),
            "orderby" => self.orderby = list(value).iter().map(|by| order(by)).collect(),
            "count" => {
                self.count = match value {
                    "true" => true,
                    "false" => false,
                    _ => return Err(format!("Invalid value '{value}' for '$count'.")),
                }
            }
            "skiptoken" => {
                self.skip_token = Some(number()?);
                return Ok(true);
            }
            "deltatoken" => {
                self.delta_token = Some(number()? as u64);
                return Ok(true);
            }
            _ if name.starts_with('$') => {
                return Err(format!(
                    "The query option '{name}' is not supported by this server."
                ));
            }
            _ => {}
        }
        Ok(false)
    }

    /// Returns the names of the properties in the query.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        let select = self.select.iter().map(String::as_str);
        let order = self.orderby.iter().map(|(name, _)| name.as_str());
        let filter = self.filter.iter().flat_map(Filter::named);
        select.chain(order).chain(filter)
    }

    pub(crate) fn sort(&self, items: &mut [&Map<String, Value>]) {
        items.sort_by(|left, right| {
            let orders = self.orderby.iter().map(|(name, is_descending)| {
                let order = compare(left.get(name), right.get(name));
                if *is_descending {
                    order.reverse()
                } else {
                    order
                }
            });
            orders.fold(Ordering::Equal, Ordering::then)
        });
    }

    /// Returns the selected properties and all annotations.
    pub(crate) fn project(&self, item: &Map<String, Value>) -> Map<String, Value> {
        if self.select.is_empty() || self.select.iter().any(|name| name == "*") {
            return item.clone();
        }
        let is_wanted = |name: &String| name.starts_with('@') || self.select.contains(name);
        item.iter()
            .filter(|(name, _)| is_wanted(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

fn list(value: &str) -> Vec<String> {
    let names = value.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn order(by: &str) -> (String, bool) {
    match by.split_once(' ') {
        Some((name, direction)) => (name.to_owned(), direction.trim() == "desc"),
        None => (by.to_owned(), false),
    }
}

fn compare(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
        (Some(Value::String(left)), Some(Value::String(right))) => left.cmp(right),
        (Some(Value::Bool(left)), Some(Value::Bool(right))) => left.cmp(right),
        (left, right) => rank(left).cmp(&rank(right)),
    }
}

/// Null sorts first.
fn rank(value: Option<&Value>) -> u8 {
    match value {
        None | Some(Value::Null) => 0,
        Some(_) => 1,
    }
}
