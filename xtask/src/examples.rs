//! `examples`: checks every documented example, whose outcome is passed, a problem of the pages, or our own failure.

mod summary;
mod test_run;

use anyhow::Result;
use generator::{Selection, Settings};

use graphwright_cli::arguments::Format;

use crate::arguments::ExamplesArguments;
use graphwright_cli::{Outcome, generate};

use summary::{Kind, Summary};

/// Generates the library below the target folder, runs its example tests, and combines their findings with the problems of
/// the pages.
pub(crate) fn run(arguments: &ExamplesArguments) -> Result<Outcome> {
    let folder = test_run::folder()?;
    let choices = arguments.docs.choices()?;
    let settings = Settings {
        selection: Selection::default(),
        corrections: &choices.read_corrections()?,
        manifest: crate::installation().manifest_settings(&folder)?,
    };
    let (docs, generated) = generate::generate(&choices, &settings)?;
    let findings = test_run::run(&folder, &generated.files)?;
    let summary = Summary::new(&docs.sources, &generated.analysis, &findings);
    match arguments.format {
        Format::Text => print!("{}", summary.to_text(&docs)),
        Format::Json => println!("{:#}", summary.to_json(&docs)),
    }
    let enough = summary.reaches(Kind::Request, arguments.min_requests)
        && summary.reaches(Kind::Response, arguments.min_responses);
    Ok(if summary.own_failures() == 0 && enough {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}
