//! The overview: the numbers of the documentation, its problems, and the share of it that is readable.

use std::collections::BTreeMap;

use generator::facts::LedgerKind;
use generator::ledger::Status;
use generator::model::{Account, Grant, Permissions};
use generator::report::{Code, Level};
use generator::source::FileId;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::lists::{NO_AREA, area_title, text_filter};
use crate::numbers::{Messages, Numbers, contradicted};
use crate::plots::{Bar, bars};
use crate::routes::Route;
use crate::state::{Item, State};

/// The number of bars of a plot of areas or rules.
const MAX_BARS: usize = 15;

/// The number of rules that a row of the coverage links to.
const MAX_RULES: usize = 5;

pub(crate) fn render(frame: Frame<'_>) -> String {
    let state = &frame.site.state;
    let areas = area_numbers(state);
    let body = html! {
        h1 { "Microsoft Graph documentation" }
        (contents(frame))
        (problems(frame, &areas))
        (coverage_section(frame))
        (growth(frame))
        (area_section(frame, &areas))
    };
    frame.page("Overview", &[], body)
}

fn contents(frame: Frame<'_>) -> Markup {
    let state = &frame.site.state;
    html! {
        section aria-labelledby="contents" {
            h2 #contents { "Contents" }
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Version" } th scope="col" { "Areas" } th scope="col" { "Structured types" }
                        th scope="col" { "Properties" } th scope="col" { "Enum types" } th scope="col" { "Operations" }
                        th scope="col" { "Examples" }
                    } }
                    tbody {
                        @for (version, api) in state.analysis.model.apis.iter().enumerate() {
                            @let properties: usize = api.structured_types.iter().map(|ty| ty.properties.len()).sum();
                            @let examples: usize = api.operations.iter().map(|operation| operation.examples.len()).sum();
                            tr {
                                th scope="row" { a href=(frame.href(Route::Version(version))) { (api.version.name()) } }
                                td.number { (state.versions[version].area_names.len()) }
                                td.number { (api.structured_types.len()) }
                                td.number { (properties) }
                                td.number { (api.enums.len()) }
                                td.number { (api.operations.len()) }
                                td.number { (examples) }
                            }
                        }
                    }
                }
            }
            ul {
                @if frame.site.parity.is_some() { li { a href=(frame.href(Route::Parity(0))) { "What differs between the versions" } } }
                @if let Some(history) = &frame.site.history {
                    li { a href=(frame.href(Route::Changes(0))) { "Changes since " (history.before.state.label) } }
                }
            }
        }
    }
}

/// The numbers of an area of a version.
#[derive(Default)]
struct AreaNumbers {
    /// The index of the area; none for pages that describe no item.
    area: Option<usize>,
    types: usize,
    operations: usize,
    messages: Messages,
    problems: usize,
}

/// Counts by the index of the version and the name of the area.
fn area_numbers(state: &State) -> BTreeMap<(usize, &str), AreaNumbers> {
    let contradicted = contradicted(&state.analysis);
    let mut numbers: BTreeMap<(usize, &str), AreaNumbers> = BTreeMap::new();
    for (version, index) in state.versions.iter().enumerate() {
        for (area, name) in index.area_names.iter().enumerate() {
            numbers.entry((version, name)).or_default().area = Some(area);
        }
        let areas = &index.areas;
        for name in areas.structured_types.iter().chain(&areas.enums) {
            numbers.entry((version, name)).or_default().types += 1;
        }
        for (name, operation) in areas.operations.iter().zip(&state.api(version).operations) {
            let numbers = numbers.entry((version, name)).or_default();
            let messages = Messages::count([operation], &contradicted);
            numbers.operations += 1;
            numbers.messages.passed += messages.passed;
            numbers.messages.failed += messages.failed;
        }
    }
    let versions = versions_of_pages(state);
    for finding in &state.findings {
        let file = finding.problem.at.file;
        let items = state.items_by_page.get(&file);
        let place = match items.and_then(|items| items.first()) {
            Some(item) => Some((item.version(), state.area_of(*item))),
            None => versions.get(&file).map(|version| (*version, NO_AREA)),
        };
        if let Some(place) = place {
            numbers.entry(place).or_default().problems += 1;
        }
    }
    numbers
}

