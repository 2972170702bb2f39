//! `facts`: prints the facts extracted from one page, with their locations.

use anyhow::Result;
use generator::report::Level;

use crate::arguments::{FactsArguments, Format};
use crate::terminal;
use crate::{Outcome, rendering};

pub(crate) fn run(arguments: &FactsArguments) -> Result<Outcome> {
    let (docs, path) = graphwright_pages::read_page(&arguments.page)?;
    let file = docs
        .sources
        .find(&path)
        .expect("the page is among the sources that were just read");
    let (facts, report) = generator::read_page(file, &docs.sources);
    match arguments.format {
        Format::Text => terminal::print(&generator::facts::text(&facts, &docs.sources)),
        Format::Json => terminal::print_json(&generator::facts::json(&facts, &docs.sources)),
    }
    for problem in report.problems() {
        terminal::print_error_styled(&format!("{}\n\n", rendering::to_text(problem, &docs)));
    }
    Ok(if report.count(Level::Error) > 0 {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}
