//! The documentation's examples as tests of generated code. In: the examples as JSON, and for each operation the call of its
//! builder. Out: every example whose request is not built as documented, or whose response does not come back whole.
//!
//! Nothing is sent. The JSON has an object with `examples`, a list of `operation` (the key of a [`Row`]), `page`, `request`
//! (`line`, `arguments`, `path`, `query`, `headers`, `body` or `content`, `excused`) and `response` (`line`, `status`,
//! `body` or `content`, `excused`). A half that contradicts what else the pages say is excused: it is tried and told, but
//! fails no test.

mod answer;
mod arguments;
mod request;
mod response;

pub use answer::{Answer, Echo};
pub use arguments::Arguments;

use serde_json::{Value, json};

/// What an operation's examples are tried with: `METHOD /path/{}`, and the call of its builder.
pub type Row<C> = (&'static str, fn(&C, &Arguments<'_>) -> Result<Call, String>);

/// A request that a builder made, with what its response is read as.
#[derive(Debug)]
pub struct Call {
    request: crate::RawRequest,
    read: fn(http::Response<crate::Bytes>) -> Result<Echo, crate::Error>,
}

/// Something about one half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The page.
    pub page: String,
    /// The line of the message's first line.
    pub line: u64,
    /// What is found.
    pub kind: Kind,
    /// What it is, in words.
    pub words: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The half is not as documented.
    Fault,
    /// The half is not as documented, and the page is known to contradict itself.
    Excused,
    /// A value that its property could not take. It is kept all the same.
    TypeMismatch,
}

/// Tries every example, and fails naming those that are not as documented. Everything that is found is printed too, as one
/// line of JSON each behind `example: `.
pub fn check<C>(client: &C, rows: &[Row<C>], examples: &str) {
    let (count, findings) = run(client, rows, examples);
    let mut faults = Vec::new();
    for finding in &findings {
        println!("example: {}", finding.to_json());
        if finding.kind == Kind::Fault {
            let Finding {
                page, line, words, ..
            } = finding;
            faults.push(format!("{page}:{line}: {words}"));
        }
    }
    println!("examples: {count}");
    assert!(
        faults.is_empty(),
        "{} of {count} examples are not as documented:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Tries every example. Gives their number and what is to be said about them.
pub fn run<C>(client: &C, rows: &[Row<C>], examples: &str) -> (usize, Vec<Finding>) {
    let read: Value = serde_json::from_str(examples).expect("the examples are JSON");
    let examples = list(&read, "examples");
    let mut findings = Vec::new();
    for example in examples {
        try_example(client, rows, example, &mut findings);
    }
    (examples.len(), findings)
}

fn try_example<C>(client: &C, rows: &[Row<C>], example: &Value, findings: &mut Vec<Finding>) {
    let key = text(example, "operation");
    let [request, response] = ["request", "response"].map(|half| &example[half]);
    let mut tell = |half: &Value, kind: Kind, words: String| {
        let kind = match kind {
            Kind::Fault if half["excused"] == true => Kind::Excused,
            kind => kind,
        };
        findings.push(Finding {
            page: text(example, "page").to_owned(),
            line: half["line"].as_u64().unwrap_or_default(),
            kind,
            words,
        });
    };
    let arguments = Arguments::new(request);
    // The rows are sorted by their keys.
    let found = rows.binary_search_by(|(known, _)| (*known).cmp(key));
    let call = match found {
        Ok(index) => (rows[index].1)(client, &arguments),
        Err(_) => Err(format!("no row calls `{key}`")),
    };
    let call = call.map_err(|words| tell(request, Kind::Fault, words));
    if let Ok(call) = &call {
        for words in request::faults(&call.request, key, request) {
            tell(request, Kind::Fault, words);
        }
    }
    for words in arguments.type_mismatches() {
        tell(request, Kind::TypeMismatch, words);
    }
    if response.is_null() {
        return;
    }
    // A request that could not be built has an answer all the same; what it is read as is known from a call without values.
    let read = call.map(|call| call.read).or_else(|()| {
        let call = found
            .map_err(drop)
            .and_then(|index| (rows[index].1)(client, &Arguments::placeholders()).map_err(drop))?;
        Ok::<_, ()>(call.read)
    });
    match read.map(|read| response::echo(read, response)) {
        Ok(Ok(echo)) => {
            for path in echo.type_mismatches {
                tell(response, Kind::TypeMismatch, path);
            }
        }
        Ok(Err(words)) => tell(response, Kind::Fault, words),
        Err(()) => tell(
            response,
            Kind::Fault,
            "the request was not built, so the response has no type".to_owned(),
        ),
    }
}

impl Finding {
    fn to_json(&self) -> Value {
        let kind = match self.kind {
            Kind::Fault => "fault",
            Kind::Excused => "excused",
            Kind::TypeMismatch => "mismatch",
        };
        json!({ "page": self.page, "line": self.line, "kind": kind, "words": self.words })
    }
}

/// The text of a member; empty if there is none.
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// The items of a member; none if it is no list.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The pairs of a member: names and values.
fn pairs<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v str, &'v str)> {
    list(value, name).iter().filter_map(|pair| {
        let [name, value] = pair.as_array()?.as_slice() else {
            return None;
        };
        Some((name.as_str()?, value.as_str()?))
    })
}

#[cfg(test)]
mod tests;
