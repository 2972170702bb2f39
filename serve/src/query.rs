//! Parses and applies query options.

use std::cmp::Ordering;

use generator::model::{Api, StructuredTypeId};
use serde_json::Value;

use crate::filter::{Filter, compare, value_at};
use crate::received::decode;
use crate::search::Search;
use crate::store::Item;
use crate::types;

/// The supported query options.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) select: Vec<Vec<String>>,
    pub(crate) expand: Vec<Expand>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    pub(crate) filter: Option<Filter>,
    pub(crate) search: Option<Search>,
    pub(crate) orderby: Vec<(Vec<String>, bool)>,
    pub(crate) count: bool,
    /// The number of items on the preceding pages.
    pub(crate) skip_token: Option<usize>,
    /// The stamp in the delta token.
    pub(crate) delta_token: Option<u64>,
    /// The options that next links repeat: all but the position.
    pub(crate) carried: String,
}

/// An item of `$expand`.
#[derive(Clone, Debug)]
pub(crate) struct Expand {
    /// The navigation property.
    pub(crate) name: String,
    pub(crate) query: Query,
    /// Whether only the URLs of the items are requested: `members/$ref`.
    pub(crate) is_reference: bool,
}

/// The maximum nesting of `$expand`.
const MAX_DEPTH: usize = 8;

impl Query {
    /// Parses a query string. The error is the message for the client.
    pub(crate) fn parse(query: Option<&str>) -> Result<Self, String> {
        let mut parsed = Self::default();
        let options = query.unwrap_or_default().split('&');
        for option in options.filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let (name, value) = (decode(name), decode(&value.replace('+', " ")));
            let is_position = parsed.parse_option(&name, &value, 0)?;
            if !is_position {
                let joint = if parsed.carried.is_empty() { "" } else { "&" };
                parsed.carried.push_str(&format!("{joint}{option}"));
            }
        }
        Ok(parsed)
    }

    /// Parses one option. Returns whether it is the position in the list.
    fn parse_option(&mut self, name: &str, value: &str, depth: usize) -> Result<bool, String> {
        let invalid = || format!("Invalid value '{value}' for the query option '{name}'.");
        let number = || value.trim().parse::<usize>().map_err(|_| invalid());
        match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
            "select" => self.select = names(value).map(|name| path(&name)).collect(),
            "expand" => self.expand = parse_expand(value, depth)?,
            "top" => self.top = Some(number()?),
            "skip" => {
                self.skip = number()?;
                return Ok(true);
            }
            "filter" => self.filter = Some(Filter::parse(value)?),
            "search" => self.search = Some(Search::parse(value)?),
            "orderby" => {
                let orders: Result<_, String> = names(value).map(|by| parse_order(&by)).collect();
                self.orderby = orders?;
            }
            "count" => {
                self.count = match value.to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" => false,
                    _ => return Err(invalid()),
                }
            }
            "skiptoken" => {
                self.skip_token = Some(number()?);
                return Ok(true);
            }
            "deltatoken" if value.eq_ignore_ascii_case("latest") => {
                self.delta_token = Some(u64::MAX);
                return Ok(true);
            }
            "deltatoken" => {
                self.delta_token = Some(value.parse().map_err(|_| invalid())?);
                return Ok(true);
            }
            // Neither changes what this server returns.
            "format" | "levels" => {}
            _ if name.starts_with('$') => {
                return Err(format!(
                    "The query option '{name}' is not supported by this server."
                ));
            }
            _ => {}
        }
        Ok(false)
    }

    /// Checks the names of properties against the type of the items. The error is the message for the client.
    pub(crate) fn check(&self, api: &Api, id: StructuredTypeId) -> Result<(), String> {
        let wildcard = |path: &&Vec<String>| path.len() != 1 || path[0] != "*";
        for path in self.select.iter().filter(wildcard) {
            types::resolve_path(api, id, path)
                .map_err(|found| format!("Parsing OData Select and Expand failed: {found}"))?;
        }
        for (path, _) in &self.orderby {
            types::resolve_path(api, id, path)?;
        }
        match &self.filter {
            Some(filter) => filter.check(api, id),
            None => Ok(()),
        }
    }

    /// Returns whether a list is filtered or searched.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filter.is_some() || self.search.is_some()
    }

    /// Returns whether an item satisfies `$filter` and `$search`.
    pub(crate) fn matches(&self, item: &Item) -> bool {
        self.filter
            .as_ref()
            .is_none_or(|filter| filter.matches(item))
            && self
                .search
                .as_ref()
                .is_none_or(|search| search.matches(item))
    }

    /// Returns the values that an item is ordered by.
    pub(crate) fn order_keys(&self, item: &Item) -> Vec<Value> {
        let keys = self.orderby.iter();
        keys.map(|(path, _)| value_at(item, path).cloned().unwrap_or_default())
            .collect()
    }

    /// Compares the values that two items are ordered by. Null comes first.
    pub(crate) fn order(&self, left: &[Value], right: &[Value]) -> Ordering {
        let orders = self.orderby.iter().zip(left.iter().zip(right));
        let orders = orders.map(|((_, is_descending), (left, right))| {
            let order = match (left.is_null(), right.is_null()) {
                (false, false) => compare(left, right).unwrap_or(Ordering::Equal),
                (left, right) => right.cmp(&left),
            };
            if *is_descending {
                order.reverse()
            } else {
                order
            }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    }

    /// Returns the selected properties and all annotations.
    pub(crate) fn project(&self, item: Item) -> Item {
        if self.select.is_empty() || self.select.iter().any(|path| path[0] == "*") {
            return item;
        }
        let is_selected = |name: &str| {
            name.starts_with('@')
                || self.select.iter().any(|path| {
                    let first = path.iter().find(|name| !name.contains('.'));
                    first.is_some_and(|first| first == name)
                })
        };
        item.into_iter()
            .filter(|(name, _)| is_selected(name))
            .collect()
    }
}

/// Splits at commas outside parentheses and quotes.
fn names(value: &str) -> impl Iterator<Item = String> + '_ {
    split(value, ',').filter(|name| !name.is_empty())
}

