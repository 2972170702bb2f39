//! The grammar of filters: `or`, `and`, comparisons, sums, products, then operands.

use serde_json::{Value, json};

use super::lexer::{Token, tokens};
use super::{Arithmetic, Comparison, Filter, Function};

/// The maximum nesting of parentheses, functions and lambdas.
const MAX_DEPTH: usize = 64;

pub(super) fn parse(text: &str) -> Result<Filter, String> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        text,
    };
    let filter = parser.condition()?;
    match parser.peek() {
        None => Ok(filter),
        Some(token) => Err(parser.unexpected(Some(token))),
    }
}

struct Parser<'t> {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    text: &'t str,
}

impl Parser<'_> {
    /// Parses an expression that is true or false.
    fn condition(&mut self) -> Result<Filter, String> {
        let parsed = self.expression()?;
        self.check_condition(&parsed)?;
        Ok(parsed)
    }

    /// Parses any expression: a condition or a value.
    fn expression(&mut self) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("the expression is nested too deeply".to_owned());
        }
        let mut left = self.conjunction()?;
        while self.take_word("or") {
            let right = self.conjunction()?;
            self.check_condition(&left)?;
            self.check_condition(&right)?;
            left = Filter::Or(Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Filter, String> {
        let mut left = self.negation()?;
        while self.take_word("and") {
            let right = self.negation()?;
            self.check_condition(&left)?;
            self.check_condition(&right)?;
            left = Filter::And(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Filter, String> {
        let mut count = 0;
        while self.take_word("not") {
            count += 1;
        }
        let operand = self.comparison()?;
        if count > 0 {
            self.check_condition(&operand)?;
        }
        Ok(match count % 2 {
            0 => operand,
            _ => Filter::Not(Box::new(operand)),
        })
    }

    fn check_condition(&self, filter: &Filter) -> Result<(), String> {
        match is_boolean(filter) {
            true => Ok(()),
            false => Err(format!(
                "'{}' contains an expression that is not true or false",
                self.text
            )),
        }
    }

    fn comparison(&mut self) -> Result<Filter, String> {
        let left = self.sum()?;
        if self.take_word("in") {
            self.expect('(')?;
            let mut values = vec![self.sum()?];
            while self.take(',') {
                values.push(self.sum()?);
            }
            self.expect(')')?;
            return Ok(Filter::In(Box::new(left), values));
        }
        let operators = [
            ("eq", Comparison::Eq),
            ("ne", Comparison::Ne),
            ("gt", Comparison::Gt),
            ("ge", Comparison::Ge),
            ("lt", Comparison::Lt),
            ("le", Comparison::Le),
            ("has", Comparison::Has),
        ];
        let operator = operators.iter().find(|(word, _)| self.take_word(word));
        match operator {
            None => Ok(left),
            Some((_, operator)) => {
                let right = self.sum()?;
                Ok(Filter::Comparison(
                    *operator,
                    Box::new(left),
                    Box::new(right),
                ))
            }
        }
    }

    fn sum(&mut self) -> Result<Filter, String> {
        self.arithmetic(
            &[("add", Arithmetic::Add), ("sub", Arithmetic::Sub)],
            Self::product,
        )
    }

    fn product(&mut self) -> Result<Filter, String> {
        let operators = [
            ("mul", Arithmetic::Mul),
            ("div", Arithmetic::Div),
            ("mod", Arithmetic::Mod),
        ];
        self.arithmetic(&operators, Self::operand)
    }

    fn arithmetic(
        &mut self,
        operators: &[(&str, Arithmetic)],
        operand: fn(&mut Self) -> Result<Filter, String>,
    ) -> Result<Filter, String> {
        let mut left = operand(self)?;
        while let Some((_, operator)) = operators.iter().find(|(word, _)| self.take_word(word)) {
            left = Filter::Arithmetic(*operator, Box::new(left), Box::new(operand(self)?));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Filter, String> {
        if self.take('(') {
            let inner = self.expression()?;
            self.expect(')')?;
            return Ok(inner);
        }
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        match token {
            Some(Token::Quoted(text)) => Ok(Filter::Literal(Value::String(text))),
            Some(Token::Word(word)) if self.peek() == Some(&Token::Symbol('(')) => {
                self.next += 1;
                self.call(&word)
            }
            Some(Token::Word(word)) => Ok(word_operand(&word)),
            other => Err(self.unexpected(other.as_ref())),
        }
    }

    /// Parses the arguments of a function, or of `any` and `all`, after the opening parenthesis.
    fn call(&mut self, word: &str) -> Result<Filter, String> {
        if let Some((path, name @ ("any" | "all"))) = word.rsplit_once('/') {
            return self.lambda(path, name == "any");
        }
        let (function, counts) =
            function(word).ok_or_else(|| format!("the function '{word}' is unknown"))?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("the expression is nested too deeply".to_owned());
        }
        let mut arguments = Vec::new();
        if !self.take(')') {
            arguments.push(self.sum()?);
            while self.take(',') {
                arguments.push(self.sum()?);
            }
            self.expect(')')?;
        }
        self.depth -= 1;
        if !counts.contains(&arguments.len()) {
            return Err(format!(
                "the function '{word}' does not take {} arguments",
                arguments.len()
            ));
        }
        Ok(Filter::Call(function, arguments))
    }

    fn lambda(&mut self, path: &str, is_any: bool) -> Result<Filter, String> {
        let path = path.split('/').map(str::to_owned).collect();
        if is_any && self.take(')') {
            return Ok(Filter::Lambda {
                path,
                is_any,
                variable: String::new(),
                condition: None,
            });
        }
        let Some(Token::Word(variable)) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected(self.peek()));
        };
        self.next += 1;
        self.expect(':')?;
        let condition = self.condition()?;
        self.expect(')')?;
        Ok(Filter::Lambda {
            path,
            is_any,
            variable,
            condition: Some(Box::new(condition)),
        })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, symbol: char) -> bool {
        let is_next = self.peek() == Some(&Token::Symbol(symbol));
        self.next += usize::from(is_next);
        is_next
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.next += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, symbol: char) -> Result<(), String> {
        match self.take(symbol) {
            true => Ok(()),
            false => Err(format!("'{symbol}' is missing in '{}'", self.text)),
        }
    }

    fn unexpected(&self, token: Option<&Token>) -> String {
        match token {
            None => format!("'{}' ends too early", self.text),
            Some(Token::Word(word)) => format!("'{word}' is unexpected in '{}'", self.text),
            Some(Token::Quoted(text)) => {
                format!("the literal '{text}' is unexpected in '{}'", self.text)
            }
            Some(Token::Symbol(symbol)) => format!("'{symbol}' is unexpected in '{}'", self.text),
        }
    }
}

/// Returns whether an expression may be true or false.
fn is_boolean(filter: &Filter) -> bool {
    match filter {
        Filter::Literal(value) => value.is_boolean(),
        Filter::Count(_) | Filter::Arithmetic(..) => false,
        Filter::Call(function, _) => matches!(
            function,
            Function::StartsWith | Function::EndsWith | Function::Contains | Function::IsOf
        ),
        // The type of a property is checked later.
        Filter::Path(_)
        | Filter::Lambda { .. }
        | Filter::Not(_)
        | Filter::And(..)
        | Filter::Or(..)
        | Filter::Comparison(..)
        | Filter::In(..) => true,
    }
}

/// Parses a literal without quotes or a property path.
fn word_operand(word: &str) -> Filter {
    let literal = match word {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match serde_json::from_str::<Value>(word) {
            Ok(number) if number.is_number() => number,
            _ => {
                let is_path = word.split('/').all(is_name);
                // `-INF`, `NaN`, dates and GUIDs are not quoted.
                if !is_path || ["INF", "NaN"].contains(&word) {
                    return Filter::Literal(json!(word));
                }
                let mut path: Vec<String> = word.split('/').map(str::to_owned).collect();
                if path.last().is_some_and(|last| last == "$count") {
                    path.pop();
                    return Filter::Count(path);
                }
                return Filter::Path(path);
            }
        },
    };
    Filter::Literal(literal)
}

fn is_name(text: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || "_$@".contains(c);
    text.starts_with(is_start)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_$@.".contains(c))
}

/// Returns a function and the numbers of arguments it takes.
fn function(name: &str) -> Option<(Function, &'static [usize])> {
    Some(match name {
        "startswith" => (Function::StartsWith, &[2]),
        "endswith" => (Function::EndsWith, &[2]),
        "contains" => (Function::Contains, &[2]),
        "tolower" => (Function::ToLower, &[1]),
        "toupper" => (Function::ToUpper, &[1]),
        "trim" => (Function::Trim, &[1]),
        "length" => (Function::Length, &[1]),
        "indexof" => (Function::IndexOf, &[2]),
        "substring" => (Function::Substring, &[2, 3]),
        "concat" => (Function::Concat, &[2]),
        "round" => (Function::Round, &[1]),
        "floor" => (Function::Floor, &[1]),
        "ceiling" => (Function::Ceiling, &[1]),
        "date" => (Function::Date, &[1]),
        "time" => (Function::Time, &[1]),
        "year" => (Function::Year, &[1]),
        "month" => (Function::Month, &[1]),
        "day" => (Function::Day, &[1]),
        "hour" => (Function::Hour, &[1]),
        "minute" => (Function::Minute, &[1]),
        "second" => (Function::Second, &[1]),
        "now" => (Function::Now, &[0]),
        "isof" => (Function::IsOf, &[1]),
        _ => return None,
    })
}
