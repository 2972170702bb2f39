//! `problems`: lists the problems of the pages and explains problem codes.

use anyhow::{Result, bail};
use generator::report::{Code, Level};
use serde_json::Value;

use crate::arguments::{Format, ProblemsArguments};
use crate::terminal::{self, out};
use crate::{Outcome, generate, patterns, rendering, summary};

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
            terminal::print_json(&Value::Array(list));
        }
        Format::Text => {
            for problem in problems {
                terminal::print_styled(&format!("{}\n\n", rendering::to_text(problem, &docs)));
            }
            out!(
                "problems  {}\n",
                summary::all_problems(&summary::counts(&analysis.report))
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
        let names = Code::ALL.iter().flat_map(|code| [code.id(), code.rule()]);
        bail!(
            "{wanted}: unknown problem code{}; `problems --explain all` lists all codes",
            patterns::did_you_mean(wanted, names)
        );
    }
    for code in codes {
        out!(
            "{} {} ({}): {}\n\n{}\n\n",
            code.id(),
            code.rule(),
            code.level().name(),
            code.title(),
            code.explanation()
        );
    }
    Ok(Outcome::Clean)
}
