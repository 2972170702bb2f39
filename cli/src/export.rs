//! `export`: writes the model as CSDL, OpenAPI or JSON.

use std::fs;

use anyhow::{Context, Result, bail};
use generator::export;

use crate::arguments::{ExportArguments, ExportFormat};
use crate::{Outcome, generate, terminal};

pub(crate) fn run(arguments: &ExportArguments) -> Result<Outcome> {
    let choices = arguments.docs.choices()?;
    if choices.versions.len() > 1 {
        bail!("a document describes a single API version; add --api v1.0 or --api beta");
    }
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let api = analysis.model.apis.first().with_context(|| {
        format!(
            "{}: no types or operations of that API version found",
            choices.folder.display()
        )
    })?;
    let text = match arguments.format {
        ExportFormat::Csdl => export::to_csdl(api),
        ExportFormat::Openapi => export::to_json_text(&export::to_openapi(api)),
        ExportFormat::Model => export::to_json_text(&export::to_json(api, &docs.sources)),
    };
    match &arguments.out {
        Some(out) => {
            fs::write(out, text).with_context(|| format!("{}: cannot be written", out.display()))?
        }
        None => terminal::print_document(&text),
    }
    Ok(if generate::print_errors(&analysis, &docs) {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}
