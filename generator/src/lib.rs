//! Turns documentation pages into the files of a Rust client library. Touches no disk, no network and no clock.
//!
//! Every stage has its own types and imports only the stages before it:
//!
//! 1. [`markdown`]: how a page is written. Text → sections, blocks, rows.
//! 2. [`facts`]: what a single page states. Blocks → properties, request lines, permissions, examples.
//! 3. [`resolve`]: how pages fit together. Facts of all pages → [`model`], linked, one for each version of the API.
//!    [`conformance`] checks the documented examples against it.
//! 4. [`rust`]: the decisions about the output. Model → names, files, types.
//! 5. [`emit`]: the text of the files.
//!
//! [`diff`] compares two states of the pages: their models, and the libraries generated from them.
//!
//! [`lint`] checks pages for those who write them.
//!
//! Malformed pages are no errors: each stage adds problems to a [`report`] and continues. The [`ledger`] accounts for every row and
//! block of the pages.

pub mod source;
pub mod path;
pub mod report;
pub mod markdown;
pub mod facts;
pub mod model;
pub mod resolve;
pub mod ledger;
pub mod conformance;
pub mod lint;
pub mod rust;
pub mod emit;
pub mod export;
pub mod diff;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::emit::{File, ManifestSettings};
use crate::facts::PageFacts;
pub use crate::model::Selection;
use crate::model::{Api, ItemNames, Model};
use crate::report::{Code, Report};
use crate::resolve::Corrections;
use crate::source::{FileId, Location, Sources};

/// The built-in corrections of pages, as TOML; [`Corrections::parse`] parses them.
pub const CORRECTIONS: &str = include_str!("../corrections.toml");

/// The options of a run.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The part of the API to generate.
    pub selection: Selection<'a>,
    /// The corrections of pages.
    pub corrections: &'a Corrections,
    /// The manifest of the generated crate.
    pub manifest: ManifestSettings,
}

/// Receives the progress of reading pages.
pub trait Progress: Sync {
    /// A page was read.
    fn page_read(&self);
}

/// The result of analyzing all pages.
#[derive(Debug)]
pub struct Analysis {
    /// The facts of each page, in the order of paths.
    pub pages: Vec<PageFacts>,
    /// The model of all pages.
    pub model: Model,
    /// The examples that contradict the model.
    pub contradictions: Vec<conformance::Finding>,
    /// The account of every row and block, in the order of pages.
    pub ledger: Vec<ledger::Entry>,
    /// The problems, in the order of places.
    pub report: Report,
}

impl Analysis {
    /// Returns the findings of the linter on all pages, in the order of places.
    pub fn lint(&self, sources: &Sources) -> Vec<lint::Finding> {
        lint::lint(lint::Analyzed {
            sources,
            pages: &self.pages,
            model: &self.model,
            problems: self.report.problems(),
        })
    }
}

/// The output with its analysis.
#[derive(Debug)]
pub struct Generated {
    /// The analysis of the pages.
    pub analysis: Analysis,
    /// The decisions about the output.
    pub library: rust::Crate,
    /// The output's files, sorted by path.
    pub files: Vec<File>,
}

/// Reads one page.
pub fn read_page(file: FileId, sources: &Sources) -> (PageFacts, Report) {
    let (page, mut report) = markdown::parse(sources, file);
    let (facts, problems) = facts::extract(sources, &page);
    report.append(problems);
    (facts, report)
}

/// Reads every page and builds the model.
pub fn analyze(sources: &Sources, corrections: &Corrections, progress: &dyn Progress) -> Analysis {
    let (pages, report) = read_pages(sources, progress);
    analyze_pages(pages, report, sources, corrections)
}

/// Reads every page.
fn read_pages(sources: &Sources, progress: &dyn Progress) -> (Vec<PageFacts>, Report) {
    let files: Vec<FileId> = sources
        .iter()
        .filter(|(_, source)| source.is_page())
        .map(|(file, _)| file)
        .collect();
    let (pages, reports): (Vec<PageFacts>, Vec<Report>) = files
        .into_par_iter()
        .map(|file| {
            let result = read_page(file, sources);
            progress.page_read();
            result
        })
        .unzip();
    let mut report = Report::new();
    for problems in reports {
        report.append(problems);
    }
    for (file, reason) in sources.skipped() {
        let at = Location {
            file: *file,
            line: 1,
            column: 1,
        };
        report.push(Code::SkippedFile, at, 0, reason, "the file is not read");
    }
    (pages, report)
}

/// Builds the model of a single page, as if no other page defined its types.
pub fn analyze_single_page(file: FileId, sources: &Sources, corrections: &Corrections) -> Analysis {
    let (mut facts, report) = read_page(file, sources);
    facts.stand_alone();
    analyze_pages(vec![facts], report, sources, corrections)
}

/// Builds the model from the facts of pages.
fn analyze_pages(
    pages: Vec<PageFacts>,
    mut report: Report,
    sources: &Sources,
    corrections: &Corrections,
) -> Analysis {
    let (mut model, problems) = resolve::resolve(&pages, sources, corrections);
    report.append(problems);
    let checked = conformance::check(&model);
    checked.mark(&mut model);
    let contradictions = checked.findings;
    report.append(conformance::report(&contradictions));
    let ledger = ledger::trace_pages(&pages, &model, sources, &mut report);
    report.sort();
    report.locate_subjects(sources);
    report.sort();
    Analysis {
        pages,
        model,
        contradictions,
        ledger,
        report,
    }
}

/// Returns the selected part of an API, with everything that it needs.
pub fn select(api: &Api, selection: Selection<'_>, sources: &Sources) -> Api {
    let names = ItemNames {
        areas: &|api| rust::areas_of(api, sources),
        page_path: &|file| sources.get(file).path.clone(),
    };
    api.select(selection, names)
}

/// Returns the names that selections of an API match: request paths, qualified names of types, areas, and pages.
pub fn selectable_names(api: &Api, sources: &Sources) -> BTreeSet<String> {
    let areas = rust::areas_of(api, sources);
    let types = api
        .structured_types
        .iter()
        .map(|ty| (ty.name.full(), &ty.pages));
    let enums = api.enums.iter().map(|ty| (ty.name.full(), &ty.pages));
    let operations = api
        .operations
        .iter()
        .map(|operation| (operation.path.template(), &operation.pages));
    let mut names = BTreeSet::new();
    for (name, pages) in types.chain(enums).chain(operations) {
        names.insert(name);
        names.extend(pages.iter().map(|page| sources.get(page.file).path.clone()));
    }
    let areas = [areas.structured_types, areas.enums, areas.operations];
    names.extend(areas.into_iter().flatten());
    names
}

/// Reads every page, builds the model, and writes the library.
pub fn generate(sources: &Sources, settings: &Settings<'_>, progress: &dyn Progress) -> Generated {
    let mut analysis = analyze(sources, settings.corrections, progress);
    let crate_name = settings.manifest.crate_name();
    let (library, problems) = if settings.selection.is_everything() {
        rust::lower(&analysis.model, sources, &crate_name)
    } else {
        let apis = analysis
            .model
            .apis
            .iter()
            .map(|api| select(api, settings.selection, sources))
            .collect();
        rust::lower(&Model { apis }, sources, &crate_name)
    };
    analysis.report.append(problems);
    analysis.report.sort();
    let files = emit::render(&library, &settings.manifest);
    Generated {
        analysis,
        library,
        files,
    }
}
