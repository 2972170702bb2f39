//! `$filter`: the expression language of OData, parsed by recursive descent.

mod evaluate;
mod lexer;
mod parser;
mod type_check;

use serde_json::Value;

use crate::store::Item;

/// A parsed `$filter`, or an expression in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    Literal(Value),
    /// The names of a property path; the first one may be a lambda variable.
    Path(Vec<String>),
    /// `path/$count`
    Count(Vec<String>),
    /// `path/any(variable:condition)`
    Lambda {
        path: Vec<String>,
        is_any: bool,
        variable: String,
        /// `None` for `any()`.
        condition: Option<Box<Filter>>,
    },
    Call(Function, Vec<Filter>),
    Not(Box<Filter>),
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Comparison(Comparison, Box<Filter>, Box<Filter>),
    Arithmetic(Arithmetic, Box<Filter>, Box<Filter>),
    In(Box<Filter>, Vec<Filter>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Function {
    StartsWith,
    EndsWith,
    Contains,
    ToLower,
    ToUpper,
    Trim,
    Length,
    IndexOf,
    Substring,
    Concat,
    Round,
    Floor,
    Ceiling,
    Date,
    Time,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Now,
    IsOf,
}

impl Filter {
    /// Parses the value of `$filter`. The error is the message for the client.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        parser::parse(text).map_err(|found| format!("Invalid filter clause: {found}."))
    }

    /// Returns whether an item satisfies the filter.
    pub(crate) fn matches(&self, item: &Item) -> bool {
        evaluate::evaluate(self, &evaluate::Scope::of_item(item)) == Value::Bool(true)
    }
}

pub(crate) use evaluate::{compare, value_at};

#[cfg(test)]
mod tests;