fn split(value: &str, separator: char) -> impl Iterator<Item = String> + '_ {
    let mut depth = 0_usize;
    let mut quote = None;
    let pieces = value.split(move |c: char| {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == separator && depth == 0 && quote.is_none()
    });
    pieces.map(|piece| piece.trim().to_owned())
}

fn path(name: &str) -> Vec<String> {
    name.split('/').map(str::to_owned).collect()
}

fn parse_order(by: &str) -> Result<(Vec<String>, bool), String> {
    let (name, direction) = by.split_once(' ').unwrap_or((by, "asc"));
    match direction.trim() {
        "asc" => Ok((path(name), false)),
        "desc" => Ok((path(name), true)),
        other => Err(format!(
            "Invalid value '{other}' in $orderby: the direction is 'asc' or 'desc'."
        )),
    }
}

fn parse_expand(value: &str, depth: usize) -> Result<Vec<Expand>, String> {
    if depth > MAX_DEPTH {
        return Err("$expand is nested too deeply.".to_owned());
    }
    let parse = |item: String| {
        let (name, options) = match item.split_once('(') {
            None => (item.as_str(), ""),
            Some((name, options)) => {
                let options = options.strip_suffix(')');
                let unclosed = || format!("A parenthesis is not closed in $expand: '{item}'.");
                (name, options.ok_or_else(unclosed)?)
            }
        };
        let mut query = Query::default();
        for option in split(options, ';').filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((&option, ""));
            query.parse_option(name.trim(), value, depth + 1)?;
        }
        let (name, is_reference) = match name.strip_suffix("/$ref") {
            Some(name) => (name, true),
            None => (name, false),
        };
        // A cast before or behind the name selects the derived type.
        let name = name.split('/').find(|name| !name.contains('.'));
        Ok(Expand {
            name: name.unwrap_or_default().to_owned(),
            query,
            is_reference,
        })
    };
    names(value).map(parse).collect()
}