/// Returns the index of the version of each page.
fn versions_of_pages(state: &State) -> BTreeMap<FileId, usize> {
    let apis = &state.analysis.model.apis;
    let pages = state.analysis.pages.iter();
    let versions = pages.filter_map(|page| {
        let version = apis
            .iter()
            .position(|api| Some(api.version) == page.version)?;
        Some((page.file, version))
    });
    versions.collect()
}

fn problems(frame: Frame<'_>, areas: &BTreeMap<(usize, &str), AreaNumbers>) -> Markup {
    let state = &frame.site.state;
    let mut rules: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in &state.findings {
        *rules.entry(finding.problem.code).or_default() += 1;
    }
    let of_level = |level| {
        let rules = rules.iter().filter(move |(code, _)| code.level() == level);
        rules.fold((0, 0), |(rules, problems), (_, count)| {
            (rules + 1, problems + count)
        })
    };
    let rule_bars = rules
        .iter()
        .map(|(code, count)| Bar::new(code.rule(), code.level().name(), *count));
    let several = state.versions.len() > 1;
    let area_bars = areas
        .iter()
        .filter(|(_, numbers)| numbers.problems > 0)
        .map(|((version, name), numbers)| {
            let label = match several {
                true => format!(
                    "{}, {}",
                    area_title(name),
                    state.api(*version).version.name()
                ),
                false => area_title(name),
            };
            Bar::new(label, "problems", numbers.problems)
        });
    html! {
        section aria-labelledby="problems" {
            h2 #problems { "Problems" }
            @if rules.is_empty() { p { "The documentation has no problems." } } @else {
                div.scroll {
                    table {
                        thead { tr {
                            th scope="col" { "Level" } th scope="col" { "Rules" } th scope="col" { "Problems" }
                        } }
                        tbody {
                            @for level in [Level::Error, Level::Warning, Level::Note] {
                                @let (rules, problems) = of_level(level);
                                tr {
                                    th scope="row" { a href=(frame.href(Route::Problems)) { (level.name()) } }
                                    td.number { (rules) } td.number { (problems) }
                                }
                            }
                        }
                    }
                }
                h3 { "By rule" }
                (bars("plot-rules", "Problems by rule", &longest(rule_bars.collect())))
                p { a href=(frame.href(Route::Problems)) { "All rules" } }
                h3 { "By area" }
                (bars("plot-areas", "Problems by area", &longest(area_bars.collect())))
                p { a href="#areas" { "All areas" } }
            }
        }
    }
}

/// Returns the longest bars, longest first.
fn longest(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by_key(|bar| {
        std::cmp::Reverse(bar.segments.iter().map(|(_, value)| *value).sum::<usize>())
    });
    bars.truncate(MAX_BARS);
    bars
}

/// The readable share of one kind of pieces of the documentation.
#[derive(Default)]
struct Coverage {
    readable: usize,
    total: usize,
    /// The rules that report the other pieces, with the numbers of these.
    rules: BTreeMap<Code, usize>,
}

impl Coverage {
    fn add_readable(&mut self) {
        self.readable += 1;
        self.total += 1;
    }
}

