//! `export`: writes the model as CSDL, OpenAPI or JSON.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail};
use generator::export;
use generator::report::Level;

use crate::arguments::{ApiChoice, ExportArguments, ExportFormat};
use crate::{Outcome, generate};

pub(crate) fn run(arguments: &ExportArguments) -> Result<Outcome> {
    if arguments.docs.api == ApiChoice::All {
        bail!("a document describes a single API version; add --api v1.0 or --api beta");
    }
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let api = analysis.model.apis.first().with_context(|| {
        format!(
            "{}: no types or operations of that API version found",
            arguments.docs.docs.display()
        )
    })?;
    let text = match arguments.format {
        ExportFormat::Csdl => export::to_csdl(api),
        ExportFormat::Openapi => format!("{:#}\n", export::to_openapi(api)),
        ExportFormat::Model => format!("{:#}\n", export::to_json(api, &docs.sources)),
    };
    match &arguments.out {
        Some(out) => {
            fs::write(out, text).with_context(|| format!("{}: cannot be written", out.display()))?
        }
        None => std::io::stdout()
            .write_all(text.as_bytes())
            .context("standard output cannot be written to")?,
    }
    Ok(if analysis.report.count(Level::Error) > 0 {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}
