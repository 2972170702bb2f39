//! `examples`: what became of every example of the documentation: passed, in contradiction to its page, or our own failure.

mod balance;
mod trial;

use anyhow::Result;
use generator::{Selection, Settings};

use graphwright_cli::arguments::Format;

use crate::arguments::ExamplesArguments;
use graphwright_cli::{Outcome, generate, project};

use balance::{Balance, Kind};

/// Generates the library from the pages into a folder below the target folder, runs its example tests, and sets what they
/// say against what is known of the examples without running anything.
pub(crate) fn run(arguments: &ExamplesArguments) -> Result<Outcome> {
    let folder = trial::folder()?;
    let settings = Settings {
        selection: Selection::default(),
        corrections: &graphwright_pages::corrections(),
        manifest: project::manifest_settings(&folder)?,
    };
    let (docs, generated) = generate::generate(&arguments.docs, &settings)?;
    let tried = trial::run(&folder, &generated.files)?;
    let balance = Balance::new(&docs.sources, &generated.analysis, &tried);
    match arguments.format {
        Format::Text => print!("{}", balance.text(&docs)),
        Format::Json => println!("{:#}", balance.json(&docs)),
    }
    let enough = balance.reaches(Kind::Request, arguments.min_requests)
        && balance.reaches(Kind::Response, arguments.min_responses);
    Ok(if balance.own_failures() == 0 && enough {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}