/// Returns the coverage of each kind of pieces by the index of the version. Pieces that do not describe the API are not counted.
fn coverage(state: &State) -> BTreeMap<(usize, String), Coverage> {
    let versions = versions_of_pages(state);
    let contradicted = contradicted(&state.analysis);
    let mut all: BTreeMap<(usize, String), Coverage> = BTreeMap::new();
    for entry in &state.analysis.ledger {
        let kind = match entry.kind {
            LedgerKind::Row => "table rows",
            LedgerKind::Annotation => "annotations",
            LedgerKind::CodeBlock => "code blocks",
            LedgerKind::RequestLine => "request lines",
            LedgerKind::EnumSection => "enum sections",
            LedgerKind::Callout => "callouts",
            LedgerKind::QueryText => "texts on query options",
        };
        let Some(version) = versions.get(&entry.page) else {
            continue;
        };
        let coverage = || (*version, kind.to_owned());
        match entry.status {
            Status::InModel => all.entry(coverage()).or_default().add_readable(),
            Status::Problem(code) => {
                let coverage = all.entry(coverage()).or_default();
                coverage.total += 1;
                *coverage.rules.entry(code).or_default() += 1;
            }
            Status::Unaccounted => all.entry(coverage()).or_default().total += 1,
            Status::NoMeaning(_) => {}
        }
    }
    for (version, api) in state.analysis.model.apis.iter().enumerate() {
        let messages = Messages::count(&api.operations, &contradicted);
        let mut examples = Coverage {
            readable: messages.passed,
            total: messages.total(),
            rules: BTreeMap::new(),
        };
        for contradiction in &state.analysis.contradictions {
            if versions.get(&contradiction.message_at.file) == Some(&version) {
                *examples.rules.entry(contradiction.code).or_default() += 1;
            }
        }
        all.insert((version, EXAMPLES.to_owned()), examples);
        let stated = api.operations.iter();
        let stated = stated.filter(|operation| states_permissions(&operation.permissions));
        let mut permissions = Coverage {
            readable: stated.count(),
            total: api.operations.len(),
            rules: BTreeMap::new(),
        };
        for finding in &state.findings {
            let code = finding.problem.code;
            let is_cause = matches!(
                code,
                Code::MissingPermissionsInclude | Code::UnreadPermissionRow
            );
            if is_cause && versions.get(&finding.problem.at.file) == Some(&version) {
                *permissions.rules.entry(code).or_default() += 1;
            }
        }
        all.insert(
            (version, "operations with permissions".to_owned()),
            permissions,
        );
    }
    all
}

/// The name of the coverage of example messages.
const EXAMPLES: &str = "example messages without contradiction";

fn states_permissions(permissions: &Permissions) -> bool {
    let mut accounts = Account::ALL.into_iter();
    accounts.any(|account| *permissions.grant(account) != Grant::Unstated)
}

fn coverage_section(frame: Frame<'_>) -> Markup {
    let state = &frame.site.state;
    let all = coverage(state);
    let examples = all.iter().filter(|((_, name), _)| name == EXAMPLES);
    let passed = examples.map(|((version, _), coverage)| Bar {
        label: state.api(*version).version.name().to_owned(),
        segments: vec![
            ("passed", coverage.readable),
            ("failed", coverage.total - coverage.readable),
        ],
        value: format!("{} of {}", coverage.readable, coverage.total),
    });
    let passed: Vec<Bar> = passed.collect();
    html! {
        section aria-labelledby="coverage" {
            h2 #coverage { "Coverage" }
            p { "The share of the documentation that is readable: it is part of the model, and examples agree with it." }
            div.scroll {
                table.sortable {
                    thead { tr {
                        th scope="col" { "Part" } th scope="col" { "Version" } th scope="col" data-sort="number" { "Readable" }
                        th scope="col" data-sort="number" { "Total" } th scope="col" data-sort="number" { "Share" }
                        th scope="col" { "Problems" }
                    } }
                    tbody {
                        @for ((version, name), coverage) in &all {
                            tr {
                                th scope="row" { (name) }
                                td { (state.api(*version).version.name()) }
                                td.number { (coverage.readable) }
                                td.number { (coverage.total) }
                                td.number { (share(coverage.readable, coverage.total)) }
                                td { (rule_links(frame, &coverage.rules)) }
                            }
                        }
                    }
                }
            }
            h3 { "Examples" }
            (bars("plot-examples", "Example messages that agree with the documentation", &passed))
        }
    }
}

