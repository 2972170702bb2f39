//! `problems`: lists the problems of the pages and explains problem codes.

use anyhow::{Result, bail};
use generator::report::{Code, Level};
use serde_json::Value;

use crate::arguments::{Format, ProblemsArguments};
use crate::{Outcome, generate, rendering, summary};

pub(crate) fn run(arguments: &ProblemsArguments) -> Result<Outcome> {
    if let Some(code) = &arguments.explain {
        return explain(code);
    }
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let problems = analysis.report.problems();
    match arguments.format {
        Format::Json => {
            let list: Vec<Value> = problems
                .iter()
                .map(|problem| rendering::to_json(problem, &docs))
                .collect();
            println!("{:#}", Value::Array(list));
        }
        Format::Text => {
            for problem in problems {
                println!("{}\n", rendering::to_text(problem, &docs));
            }
            println!(
                "problems  {}",
                summary::problems(&summary::counts(&analysis.report))
            );
        }
    }
    Ok(if analysis.report.count(Level::Error) > 0 {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}

fn explain(wanted: &str) -> Result<Outcome> {
    let codes: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| {
            wanted.eq_ignore_ascii_case("all")
                || [code.id(), code.rule()]
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(wanted))
        })
        .collect();
    if codes.is_empty() {
        bail!("{wanted}: unknown problem code; `problems --explain all` lists all codes");
    }
    for code in codes {
        println!(
            "{} {} ({}): {}\n\n{}\n",
            code.id(),
            code.rule(),
            code.level().name(),
            code.title(),
            code.explanation()
        );
    }
    Ok(Outcome::Clean)
}
