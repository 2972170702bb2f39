//! `diff`: compares two states of the documentation.

pub(crate) mod changelog;
pub(crate) mod state;

use anyhow::Result;
use generator::diff::{self, Diff, Side};
use generator::model::{ApiVersion, Model};
use generator::source::Sources;
use generator::{Analysis, Generated, Selection, rust};

use crate::arguments::{DiffArguments, DiffFormat};
use crate::generate::threads;
use crate::patterns::globs;
use crate::{Outcome, docs, patterns, terminal};
use state::State;

pub(crate) fn run(arguments: &DiffArguments) -> Result<Outcome> {
    let include = globs(&arguments.include, "--include")?;
    let exclude = globs(&arguments.exclude, "--exclude")?;
    let included = |name: &str| include.is_match(name);
    let excluded = |name: &str| exclude.is_match(name);
    let selection = Selection {
        include: (!arguments.include.is_empty()).then_some(&included),
        exclude: (!arguments.exclude.is_empty()).then_some(&excluded),
    };
    let versions = arguments.api.versions();
    let before = State::find(&arguments.from, &arguments.source, &versions)?;
    let after = State::find(&arguments.to, &arguments.source, &versions)?;
    let (before, after) = state::align(before, after);
    let sides = threads(arguments.jobs)?
        .install(|| [&before, &after].map(|state| (&state.docs.sources, state.analyze())));
    for (option, globs) in [
        ("--include", &arguments.include),
        ("--exclude", &arguments.exclude),
    ] {
        let both = sides
            .iter()
            .map(|(sources, analysis)| (&analysis.model.apis[..], *sources));
        patterns::require_matches_in(option, globs, both)?;
    }
    let mut diff = threads(arguments.jobs)?.install(|| compare_pages(sides, selection));
    for change in &mut diff.changes {
        before.rename_page(change.before.as_mut());
        after.rename_page(change.after.as_mut());
    }
    match arguments.format {
        DiffFormat::Text => terminal::print(&diff::to_text(&diff)),
        DiffFormat::Markdown => terminal::print(&diff::to_markdown(&diff)),
        DiffFormat::Json => terminal::print_json(&diff::to_json(&diff)),
    }
    Ok(Outcome::Clean)
}

/// Compares a state that the user names with the generated library.
pub(crate) fn since(
    name: &str,
    versions: &[ApiVersion],
    sources: &Sources,
    generated: &Generated,
    selection: Selection<'_>,
) -> Result<Diff> {
    let before = State::find(name, docs::PUBLIC, versions)?;
    let sides = [
        lower(&before.docs.sources, &before.analyze(), selection),
        lower(sources, &generated.analysis, selection),
    ];
    Ok(compare(sides))
}

/// Compares two sets of pages, restricted to a selection.
fn compare_pages(sides: [(&Sources, Analysis); 2], selection: Selection<'_>) -> Diff {
    compare(sides.map(|(sources, analysis)| lower(sources, &analysis, selection)))
}

type Lowered<'a> = (&'a Sources, Model, rust::Crate);

fn lower<'a>(sources: &'a Sources, analysis: &Analysis, selection: Selection<'_>) -> Lowered<'a> {
    let apis = analysis.model.apis.iter();
    let model = Model {
        apis: apis
            .map(|api| generator::select(api, selection, sources))
            .collect(),
    };
    let (library, _) = rust::lower(&model, sources, rust::CRATE_NAME);
    (sources, model, library)
}

fn compare(sides: [Lowered<'_>; 2]) -> Diff {
    let [before, after] = &sides;
    let [before, after] = [before, after].map(|(sources, model, library)| Side {
        sources,
        model,
        library,
    });
    diff::compare(&before, &after)
}