/// Returns a share in percent, rounded down, so that only all of it is 100 %.
fn share(part: usize, total: usize) -> String {
    match total {
        0 => "–".to_owned(),
        total => {
            let tenths = part * 1000 / total;
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
    }
}

fn rule_links(frame: Frame<'_>, rules: &BTreeMap<Code, usize>) -> Markup {
    let mut sorted: Vec<(&Code, &usize)> = rules.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    html! {
        @for (place, (code, count)) in sorted.iter().take(MAX_RULES).enumerate() {
            @if place > 0 { ", " }
            @if frame.site.routes.has(Route::Rule(**code, 0)) {
                a href=(frame.href(Route::Rule(**code, 0))) { (code.rule()) }
            } @else { (code.rule()) }
            " (" (count) ")"
        }
        @if sorted.len() > MAX_RULES { ", and others" }
    }
}

fn growth(frame: Frame<'_>) -> Markup {
    let Some(history) = &frame.site.history else {
        return html! {};
    };
    let plot = |id: &str, title: &str, class: &'static str, value: fn(&Numbers) -> usize| {
        let states = history.numbers.iter();
        let states: Vec<Bar> = states
            .map(|numbers| Bar::new(numbers.label.as_str(), class, value(numbers)))
            .collect();
        html! { h3 { (title) } (bars(id, title, &states)) }
    };
    let examples = history.numbers.iter().map(|numbers| Bar {
        label: numbers.label.clone(),
        segments: vec![
            ("passed", numbers.messages.passed),
            ("failed", numbers.messages.failed),
        ],
        value: format!(
            "{} of {}",
            numbers.messages.passed,
            numbers.messages.total()
        ),
    });
    let examples: Vec<Bar> = examples.collect();
    html! {
        section aria-labelledby="growth" {
            h2 #growth { "Growth" }
            (plot("plot-pages", "Pages", "growth", |numbers| numbers.pages))
            (plot("plot-types", "Types", "growth", |numbers| numbers.types))
            (plot("plot-properties", "Properties", "growth", |numbers| numbers.properties))
            (plot("plot-operations", "Operations", "growth", |numbers| numbers.operations))
            (plot("plot-problems", "Problems of each state", "problems", |numbers| numbers.problems))
            h3 { "Examples of each state" }
            (bars("plot-messages", "Example messages of each state that agree with the documentation", &examples))
        }
    }
}

fn area_section(frame: Frame<'_>, areas: &BTreeMap<(usize, &str), AreaNumbers>) -> Markup {
    let state = &frame.site.state;
    html! {
        section aria-labelledby="areas" {
            h2 #areas { "Areas" }
            p { (text_filter("area-numbers", "Filter the areas")) }
            div.scroll {
                table.sortable #area-numbers {
                    thead { tr {
                        th scope="col" { "Area" } th scope="col" { "Version" }
                        th scope="col" data-sort="number" { "Types" } th scope="col" data-sort="number" { "Operations" }
                        th scope="col" data-sort="number" { "Problems" } th scope="col" data-sort="number" { "Examples passed" }
                    } }
                    tbody {
                        @for ((version, name), numbers) in areas {
                            tr {
                                th scope="row" {
                                    @match numbers.area {
                                        Some(area) => { a href=(frame.href(Route::Area(*version, area, 0))) { (area_title(name)) } }
                                        None => { "pages without items" }
                                    }
                                }
                                td { (state.api(*version).version.name()) }
                                td.number { (numbers.types) }
                                td.number { (numbers.operations) }
                                td.number { (numbers.problems) }
                                td.number { (share(numbers.messages.passed, numbers.messages.total())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Item {
    /// Returns the index of the version.
    fn version(self) -> usize {
        let (Self::Structured(version, _) | Self::Enum(version, _) | Self::Operation(version, _)) =
            self;
        version
    }
}
